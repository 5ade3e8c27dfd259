//! The form's values, read once.

use model::spec::{FormField, KeyFile};
use secrecy::{ExposeSecret, SecretString};

use super::{spec, texts};
use crate::connector::Settings;
use crate::error::Result;

/// What the form gave. The tab's name is the engine's affair: a connection is one spreadsheet.
pub(super) struct SheetsSettings {
    pub(super) spreadsheet_id: String,
    /// The tab that the pasted link leads to, when nobody named one.
    pub(super) linked_tab: Option<i64>,
    pub(super) access: Access,
}

/// How access is granted.
pub(super) enum Access {
    /// A robot's own key.
    ServiceAccount(KeyFile),
    /// A person's consent, had elsewhere.
    RefreshToken { client: ClientPair, token: SecretString },
    /// A person's consent, given at Google's page.
    Consent(ClientPair),
}

/// The application that people agree to.
pub(super) struct ClientPair {
    pub(super) id: String,
    pub(super) secret: SecretString,
}

impl SheetsSettings {
    pub(super) fn parse(settings: &Settings) -> Result<SheetsSettings> {
        let typed = text(settings, "spreadsheet_id");
        if typed.is_empty() {
            return Err(texts::missing(&field("spreadsheet_id")));
        }
        let (spreadsheet_id, tab) = link(typed).ok_or_else(|| texts::no_spreadsheet(typed))?;
        let linked_tab = tab.filter(|_| text(settings, spec::TAB).is_empty());
        Ok(SheetsSettings { spreadsheet_id, linked_tab, access: Access::parse(settings)? })
    }
}

impl Access {
    pub(super) fn parse(settings: &Settings) -> Result<Access> {
        let key_file = secret(settings, "service_account_json");
        let token = secret(settings, "refresh_token");
        let chosen = match (text(settings, spec::ACCESS), &key_file, &token) {
            // Who gives a refresh token and no key file, and does not say which it is, wants it used.
            ("", None, Some(_)) => spec::REFRESH_TOKEN,
            ("", ..) => spec::SERVICE_ACCOUNT,
            (chosen, ..) => chosen,
        };
        match chosen {
            spec::CONSENT => Ok(Access::Consent(ClientPair::parse(settings)?)),
            spec::REFRESH_TOKEN => {
                let token = token.ok_or_else(|| texts::missing(&field("refresh_token")))?;
                Ok(Access::RefreshToken { client: ClientPair::parse(settings)?, token })
            }
            _ => {
                let file = key_file.ok_or_else(|| texts::missing(&spec::key_file()))?;
                let file = KeyFile::read(file.expose_secret()).map_err(|why| texts::wrong_key_file(&why))?;
                Ok(Access::ServiceAccount(file))
            }
        }
    }
}

impl ClientPair {
    fn parse(settings: &Settings) -> Result<ClientPair> {
        let id = text(settings, "client_id");
        if id.is_empty() {
            return Err(texts::missing(&field("client_id")));
        }
        let secret =
            secret(settings, "client_secret").ok_or_else(|| texts::missing(&field("client_secret")))?;
        Ok(ClientPair { id: id.to_owned(), secret })
    }
}

/// The id of a spreadsheet and the number of the tab, in a link or an id that stands alone.
pub(super) fn link(typed: &str) -> Option<(String, Option<i64>)> {
    let id = match typed.split_once("/d/") {
        Some((_, rest)) => rest.split(['/', '?', '#']).next()?,
        None => typed,
    };
    let is_id = id.len() >= 20 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    let tab = typed.split(['#', '?', '&']).find_map(|part| part.strip_prefix("gid=")?.parse().ok());
    is_id.then(|| (id.to_owned(), tab))
}

fn text<'a>(settings: &'a Settings, key: &str) -> &'a str {
    settings.values.get(key).map(|value| value.trim()).unwrap_or_default()
}

fn secret(settings: &Settings, key: &str) -> Option<SecretString> {
    let secret = settings.secrets.get(key)?.expose_secret().trim();
    (!secret.is_empty()).then(|| SecretString::from(secret))
}

/// The description of a field, for sentences about it.
fn field(key: &str) -> FormField {
    let found = spec::spec().fields().find(|field| field.key == key).cloned();
    found.unwrap_or_else(spec::key_file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_tells_the_spreadsheet_and_the_tab() {
        const ID: &str = "1AbCdEfGhIjKlMnOpQrStUvWxYz-_123456789AbCdEf";
        let at = |rest: &str| format!("https://docs.google.com/spreadsheets/d/{ID}{rest}");
        for (typed, tab) in [
            (ID.to_owned(), None),
            (at(""), None),
            (at("/edit"), None),
            (at("/edit#gid=1204567890"), Some(1_204_567_890)),
            (at("/edit?gid=7#gid=7"), Some(7)),
            (at("/edit?usp=sharing&gid=0"), Some(0)),
        ] {
            assert_eq!(link(&typed), Some((ID.to_owned(), tab)), "{typed}");
        }
        for typed in
            ["Ma feuille", "https://docs.google.com/spreadsheets/u/0/", "https://example.com/", "1short"]
        {
            assert_eq!(link(typed), None, "{typed}");
        }
    }
}
