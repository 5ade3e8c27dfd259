//! The HTTP kit: the one way out of the program.
//!
//! It builds the only client, waits for the service's limits, repeats what may be repeated, bounds
//! what comes back, keeps typed addresses out of the operator's network and strips secrets from what a service says. It does not know any service: a
//! connector gives it a [`Target`], and says through [`Target::read_refusal`] what a refusal means.

mod allowance;
mod answer;
mod attempts;
mod body;
mod calls;
mod channel;
mod client;
mod credential;
mod faults;
mod guard;
mod headers;
mod limiter;
#[cfg(test)]
mod named_hosts;
pub mod oauth2;
mod policy;
mod redact;
mod request;
mod retry;
mod tell;
mod tokens;

pub use allowance::{ReadBudgets, no_budgets};
pub use answer::{Answer, Fetched};
pub use calls::Calls;
pub use channel::{Channel, Failure, REDIRECT, Refusal, Reply, Target};
pub use client::Http;
pub use credential::{Credential, TokenSource};
pub use faults::for_status;
pub(crate) use faults::{cut_short, is_html, is_xml, wrong_shape};
pub use guard::{AllowedHost, Given};
pub use headers::Headers;
pub use limiter::Limits;
pub use policy::Policy;
pub use request::{Effect, Request};
pub use tell::Untold;
pub use tokens::{TokenKeeper, Tokens, Turn};
