//! `passerelle export-config` and `passerelle apply-config`: the configuration as a file.

use std::env;
use std::fs;
use std::io::{self, Read};

use model::{Lang, Text};
use secrecy::SecretString;

use super::Fault;
use super::out::say;
use crate::Config;

/// What stands for the standard input.
const STANDARD_INPUT: &str = "-";

/// Writes the configuration to a file that is not there yet, or to the standard output.
pub(super) async fn export(config: Config, path: Option<&str>) -> Result<(), Fault> {
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    let text = hub.export_config().await?;
    match path {
        None => say(text.trim_end()),
        Some(path) => {
            let mut file = fs::File::create_new(path).map_err(|error| of_file(path, &error))?;
            io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| of_file(path, &error))?;
        }
    }
    Ok(())
}

/// Makes the hub as a file has it.
pub(super) async fn apply(config: Config, path: &str) -> Result<(), Fault> {
    let text = read(path).map_err(|error| of_file(path, &error))?;
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty()).map(SecretString::from);
    let applied = hub.apply_config(&text, variable).await?;
    let told = [
        (&applied.created, Text::fixed("créée", "created")),
        (&applied.updated, Text::fixed("modifiée", "updated")),
        (&applied.unchanged, Text::fixed("inchangée", "unchanged")),
    ];
    for (names, word) in told {
        for name in names {
            say(&format!("{name:<24} {}", word.get(lang)));
        }
    }
    if told_nothing(&applied) {
        say(match lang {
            Lang::Fr => "Rien à faire : le fichier ne nomme rien.",
            Lang::En => "Nothing to do: the file names nothing.",
        });
    }
    Ok(())
}

fn told_nothing(applied: &hub::Applied) -> bool {
    applied.created.is_empty() && applied.updated.is_empty() && applied.unchanged.is_empty()
}

fn read(path: &str) -> io::Result<String> {
    if path != STANDARD_INPUT {
        return fs::read_to_string(path);
    }
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    Ok(text)
}

fn of_file(path: &str, error: &io::Error) -> Fault {
    let text = match error.kind() {
        io::ErrorKind::AlreadyExists => Text::new(
            format!("{path} existe déjà : donnez un autre nom, ou supprimez-le d'abord."),
            format!("{path} is there already: give another name, or delete it first."),
        ),
        _ => Text::new(format!("{path} : {error}"), format!("{path}: {error}")),
    };
    Fault::Failed(text)
}
