//! `passerelle check`: whether a connection works.

use hub::{AccountTest, Kind};
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
    let found = match hub.test(connection, lang).await {
        // It has no deals: its own test says whether it works.
        Err(error) if error.kind == Kind::UnknownProvider => match hub.account_id(connection).await? {
            Some(id) => return told(hub.test_account(id, lang).await?),
            None => return Err(error.into()),
        },
        found => found?,
    };
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

fn told(test: AccountTest) -> Result<(), Fault> {
    if test.success {
        say(&test.message);
        return Ok(());
    }
    let words: Vec<String> = std::iter::once(test.message).chain(test.hint).collect();
    Err(Fault::Failed(Text::same(words.join("\n"))))
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
