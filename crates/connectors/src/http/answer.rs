//! Answers whose form is known only when they come: read whole, or piece by piece.

use std::fmt;

use model::Text;
use secrecy::SecretString;

use super::attempts::Attempts;
use super::body::{self, BodyFault};
use super::{Channel, Failure, Request, faults, redact};
use crate::error::{Error, ErrorKind, Result, Retry};

/// How much of an answer is there before anybody decides what it is, unless it is shorter, in bytes.
const BEGINNING: usize = 16 * 1024;

/// An answer that has begun.
pub struct Answer {
    service: &'static str,
    response: reqwest::Response,
    /// What has come so far.
    beginning: Vec<u8>,
    is_ended: bool,
}

/// What became of a request whose answer is read in one of two ways.
pub enum Fetched<T> {
    /// Read whole.
    Whole(T),
    /// To be read piece by piece.
    Pieces(Answer),
}

impl Answer {
    async fn begin(
        service: &'static str,
        response: reqwest::Response,
    ) -> std::result::Result<Answer, BodyFault> {
        let mut answer = Answer { service, response, beginning: Vec::new(), is_ended: false };
        while !answer.is_ended && answer.beginning.len() < BEGINNING {
            answer.is_ended = !body::more(&mut answer.response, &mut answer.beginning).await?;
        }
        Ok(answer)
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name).and_then(|value| value.to_str().ok())
    }

    /// All the texts of a header that may come more than once.
    pub fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.response.headers().get_all(name).iter().filter_map(|value| value.to_str().ok())
    }

    /// The first bytes, at least some kilobytes of them or all; nothing once they were taken.
    pub fn beginning(&self) -> &[u8] {
        &self.beginning
    }

    /// Adds the next piece to a buffer, the beginning first; `false` at the end.
    ///
    /// # Errors
    /// The connection ended or fell silent before the answer did.
    pub async fn more(&mut self, buffer: &mut Vec<u8>) -> Result<bool> {
        if !self.beginning.is_empty() {
            buffer.append(&mut self.beginning);
            return Ok(true);
        }
        if self.is_ended {
            return Ok(false);
        }
        let more = body::more(&mut self.response, buffer).await;
        let more = more.map_err(|fault| faults::in_the_body(self.service, &fault))?;
        self.is_ended = !more;
        Ok(more)
    }

    /// Takes the beginning and all that follows, `limit` bytes at most.
    async fn rest(&mut self, limit: usize) -> std::result::Result<Vec<u8>, BodyFault> {
        let mut body = std::mem::take(&mut self.beginning);
        let announced = self.response.content_length().and_then(|length| usize::try_from(length).ok());
        if announced.is_some_and(|length| length > limit) || body.len() > limit {
            return Err(BodyFault::TooLarge);
        }
        while !self.is_ended {
            self.is_ended = !body::more(&mut self.response, &mut body).await?;
            if body.len() > limit {
                return Err(BodyFault::TooLarge);
            }
        }
        Ok(body)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.response.status()).finish_non_exhaustive()
    }
}

impl Channel {
    /// Sends a request that reads until its answer has begun well, and reads it whole unless `in_pieces`
    /// says otherwise. A whole answer is within the policy's limit, and an answer that `read` finds
    /// incomplete ([`Retry::Backoff`]) is asked for again. One that is read in pieces may be of any size; what
    /// breaks off later is its reader's to tell.
    ///
    /// # Errors
    /// The last fault.
    pub async fn fetch<T>(
        &self,
        request: &Request,
        in_pieces: impl Fn(&Answer) -> Result<bool> + Sync,
        read: impl Fn(&Answer, Vec<u8>) -> Result<T> + Sync,
    ) -> std::result::Result<Fetched<T>, Failure> {
        let mut attempts = Attempts::begin(self, request).await?;
        loop {
            self.limiter.turn().await;
            let answer = self.begin(request, &attempts).await;
            let fetched = match answer {
                Ok(mut answer) => match in_pieces(&answer) {
                    Ok(true) => Ok(Fetched::Pieces(answer)),
                    Ok(false) => {
                        let body = self.whole(&mut answer).await;
                        body.and_then(|body| Ok(Fetched::Whole(read(&answer, body)?)))
                    }
                    Err(error) => Err(error.into()),
                },
                Err(failure) => Err(failure),
            };
            match fetched {
                Ok(fetched) => return Ok(fetched),
                Err(failure) => attempts.after(failure).await?,
            }
        }
    }

    /// Sends a request once and gives what comes, whatever its status, for somebody to look at.
    ///
    /// # Errors
    /// Nothing came.
    pub async fn look(&self, request: &Request) -> std::result::Result<Answer, Failure> {
        let attempts = Attempts::begin(self, request).await?;
        self.limiter.turn().await;
        let timeout = self.policy().call_timeout;
        let response = self.respond(request, attempts.credential(), timeout).await?;
        Answer::begin(self.target.service, response).await.map_err(|fault| self.broken(&fault))
    }

    /// All of an answer, within the policy's limits of size and time.
    ///
    /// # Errors
    /// It is too large, or was not there in time.
    pub async fn whole(&self, answer: &mut Answer) -> std::result::Result<Vec<u8>, Failure> {
        let limit = self.policy().body_limit_bytes;
        match tokio::time::timeout(self.policy().call_timeout, answer.rest(limit)).await {
            Ok(Ok(body)) => Ok(body),
            Ok(Err(fault)) => Err(self.broken(&fault)),
            Err(_) => Err(took_too_long(self.target.service).into()),
        }
    }

    /// What an answer that was looked at means, if its status is not a good one.
    pub fn meaning(&self, answer: &Answer) -> Option<Failure> {
        let (status, credential) = (answer.status(), &self.target.credential);
        match status {
            200..300 => None,
            300..400 => {
                Some(self.redirected(status, answer.header("location").unwrap_or_default(), credential))
            }
            _ => Some(self.refused(status, answer.response.headers(), &answer.beginning, credential)),
        }
    }

    /// An answer as it came, without what must not be shown.
    pub fn shown(&self, text: &str, besides: &[SecretString]) -> String {
        let mut secrets = besides.to_vec();
        secrets.extend(self.target.credential.secrets());
        redact::without(text, &secrets)
    }

    async fn begin(
        &self,
        request: &Request,
        attempts: &Attempts<'_>,
    ) -> std::result::Result<Answer, Failure> {
        let response = self.respond(request, attempts.credential(), self.policy().stream_timeout).await?;
        if !response.status().is_success() {
            return Err(self.refusal(response, attempts.credential()).await);
        }
        Answer::begin(self.target.service, response).await.map_err(|fault| self.broken(&fault))
    }
}

/// The answer came too slowly to be read whole.
fn took_too_long(service: &str) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::new(
            format!("{service} n'a pas répondu à temps."),
            format!("{service} did not answer in time."),
        ),
    )
    .retry(Retry::Backoff)
    .hint(Text::fixed(
        "Demandez moins de lignes par page, ou réessayez plus tard.",
        "Ask for fewer rows a page, or try again later.",
    ))
}
