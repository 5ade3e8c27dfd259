//! The settings, read once.

use model::spec::FormField;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::spec::{self, access};
use super::{OPPORTUNITY, pem, texts};
use crate::connector::Settings;
use crate::error::Result;

/// The version that is asked for when nobody says otherwise: all organisations have it.
const VERSION: &str = "v62.0";

/// What the form gave.
pub(super) struct SalesforceSettings {
    /// The organisation's own address, without a path.
    pub(super) site: Url,
    /// Such as `v62.0`.
    pub(super) version: String,
    pub(super) access: Access,
    /// API name of the object the connection is about.
    pub(super) object: String,
    /// API name of the field that makes creations of that object repeatable.
    pub(super) external_id: Option<String>,
}

/// Whose requests they are.
pub(super) enum Access {
    /// A session somebody began elsewhere.
    Token(SecretString),
    /// An application speaks for itself.
    ClientCredentials(Application),
    /// Somebody agreed elsewhere.
    RefreshToken(Application, SecretString),
    /// An application signs for a user.
    Jwt { client_id: String, username: String, key: SecretString },
    /// Somebody agrees in the browser.
    AuthorizationCode(Application),
}

/// An application that proves who it is by a secret, where it has one.
pub(super) struct Application {
    pub(super) id: String,
    pub(super) secret: Option<SecretString>,
}

impl SalesforceSettings {
    /// # Errors
    /// `InvalidSettings`, naming the first field that is missing or holds something wrong.
    pub(super) fn parse(settings: &Settings) -> Result<SalesforceSettings> {
        let form = Form(settings);
        let external_id = form.value("external_id_field");
        Ok(SalesforceSettings {
            site: site(&form.text(&spec::instance_url())?)?,
            version: version(form.value("api_version").unwrap_or(VERSION))?,
            access: access_of(&form)?,
            object: form.value("object_type").unwrap_or(OPPORTUNITY).to_owned(),
            external_id: external_id.map(str::to_owned),
        })
    }
}

/// The values of the form, empty ones left out.
struct Form<'a>(&'a Settings);

impl Form<'_> {
    fn value(&self, key: &str) -> Option<&str> {
        self.0.values.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    fn secret(&self, key: &str) -> Option<SecretString> {
        let secret = self.0.secrets.get(key).map(|secret| secret.expose_secret().trim());
        secret.filter(|secret| !secret.is_empty()).map(SecretString::from)
    }

    fn text(&self, field: &FormField) -> Result<String> {
        let held = self.value(&field.key).map(|value| field.clean(value));
        held.ok_or_else(|| texts::unusable(field, "est vide", "is empty"))
    }

    fn sealed(&self, field: &FormField) -> Result<SecretString> {
        self.secret(&field.key).ok_or_else(|| texts::unusable(field, "est vide", "is empty"))
    }

    fn application(&self) -> Result<Application> {
        Ok(Application { id: self.text(&access::client_id())?, secret: self.secret("client_secret") })
    }
}

/// Programs may leave out how they are known: what they give tells it.
fn access_of(form: &Form) -> Result<Access> {
    let given = |key: &str| form.secret(key).is_some();
    let kind = form.value("auth_type").unwrap_or(match () {
        () if given("access_token") => "access_token",
        () if given("refresh_token") => "refresh_token",
        () if given("private_key") => "jwt",
        () => "client_credentials",
    });
    Ok(match kind {
        "access_token" => Access::Token(form.sealed(&access::access_token())?),
        "refresh_token" => Access::RefreshToken(form.application()?, form.sealed(&access::refresh_token())?),
        "jwt" => Access::Jwt {
            client_id: form.text(&access::client_id())?,
            username: form.text(&access::username())?,
            key: pem::of_pasted(&form.sealed(&access::private_key())?),
        },
        "authorization_code" => Access::AuthorizationCode(form.application()?),
        _ => {
            form.sealed(&access::client_secret())?;
            Access::ClientCredentials(form.application()?)
        }
    })
}

/// The organisation's own address, where that of one of its pages was pasted: its pages are served under
/// other names than its API.
pub(super) fn site(text: &str) -> Result<Url> {
    let wrong =
        || texts::unusable(&spec::instance_url(), "n'est pas une adresse web", "is not a web address");
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let mut url = url.ok_or_else(wrong)?;
    let host = url.host_str().ok_or_else(wrong)?.to_owned();
    if matches!(host.as_str(), "login.salesforce.com" | "test.salesforce.com") {
        return Err(texts::login_host(&host));
    }
    for pages in [".lightning.force.com", ".my.salesforce-setup.com"] {
        if let Some(name) = host.strip_suffix(pages) {
            url.set_host(Some(&format!("{name}.my.salesforce.com"))).map_err(|_| wrong())?;
        }
    }
    url.set_path("/");
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// `62`, `62.0` and `v62.0` are the same.
fn version(text: &str) -> Result<String> {
    let number = text.trim_start_matches(['v', 'V']);
    let number = number.strip_suffix(".0").unwrap_or(number);
    match number.parse::<u16>() {
        Ok(number) => Ok(format!("v{number}.0")),
        Err(_) => Err(texts::unusable(
            &spec::api_version(),
            "n'est pas une version : elle ressemble à v62.0",
            "is not a version: it looks like v62.0",
        )),
    }
}
