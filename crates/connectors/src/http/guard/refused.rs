//! Why a typed address is not dialled, in words.

use std::error::Error as _;
use std::net::IpAddr;

use model::{Text, parse};

use super::range::Range;
use crate::error::{Error, ErrorKind};

/// A typed address that is not dialled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the address is not allowed ({why:?})")]
pub(in crate::http) struct Refused {
    pub(super) host: String,
    pub(super) why: Why,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// No site can be there.
    NotTheWeb,
    /// A login or a password stands in it, where it would not be sealed.
    Credentials,
    /// The name ends with a dot, which makes another spelling of every name.
    FinalDot,
    /// The name stands for this machine or its surroundings.
    InsideName,
    /// What it is or resolves to is not public.
    Address(IpAddr, Range),
    /// Something else than the web listens there.
    Port(u16),
}

impl Refused {
    /// The refusal that a request failed for, if it was one.
    pub(in crate::http) fn cause_of(error: &reqwest::Error) -> Option<&Refused> {
        let mut cause = error.source();
        while let Some(error) = cause {
            if let Some(refused) = error.downcast_ref() {
                return Some(refused);
            }
            cause = error.source();
        }
        None
    }

    /// What to tell a person.
    pub(in crate::http) fn error(&self, service: &str) -> Error {
        let host = parse::shorten(&self.host);
        let allows = Text::new(
            format!(
                "Saisissez une adresse publique. Si ce serveur est le vôtre, l'opérateur de Passerelle peut l'autoriser \
                 par la variable PASSERELLE_ALLOW_PRIVATE_HOSTS={host}."
            ),
            format!(
                "Type a public address. If this server is yours, the operator of Passerelle can allow it with the \
                 variable PASSERELLE_ALLOW_PRIVATE_HOSTS={host}."
            ),
        );
        let plain = Text::fixed(
            "Saisissez l'adresse du site seule, par exemple https://odoo.example.com.",
            "Type the address of the site alone, for example https://odoo.example.com.",
        );
        let (why, hint) = match self.why {
            Why::NotTheWeb => (
                Text::fixed(
                    "elle ne commence ni par https:// ni par http://",
                    "it begins neither with https:// nor with http://",
                ),
                plain,
            ),
            Why::Credentials => {
                (Text::fixed("elle contient un identifiant", "there is a login in it"), plain)
            }
            Why::FinalDot => (Text::fixed("elle se termine par un point", "it ends with a dot"), plain),
            Why::InsideName => (
                Text::fixed(
                    "c'est un nom de cette machine ou de son réseau",
                    "it is a name of this machine or of its network",
                ),
                allows,
            ),
            Why::Address(address, range) => {
                let what = range.text();
                let (fr, en) = if host.trim_matches(['[', ']']) == address.to_string() {
                    (format!("c'est {}", what.fr), format!("it is {}", what.en))
                } else {
                    (
                        format!("elle mène à {address}, {}", what.fr),
                        format!("it leads to {address}, {}", what.en),
                    )
                };
                (Text::new(fr, en), allows)
            }
            Why::Port(port) => (
                Text::new(
                    format!("le port {port} n'est pas celui d'un site"),
                    format!("port {port} is not that of a site"),
                ),
                allows,
            ),
        };
        let message = Text::new(
            format!("{service} : l'adresse « {host} » n'est pas autorisée : {}.", why.fr),
            format!("{service}: the address “{host}” is not allowed: {}.", why.en),
        );
        Error::new(ErrorKind::InvalidSettings, message).hint(hint)
    }
}
