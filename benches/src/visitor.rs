//! Somebody who asks the program one thing after the other, on a connection that is kept as browsers keep it.

use std::net::Ipv4Addr;

use anyhow::{Context, ensure};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A visitor, with what every request of theirs carries.
pub(crate) struct Visitor {
    host: String,
    headers: String,
    connection: Option<BufReader<TcpStream>>,
}

/// What is asked.
#[derive(Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    /// For whom the trusted proxy asks, if not for this machine.
    pub(crate) from: Option<Ipv4Addr>,
    /// The body and its type.
    pub(crate) body: Option<(&'a str, &'a str)>,
}

/// What came back.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The cookie it sets, as it is sent back.
    pub(crate) cookie: Option<String>,
    pub(crate) body: Vec<u8>,
    is_last: bool,
}

impl Visitor {
    /// One of the program at `url` (`http://HOST:PORT`).
    pub(crate) fn new(url: &str, cookie: Option<&str>) -> anyhow::Result<Visitor> {
        let host = url.strip_prefix("http://").context("not http")?.to_owned();
        let cookie = cookie.map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
        let headers = format!("host: {host}\r\norigin: {url}\r\naccept-encoding: gzip, br\r\n{cookie}");
        Ok(Visitor { host, headers, connection: None })
    }

    /// Asks, and takes the whole answer.
    ///
    /// # Errors
    /// The connection breaks off, or what comes is not HTTP.
    pub(crate) async fn ask(&mut self, asked: Asked<'_>) -> anyhow::Result<Answer> {
        let mut connection = match self.connection.take() {
            Some(kept) => kept,
            None => {
                let stream = TcpStream::connect(&self.host).await?;
                stream.set_nodelay(true)?;
                BufReader::new(stream)
            }
        };
        let Asked { method, path, from, body } = asked;
        let mut request = format!("{method} {path} HTTP/1.1\r\n{}", self.headers);
        if let Some(from) = from {
            request.push_str(&format!("x-forwarded-for: {from}\r\n"));
        }
        let (text, kind) = body.unwrap_or_default();
        if !kind.is_empty() {
            request.push_str(&format!("content-type: {kind}\r\n"));
        }
        request.push_str(&format!("content-length: {}\r\n\r\n{text}", text.len()));
        connection.write_all(request.as_bytes()).await?;
        let answer = answer(&mut connection).await?;
        if !answer.is_last {
            self.connection = Some(connection);
        }
        Ok(answer)
    }
}

async fn answer(connection: &mut BufReader<TcpStream>) -> anyhow::Result<Answer> {
    let first = line(connection).await?;
    let status = first.split(' ').nth(1).context("no status")?.parse()?;
    let mut answer = Answer { status, ..Answer::default() };
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let header = line(connection).await?;
        let Some((name, value)) = header.split_once(':') else { break };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse()?,
            "transfer-encoding" => is_chunked = value.eq_ignore_ascii_case("chunked"),
            "connection" => answer.is_last = value.eq_ignore_ascii_case("close"),
            "set-cookie" => answer.cookie = value.split(';').next().map(str::to_owned),
            _ => {}
        }
    }
    if !is_chunked {
        answer.body = vec![0; length];
        connection.read_exact(&mut answer.body).await?;
        return Ok(answer);
    }
    loop {
        let size = usize::from_str_radix(line(connection).await?.trim(), 16)?;
        let begin = answer.body.len();
        answer.body.resize(begin + size, 0);
        connection.read_exact(&mut answer.body[begin..]).await?;
        line(connection).await?;
        if size == 0 {
            return Ok(answer);
        }
    }
}

/// A line without its end; empty before the body.
async fn line(connection: &mut BufReader<TcpStream>) -> anyhow::Result<String> {
    let mut line = String::new();
    ensure!(connection.read_line(&mut line).await? > 0, "the connection ended in the middle of an answer");
    Ok(line.trim_end().to_owned())
}
