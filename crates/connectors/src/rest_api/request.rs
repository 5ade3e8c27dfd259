//! The request for a page.

use reqwest::Method;
use serde_json::{Map, Value as Json};
use url::Url;

use super::place::Place;
use super::settings::{Body, Paging, RestSettings};
use crate::http::Request;

/// What is sent for a page, before the credential is put on it.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: Vec<(String, String)>,
    /// Its type and its text.
    pub(super) body: Option<(String, String)>,
}

impl Asking {
    /// The request for the page at a place, for what changed after `since`.
    pub(super) fn of(settings: &RestSettings, url: &Url, place: &Place, since: Option<&str>) -> Asking {
        // An address that the service gave is whole.
        if let (Paging::LinkHeader | Paging::NextUrl { .. }, Some(token)) = (&settings.paging, &place.token)
            && let Ok(next) = Url::parse(token)
        {
            return Asking::at(settings, next, Vec::new());
        }
        let mut url = url.clone();
        for (name, value) in &settings.params {
            set(&mut url, name, value);
        }
        Asking::at(settings, url, parameters(settings, place, since))
    }

    fn at(settings: &RestSettings, mut url: Url, parameters: Vec<(String, Json)>) -> Asking {
        let body = match &settings.body {
            Body::Object(object) => {
                let mut object: Map<String, Json> = object.clone();
                object.extend(parameters);
                Some(("application/json".to_owned(), Json::Object(object).to_string()))
            }
            plain => {
                for (name, value) in parameters {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    set(&mut url, &name, &text);
                }
                match plain {
                    Body::Text { content_type, text } => Some((content_type.clone(), text.clone())),
                    _ => None,
                }
            }
        };
        Asking { method: settings.method.clone(), url, headers: settings.headers.clone(), body }
    }

    /// The same for the HTTP kit.
    pub(super) fn request(&self) -> Request {
        let request = match &self.body {
            Some((content_type, text)) => Request::ask(self.url.clone(), content_type.clone(), text.clone()),
            None => Request::get(self.url.clone()),
        };
        self.headers.iter().fold(request, |request, (name, value)| request.header(name.clone(), value))
    }
}

/// What paging and changes add to the question.
fn parameters(settings: &RestSettings, place: &Place, since: Option<&str>) -> Vec<(String, Json)> {
    let mut all = Vec::new();
    if let (Some(param), Some(size)) = (&settings.size_param, settings.page_size) {
        all.push((param.clone(), Json::from(size)));
    }
    let number = |text: &String| text.parse::<u64>().ok();
    match (&settings.paging, &place.token) {
        (Paging::Page { param, first }, token) => {
            let page = token.as_ref().and_then(number).unwrap_or(*first);
            all.push((param.clone(), Json::from(page)));
        }
        (Paging::Offset { param }, token) => {
            all.push((param.clone(), Json::from(token.as_ref().and_then(number).unwrap_or(0))));
        }
        (Paging::Cursor { param, .. }, Some(cursor)) => {
            all.push((param.clone(), Json::from(cursor.as_str())));
        }
        _ => {}
    }
    if let (Some(changes), Some(since)) = (&settings.changes, since) {
        all.push((changes.param.clone(), Json::from(since)));
    }
    all
}

/// Sets a parameter of an address; one of the same name that is there gives way.
pub(super) fn set(url: &mut Url, name: &str, value: &str) {
    remove(url, name);
    url.query_pairs_mut().append_pair(name, value);
}

/// Takes a parameter out of an address.
pub(super) fn remove(url: &mut Url, name: &str) {
    if !url.query_pairs().any(|(held, _)| held == name) {
        return;
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(held, _)| held != name)
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
}
