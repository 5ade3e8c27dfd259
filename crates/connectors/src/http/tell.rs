//! Tells an address that a user typed something, once: a webhook.
//!
//! Nothing is repeated here and nothing is read from the answer but how it went: whoever tells keeps what
//! could not be told, and tries again later.

use model::Text;
use reqwest::header::CONTENT_TYPE;
use secrecy::SecretString;
use url::Url;

use super::{Given, Http, faults, redact};
use crate::error::{Error, Result};

/// How much of an answer is read, in bytes; enough to quote it.
const ANSWER_LIMIT: usize = 2_048;

/// Something that could not be told.
#[derive(Clone, Debug)]
pub struct Untold {
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// What happened.
    pub error: Error,
}

impl Http {
    /// Whether an address that a user typed may be told anything, as far as its text shows; what its name
    /// resolves to is judged each time it is dialled.
    ///
    /// # Errors
    /// `InvalidSettings`, saying why not.
    pub fn permits(&self, url: &Url) -> Result<()> {
        self.client(url, Given::ByUser).map(drop).map_err(|refused| refused.error(&service_of(url)))
    }

    /// Sends a JSON document with these headers; returns the status of the answer, 200 to 299.
    /// [`super::Policy::tell_timeout`] bounds it from the first connection to the end of the answer.
    ///
    /// # Errors
    /// No answer in time, or one that is no success: a redirect is none. `secrets` are removed from what the
    /// receiver says.
    pub async fn tell(
        &self,
        url: &Url,
        headers: &[(&'static str, String)],
        body: String,
        secrets: &[SecretString],
    ) -> std::result::Result<u16, Untold> {
        let sent = tokio::time::timeout(self.policy().tell_timeout, self.send_once(url, headers, body));
        let service = service_of(url);
        let (status, said) = match sent.await {
            Ok(answer) => answer.map_err(|error| Untold { status: None, error })?,
            Err(_) => return Err(Untold { status: None, error: faults::too_late(&service) }),
        };
        if (200..300).contains(&status) {
            return Ok(status);
        }
        let mut error = faults::for_status(&service, status);
        let said = redact::redact(&said, secrets);
        if !said.is_empty() {
            error.message = Text::new(
                format!("{} Réponse {status} : « {said} »", error.message.fr),
                format!("{} Answer {status}: “{said}”", error.message.en),
            );
        }
        Err(Untold { status: Some(status), error })
    }

    async fn send_once(
        &self,
        url: &Url,
        headers: &[(&'static str, String)],
        body: String,
    ) -> Result<(u16, String)> {
        let service = service_of(url);
        let client = self.client(url, Given::ByUser).map_err(|refused| refused.error(&service))?;
        let mut request = client.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let mut response = request.send().await.map_err(|error| faults::on_the_way(&service, &error))?;
        let status = response.status().as_u16();
        let mut said = Vec::new();
        // Once the status has decided, an answer that breaks off is quoted as far as it came; that of a
        // success is not read at all.
        while !(200..300).contains(&status) && said.len() < ANSWER_LIMIT {
            let Ok(Some(piece)) = response.chunk().await else { break };
            said.extend(piece.iter().take(ANSWER_LIMIT - said.len()));
        }
        let is_page = faults::is_html(&said);
        let said = if is_page { String::new() } else { String::from_utf8_lossy(&said).into_owned() };
        Ok((status, said))
    }
}

/// What a typed address is called in messages: its path and its parameters may be secrets.
fn service_of(url: &Url) -> String {
    model::parse::shorten(url.host_str().unwrap_or_default())
}
