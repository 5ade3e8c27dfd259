//! The requests: a page, or the beginning of one.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU32;
use std::time::Duration;

use model::Text;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::auth::Shown;
use super::format::Format;
use super::page::Page;
use super::pieces::Pieces;
use super::place::Place;
use super::refusal::{SERVICE, read_refusal};
use super::request::{self, Asking};
use super::settings::{Paging, RestSettings};
use super::{auth, texts};
use crate::common::form::Form;
use crate::connector::Context;
use crate::error::{Error, Result};
use crate::http::{Answer, Channel, Failure, Fetched, Given, Limits, REDIRECT, Target, no_budgets};

/// How long an API is left alone after a refusal for the rate that names no time.
const PENALTY: Duration = Duration::from_secs(10);

/// One API.
pub(super) struct Api {
    pub(super) settings: RestSettings,
    pub(super) channel: Channel,
    /// Where the requests go.
    pub(super) url: Url,
    /// How its credential looks from outside.
    pub(super) shown: Shown,
    /// Other forms of the credential.
    pub(super) hidden: Vec<SecretString>,
}

/// A page as it came.
pub(super) enum Got {
    Whole(Page),
    Pieces(Box<Pieces>),
}

impl Api {
    pub(super) fn new(context: &Context, form: &Form) -> Result<Api> {
        let settings = RestSettings::parse(form)?;
        let credential = auth::credential(form, context)?;
        let operators = context.base_url.as_deref().and_then(|base| Url::parse(base).ok());
        let (url, address) = match operators {
            Some(base) => (moved_to(&settings.url, &base), Given::ByOperator),
            None => (settings.url.clone(), Given::ByUser),
        };
        let shown = Shown::of(&credential);
        let hidden = auth::other_forms(&credential);
        let channel = context.http.channel(Target {
            service: SERVICE,
            key: limiter_key(&url, settings.per_second, form),
            address,
            limits: limits(settings.per_second),
            credential,
            headers: &[],
            read_refusal,
            read_budgets: no_budgets,
        })?;
        Ok(Api { settings, channel, url, shown, hidden })
    }

    /// The request for a page.
    pub(super) fn asking(&self, place: &Place, since: Option<&str>) -> Asking {
        Asking::of(&self.settings, &self.url, place, since)
    }

    /// Asks for a page.
    pub(super) async fn page(&self, place: &Place, since: Option<&str>) -> Result<Got> {
        let asking = self.asking(place, since);
        let request = asking.request();
        let in_pieces = |answer: &Answer| Ok(format(answer)? != Format::Json);
        let read = |answer: &Answer, body: Vec<u8>| {
            if answer.status() == 204 {
                return Ok(Page::default());
            }
            let mut page =
                Page::read(&self.settings, answer.header("content-type"), &body, place.token.is_none())?;
            page.told.next = self.next(&asking.url, answer, page.told.next)?;
            Ok(page)
        };
        match self.channel.fetch(&request, in_pieces, read).await.map_err(explain)? {
            Fetched::Whole(page) => Ok(Got::Whole(page)),
            Fetched::Pieces(answer) => {
                let needs_document =
                    matches!(self.settings.paging, Paging::Cursor { .. } | Paging::NextUrl { .. });
                if needs_document {
                    return Err(texts::no_document());
                }
                let format = format(&answer)?;
                Ok(Got::Pieces(Box::new(Pieces::new(answer, format)?)))
            }
        }
    }

    /// What leads to the page after the one at `current`: a cursor, or a whole address on the same origin.
    pub(super) fn next(
        &self,
        current: &Url,
        answer: &Answer,
        told: Option<String>,
    ) -> Result<Option<String>> {
        let link = match &self.settings.paging {
            Paging::NextUrl { .. } => told,
            Paging::LinkHeader => answer.headers("link").find_map(next_link).map(str::to_owned),
            _ => return Ok(told),
        };
        link.map(|link| self.follow(current, &link)).transpose()
    }

    /// The address of a link, without what the credential adds to it.
    fn follow(&self, current: &Url, link: &str) -> Result<String> {
        let mut next = current.join(link.trim()).map_err(|_| texts::elsewhere(link))?;
        let names_somebody = !next.username().is_empty() || next.password().is_some();
        if next.origin() == self.settings.url.origin() {
            next = moved_to(&next, &self.url);
        }
        if next.origin() != self.url.origin() || names_somebody {
            return Err(texts::elsewhere(next.host_str().unwrap_or_default()));
        }
        next.set_fragment(None);
        if let Shown::Param(param) = &self.shown {
            request::remove(&mut next, param);
        }
        Ok(next.into())
    }
}

/// The form of an answer.
pub(super) fn format(answer: &Answer) -> Result<Format> {
    if answer.status() == 204 {
        return Ok(Format::Json);
    }
    Format::of(answer.header("content-type"), answer.beginning())
}

/// What a failure means for whoever described the API.
pub(super) fn explain(failure: Failure) -> Error {
    if failure.code == REDIRECT && !failure.said.is_empty() {
        return texts::moved(&failure.said);
    }
    let error = *failure.error;
    let hint = Text::fixed(
        "Essayez la connexion dans le formulaire pour voir la réponse.",
        "Try the connection in the form to see the answer.",
    );
    if error.hint.is_some() { error } else { error.hint(hint) }
}

/// The same path and parameters on another server.
fn moved_to(url: &Url, server: &Url) -> Url {
    let mut moved = server.clone();
    moved.set_path(url.path());
    moved.set_query(url.query());
    moved
}

/// The address of the link `rel="next"` (RFC 8288, 3).
fn next_link(header: &str) -> Option<&str> {
    let mut rest = header;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (address, after) = after.split_once('>')?;
        let parameters = after.split('<').next().unwrap_or_default();
        let is_next = parameters.split([';', ',']).any(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            let mut words = value.trim().trim_matches('"').split_ascii_whitespace();
            name.trim().eq_ignore_ascii_case("rel") && words.any(|word| word.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(address);
        }
        rest = after;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a thousand at most")]
fn limits(per_second: u64) -> Limits {
    Limits { per_second: per_second as f64, burst: NonZeroU32::MIN, penalty: PENALTY }
}

/// Tells accounts apart without keeping their keys.
fn limiter_key(url: &Url, per_second: u64, form: &Form) -> String {
    let mut hasher = DefaultHasher::new();
    for key in ["auth_type", "username", "client_id"] {
        form.text(key).hash(&mut hasher);
    }
    for key in ["api_key", "password", "token", "client_secret", "refresh_token"] {
        form.secret(key).expose_secret().hash(&mut hasher);
    }
    format!("rest_api:{}:{per_second}:{:x}", url.origin().ascii_serialization(), hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_link_among_others() {
        for (header, next) in [
            (r#"<https://x/?page=2>; rel="next""#, Some("https://x/?page=2")),
            (
                r#"<https://x/?a=1,2>; rel=prev, </p?page=3>; title="a; b"; rel="last next""#,
                Some("/p?page=3"),
            ),
            (r#"<https://x/>; rel="prev", <https://y/>; rel="last""#, None),
            (r#"<https://x/>; REL=Next"#, Some("https://x/")),
            ("nothing", None),
            ("", None),
        ] {
            assert_eq!(next_link(header), next, "{header}");
        }
    }
}
