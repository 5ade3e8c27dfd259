//! The client itself: built once, shared by every run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::Text;
use reqwest::redirect;

use super::limiter::{Limiter, Limits};
use super::{Channel, Policy, Target};
use crate::error::{Error, ErrorKind, Result};

/// The program's way out; cheap to clone, and clones share connections and limiters.
#[derive(Clone)]
pub struct Http(Arc<Inner>);

struct Inner {
    client: reqwest::Client,
    policy: Policy,
    /// One per account of a service, for as long as the program runs.
    limiters: Mutex<HashMap<String, Arc<Limiter>>>,
}

impl Http {
    /// Builds the client. Redirects are not followed and the environment's proxies are ignored, so
    /// that a credential goes to its own service only.
    ///
    /// # Errors
    /// `Unavailable` when the machine's certificates cannot be read.
    pub fn new(policy: Policy) -> Result<Http> {
        #[expect(clippy::disallowed_methods, reason = "this is the one place where a client is built")]
        let client = reqwest::Client::builder()
            .user_agent(concat!("passerelle/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(policy.connect_timeout)
            .read_timeout(policy.idle_timeout)
            .timeout(policy.call_timeout)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .build()
            .map_err(|error| {
                tracing::error!(%error, "the HTTP client cannot be built");
                Error::new(
                    ErrorKind::Unavailable,
                    Text::fixed(
                        "Les connexions sécurisées ne peuvent pas être préparées sur cette machine.",
                        "Secure connections cannot be prepared on this machine.",
                    ),
                )
                .hint(Text::fixed(
                    "Installez les certificats racine du système (paquet ca-certificates), puis relancez Passerelle.",
                    "Install the system's root certificates (package ca-certificates), then start Passerelle again.",
                ))
            })?;
        Ok(Http(Arc::new(Inner { client, policy, limiters: Mutex::default() })))
    }

    /// The way to one account of a service.
    ///
    /// # Errors
    /// `InvalidSettings` when the token holds characters that no header can carry.
    pub fn channel(&self, target: Target) -> Result<Channel> {
        let limiter = self.limiter(&target.key, target.limits);
        Channel::new(self.clone(), limiter, target)
    }

    pub(super) fn client(&self) -> &reqwest::Client {
        &self.0.client
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.0.policy
    }

    fn limiter(&self, key: &str, limits: Limits) -> Arc<Limiter> {
        let mut limiters = self.0.limiters.lock().unwrap_or_else(PoisonError::into_inner);
        let limiter = limiters
            .entry(key.to_owned())
            .or_insert_with(|| Arc::new(Limiter::new(limits, self.0.policy.time_scale)));
        Arc::clone(limiter)
    }
}
