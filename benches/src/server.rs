//! The server: start, memory, page, and what a first visit loads.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

use anyhow::{Context, ensure};

use crate::process::Listening;
use crate::table::Promise::AtMost;
use crate::table::Row;

/// Start, idle memory, time of a page.
pub(crate) fn idle() -> anyhow::Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    // The first start makes the database and its key; the second is what people wait for.
    drop(start(folder.path())?);
    let begin = Instant::now();
    let server = start(folder.path())?;
    let started_ms = begin.elapsed().as_secs_f64() * 1_000.0;
    let mut times = Vec::new();
    for _ in 0..50 {
        let begin = Instant::now();
        let page = get(&server.url, "/connectors", "identity")?;
        ensure!(page.body.windows(7).any(|w| w == b"</html>"), "not a page");
        times.push(begin.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    Ok(vec![
        Row::new("start to `listening`", started_ms, "ms", AtMost(150.0)),
        Row::new("page /connectors, median of 50", times[times.len() / 2], "ms", AtMost(5.0)),
        Row::new("memory of the idle server, its own", server.own_mb()?, "MB", AtMost(40.0)),
        Row::note("the same, with what is mapped of the program", server.resident_mb()?, "MB"),
    ])
}

/// What a browser loads at first, compressed.
pub(crate) fn first_load() -> anyhow::Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    let server = start(folder.path())?;
    let page = get(&server.url, "/connectors", "br")?;
    let html = get(&server.url, "/connectors", "identity")?;
    let html = String::from_utf8_lossy(&html.body).into_owned();
    let mut assets: Vec<&str> = html.split(['"', '\'']).filter(|text| text.starts_with("/pkg/")).collect();
    assets.sort_unstable();
    assets.dedup();
    let (mut code, mut style) = (0, 0);
    for path in assets {
        let asset = get(&server.url, path, "br")?;
        ensure!(asset.head.contains("content-encoding: br"), "{path} is not compressed");
        ensure!(asset.head.contains("immutable"), "{path} is not cached for long");
        let size = if path.ends_with(".css") { &mut style } else { &mut code };
        *size += asset.body.len();
    }
    let kb = |bytes: usize| bytes as f64 / 1_000.0;
    Ok(vec![
        Row::new("first load: wasm and js, brotli", kb(code), "kB", AtMost(250.0)),
        Row::note("first load: styles, brotli", kb(style), "kB"),
        Row::note("first load: page, as sent", kb(page.body.len()), "kB"),
    ])
}

pub(crate) fn start(folder: &std::path::Path) -> anyhow::Result<Listening> {
    Listening::start("passerelle", |command| {
        command.current_dir(folder).env("PASSERELLE_ADDR", "127.0.0.1:0");
    })
}

/// An answer.
pub(crate) struct Reply {
    head: String,
    body: Vec<u8>,
}

/// One request on a connection of its own.
pub(crate) fn get(url: &str, path: &str, encoding: &str) -> anyhow::Result<Reply> {
    let reply = exchange(url, &format!("GET {path}"), &format!("Accept-Encoding: {encoding}\r\n"), "")?;
    ensure!(reply.head.contains(" 200 "), "{path}: {}", reply.head);
    Ok(reply)
}

/// Sends JSON to an address that creates what it says.
pub(crate) fn create(url: &str, path: &str, body: &serde_json::Value) -> anyhow::Result<()> {
    let body = body.to_string();
    let about = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    let reply = exchange(url, &format!("POST {path}"), &about, &body)?;
    ensure!(reply.head.contains(" 201 "), "{path}: {}", reply.head);
    Ok(())
}

fn exchange(url: &str, what: &str, headers: &str, body: &str) -> anyhow::Result<Reply> {
    let host = url.strip_prefix("http://").context("not http")?;
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "{what} HTTP/1.0\r\nHost: {host}\r\n{headers}\r\n{body}")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").context("no head")?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    Ok(Reply { head, body: bytes.split_off(end + 4) })
}
