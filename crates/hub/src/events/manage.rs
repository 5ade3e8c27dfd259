//! Webhooks: added, changed, removed.

use model::api::{NewWebhookBody, WebhookBody, WebhookDraft, WebhookUpdate};
use model::{Event, Lang, Text};
use secrecy::ExposeSecret;
use store::WebhookRow;
use url::Url;

use super::message::word;
use super::signature::new_secret;
use crate::{Error, Hub, Kind, Result};

/// The longest title, in characters.
const TITLE: usize = 100;
/// The longest address, in characters: what every server on the way takes.
const ADDRESS: usize = 2_000;

impl Hub {
    /// Every webhook, in the order in which they were made.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn webhooks(&self, lang: Lang) -> Result<Vec<WebhookBody>> {
        Ok(self.store().webhooks().await?.into_iter().map(|row| webhook_body(row, lang)).collect())
    }

    /// One webhook.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn webhook(&self, id: i64, lang: Lang) -> Result<WebhookBody> {
        Ok(webhook_body(self.webhook_row(id).await?, lang))
    }

    /// Adds a webhook. Its secret is in the answer and is never told again.
    ///
    /// # Errors
    /// `Invalid` with every fault; the database does not answer.
    pub async fn create_webhook(&self, draft: WebhookDraft, lang: Lang) -> Result<NewWebhookBody> {
        let update =
            WebhookUpdate { url: Some(draft.url), title: draft.title, events: draft.events, is_active: None };
        let mut row = self.changed_webhook(blank_webhook(self.at()), update)?;
        let secret = new_secret();
        let mut batch = self.store().begin().await?;
        row.id = batch.add_webhook(self.store(), &row, &secret).await?;
        batch.commit().await?;
        Ok(NewWebhookBody { webhook: webhook_body(row, lang), secret: secret.expose_secret().to_owned() })
    }

    /// Changes a webhook; what is absent stays. What is waiting for one that was switched off goes out when
    /// it is switched on again.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with every fault; the database does not answer.
    pub async fn update_webhook(&self, id: i64, update: WebhookUpdate, lang: Lang) -> Result<WebhookBody> {
        let mut row = self.changed_webhook(self.webhook_row(id).await?, update)?;
        row.updated_at = self.at();
        let mut batch = self.store().begin().await?;
        batch.put_webhook(&row).await?;
        batch.commit().await?;
        self.inner.wakers.messages.notify_one();
        Ok(webhook_body(row, lang))
    }

    /// Gives a webhook another secret, and tells it once. What is sent from now on is signed with it.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn rotate_webhook_secret(&self, id: i64, lang: Lang) -> Result<NewWebhookBody> {
        let row = self.webhook_row(id).await?;
        let secret = new_secret();
        let mut batch = self.store().begin().await?;
        batch.put_webhook_secret(self.store(), &row, &secret).await?;
        batch.commit().await?;
        Ok(NewWebhookBody { webhook: webhook_body(row, lang), secret: secret.expose_secret().to_owned() })
    }

    /// Removes a webhook with its messages.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn delete_webhook(&self, id: i64) -> Result<()> {
        self.webhook_row(id).await?;
        let mut batch = self.store().begin().await?;
        batch.delete_webhook(id).await?;
        Ok(batch.commit().await?)
    }

    pub(super) async fn webhook_row(&self, id: i64) -> Result<WebhookRow> {
        self.store().webhook(id).await?.ok_or_else(|| {
            Error::new(
                Kind::NotFound,
                Text::new(format!("Le webhook n° {id} n'existe pas."), format!("There is no webhook {id}.")),
            )
        })
    }

    /// A webhook as it is to be stored.
    ///
    /// # Errors
    /// `Invalid` with every fault.
    pub(crate) fn changed_webhook(&self, before: WebhookRow, update: WebhookUpdate) -> Result<WebhookRow> {
        let mut faults = Vec::new();
        let mut row = before.clone();
        if let Some(typed) = &update.url {
            match self.address(typed) {
                Ok(url) => row.url = url.into(),
                Err(fault) => faults.push(fault),
            }
        }
        if let Some(title) = update.title {
            title.trim().clone_into(&mut row.title);
        }
        if row.title.is_empty() {
            row.title = Url::parse(&row.url)
                .ok()
                .and_then(|url| url.host_str().map(str::to_owned))
                .unwrap_or_default();
        }
        if row.title.chars().count() > TITLE {
            faults.push(Text::fixed("Le titre dépasse 100 caractères.", "The title exceeds 100 characters."));
        }
        if let Some(words) = &update.events {
            match events(words) {
                Ok(events) => row.events = events,
                Err(fault) => faults.push(fault),
            }
        }
        row.is_active = update.is_active.unwrap_or(row.is_active);
        if update.is_active == Some(true) || row.url != before.url {
            row.disabled = None;
        }
        if faults.is_empty() { Ok(row) } else { Err(Error::invalid(joined(&faults))) }
    }

    /// A typed address that messages may be sent to.
    fn address(&self, typed: &str) -> std::result::Result<Url, Text> {
        let url = Url::parse(typed.trim()).ok().filter(|_| typed.len() <= ADDRESS).ok_or(Text::fixed(
            "L'adresse n'en est pas une. Écrivez par exemple https://example.com/webhooks.",
            "The address is none. Write for example https://example.com/webhooks.",
        ))?;
        self.inner.http.permits(&url).map(|()| url).map_err(|error| match error.hint {
            Some(hint) => joined(&[error.message, hint]),
            None => error.message,
        })
    }
}

/// A webhook of that moment that is not stored yet and is told everything.
pub(crate) fn blank_webhook(at: String) -> WebhookRow {
    WebhookRow {
        id: 0,
        reference: word(16),
        title: String::new(),
        url: String::new(),
        events: Event::CHOICES.to_vec(),
        is_active: true,
        disabled: None,
        created_at: at.clone(),
        updated_at: at,
    }
}

/// What a webhook asks to be told, each once.
fn events(words: &[String]) -> std::result::Result<Vec<Event>, Text> {
    let known = Event::CHOICES.map(Event::word).join(", ");
    let mut events = Vec::new();
    for typed in words {
        let Some(event) = Event::from_word(typed) else {
            let shown = model::parse::shorten(typed);
            return Err(Text::new(
                format!("« {shown} » n'est pas un événement. Valeurs acceptées : {known}."),
                format!("“{shown}” is not an event. Accepted values: {known}."),
            ));
        };
        if !events.contains(&event) {
            events.push(event);
        }
    }
    if events.is_empty() {
        return Err(Text::new(
            format!("Choisissez au moins un événement : {known}."),
            format!("Choose at least one event: {known}."),
        ));
    }
    Ok(events)
}

fn joined(texts: &[Text]) -> Text {
    let join = |lang| texts.iter().map(|text| text.get(lang)).collect::<Vec<_>>().join(" ");
    Text::new(join(Lang::Fr), join(Lang::En))
}

fn webhook_body(row: WebhookRow, lang: Lang) -> WebhookBody {
    WebhookBody {
        id: row.id,
        title: row.title,
        url: row.url,
        events: row.events.into_iter().map(|event| event.word().to_owned()).collect(),
        is_active: row.is_active,
        disabled: row.disabled.map(|why| why.get(lang).to_owned()),
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
