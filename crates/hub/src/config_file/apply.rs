//! Applies a configuration file: everything in it, or nothing.

use model::{Lang, Text};
use secrecy::SecretString;
use store::Batch;

use super::document::Document;
use super::wanted::{Wanted, WantedWebhook};
use crate::{Error, Hub, Result};

/// What became of the connections and webhooks of a file, by name or address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Those that were not there.
    pub created: Vec<String>,
    /// Those that were otherwise.
    pub updated: Vec<String>,
    /// Those that were as the file has them.
    pub unchanged: Vec<String>,
}

impl Applied {
    fn note(&mut self, name: String, is_new: bool, is_changed: bool) {
        let list = match (is_new, is_changed) {
            (true, _) => &mut self.created,
            (false, true) => &mut self.updated,
            (false, false) => &mut self.unchanged,
        };
        list.push(name);
    }
}

impl Hub {
    /// Makes the hub as a file has it. `variable` gives the value of an environment variable. What the file
    /// does not name is left alone.
    ///
    /// # Errors
    /// `Invalid` with every fault of the file, and nothing is changed: unknown keys, another version, a
    /// kind that is not there, a form with faults, a variable that is not set for a secret that is not
    /// stored yet; `AlreadyRunning` when a connection that would change is syncing.
    pub async fn apply_config(
        &self,
        text: &str,
        variable: impl Fn(&str) -> Option<SecretString>,
    ) -> Result<Applied> {
        let document = Document::parse(text)?;
        let mut applied = Applied::default();
        let (mut connections, mut webhooks, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for (name, connection) in document.connections {
            match self.wanted(&name, connection, &variable).await? {
                Ok(wanted) => {
                    applied.note(name, wanted.is_new, wanted.is_changed);
                    connections.push(wanted);
                }
                Err(wrong) => faults.extend(wrong),
            }
        }
        for webhook in document.webhooks {
            match self.wanted_webhook(webhook, &variable).await? {
                Ok(wanted) => {
                    applied.note(wanted.row.url.clone(), wanted.row.id == 0, wanted.is_changed);
                    webhooks.push(wanted);
                }
                Err(wrong) => faults.push(wrong),
            }
        }
        if !faults.is_empty() {
            let join =
                |lang| faults.iter().map(|fault: &Text| fault.get(lang)).collect::<Vec<_>>().join("\n");
            return Err(Error::invalid(Text::new(join(Lang::Fr), join(Lang::En))));
        }
        connections.retain(|wanted| wanted.is_new || wanted.is_changed);
        webhooks.retain(|wanted| wanted.row.id == 0 || wanted.is_changed);
        self.carry_out(connections, webhooks).await?;
        Ok(applied)
    }

    /// Stores all of it together.
    async fn carry_out(&self, connections: Vec<Wanted>, webhooks: Vec<WantedWebhook>) -> Result<()> {
        let mut scopes = Vec::new();
        for wanted in &connections {
            scopes.push(self.source_scope(&wanted.row.provider).await?);
        }
        let names: Vec<&str> = connections.iter().map(|wanted| wanted.row.provider.as_str()).collect();
        let (_none_begins, mut batch) = self.idle_batches(&names).await?;
        for (wanted, scope) in connections.into_iter().zip(scopes) {
            if wanted.is_read_anew {
                batch.forget_all_marks(scope).await?;
            }
            self.put_wanted(&mut batch, wanted).await?;
        }
        for WantedWebhook { mut row, secret, .. } in webhooks {
            row.updated_at = self.at();
            if row.id == 0 {
                row.created_at.clone_from(&row.updated_at);
                let secret = secret.unwrap_or_default();
                batch.add_webhook(self.store(), &row, &secret).await?;
                continue;
            }
            batch.put_webhook(&row).await?;
            if let Some(secret) = &secret {
                batch.put_webhook_secret(self.store(), &row, secret).await?;
            }
        }
        batch.commit().await?;
        self.inner.wakers.schedules.notify_one();
        Ok(())
    }

    async fn put_wanted(&self, batch: &mut Batch, wanted: Wanted) -> Result<()> {
        let Wanted { mut row, sealed, schedule, is_another_client, .. } = wanted;
        row.updated_at = self.at();
        batch.put_config(&row).await?;
        if is_another_client {
            batch.forget_grant(&row.provider).await?;
        }
        if let Some(sealed) = &sealed {
            batch.put_secret(self.store(), &row.provider, Some(sealed)).await?;
        }
        if let Some(schedule) = &schedule {
            batch.put_schedule(schedule).await?;
        }
        Ok(())
    }
}
