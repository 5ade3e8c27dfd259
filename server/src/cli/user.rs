//! `passerelle user set-password`: for whoever has the machine, with or without the earlier password.

use std::io::{self, BufRead, IsTerminal};
use std::process::{Command, Stdio};

use model::{Lang, Text};
use secrecy::SecretString;

use super::Fault;
use super::out::{complain, say};
use crate::Config;

/// Reads a password and sets it; the first owner's without a name.
pub(super) async fn set_password(config: Config, name: Option<&str>) -> Result<(), Fault> {
    let lang = config.lang;
    let password = read_password(lang).map_err(|error| {
        Fault::Failed(Text::new(
            format!("Le mot de passe n'a pas pu être lu : {error}"),
            format!("The password could not be read: {error}"),
        ))
    })?;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    let set = hub.set_password(name, &password).await;
    hub.close().await;
    let done = match lang {
        Lang::Fr => "Mot de passe enregistré pour",
        Lang::En => "Password saved for",
    };
    say(&format!("{done} {}", set?));
    Ok(())
}

/// One line of the standard input, not shown while it is typed. An argument would be seen by every user of the
/// machine, and kept in the shell's history.
fn read_password(lang: Lang) -> io::Result<SecretString> {
    let input = io::stdin();
    let is_typed = input.is_terminal();
    if is_typed {
        complain(match lang {
            Lang::Fr => "Nouveau mot de passe (12 caractères au moins) :",
            Lang::En => "New password (12 characters at least):",
        });
        show_typing(false);
    }
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    if is_typed {
        show_typing(true);
    }
    read?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned().into())
}

/// Without `stty` the password is seen while it is typed, and set all the same.
fn show_typing(is_shown: bool) {
    let echo = if is_shown { "echo" } else { "-echo" };
    let _ = Command::new("stty").arg(echo).stderr(Stdio::null()).status();
}
