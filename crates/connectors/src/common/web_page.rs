//! Addresses of pages that people open in a service.

use url::Url;

/// The page below that address, by the parts of its path; each is one part, whatever letters it holds.
pub(crate) fn below(site: &Url, parts: &[&str]) -> Option<Url> {
    let mut page = site.clone();
    page.path_segments_mut().ok()?.pop_if_empty().extend(parts);
    Some(page)
}

/// The same, below an address of the program's own.
pub(crate) fn of(site: &str, parts: &[&str]) -> Option<Url> {
    below(&Url::parse(site).ok()?, parts)
}
