//! The attempts at one request: what is known after each, and whether there is another.

use super::{Channel, Credential, Effect, Failure, Request, retry};
use crate::error::{ErrorKind, Result};

/// The attempts made so far.
pub(super) struct Attempts<'a> {
    channel: &'a Channel,
    request: &'a Request,
    credential: Credential,
    was_renewed: bool,
    made: u32,
    /// An earlier one may have been carried out.
    maybe_applied: bool,
}

impl<'a> Attempts<'a> {
    /// # Errors
    /// No credential can be had.
    pub(super) async fn begin(channel: &'a Channel, request: &'a Request) -> Result<Attempts<'a>> {
        let credential = channel.target.credential.present().await?;
        Ok(Attempts { channel, request, credential, was_renewed: false, made: 1, maybe_applied: false })
    }

    /// What goes with the next one.
    pub(super) fn credential(&self) -> &Credential {
        &self.credential
    }

    /// Waits until there may be another attempt.
    ///
    /// # Errors
    /// The failure, when there is none.
    pub(super) async fn after(&mut self, mut failure: Failure) -> std::result::Result<(), Failure> {
        let (channel, request) = (self.channel, self.request);
        if failure.error.kind == ErrorKind::Unauthorized
            && request.with_token
            && !self.was_renewed
            && let Some(other) = channel.target.credential.after(&self.credential).await
        {
            self.was_renewed = true;
            self.credential = other?;
            return Ok(());
        }
        channel.hold_back(&mut failure.error);
        // A later attempt that certainly did nothing does not undo an earlier one.
        self.maybe_applied |= failure.error.maybe_applied && request.effect != Effect::Nothing;
        failure.error.maybe_applied = self.maybe_applied;
        let pause = retry::pause(channel.policy(), &failure.error, request.effect, self.made);
        let Some(pause) = pause.filter(|_| !request.is_once) else {
            return Err(failure);
        };
        tracing::debug!(
            service = channel.target.service,
            kind = failure.error.kind.code(),
            attempt = self.made,
            pause_ms = pause.as_millis(),
            "the request is repeated"
        );
        // A rate limit's pause is kept by the limiter, for everybody.
        if failure.error.kind != ErrorKind::RateLimited {
            tokio::time::sleep(pause).await;
        }
        self.made += 1;
        Ok(())
    }
}
