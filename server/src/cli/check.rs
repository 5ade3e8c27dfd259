//! `passerelle check`: whether a connection works.

use model::Text;

use super::Fault;
use super::out::{complain, say};
use crate::Config;

pub(super) async fn check(config: Config, connection: &str) -> Result<(), Fault> {
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    let found = hub.test(connection, lang).await?;
    for warning in &found.warnings {
        complain(warning);
    }
    if found.success {
        say(&found.message);
        return Ok(());
    }
    let hint = found.hint.map(|hint| format!("\n{hint}")).unwrap_or_default();
    Err(Fault::Failed(Text::same(format!("{}{hint}", found.message))))
}
