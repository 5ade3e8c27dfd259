//! What the form of a webhook holds, new or stored.

use app::WebhookTyped;
use model::api::{WebhookDraft, WebhookUpdate};
use url::form_urlencoded;

/// The form as it was sent.
pub(crate) struct Sent(WebhookTyped);

impl Sent {
    /// Reads a form.
    pub(crate) fn read(form: &[u8]) -> Sent {
        let mut typed = WebhookTyped::default();
        for (key, value) in form_urlencoded::parse(form) {
            match &*key {
                "url" => typed.url = value.trim().to_owned(),
                "title" => typed.title = value.trim().to_owned(),
                "events" => typed.events.push(value.into_owned()),
                _ => {}
            }
        }
        Sent(typed)
    }

    /// A new webhook.
    pub(crate) fn draft(&self) -> WebhookDraft {
        let WebhookTyped { url, title, events, .. } = self.0.clone();
        WebhookDraft { url, title: Some(title), events: Some(events) }
    }

    /// The new settings of one that is there.
    pub(crate) fn update(&self) -> WebhookUpdate {
        let WebhookTyped { url, title, events, .. } = self.0.clone();
        WebhookUpdate { url: Some(url), title: Some(title), events: Some(events), is_active: None }
    }

    /// The form to be shown again with what is wrong with it.
    pub(crate) fn typed(self, fault: String) -> WebhookTyped {
        WebhookTyped { fault: Some(fault), ..self.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_checked_event_counts() {
        let sent = Sent::read(b"url=+https%3A%2F%2Fexample.com+&title=CRM&events=run.failed&events=test&x=1");
        let draft = sent.draft();
        assert_eq!((draft.url.as_str(), draft.title.as_deref()), ("https://example.com", Some("CRM")));
        assert_eq!(draft.events.unwrap(), ["run.failed", "test"]);
        assert_eq!(Sent::read(b"url=x").update().events.unwrap(), [""; 0], "none checked is none, not all");
    }
}
