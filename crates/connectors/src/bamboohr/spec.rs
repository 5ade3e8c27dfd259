//! The form as data, and the settings it fills.

use model::spec::{Capabilities, FieldGroup, FieldKind};
use model::{ConnectorSpec, Text};
use secrecy::SecretString;

use super::refusal::SERVICE;
use super::stream::Wanted;
use crate::common::fields::{field, needed};
use crate::common::form::Form;
use crate::connector::Settings;
use crate::error::Result;

/// The setting that names the stream.
pub(super) const STREAM: &str = "report_id";

/// What BambooHR is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    let company = needed(field(
        "subdomain",
        Text::fixed("Sous-domaine", "Subdomain"),
        Text::fixed(
            "Le premier mot de l'adresse de votre BambooHR, avant .bamboohr.com ; vous pouvez coller l'adresse entière.",
            "The first word of your BambooHR's address, before .bamboohr.com; you can paste the whole address.",
        ),
        "acme",
        FieldKind::Text,
    ));
    let key = needed(field(
        "api_key",
        Text::fixed("Clé d'API", "API key"),
        Text::fixed(
            "Dans BambooHR : votre photo en bas à gauche, puis « API Keys », puis « Add New Key ».",
            "In BambooHR: your picture at the lower left, then “API Keys”, then “Add New Key”.",
        ),
        "0123456789abcdef0123456789abcdef01234567",
        FieldKind::Secret,
    ));
    let report = field(
        STREAM,
        Text::fixed("Ce qui est lu", "What is read"),
        Text::fixed(
            "Le numéro d'un rapport, tel que son adresse le montre ; directory pour l'annuaire ; employees pour la liste des \
             employés ; dataset: et un nom pour un jeu de données de BambooHR. Sans réponse : l'annuaire.",
            "The number of a report, as its address shows it; directory for the directory; employees for the list of \
             employees; dataset: and a name for a dataset of BambooHR. Left empty: the directory.",
        ),
        "directory",
        FieldKind::Text,
    );
    ConnectorSpec {
        id: "bamboohr".to_owned(),
        name: SERVICE.to_owned(),
        summary: Text::fixed(
            "Lisez l'annuaire, un rapport, la liste des employés ou un jeu de données de BambooHR.",
            "Read BambooHR's directory, a report, the list of employees or a dataset.",
        ),
        groups: vec![
            FieldGroup { title: Text::fixed("Accès", "Access"), fields: vec![company, key] },
            FieldGroup { title: Text::fixed("Données", "Data"), fields: vec![report] },
        ],
        capabilities: Capabilities { in_flight: 2, sees_deletions: true, ..Capabilities::default() },
    }
}

/// What the form gave, read once.
#[derive(Debug)]
pub(super) struct BambooSettings {
    /// The company's word, fit to be part of a host's name.
    pub(super) company: String,
    pub(super) key: SecretString,
    pub(super) wanted: Wanted,
}

impl BambooSettings {
    /// # Errors
    /// `InvalidSettings` for the first field that is empty or holds something wrong.
    pub(super) fn parse(settings: &Settings) -> Result<BambooSettings> {
        let form = Form::read(spec(), settings)?;
        let company = company(form.text("subdomain")).ok_or_else(|| {
            form.unusable("subdomain", "n'est pas un sous-domaine de BambooHR", "is no subdomain of BambooHR")
        })?;
        let wanted = Wanted::parse(form.text(STREAM)).ok_or_else(|| {
            form.unusable(
                STREAM,
                "ne désigne ni un rapport, ni directory, ni employees, ni un jeu de données",
                "names no report, no directory, no employees and no dataset",
            )
        })?;
        Ok(BambooSettings { company, key: form.key("api_key"), wanted })
    }
}

/// The company's word in what was typed: alone, or in an address of its own.
fn company(typed: &str) -> Option<String> {
    let typed = typed.trim().to_ascii_lowercase();
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://")).unwrap_or(&typed);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    // The older address has the company in its path.
    let in_path = rest.split_once("/gateway.php/").and_then(|(_, after)| after.split('/').next());
    let word = in_path.unwrap_or_else(|| host.strip_suffix(".bamboohr.com").unwrap_or(host));
    let is_label = (1..=63).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !word.starts_with('-')
        && !word.ends_with('-');
    is_label.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_company_in_whatever_is_pasted() {
        for typed in [
            "acme",
            " ACME ",
            "acme.bamboohr.com",
            "https://acme.bamboohr.com",
            "https://acme.bamboohr.com/reports/123?x=1#y",
            "https://api.bamboohr.com/api/gateway.php/acme/v1/employees/directory",
        ] {
            assert_eq!(company(typed).as_deref(), Some("acme"), "{typed}");
        }
        for typed in [
            "",
            "acme.example.com",
            "https://",
            "a me",
            "-acme",
            "https://acme@evil.com",
            "é",
            "a.b.bamboohr.com",
        ] {
            assert_eq!(company(typed), None, "{typed}");
        }
    }
}
