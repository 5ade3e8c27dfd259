//! Plays a fault on one request: instead of handling it, around it, or on the way out.

use std::io::Write;

use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Answer, Dialect, Fault, wire};
use crate::server::Stopped;

/// How a listing is to be bent. Only the simulator can do it: it knows what a page looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    Straight,
    SamePageAgain,
    EmptyPage,
    EmptyListing,
}

/// A response and the status to note for it; `None` when the client gets no status.
pub(crate) type Played = (Option<u16>, Response);

/// Answers a request under a fault. `handle` does the work and is not called when the fault forbids it.
pub(crate) async fn play(
    fault: Option<Fault>,
    dialect: &impl Dialect,
    stopped: &Stopped,
    handle: impl FnOnce(Paging) -> Answer,
) -> Played {
    let Some(fault) = fault else {
        return whole(handle(Paging::Straight));
    };
    match fault {
        Fault::RateLimited(when) => whole(dialect.rate_limited().retry_after(&when)),
        Fault::QuotaExceeded => whole(dialect.quota_exceeded()),
        Fault::Status(status) => whole(dialect.status(status)),
        Fault::Unavailable(when) => whole(dialect.unavailable().retry_after(&when)),
        Fault::Unauthorized => whole(dialect.unauthorized()),
        Fault::ExpiredOffset => whole(dialect.expired_offset()),
        Fault::Answer(answer) => whole(answer),
        Fault::HtmlPage => whole(Answer::html(200, "<!DOCTYPE html><html><body>Please log in</body></html>")),
        Fault::WrongType => whole(Answer::json(200, &serde_json::json!(["unexpected"]))),
        Fault::EmptyBody => whole(Answer::text(200, "application/json; charset=utf-8", "")),
        Fault::Dropped => (None, wire::dropped()),
        Fault::Hang => {
            stopped.wait().await;
            (None, wire::dropped())
        }
        Fault::ResetMidBody => sent(handle(Paging::Straight), wire::cut),
        Fault::HangMidBody => sent(handle(Paging::Straight), |answer| wire::hanging(answer, stopped)),
        Fault::Trickle(pause) => sent(handle(Paging::Straight), |answer| wire::trickling(answer, pause)),
        Fault::Endless => sent(handle(Paging::Straight), wire::endless),
        Fault::GzipBomb(bytes) => whole(gzip_bomb(bytes)),
        Fault::CutJson => whole(cut_json(handle(Paging::Straight))),
        Fault::Slow(wait) => {
            tokio::time::sleep(wait).await;
            whole(handle(Paging::Straight))
        }
        Fault::DoneThenStatus(status) => {
            let done = handle(Paging::Straight);
            whole(dialect.status_after(status, &done))
        }
        Fault::DoneThenDropped => {
            handle(Paging::Straight);
            (None, wire::dropped())
        }
        Fault::DuplicatePage => whole(handle(Paging::SamePageAgain)),
        Fault::EmptyPage => whole(handle(Paging::EmptyPage)),
        Fault::EmptyListing => whole(handle(Paging::EmptyListing)),
        Fault::Meanwhile(what) => {
            what();
            whole(handle(Paging::Straight))
        }
    }
}

fn whole(answer: Answer) -> Played {
    sent(answer, wire::whole)
}

fn sent(answer: Answer, how: impl FnOnce(Answer) -> Response) -> Played {
    (Some(answer.status), how(answer))
}

/// A list that is nearly all blanks.
fn gzip_bomb(bytes: usize) -> Answer {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let blanks = [b' '; 64 * 1024];
    // Writing to memory cannot fail.
    let _ = packed.write_all(b"[");
    for _ in 0..bytes.div_ceil(blanks.len()) {
        let _ = packed.write_all(&blanks);
    }
    let _ = packed.write_all(b"]");
    let body = packed.finish().unwrap_or_default();
    Answer::text(200, "application/json", body).header("content-encoding", "gzip")
}

fn cut_json(mut answer: Answer) -> Answer {
    // Two thirds: never a valid document, and far enough for a parser to have seen records.
    answer.body = answer.body.slice(..answer.body.len() * 2 / 3);
    answer
}
