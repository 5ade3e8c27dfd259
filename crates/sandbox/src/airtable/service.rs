//! The door of the service, and the way from a request to its answer.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::Response;

use super::api::{self, Call, Request};
use super::refusal::AirtableDialect;
use super::state::World;
use super::{Grant, Id, Refusal};
use crate::faults::{Answer, Kind};
use crate::server::Stopped;
use crate::service::{self, Asked, Door, Job};

/// Longest URL the service takes.
const LONGEST_URL: usize = 16_000;

/// What the server and the handles share.
pub(super) type Service = service::Service<World>;

impl service::World for World {
    type Call = Call;
    type Caller = Grant;
    type Words = AirtableDialect;
    /// A file of 5 MB in base64, and some more.
    const LARGEST_BODY: usize = 8 * 1024 * 1024;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::parse(asked.parts.method.as_str(), asked.path());
        // A search in the bytes is enough to tell upserts apart in the script and the log.
        let upserts = asked.body.as_ref().is_some_and(|body| contains(body, b"\"performUpsert\""));
        let kind = call.kind(upserts);
        (call, kind)
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<Grant> {
        let Some(grant) = asked.bearer().and_then(|token| self.tokens.get(token)).cloned() else {
            return Door::Unknown(Refusal::unauthenticated().into());
        };
        let user = Id::named(*b"usr", &grant.email);
        let base = call.base.filter(|base| self.base(*base).is_some());
        if let Err(refusal) = self.limiter.admit(user, base, asked.at) {
            return Door::Refused(refusal.into());
        }
        if asked.body.is_none() {
            return Door::Refused(Refusal::too_large().into());
        }
        if asked.path().len() + asked.query().len() > LONGEST_URL {
            return Door::Refused(Answer::html(414, "<h1>414 Request-URI Too Large</h1>"));
        }
        Door::Open(grant)
    }

    fn words(_asked: &Asked) -> AirtableDialect {
        AirtableDialect
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        let request = Request {
            call: job.call,
            grant: job.caller,
            query: &job.asked.pairs(),
            body: job.asked.json_bytes(),
            now: job.now,
            url: job.url,
            paging: job.paging,
        };
        let answer = api::handle(self, &request).unwrap_or_else(Answer::from);
        self.notify(job.now);
        answer
    }
}

/// The router of a simulator.
pub(super) fn router(service: Arc<Service>, url: &str, stopped: Stopped) -> Router {
    let files = Router::new().route("/files/{id}", axum::routing::get(file)).with_state(Arc::clone(&service));
    files.merge(service::router(service, url, stopped))
}

/// An uploaded file. As with the real service, its address is the only key to it.
async fn file(State(service): State<Arc<Service>>, Path(id): Path<String>) -> Response {
    let file = Id::parse(&id).and_then(|id| service.world().files.get(&id).cloned());
    let (status, kind, bytes) = match file {
        Some((kind, bytes)) => (200, kind, bytes),
        None => (404, "text/plain".into(), Vec::new()),
    };
    let response =
        Response::builder().status(status).header(header::CONTENT_TYPE, kind).body(Body::from(bytes));
    response.unwrap_or_default()
}

fn contains(body: &[u8], word: &[u8]) -> bool {
    body.windows(word.len()).any(|window| window == word)
}
