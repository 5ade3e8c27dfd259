//! Who the connection is at the organisation's authorization server.

use url::Url;

use super::settings::{Access, Application, SalesforceSettings};
use crate::connector::Context;
use crate::error::Result;
use crate::http::oauth2::{self, Assertion, Client, ClientAuth, Grant};
use crate::http::{Credential, Given};

/// Where the organisation is, and who said so.
pub(super) struct Site {
    pub(super) root: Url,
    pub(super) given: Given,
}

impl Site {
    /// The operator's address comes before the form's.
    pub(super) fn of(context: &Context, settings: &SalesforceSettings) -> Site {
        match context.base_url.as_deref().and_then(|address| Url::parse(address).ok()) {
            Some(root) => Site { root, given: Given::ByOperator },
            None => Site { root: settings.site.clone(), given: Given::ByUser },
        }
    }

    /// An address under it.
    pub(super) fn at(&self, path: &str) -> Url {
        let mut url = self.root.clone();
        url.set_path(path);
        url
    }
}

/// What goes with the requests.
pub(super) fn credential(
    context: &Context,
    settings: &SalesforceSettings,
    site: &Site,
) -> Result<Credential> {
    let Some(client) = client(settings, site) else {
        return Ok(match &settings.access {
            Access::Token(token) => Credential::Bearer(token.clone()),
            _ => Credential::None,
        });
    };
    let grant = match &settings.access {
        Access::RefreshToken(_, token) => Grant::RefreshToken(token.clone()),
        Access::AuthorizationCode(_) => Grant::AuthorizationCode,
        Access::Jwt { client_id, username, key } => {
            let assertion = Assertion {
                issuer: client_id.clone(),
                subject: Some(username.clone()),
                audience: audience(&settings.site).to_owned(),
                key_id: None,
                scope: None,
                key: key.clone(),
            };
            assertion.check()?;
            Grant::Assertion(assertion)
        }
        Access::ClientCredentials(_) | Access::Token(_) => Grant::ClientCredentials,
    };
    Ok(Credential::Granted(oauth2::session(context, client, grant)))
}

/// The client; `None` where a token was typed and nobody is asked.
pub(super) fn client(settings: &SalesforceSettings, site: &Site) -> Option<Client> {
    let alone = |id: &String| Application { id: id.clone(), secret: None };
    let signs;
    let application = match &settings.access {
        Access::Token(_) => return None,
        Access::ClientCredentials(application)
        | Access::RefreshToken(application, _)
        | Access::AuthorizationCode(application) => application,
        Access::Jwt { client_id, .. } => {
            signs = alone(client_id);
            &signs
        }
    };
    let asks_a_person = matches!(settings.access, Access::AuthorizationCode(_));
    Some(Client {
        token_url: site.at("/services/oauth2/token"),
        authorize_url: asks_a_person.then(|| site.at("/services/oauth2/authorize")),
        given: site.given,
        client_id: application.id.clone(),
        client_secret: application.secret.clone(),
        // Without these, nothing renews what a person agreed to.
        scope: if asks_a_person { "api refresh_token".to_owned() } else { String::new() },
        auth: ClientAuth::Body,
        authorize_extra: Vec::new(),
    })
}

/// The server's word for itself: that of sandboxes is another.
fn audience(site: &Url) -> &'static str {
    let is_sandbox = site.host_str().is_some_and(|host| host.ends_with(".sandbox.my.salesforce.com"));
    if is_sandbox { "https://test.salesforce.com" } else { "https://login.salesforce.com" }
}
