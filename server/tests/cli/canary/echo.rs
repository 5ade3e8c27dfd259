//! A careless service: whatever it is asked, it tells back what it was sent, credentials and all. Only its rows
//! are what they should be.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::json;

/// How it can answer: the first word of the path.
pub(super) const WAYS: [&str; 9] = ["401", "403", "422", "429", "500", "redirect", "html", "odd", "cut"];

/// The service; it ends with the test.
pub(super) struct Echo {
    /// Where it is.
    pub(super) address: String,
    heard: Arc<Mutex<String>>,
}

/// Starts it. To whoever asks for a grant it gives these two.
pub(super) fn start(access: &'static str, refresh: &'static str) -> Echo {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let heard = Arc::<Mutex<String>>::default();
    let echo = Echo { address, heard: Arc::clone(&heard) };
    std::thread::spawn(move || {
        let mut failed = HashSet::new();
        for stream in listener.incoming().map_while(Result::ok) {
            // Who goes away is not answered.
            if let Ok(told) = answer(stream, &mut failed, access, refresh) {
                heard.lock().unwrap().push_str(&told);
            }
        }
    });
    echo
}

impl Echo {
    /// All that it was sent.
    pub(super) fn heard(&self) -> String {
        self.heard.lock().unwrap().clone()
    }
}

fn answer(
    stream: TcpStream,
    failed: &mut HashSet<String>,
    access: &str,
    refresh: &str,
) -> std::io::Result<String> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let lower = line.to_ascii_lowercase();
        length =
            lower.strip_prefix("content-length:").map_or(length, |typed| typed.trim().parse().unwrap_or(0));
        head.push_str(&line);
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let told = format!("{head}{}", String::from_utf8_lossy(&body));
    let path = head.split(' ').nth(1).unwrap_or_default();
    let way = path.trim_start_matches('/').split(['/', '?']).next().unwrap_or_default();
    // What is tried again fails once: then it is refused for good.
    let is_first = failed.insert(way.to_owned());
    let said = json!({"message": told, "error": {"message": told, "data": {"message": told}}}).to_string();
    let (status, header, body) = match way {
        // Odoo's, which is asked for before anything is proven.
        _ if path.ends_with("/web/version") => (200, String::new(), json!({"version": "19.0"}).to_string()),
        "token" => {
            let granted = json!({"access_token": access, "refresh_token": refresh, "expires_in": 3_600});
            (200, String::new(), granted.to_string())
        }
        "rows" => {
            (200, String::new(), json!({"rows": [{"id": 1, "client": "Dupont", "amount": 12.5}]}).to_string())
        }
        "redirect" => {
            let to: String = url::form_urlencoded::byte_serialize(told.as_bytes()).collect();
            (302, format!("location: http://127.0.0.1:1/?said={to}\r\n"), said)
        }
        "html" => (200, String::new(), format!("<html>{told}</html>")),
        "odd" | "cut" => (200, String::new(), said),
        "429" | "500" if is_first => (way.parse().unwrap_or(500), "retry-after: 0\r\n".to_owned(), said),
        _ => (way.parse().unwrap_or(422).min(422), String::new(), said),
    };
    let kind = if way == "html" { "text/html" } else { "application/json" };
    let length = body.len();
    let body = if way == "cut" && is_first { &body[..length / 2] } else { &body };
    write!(
        reader.get_mut(),
        "HTTP/1.1 {status} Said\r\ncontent-type: {kind}\r\n{header}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )?;
    Ok(told)
}
