//! Where a form of a deal leads: back to the page it was on, which says what was done.

use app::{BackTo, DealNotice};
use axum::extract::Request;
use axum::response::{IntoResponse, Redirect, Response};
use url::Url;

use crate::access::page_of_ours;
use crate::form::read;

/// The list of deals.
pub(crate) const LIST: &str = "/";

/// The page one came from, where a form or an address names one of ours; else the list of deals.
pub(crate) fn page_before(pairs: &[u8]) -> String {
    read(pairs).get("next").map_or_else(|| page_of_ours(""), |page| page_of_ours(page))
}

/// The same, for whoever asks for the page of a form.
pub(crate) fn came_from(request: &Request) -> BackTo {
    BackTo(page_before(request.uri().query().unwrap_or_default().as_bytes()))
}

/// The answer to a form that was carried out.
pub(crate) fn led_back(page: &str, notice: DealNotice) -> Response {
    Redirect::to(&with_notice(page, notice)).into_response()
}

/// A page of ours that says what was done, and nothing of what was done before.
fn with_notice(page: &str, notice: DealNotice) -> String {
    let Ok(mut url) = Url::parse("http://here.invalid/").and_then(|here| here.join(page)) else {
        return page.to_owned();
    };
    let kept: Vec<_> = url.query_pairs().filter(|(name, _)| name != "notice").collect();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let query = query.extend_pairs(kept).append_pair("notice", &notice.to_string()).finish();
    url.set_query(Some(&query));
    format!("{}?{query}", url.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_only_what_was_done_last() {
        for (page, led) in [
            ("/", "/?notice=deal-saved"),
            ("/?q=%C3%A9lan&notice=deal-created", "/?q=%C3%A9lan&notice=deal-saved"),
            ("/deals/3?next=%2F%3Fq%3Da", "/deals/3?next=%2F%3Fq%3Da&notice=deal-saved"),
        ] {
            assert_eq!(with_notice(page, DealNotice::Saved), led);
        }
    }

    #[test]
    fn nobody_is_led_elsewhere() {
        for pairs in ["", "next=https%3A%2F%2Fexample.com", "next=%2F%2Fexample.com", "next=javascript:1"] {
            assert_eq!(page_before(pairs.as_bytes()), "/", "{pairs}");
        }
        assert_eq!(page_before(b"client=A&next=%2Fboard%3Fq%3Da"), "/board?q=a");
    }
}
