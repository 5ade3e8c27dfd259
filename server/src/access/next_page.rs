//! The page somebody wanted to see before they had to log in.

use url::{Url, form_urlencoded};

/// The login's own address.
pub(super) const LOGIN: &str = "/login";
/// Where one goes who wanted nothing else.
pub(super) const START: &str = "/";

/// The login that leads on to a page of ours.
pub(super) fn login_before(page: Option<&str>) -> String {
    match page.map(page_of_ours).filter(|page| page != START) {
        Some(page) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", &page).finish();
            format!("{LOGIN}?{query}")
        }
        None => LOGIN.to_owned(),
    }
}

/// The address, if it is one of this site's pages; else the start. As a browser reads it: a backslash is a slash,
/// and two of them another site.
pub(crate) fn page_of_ours(wanted: &str) -> String {
    let read = || {
        let here = Url::parse("http://here.invalid/").ok()?;
        let there = here.join(wanted).ok().filter(|there| there.origin() == here.origin())?;
        // Dots that fall away may leave two slashes at the beginning: read again, another site.
        let is_address = wanted.starts_with('/') && !there.path().starts_with("//");
        let is_address = is_address && there.path() != LOGIN && there.username().is_empty();
        is_address.then(|| match there.query() {
            Some(query) => format!("{}?{query}", there.path()),
            None => there.path().to_owned(),
        })
    };
    read().unwrap_or_else(|| START.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere() {
        for (wanted, page) in [
            ("/", "/"),
            ("/connections/3?tab=state", "/connections/3?tab=state"),
            ("/data/customers?search=%C3%A9t%C3%A9", "/data/customers?search=%C3%A9t%C3%A9"),
            ("/a//b", "/a//b"),
            ("/runs/1#changes", "/runs/1"),
            ("//example.com", "/"),
            ("/\\example.com", "/"),
            ("/\t/example.com", "/"),
            ("/.//example.com", "/"),
            ("/%2e//example.com", "/"),
            ("/a/..//example.com", "/"),
            ("/.//x//example.com", "/"),
            ("\\\\example.com", "/"),
            ("https://example.com/", "/"),
            ("http://here.invalid/", "/"),
            ("javascript:alert(1)", "/"),
            ("connections", "/"),
            ("/login", "/"),
            ("/login?next=/login", "/"),
            ("", "/"),
        ] {
            assert_eq!(page_of_ours(wanted), page, "{wanted}");
        }
        assert_eq!(login_before(Some("/runs/1?x=é&y")), "/login?next=%2Fruns%2F1%3Fx%3D%25C3%25A9%26y");
        assert_eq!((login_before(Some("/")), login_before(None)), ("/login".into(), "/login".into()));
    }
}
