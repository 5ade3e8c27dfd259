//! Finds out how to speak to a server, and as whom.

use std::str::FromStr;

use chrono_tz::Tz;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use url::Url;

use super::refusal;
use super::spec::OdooSettings;
use super::texts;
use super::wire::{Method, Wire, parse_rpc, rpc, under};
use crate::error::{Error, ErrorKind};
use crate::http::{Channel, Effect, Failure, REDIRECT, Request};

/// The first version with JSON-2.
const JSON_2: u16 = 19;
/// The first version that asks for rights with `has_access`.
const HAS_ACCESS: u16 = 18;

/// What is known of the server and the user once the first request was answered.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) wire: Wire,
    /// As the server writes it, such as `19.0`.
    pub(super) version: String,
    pub(super) asks_has_access: bool,
    pub(super) uid: i64,
    pub(super) lang: String,
    /// The zone in which the user sees moments.
    pub(super) zone: Tz,
    company: Option<i64>,
}

#[derive(Deserialize)]
struct VersionPage {
    version: String,
}

#[derive(Deserialize)]
struct VersionInfo {
    server_version: String,
}

/// Who the key belongs to; what is not set is `false`.
#[derive(Deserialize)]
pub(super) struct User {
    uid: i64,
    lang: Json,
    tz: Json,
}

impl Session {
    /// Opens it: the version first, without the key.
    pub(super) async fn open(
        channel: &Channel,
        root: &Url,
        settings: &OdooSettings,
    ) -> Result<Session, Failure> {
        let version = version(channel, root).await?;
        let number =
            version.chars().skip_while(|sign| !sign.is_ascii_digit()).take_while(char::is_ascii_digit);
        let number: u16 = number.collect::<String>().parse().unwrap_or_default();
        let (wire, user) = speak(channel, root, settings, number).await?;
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let session = Session {
            wire,
            version,
            asks_has_access: number >= HAS_ACCESS,
            uid: user.uid,
            lang: text(&user.lang),
            zone: Tz::from_str(&text(&user.tz)).unwrap_or(Tz::Europe__Paris),
            company: settings.company,
        };
        session.check_company(channel, root, settings).await?;
        Ok(session)
    }

    /// The context of every call. Archived records are seen when reading, not when looking for one to
    /// link to.
    pub(super) fn context(&self, archived: bool) -> Json {
        let mut context = json!({ "lang": self.lang, "tz": self.zone.name() });
        if archived {
            context["active_test"] = json!(false);
            // The reference of a product is a field of its own, and no part of its name.
            context["display_default_code"] = json!(false);
        }
        if let Some(company) = self.company {
            context["allowed_company_ids"] = json!([company]);
        }
        context
    }

    /// The refusal for a company that is not the user's is worded in any language: better to look.
    async fn check_company(
        &self,
        channel: &Channel,
        root: &Url,
        settings: &OdooSettings,
    ) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Companies {
            company_ids: Vec<i64>,
        }
        let Some(company) = self.company else { return Ok(()) };
        let named = json!({ "fields": ["company_ids"] });
        let method = Method::reads("res.users", "read", named).on(vec![self.uid]);
        let request = self.wire.request(root, settings, method, &json!({}));
        let users: Vec<Companies> = channel.call(&request, |body| self.wire.parse(body)).await?;
        let own: Vec<i64> = users.into_iter().flat_map(|user| user.company_ids).collect();
        if own.contains(&company) { Ok(()) } else { Err(texts::other_company(company, &own).into()) }
    }
}

/// Which user the key belongs to, asked anew: the cheapest proof that it still does.
pub(super) async fn who(
    channel: &Channel,
    root: &Url,
    settings: &OdooSettings,
    wire: Wire,
) -> Result<User, Failure> {
    let method = Method::reads("res.users", "context_get", json!({}));
    let request = wire.request(root, settings, method, &json!({}));
    channel.call(&request, |body| wire.parse(body)).await
}

/// JSON-2 where there is one, else JSON-RPC.
async fn speak(
    channel: &Channel,
    root: &Url,
    settings: &OdooSettings,
    version: u16,
) -> Result<(Wire, User), Failure> {
    if version >= JSON_2 {
        match who(channel, root, settings, Wire::Json2).await {
            Ok(user) => return Ok((Wire::Json2, user)),
            // Either the database is not there, or JSON-2 is not: the other protocol tells them apart.
            Err(failure) if failure.error.kind == ErrorKind::NotFound => {}
            Err(failure) => return Err(failure),
        }
    }
    let args = json!([settings.database, settings.user, settings.key.expose_secret(), {}]);
    let request = rpc(root, "common", "authenticate", &args, Effect::Nothing);
    let uid: Json = match channel.call(&request, |body| parse_rpc(body)).await {
        Ok(uid) => uid,
        Err(failure) if failure.error.kind == ErrorKind::NotFound => {
            return Err(texts::no_database(&settings.database).into());
        }
        Err(failure) => return Err(failure),
    };
    // Wrong credentials are no error to this method.
    let uid = uid.as_i64().ok_or_else(texts::bad_key)?;
    let wire = Wire::JsonRpc { uid };
    Ok((wire, who(channel, root, settings, wire).await?))
}

/// The version of the server; everybody may ask.
async fn version(channel: &Channel, root: &Url) -> Result<String, Failure> {
    let page = Request::get(under(root, &["web", "version"])).without_token();
    let failure = match channel.call(&page, |body| serde_json::from_slice::<VersionPage>(body)).await {
        Ok(page) => return Ok(page.version),
        Err(failure) => failure,
    };
    // Before version 19 the page is not there, or something else is.
    if !is_elsewhere(&failure.error) || failure.code == REDIRECT {
        return Err(explain(failure));
    }
    let request = rpc(root, "common", "version", &json!([]), Effect::Nothing);
    match channel.call(&request, |body| parse_rpc::<VersionInfo>(body)).await {
        Ok(info) => Ok(info.server_version),
        Err(failure) => Err(explain(failure)),
    }
}

fn is_elsewhere(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::NotFound | ErrorKind::UnexpectedReply | ErrorKind::Rejected)
}

/// What it means that not even the version is told.
fn explain(failure: Failure) -> Failure {
    if failure.code == REDIRECT {
        return texts::redirected(&failure.said).into();
    }
    if is_elsewhere(&failure.error) && !refusal::is_known(&failure.code) {
        return texts::no_odoo().into();
    }
    failure
}
