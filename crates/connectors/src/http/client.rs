//! The clients themselves: built once, shared by every run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use model::Text;
use reqwest::dns::Resolve;
use reqwest::redirect;
use url::Url;

use super::allowance::Allowance;
use super::guard::{self, PublicOnly, SystemNames, Way};
use super::limiter::{Limiter, Limits};
use super::{Calls, Channel, Given, Policy, Target};
use crate::error::{Error, ErrorKind, Result};

/// What all channels to one account of a service have in common.
#[derive(Clone)]
pub(super) struct Share {
    pub(super) limiter: Arc<Limiter>,
    pub(super) allowance: Arc<Allowance>,
}

/// The program's way out; cheap to clone, and clones share connections and limiters.
#[derive(Clone)]
pub struct Http(Arc<Inner>);

struct Inner {
    /// Dials whatever it is told.
    free: reqwest::Client,
    /// Dials public addresses only.
    guarded: reqwest::Client,
    policy: Policy,
    /// One per account of a service, for as long as the program runs.
    accounts: Mutex<HashMap<String, Share>>,
    calls: Calls,
}

impl Http {
    /// Builds the clients. Redirects are not followed and the environment's proxies are ignored, so
    /// that a credential goes to its own service only.
    ///
    /// # Errors
    /// `Unavailable` when the machine's certificates cannot be read.
    pub fn new(policy: Policy) -> Result<Http> {
        Http::with_names(policy, Arc::new(SystemNames))
    }

    /// The same with another way to resolve names.
    pub(super) fn with_names(policy: Policy, names: Arc<dyn Resolve>) -> Result<Http> {
        let guarded = build(&policy, Arc::new(PublicOnly(Arc::clone(&names))))?;
        let free = build(&policy, names)?;
        Ok(Http(Arc::new(Inner {
            free,
            guarded,
            policy,
            accounts: Mutex::default(),
            calls: Calls::default(),
        })))
    }

    /// The way to one account of a service.
    ///
    /// # Errors
    /// `InvalidSettings` when the token holds characters that no header can carry.
    pub fn channel(&self, target: Target) -> Result<Channel> {
        let share = self.share(&target.key, target.limits);
        Channel::new(self.clone(), share, target)
    }

    /// The client for an address.
    pub(super) fn client(
        &self,
        url: &Url,
        given: Given,
    ) -> std::result::Result<&reqwest::Client, guard::Refused> {
        let way = match given {
            Given::ByOperator => Way::Anywhere,
            Given::ByUser => guard::judge(url, &self.0.policy.allow_private)?,
        };
        Ok(match way {
            Way::Anywhere => &self.0.free,
            Way::PublicOnly => &self.0.guarded,
        })
    }

    /// What was sent, and how it was answered.
    pub fn calls(&self) -> &Calls {
        &self.0.calls
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.0.policy
    }

    fn share(&self, key: &str, limits: Limits) -> Share {
        let mut accounts = self.0.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let share = accounts.entry(key.to_owned()).or_insert_with(|| Share {
            limiter: Arc::new(Limiter::new(limits, self.0.policy.time_scale)),
            allowance: Arc::default(),
        });
        share.clone()
    }
}

fn build(policy: &Policy, names: Arc<dyn Resolve>) -> Result<reqwest::Client> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where clients are built")]
    let client = reqwest::Client::builder()
        .user_agent(concat!("passerelle/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(policy.connect_timeout)
        .read_timeout(policy.idle_timeout)
        .timeout(policy.call_timeout)
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .dns_resolver(names)
        .build();
    client.map_err(|error| {
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
    })
}
