//! Who a connection is at its authorization server.

use model::Text;
use secrecy::SecretString;
use url::Url;

use crate::connector::Settings;
use crate::error::{Error, ErrorKind, Result};
use crate::http::Given;

/// A client, as the authorization server knows it, and where that server is.
#[derive(Clone, Debug)]
pub struct Client {
    /// Where tokens are given.
    pub token_url: Url,
    /// The page where a person agrees; `None` where nobody has to.
    pub authorize_url: Option<Url>,
    /// Who gave these addresses.
    pub given: Given,
    /// The client's public name.
    pub client_id: String,
    /// Its secret; `None` for a public client.
    pub client_secret: Option<SecretString>,
    /// What is asked for, separated by spaces; empty for what the server gives by itself.
    pub scope: String,
    /// How the secret is sent.
    pub auth: ClientAuth,
    /// What the server's page wants besides, such as `access_type=offline`.
    pub authorize_extra: Vec<(String, String)>,
}

/// How a client proves who it is; never both ways at once (RFC 6749, 2.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuth {
    /// `client_id` and `client_secret` in the form.
    #[default]
    Body,
    /// `Authorization: Basic …`.
    Basic,
}

impl Client {
    /// The client of a form with the usual names: `token_url`, `authorize_url`, `client_id`,
    /// `client_secret`, `scope`, and `client_auth`, which is `basic` or, by default, `body`. `None` where
    /// `token_url` is empty.
    ///
    /// # Errors
    /// `InvalidSettings` for an address that is none, and where nobody said who the client is.
    pub fn of_form(settings: &Settings) -> Option<Result<Client>> {
        let text = |key: &str| settings.values.get(key).map(|value| value.trim()).filter(|v| !v.is_empty());
        let token_url = text("token_url")?;
        let read = || {
            Ok(Client {
                token_url: web_address(token_url)?,
                authorize_url: text("authorize_url").map(web_address).transpose()?,
                given: Given::ByUser,
                client_id: text("client_id").ok_or_else(no_client)?.to_owned(),
                client_secret: settings.secrets.get("client_secret").cloned(),
                scope: text("scope").unwrap_or_default().to_owned(),
                auth: match text("client_auth") {
                    Some("basic") => ClientAuth::Basic,
                    _ => ClientAuth::Body,
                },
                authorize_extra: Vec::new(),
            })
        };
        Some(read())
    }

    /// The address of the server's page for one person's consent, which leads back to `redirect_uri` with
    /// the `state` and a code that only the holder of the challenge's verifier can exchange.
    ///
    /// # Errors
    /// `InvalidSettings` where nobody said where that page is.
    pub fn authorize(&self, redirect_uri: &str, state: &str, challenge: &str) -> Result<Url> {
        let mut url = self.authorize_url.clone().ok_or_else(no_page)?;
        let mut query = url.query_pairs_mut();
        query.append_pair("response_type", "code").append_pair("client_id", &self.client_id);
        query.append_pair("redirect_uri", redirect_uri);
        if !self.scope.is_empty() {
            query.append_pair("scope", &self.scope);
        }
        query.append_pair("state", state).append_pair("code_challenge", challenge);
        query.append_pair("code_challenge_method", "S256").extend_pairs(&self.authorize_extra);
        drop(query);
        Ok(url)
    }
}

fn web_address(text: &str) -> Result<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| {
        let text = model::parse::shorten(text);
        Error::new(
            ErrorKind::InvalidSettings,
            Text::new(
                format!("« {text} » n'est pas une adresse web."),
                format!("“{text}” is not a web address."),
            ),
        )
        .hint(Text::fixed(
            "L'adresse du serveur d'autorisation ressemble à https://exemple.com/oauth/token : elle est dans la documentation du service.",
            "The address of the authorization server looks like https://example.com/oauth/token: the service's documentation has it.",
        ))
    })
}

fn no_client() -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::fixed(
            "L'identifiant du client OAuth2 n'est pas renseigné.",
            "The id of the OAuth2 client is missing.",
        ),
    )
    .hint(Text::fixed(
        "Le service le donne quand on y déclare une application.",
        "The service gives it when an application is registered there.",
    ))
}

fn no_page() -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::fixed(
            "L'adresse de la page d'autorisation n'est pas renseignée.",
            "The address of the authorization page is missing.",
        ),
    )
    .hint(Text::fixed(
        "Renseignez-la dans les réglages de la connexion, puis recommencez.",
        "Fill it in among the connection's settings, then begin again.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(values: &[(&str, &str)]) -> Settings {
        let values = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Settings { values, secrets: [("client_secret".to_owned(), "s3".into())].into() }
    }

    const TOKEN: (&str, &str) = ("token_url", " https://auth.example/token ");
    const ID: (&str, &str) = ("client_id", "me");

    #[test]
    fn a_form_is_a_client_or_says_what_it_lacks() {
        assert!(Client::of_form(&form(&[ID, ("token_url", "  ")])).is_none());
        let client = Client::of_form(&form(&[TOKEN, ID])).unwrap().unwrap();
        assert_eq!(
            (client.token_url.as_str(), client.auth),
            ("https://auth.example/token", ClientAuth::Body)
        );
        assert_eq!((client.given, client.client_secret.is_some()), (Given::ByUser, true));
        let basic = Client::of_form(&form(&[TOKEN, ID, ("client_auth", "basic")])).unwrap().unwrap();
        assert_eq!(basic.auth, ClientAuth::Basic);
        for wrong in [
            vec![TOKEN],
            vec![ID, ("token_url", "file:///etc/passwd")],
            vec![ID, ("token_url", "auth")],
            vec![TOKEN, ID, ("authorize_url", "javascript:alert(1)")],
        ] {
            let error = Client::of_form(&form(&wrong)).unwrap().unwrap_err();
            assert_eq!(error.kind, ErrorKind::InvalidSettings, "{wrong:?}");
        }
    }

    #[test]
    fn the_page_is_told_everything_and_keeps_its_own() {
        let page = ("authorize_url", "https://auth.example/authorize?owner=user");
        let mut client =
            Client::of_form(&form(&[TOKEN, ID, page, ("scope", "read write")])).unwrap().unwrap();
        client.authorize_extra = vec![("access_type".to_owned(), "offline".to_owned())];
        let url = client.authorize("http://127.0.0.1:3000/oauth/callback", "st&te", "abc").unwrap();
        assert_eq!(
            url.as_str(),
            "https://auth.example/authorize?owner=user&response_type=code&client_id=me\
             &redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Foauth%2Fcallback&scope=read+write&state=st%26te\
             &code_challenge=abc&code_challenge_method=S256&access_type=offline"
        );
        client.authorize_url = None;
        assert!(client.authorize("http://127.0.0.1/", "s", "c").is_err());
        assert!(!format!("{client:?}").contains("s3"));
    }
}
