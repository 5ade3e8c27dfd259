//! `passerelle check`: whether a connection works.

use hub::Kind;
use model::Text;
use model::api::SourceTestBody;

use super::Fault;
use super::out::{complain, say};
use crate::Config;

pub(super) async fn check(config: Config, connection: &str) -> Result<(), Fault> {
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    match hub.test_source(connection, lang).await {
        Err(error) if error.kind == Kind::NotFound => {}
        tested => return source(tested?),
    }
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

fn source(tested: SourceTestBody) -> Result<(), Fault> {
    let words: Vec<String> = std::iter::once(tested.message).chain(tested.found).chain(tested.hint).collect();
    let words = words.join("\n");
    if !tested.success {
        return Err(Fault::Failed(Text::same(words)));
    }
    say(&words);
    Ok(())
}
