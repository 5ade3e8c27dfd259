//! The built pages inside the program: WebAssembly, styles, scripts, icons.
//!
//! `scripts/build-site.sh` makes them, with a compressed copy beside each. A program compiled without
//! them serves the JSON API all the same.

use std::sync::LazyLock;

use app::Assets;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "../target/site"]
struct Site;

/// The compressed copies, best first: their name in headers and their ending.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// The folder of the files that have the hash of their content in their name.
const HASHED: &str = "pkg/";

/// The addresses the document of every page refers to; empty when the pages were not built.
pub(crate) fn entry() -> &'static Assets {
    static ENTRY: LazyLock<Assets> = LazyLock::new(|| {
        let manifest = Site::get("pkg/manifest.json");
        let manifest = manifest.and_then(|file| serde_json::from_slice::<Manifest>(&file.data).ok());
        manifest.map(Assets::from).unwrap_or_default()
    });
    &ENTRY
}

/// What the build says of the files with hashed names.
#[derive(Deserialize)]
struct Manifest {
    css: String,
    js: String,
    wasm: String,
    boot: String,
    sources: String,
    crm: String,
}

impl From<Manifest> for Assets {
    fn from(Manifest { css, js, wasm, boot, sources, crm }: Manifest) -> Assets {
        Assets { css, js, wasm, boot, sources, crm }
    }
}

/// Whether a file of the site has that address.
pub(crate) fn is_there(path: &str) -> bool {
    Site::get(path.trim_start_matches('/')).is_some()
}

/// The file at an address, as small as the caller can read it; `None` when there is none.
pub(crate) fn find(path: &str, headers: &HeaderMap) -> Option<Response> {
    let name = path.trim_start_matches('/');
    let plain = Site::get(name)?;
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let compressed = ENCODINGS
        .into_iter()
        .filter(|(encoding, _)| accepts(accepted, encoding))
        .find_map(|(encoding, ending)| Some((Site::get(&format!("{name}.{ending}"))?, encoding)));
    let (file, encoding) = match compressed {
        Some((file, encoding)) => (file, Some(encoding)),
        None => (plain, None),
    };
    let tag = etag(&file);
    let known = headers.get_all(IF_NONE_MATCH).iter().any(|v| v.to_str().is_ok_and(|v| v.contains(&tag)));
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Response::new(Body::from(file.data)) };
    let caching = if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let head = response.headers_mut();
    head.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    head.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    head.insert(VARY, HeaderValue::from_static("accept-encoding"));
    head.extend(HeaderValue::try_from(tag).ok().map(|tag| (ETAG, tag)));
    head.extend(encoding.map(|encoding| (CONTENT_ENCODING, HeaderValue::from_static(encoding))));
    Some(response)
}

/// Whether a caller reads an encoding; `q=0` is a no.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        named && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn etag(file: &EmbeddedFile) -> String {
    let hash: String = file.metadata.sha256_hash()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "csv" => "text/csv; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_used_only_for_those_who_read_it() {
        for (accepted, br, gzip) in [
            ("gzip, deflate, br", true, true),
            ("br;q=1.0, gzip;q=0.8", true, true),
            ("BR", true, false),
            ("gzip;q=0, br;q=0.1", true, false),
            ("brotli", false, false),
            ("*", false, false),
            ("", false, false),
        ] {
            assert_eq!((accepts(accepted, "br"), accepts(accepted, "gzip")), (br, gzip), "{accepted}");
        }
    }

    #[test]
    fn a_file_that_is_not_there() {
        for path in ["/", "/nothing.js", "/../Cargo.toml", "/pkg/../../Cargo.toml", "//etc/passwd", "/pkg"] {
            assert!(find(path, &HeaderMap::new()).is_none(), "{path}");
        }
    }
}
