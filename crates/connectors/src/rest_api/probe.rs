//! One request for somebody who fills in the form: what is sent, what comes, and the rows in it.

use model::Text;
use serde_json::Value as Json;
use url::Url;

use super::api::{Api, explain, format};
use super::auth::Shown;
use super::columns;
use super::format::Format;
use super::page::Page;
use super::pieces::Pieces;
use super::place::Place;
use super::read::object;
use super::request::{self, Asking};
use super::settings::Paging;
use super::walk::{Then, Told, Walk};
use crate::error::Result;
use crate::http::Answer;
use crate::probe::{Probe, Sent};

/// How much of an answer is shown, in bytes.
const SHOWN_BYTES: usize = 20_000;
/// How many rows are shown.
const SHOWN_ROWS: usize = 20;
/// What stands for a secret.
const MASK: &str = "•••";

/// Asks for the first page once and tells everything about it.
pub(super) async fn probe(api: &Api) -> Probe {
    let asking = api.asking(&Place::default(), None);
    let mut probe = Probe { request: sent(api, &asking), ..Probe::default() };
    let found = match api.channel.look(&asking.request()).await {
        Ok(answer) => look(api, &asking, answer, &mut probe).await,
        Err(failure) => Err(explain(failure)),
    };
    probe.fault = found.err();
    probe
}

/// Tells of an answer, as far as it can be read.
async fn look(api: &Api, asking: &Asking, mut answer: Answer, probe: &mut Probe) -> Result<()> {
    probe.status = Some(answer.status());
    probe.content_type = answer.header("content-type").map(str::to_owned);
    probe.body = shown(api, answer.beginning());
    if let Some(failure) = api.channel.meaning(&answer) {
        return Err(explain(failure));
    }
    let (rows, told) = match format(&answer)? {
        _ if answer.status() == 204 => (Vec::new(), Told::default()),
        Format::Json => {
            let body = api.channel.whole(&mut answer).await.map_err(explain)?;
            probe.body = shown(api, &body);
            let page = Page::read(&api.settings, answer.header("content-type"), &body, true)?;
            let next = api.next(&asking.url, &answer, page.told.next.clone())?;
            (page.rows, Told { next, ..page.told })
        }
        lines => {
            let mut pieces = Pieces::new(answer, lines)?;
            let rows = pieces.next().await?.map(|piece| piece.rows).unwrap_or_default();
            let next = api.next(&asking.url, pieces.answer(), None)?;
            let told = Told { rows: rows.len() as u64, hash: pieces.hash(), next, ..Told::default() };
            (rows, told)
        }
    };
    probe.found = rows.len();
    let objects: Vec<_> = rows.iter().map(|row| object(row)).collect();
    probe.columns = columns::columns(&objects).into_iter().map(|column| column.name).collect();
    let masked = |row: &String| api.channel.shown(row, &api.hidden);
    probe.rows = rows.iter().take(SHOWN_ROWS).map(masked).collect();
    probe.next = match Walk::new(&api.settings).after(&Place::default(), &told)? {
        Then::Next(place) => Some(next_page(api, &place)),
        Then::End | Then::EndBefore => None,
    };
    Ok(())
}

fn next_page(api: &Api, place: &Place) -> Text {
    let token = api.channel.shown(place.token.as_deref().unwrap_or_default(), &api.hidden);
    match &api.settings.paging {
        Paging::Page { .. } => Text::new(format!("Page {token}"), format!("Page {token}")),
        Paging::Offset { .. } => {
            Text::new(format!("À partir de la ligne {token}"), format!("From row {token} on"))
        }
        Paging::Cursor { .. } => Text::new(format!("Curseur {token}"), format!("Cursor {token}")),
        Paging::None | Paging::LinkHeader | Paging::NextUrl { .. } => Text::same(masked_address(&token)),
    }
}

/// The request, its secrets masked.
fn sent(api: &Api, asking: &Asking) -> Sent {
    let mut url = asking.url.clone();
    let mut headers = asking.headers.clone();
    match &api.shown {
        Shown::Nothing => {}
        Shown::Header(name, kind) => headers.push((name.clone(), format!("{kind}{MASK}"))),
        Shown::Param(name) => request::set(&mut url, name, MASK),
    }
    let body = asking.body.as_ref().map(|(content_type, text)| {
        headers.push(("Content-Type".to_owned(), content_type.clone()));
        let text = match serde_json::from_str(text) {
            Ok(json) => masked_members(json).to_string(),
            Err(_) => text.clone(),
        };
        api.channel.shown(&text, &api.hidden)
    });
    for (name, value) in &mut headers {
        *value = if is_secret(name) && !value.contains(MASK) {
            MASK.to_owned()
        } else {
            api.channel.shown(value, &api.hidden)
        };
    }
    let url = api.channel.shown(&masked_address(url.as_str()), &api.hidden);
    Sent { method: asking.method.to_string(), url, headers, body }
}

/// An address whose parameters that go by a secret's name are masked.
fn masked_address(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    let secrets: Vec<String> =
        url.query_pairs().map(|(name, _)| name.into_owned()).filter(|name| is_secret(name)).collect();
    for name in secrets {
        request::set(&mut url, &name, MASK);
    }
    url.as_str().replace("%E2%80%A2", "•")
}

fn masked_members(json: Json) -> Json {
    match json {
        Json::Object(object) => {
            let masked = |(name, value): (String, Json)| match value {
                Json::String(_) | Json::Number(_) if is_secret(&name) => (name, Json::from(MASK)),
                value => (name, masked_members(value)),
            };
            Json::Object(object.into_iter().map(masked).collect())
        }
        Json::Array(items) => Json::Array(items.into_iter().map(masked_members).collect()),
        plain => plain,
    }
}

/// Whether a name is one that secrets go by.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['-', '_'], "");
    let parts =
        ["token", "secret", "password", "passwd", "apikey", "signature", "authorization", "accesskey"];
    name == "key" || name == "sig" || parts.iter().any(|part| name.contains(part))
}

/// The beginning of an answer, cut between two letters.
fn shown(api: &Api, body: &[u8]) -> String {
    let cut = body.get(..SHOWN_BYTES).unwrap_or(body);
    let text = match std::str::from_utf8(cut) {
        Ok(text) => text.to_owned(),
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(cut.get(..error.valid_up_to()).unwrap_or_default()).into_owned()
        }
        Err(_) => String::from_utf8_lossy(cut).into_owned(),
    };
    api.channel.shown(&text, &api.hidden)
}
