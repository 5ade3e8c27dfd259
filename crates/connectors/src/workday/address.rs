//! The addresses somebody pastes: which tenant, on which server, and the report.

use url::Url;

use super::texts;
use crate::error::Result;

/// A tenant, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tenant {
    /// The server, without path.
    pub(super) server: Url,
    /// The tenant's name.
    pub(super) name: String,
    /// The version that the address speaks of, where it does.
    pub(super) version: Option<String>,
}

impl Tenant {
    /// An address under `/ccx/` of the server.
    pub(super) fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.server.clone();
        // Never fails: an http address always has a path. Segments are percent-encoded.
        if let Ok(mut path) = url.path_segments_mut() {
            path.clear().push("ccx").extend(segments);
        }
        url
    }
}

/// The tenant that an address of any of the services names.
pub(super) fn tenant(text: &str) -> Option<Tenant> {
    let url = web_address(text)?;
    let segments: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    let (name, version) = match segments.as_slice() {
        ["ccx", "api", version, name, ..] if is_version(version) => (*name, Some((*version).to_owned())),
        // The query language has versions of its own, which workers do not have.
        ["ccx", "api", "wql", version, name, ..] if is_version(version) => (*name, None),
        ["ccx", "api", service, version, name, ..] if is_version(version) => {
            (*name, Some(format!("{service}/{version}")))
        }
        ["ccx", "service", "customreport2", name, ..] | ["ccx", "service" | "oauth2", name, ..] => {
            (*name, None)
        }
        ["ccx", name] | [name] if !matches!(*name, "api" | "service" | "oauth2" | "ccx") => (*name, None),
        _ => return None,
    };
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    is_name.then(|| Tenant { server: server(&url), name: name.to_owned(), version })
}

/// The address of a report of that tenant, as JSON, with what it asks for besides.
///
/// # Errors
/// `InvalidSettings` for another address, or one on another server: the credentials do not go there.
pub(super) fn report(text: &str, tenant: &Tenant) -> Result<Url> {
    let mut url = web_address(text).ok_or_else(|| texts::no_report_address(text))?;
    let segments: Vec<&str> =
        url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    match segments.as_slice() {
        ["ccx", "service", "customreport2", ..] if url.origin() != tenant.server.origin() => {
            return Err(texts::report_elsewhere(url.host_str().unwrap_or_default(), tenant));
        }
        ["ccx", "service", "customreport2", name, _, _] if *name == tenant.name => {}
        ["ccx", "service", "customreport2", name, _, _] => {
            return Err(texts::report_of_another(name, tenant));
        }
        _ => return Err(texts::no_report_address(text)),
    }
    let is_ours = |name: &str| name == "format" || name == "xsds";
    let prompts: Vec<(String, String)> =
        url.query_pairs().into_owned().filter(|(name, _)| !is_ours(name)).collect();
    url.query_pairs_mut().clear().extend_pairs(prompts).append_pair("format", "json");
    url.set_fragment(None);
    Ok(url)
}

/// The report's own name, for people.
pub(super) fn report_name(url: &Url) -> String {
    let last =
        url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty())).unwrap_or_default();
    // A part of a path is decoded as a value of a query is, but for its plus signs.
    let pair = format!("x={}", last.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, name)| name.into_owned()).unwrap_or_default()
}

/// Whether a part of an address is a version, such as `v1` or `v45.2`.
pub(super) fn is_version(part: &str) -> bool {
    part.strip_prefix('v').is_some_and(|number| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

fn web_address(text: &str) -> Option<Url> {
    let text = text.trim();
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    Url::parse(&address).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    })
}

fn server(url: &Url) -> Url {
    let mut server = url.clone();
    server.set_path("/");
    server.set_query(None);
    server.set_fragment(None);
    server
}
