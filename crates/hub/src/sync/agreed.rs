//! What a person agreed to: the changes of the plan they saw, and whether a plan made anew still holds the same.

use std::collections::{BTreeSet, HashSet};

use model::Text;
use store::ChangeRow;

use crate::digest::half_sha256;
use crate::{Error, Hub, Kind, Result};

/// How many changes of a plan are read together.
const PORTION: u32 = 10_000;
/// How many changed clients are named when a plan is outdated.
const NAMES_SHOWN: usize = 5;

/// A plan that a person saw and wants carried out.
pub(crate) struct Agreed {
    /// The plan.
    pub plan_id: i64,
    /// The fingerprints of its changes.
    pub changes: HashSet<u128>,
}

/// What makes a change the same change, in 16 bytes: its record, what is done, and every field before and after.
pub(crate) fn fingerprint(row: &ChangeRow) -> u128 {
    let ChangeRow { external_id, deal_id, action, fields, .. } = row;
    half_sha256(&serde_json::json!([external_id, deal_id, action, fields]).to_string())
}

impl Hub {
    /// The changes of the plan a person saw.
    ///
    /// # Errors
    /// `Outdated`, naming the clients whose change is in that plan or in the one that was made anew, and not in
    /// both, with what is to be done about it (`remedy`).
    pub(crate) async fn still_agreed(&self, plan_id: i64, made_anew: i64, remedy: &Text) -> Result<Agreed> {
        let (before, after) = (self.prints(plan_id).await?, self.prints(made_anew).await?);
        let mut changed = self.clients_beyond(plan_id, &after).await?;
        changed.append(&mut self.clients_beyond(made_anew, &before).await?);
        if changed.is_empty() {
            Ok(Agreed { plan_id, changes: before })
        } else {
            Err(outdated(&changed, remedy))
        }
    }

    /// The fingerprints of a plan's changes.
    async fn prints(&self, plan_id: i64) -> Result<HashSet<u128>> {
        let mut prints = HashSet::new();
        self.each_change(plan_id, |row| {
            prints.insert(fingerprint(row));
        })
        .await?;
        Ok(prints)
    }

    /// The clients of a plan's changes that are not among the known ones.
    async fn clients_beyond(&self, plan_id: i64, known: &HashSet<u128>) -> Result<BTreeSet<String>> {
        let mut clients = BTreeSet::new();
        self.each_change(plan_id, |row| {
            if !known.contains(&fingerprint(row)) {
                clients.insert(row.client.clone().unwrap_or_default());
            }
        })
        .await?;
        Ok(clients)
    }

    /// Looks at every change of a plan, a portion in memory.
    async fn each_change(&self, plan_id: i64, mut look: impl FnMut(&ChangeRow)) -> Result<()> {
        let mut before = 0;
        loop {
            let rows = self.store().plan_changes(plan_id, PORTION, before).await?;
            rows.iter().for_each(&mut look);
            if rows.len() < PORTION as usize {
                return Ok(());
            }
            before += PORTION;
        }
    }
}

fn outdated(changed: &BTreeSet<String>, remedy: &Text) -> Error {
    let names = changed.iter().take(NAMES_SHOWN).map(|name| model::parse::shorten(name)).collect::<Vec<_>>();
    let names = names.join(", ");
    let more = changed.len().saturating_sub(NAMES_SHOWN);
    let (fr_more, en_more) = if more == 0 {
        (String::new(), String::new())
    } else {
        (format!(" et {more} autres"), format!(" and {more} more"))
    };
    let Text { fr, en } = remedy;
    Error::new(
        Kind::Outdated,
        Text::new(
            format!("Depuis l'aperçu, ceci a changé : {names}{fr_more}. {fr}"),
            format!("Since the preview, this has changed: {names}{en_more}. {en}"),
        ),
    )
}
