//! How many requests went to each service and how they were answered, for whoever watches the program.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

/// The requests of one program; clones count together.
#[derive(Clone, Default)]
pub struct Calls {
    sent: Family<Sent, Counter>,
    throttled: Family<Service, Counter>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Sent {
    service: &'static str,
    answer: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Service {
    service: &'static str,
}

impl Calls {
    /// Shows the counts in a registry.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "provider_calls",
            "Requests to services, by service and class of the answer (none: no answer came)",
            self.sent.clone(),
        );
        registry.register(
            "provider_throttled",
            "Requests that a service refused because there were too many",
            self.throttled.clone(),
        );
    }

    /// Counts a request; `status` is that of its answer, `None` when none came.
    pub(super) fn count(&self, service: &'static str, status: Option<u16>) {
        let answer = match status {
            None => "none",
            Some(200..300) => "2xx",
            Some(300..400) => "3xx",
            Some(400..500) => "4xx",
            Some(_) => "5xx",
        };
        self.sent.get_or_create(&Sent { service, answer }).inc();
    }

    /// Counts a request that was one too many, once its consequence is drawn.
    pub(super) fn count_throttled(&self, service: &'static str) {
        self.throttled.get_or_create(&Service { service }).inc();
    }
}
