//! Another status for one deal.

use model::api::DealBody;
use model::deal_history::{DealActor, DealEvent};
use model::parse::shorten;
use model::{Deal, DealField, Status, Text};

use super::history::changed;
use super::{not_found, with_status};
use crate::{Caller, Error, Hub, Kind, Result};

/// How far back the history is looked through for whoever changed a status.
const EVENTS: u32 = 20;

impl Hub {
    /// Gives a deal another status. With `seen`, only if it still has the status it was seen with: what else of it
    /// has changed meanwhile does not matter.
    ///
    /// # Errors
    /// `NotFound` with « Deal non trouvé »; `Outdated` when somebody or a run was faster, with the status it has
    /// now and whose doing that is.
    pub async fn move_deal(
        &self,
        by: &Caller,
        id: i64,
        status: Status,
        seen: Option<Status>,
    ) -> Result<DealBody> {
        let mut batch = self.store().begin().await?;
        let deal = batch.deals_to_change(&[id]).await?.pop().ok_or_else(not_found)?;
        let moved = with_status(&deal.values, status);
        if moved != deal.values {
            if let Some(seen) = seen.filter(|seen| deal.values.status() != Some(*seen)) {
                drop(batch);
                return Err(self.moved_since(&deal, seen).await);
            }
            let at = self.at();
            batch.update_deal(id, &moved, &at).await?;
            batch.add_deal_events(&[changed(id, &deal.values, &moved)], &by.author(), &at).await?;
        }
        batch.commit().await?;
        self.deal(id).await
    }

    /// Somebody was faster: where the deal stands now, and who put it there.
    async fn moved_since(&self, deal: &Deal, seen: Status) -> Error {
        let client = shorten(deal.values.text(DealField::Client).unwrap_or_default());
        let (seen, now) = (seen.word(), deal.values.status().unwrap_or_default().word());
        // Who it was is told where it is known: that it happened counts more.
        let history = self.deal_history(deal.id, EVENTS).await.unwrap_or_default();
        let by = history.iter().find(|event| changes_status(event)).map(|event| doer(&event.actor));
        let Text { fr, en } = by.unwrap_or_else(|| Text::fixed("", ""));
        let message = Text::new(
            format!(
                "« {client} » est maintenant « {now} »{fr} : vous l'aviez vu « {seen} ». Rien n'a été changé."
            ),
            format!("“{client}” is “{now}” now{en}: you had seen it as “{seen}”. Nothing was changed."),
        );
        Error::new(Kind::Outdated, message).hint(Some(Text::fixed(
            "Choisissez de nouveau son statut s'il doit encore changer.",
            "Choose its status again if it is still to change.",
        )))
    }
}

fn changes_status(event: &DealEvent) -> bool {
    event.fields.iter().any(|change| change.field == DealField::Statut.key())
}

fn doer(actor: &DealActor) -> Text {
    match actor {
        DealActor::Person { name: Some(name) } => {
            Text::new(format!(" (par {name})"), format!(" (by {name})"))
        }
        DealActor::Person { name: None } => Text::fixed(" (sur cette machine)", " (on this machine)"),
        DealActor::Run { id, connection, .. } => Text::new(
            format!(" (par la synchronisation n° {id} de {connection})"),
            format!(" (by sync no. {id} of {connection})"),
        ),
    }
}
