//! Who reads, and where: the operator's server in place of the tenant's, where there is one.

use secrecy::SecretString;
use url::Url;

use super::address::Tenant;
use super::settings::Access;
use crate::connector::Context;
use crate::http::oauth2::{self, Client, ClientAuth, Grant};
use crate::http::{Credential, Given};

/// What goes with the requests to a tenant.
pub(super) fn credential(context: &Context, tenant: &Tenant, access: &Access) -> Credential {
    match access {
        Access::User { name, password } => {
            Credential::Basic { username: name.clone(), password: password.clone() }
        }
        Access::Client { id, secret, refresh_token } => {
            let client = client(context, tenant, id, secret);
            Credential::Granted(oauth2::session(context, client, Grant::RefreshToken(refresh_token.clone())))
        }
    }
}

/// The client that gets tokens. Workday's own programs send its secret in the form.
pub(super) fn client(context: &Context, tenant: &Tenant, id: &str, secret: &SecretString) -> Client {
    Client {
        token_url: placed(context, tenant).url(&["oauth2", &tenant.name, "token"]),
        authorize_url: None,
        given: given(context),
        client_id: id.to_owned(),
        client_secret: Some(secret.clone()),
        scope: String::new(),
        auth: ClientAuth::Body,
        authorize_extra: Vec::new(),
    }
}

/// The tenant on the server where it is asked.
pub(super) fn placed(context: &Context, tenant: &Tenant) -> Tenant {
    let base = context.base_url.as_deref().and_then(|base| Url::parse(base).ok());
    Tenant { server: base.unwrap_or_else(|| tenant.server.clone()), ..tenant.clone() }
}

/// Who gave the address of that server.
pub(super) fn given(context: &Context) -> Given {
    if context.base_url.is_some() { Given::ByOperator } else { Given::ByUser }
}
