//! Export: from the CRM into the service.
//!
//! First the service is read: linked records are compared with their deals on the way, unlinked ones
//! are kept aside in the database. Then the deals without a link look for a partner there, and those
//! that find none are created. Writes leave in batches, several in flight; each answer is committed
//! with its links, so that a run that stops anywhere is continued by the next one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use connectors::Outcome;
use model::crossing::Mapped;
use model::plan::{Action, Change, Refusal};
use model::run::Counts;
use model::{Deal, DealField, FieldKey, Text, Value};
use store::deals::client_key;
use store::{Batch, Link, SeenRow};

use super::import::{Wanted, content_of, read, tell};
use super::outbox::{Answered, Outbox, Sending};
use super::plan::{self, Partner, Remote, base_of};
use super::prepare::Prepared;
use super::run::{Mode, Work};
use super::seen::SeenIds;
use super::stop::Stop;
use super::tally::Phase;
use crate::fault_point;

/// Deals looked at together once the service is read.
const DEALS_PER_PAGE: u32 = 500;

/// Reads the service, then brings it to what the CRM holds.
pub(crate) async fn run(work: &mut Work<'_>, prepared: &Prepared) -> Result<(), Stop> {
    let deals = work.hub.store().deal_count().await?;
    if deals == 0 {
        return Ok(());
    }
    if work.only.is_none() {
        work.tally.total(deals);
    }
    for (field, target) in prepared.mapping.fields.iter().filter(|(_, target)| !target.writable) {
        work.tally.warnings.push(read_only(*field, &target.name));
    }
    work.tally.warnings.extend(prepared.mapping.made.iter().map(|made| made_here(made.field)));
    let mut export = Export {
        stage: match work.mode {
            Mode::Run(run_id) => run_id,
            // Kept apart from the runs' own records.
            Mode::Preview(plan_id) => -plan_id,
        },
        work,
        prepared,
        outbox: Outbox::new(prepared),
        met: HashSet::new(),
        unseen: HashMap::new(),
        claimed: HashSet::new(),
    };
    let done = export.everything().await;
    // Whatever stops the run, what is on its way is waited for: its links must not be lost.
    let settled = export.settle_all(done.is_ok()).await;
    let mut batch = export.work.hub.store().begin().await?;
    batch.forget_seen(export.stage).await?;
    batch.commit().await?;
    done.and(settled)
}

struct Export<'a, 'b> {
    work: &'a mut Work<'b>,
    prepared: &'a Prepared,
    outbox: Outbox<'a>,
    /// Under which number the service's unlinked records are kept aside.
    stage: i64,
    /// Deals whose record the listing showed.
    met: HashSet<i64>,
    /// What is sent to the linked records of this page of deals that the listing did not show, by deal.
    unseen: HashMap<i64, Planned>,
    /// Unlinked records that found their deal.
    claimed: HashSet<String>,
}

/// What the plan says of one deal, with the fields to send.
type Planned = (Change, BTreeMap<FieldKey, Value>);

impl Export<'_, '_> {
    async fn everything(&mut self) -> Result<(), Stop> {
        // Rules are for what comes in.
        let mut pages = read(self.prepared, Arc::default(), Wanted::default());
        let mut seen = SeenIds::default();
        loop {
            let ready = self.work.unless_asked(pages.ready()).await?;
            if ready.pages.is_empty() {
                ready.fault?;
                break;
            }
            let remotes = ready.pages.into_iter().flat_map(|page| page.remotes);
            self.compare(remotes.filter(|remote| seen.is_new(&remote.id)).collect()).await?;
            ready.fault?;
        }
        if seen.is_empty() {
            let links = self.work.hub.store().link_count(self.prepared.scope).await?;
            self.work
                .tally
                .warnings
                .extend((links > 0).then(|| empty_table(&self.prepared.stream.name, links)));
        }
        self.work.tally.phase(Phase::Writing);
        let mut after = 0;
        loop {
            let store = self.work.hub.store();
            let deals = store.deals_after(self.prepared.scope, after, DEALS_PER_PAGE).await?;
            let Some((last, _)) = deals.last() else { break };
            after = last.id;
            self.place(deals).await?;
        }
        Ok(())
    }

    /// Compares a page of the service with the deals linked to it, and keeps the rest aside.
    async fn compare(&mut self, remotes: Vec<Remote>) -> Result<(), Stop> {
        let ids: Vec<&str> = remotes.iter().map(|r| r.id.as_str()).collect();
        let mut batch = self.work.hub.store().begin().await?;
        let links: HashMap<String, Link> = batch
            .links(self.prepared.scope, &ids)
            .await?
            .into_iter()
            .map(|link| (link.external_id.clone(), link))
            .collect();
        let linked: Vec<i64> = links.values().map(|link| link.deal_id).collect();
        let deals: HashMap<i64, Deal> =
            batch.deals(&linked).await?.into_iter().map(|deal| (deal.id, deal)).collect();
        let (mut planned, mut aside) = (Vec::new(), Vec::new());
        for remote in &remotes {
            let link = links.get(&remote.id).and_then(|link| Some((link, deals.get(&link.deal_id)?)));
            match link {
                Some((link, deal)) => {
                    self.met.insert(deal.id);
                    if self.work.wants_deal(deal.id) {
                        let base = base_of(&link.content);
                        let partner = Partner::Linked { remote, base: &base };
                        planned.push(plan::export(deal, &partner, &self.prepared.mapping));
                    }
                }
                None => aside.extend(seen_row(remote)),
            }
        }
        batch.add_seen(self.stage, &aside).await?;
        self.take(batch, planned).await
    }

    /// Finds the place of the deals that no listed record is linked to.
    async fn place(&mut self, deals: Vec<(Deal, Option<Link>)>) -> Result<(), Stop> {
        let rest: Vec<(Deal, Option<Link>)> = deals
            .into_iter()
            .filter(|(deal, _)| !self.met.contains(&deal.id) && self.work.wants_deal(deal.id))
            .collect();
        let mut keys: Vec<String> = rest.iter().map(|(deal, _)| key_of(deal)).collect();
        keys.sort_unstable();
        keys.dedup();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut batch = self.work.hub.store().begin().await?;
        let mut free: HashMap<String, Vec<Remote>> = HashMap::new();
        for row in batch.seen(self.stage, &keys).await? {
            if !self.claimed.contains(&row.external_id) {
                free.entry(row.client_key.clone()).or_default().push(remote_of(row));
            }
        }
        let mut planned = Vec::with_capacity(rest.len());
        for (deal, link) in &rest {
            let candidates = free.entry(key_of(deal)).or_default();
            let partner = match link {
                Some(link) => Partner::Missing { external_id: Some(&link.external_id) },
                None => Partner::Free(candidates),
            };
            let change = plan::export(deal, &partner, &self.prepared.mapping);
            match (link, &change.0.external_id) {
                (Some(Link { external_id, content, .. }), _) => {
                    let sent = plan::unseen(deal, external_id, &base_of(content), &self.prepared.mapping);
                    self.unseen.insert(deal.id, sent);
                }
                (None, Some(found)) => {
                    self.claimed.insert(found.clone());
                    candidates.retain(|remote| remote.id != *found);
                }
                (None, None) => {}
            }
            planned.push(change);
        }
        self.take(batch, planned).await
    }

    /// Accounts for what needs no writing, commits it, and sends the rest.
    async fn take(&mut self, mut batch: Batch, planned: Vec<Planned>) -> Result<(), Stop> {
        let mut unseen = std::mem::take(&mut self.unseen);
        let planned: Vec<Planned> =
            planned.into_iter().map(|(change, fields)| (self.work.as_planned(change), fields)).collect();
        if let Mode::Preview(plan_id) = self.work.mode {
            let changes: Vec<Change> = planned.into_iter().map(|(change, _)| change).collect();
            let page = self.work.note(&mut batch, plan_id, &changes).await?;
            batch.commit().await?;
            self.work.tally.add(page);
            return Ok(());
        }
        let mut page = Counts { processed: planned.len() as u64, ..Counts::default() };
        let (mut links, mut rows, mut failures, mut sending) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (change, fields) in planned {
            match &change.action {
                // A record that the listing did not show may still be there: writing to it tells.
                Action::Create(_) => match change.deal_id.and_then(|id| unseen.remove(&id)) {
                    Some((change, fields)) => sending.push(Sending { change, fields, update: true }),
                    None => sending.push(Sending { change, fields, update: false }),
                },
                Action::Update(_) => sending.push(Sending { change, fields, update: true }),
                Action::Unchanged { relink } => {
                    page.unchanged += 1;
                    if *relink {
                        links.extend(link_of(&change, change.external_id.as_deref()));
                    }
                    rows.extend(self.work.row(&change));
                }
                Action::Refuse(refusal) => {
                    page.failed += 1;
                    failures.push(self.work.failure(&change, refusal.clone()));
                }
            }
        }
        batch.put_links(self.prepared.scope, &links).await?;
        tell(&mut batch, self.stage, &rows, &failures, &self.work.hub.at()).await?;
        batch.advance_run(self.stage, page, None).await?;
        batch.commit().await?;
        self.work.tally.add(page);
        for item in sending {
            while self.outbox.is_full() {
                self.settle_next().await?;
            }
            self.outbox.push(item);
            if self.work.asked.is_cancelled() {
                return Err(Stop::Asked);
            }
        }
        Ok(())
    }

    async fn settle_next(&mut self) -> Result<(), Stop> {
        match self.outbox.answered().await {
            Some(answered) => self.settle(answered).await,
            None => Ok(()),
        }
    }

    /// Waits for everything on its way; sends what is still queued only if `all_is_well`. The first
    /// fault is told; the others are settled all the same.
    async fn settle_all(&mut self, mut all_is_well: bool) -> Result<(), Stop> {
        let mut result = Ok(());
        loop {
            if all_is_well {
                self.outbox.flush();
            }
            let Some(answered) = self.outbox.answered().await else {
                return result;
            };
            let settled = self.settle(answered).await;
            all_is_well &= settled.is_ok();
            result = result.and(settled);
        }
    }

    /// Commits what the service answered: links, changes, refusals, counts.
    async fn settle(&mut self, Answered { sent, outcomes }: Answered) -> Result<(), Stop> {
        let outcomes = outcomes?;
        fault_point::reached("batch-answered").await;
        let mut page = Counts::default();
        let (mut links, mut rows, mut failures, mut gone) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut fault = None;
        for (Sending { change, fields, update }, outcome) in sent.into_iter().zip(outcomes) {
            match outcome {
                Outcome::Written(id) => {
                    links.extend(link_of(&change, Some(&id)));
                    match (update, fields.is_empty()) {
                        (false, _) => page.created += 1,
                        (true, false) => page.updated += 1,
                        // It was only asked whether it is there.
                        (true, true) => page.unchanged += 1,
                    }
                    rows.extend(self.work.row(&Change { external_id: Some(id), ..change }));
                }
                Outcome::Gone => gone.extend(change.deal_id),
                Outcome::NotWritten(error) => fault = fault.or(Some(error)),
                Outcome::Rejected(text) => {
                    page.failed += 1;
                    let refusal = Refusal { code: "rejected".to_owned(), field: None, text };
                    failures.push(self.work.failure(&change, refusal));
                }
            }
        }
        let mut batch = self.work.hub.store().begin().await?;
        for deal_id in &gone {
            batch.unlink_deal(self.prepared.scope, *deal_id).await?;
        }
        let again = batch.deals(&gone).await?;
        batch.put_links(self.prepared.scope, &links).await?;
        tell(&mut batch, self.stage, &rows, &failures, &self.work.hub.at()).await?;
        batch.advance_run(self.stage, page, None).await?;
        fault_point::reached("batch-written").await;
        batch.commit().await?;
        fault_point::reached("batch-committed").await;
        self.work.tally.add(page);
        for deal in again {
            let (change, fields) =
                plan::export(&deal, &Partner::Missing { external_id: None }, &self.prepared.mapping);
            self.outbox.push(Sending { change, fields, update: false });
        }
        fault.map_or(Ok(()), |error| Err(error.into()))
    }
}

fn key_of(deal: &Deal) -> String {
    client_key(deal.values.text(DealField::Client).unwrap_or_default())
}

/// The link of a change to its record, whose fields both sides hold now.
fn link_of(change: &Change, external_id: Option<&str>) -> Option<Link> {
    let external_id = external_id?.to_owned();
    Some(Link { external_id, deal_id: change.deal_id?, content: content_of(&change.base) })
}

fn seen_row(remote: &Remote) -> Option<SeenRow> {
    let client = remote.mapped.values.text(DealField::Client)?;
    Some(SeenRow {
        external_id: remote.id.clone(),
        client_key: client_key(client),
        modified_at: remote.modified_at.map(model::api::instant),
        content: remote.content.clone(),
    })
}

fn remote_of(row: SeenRow) -> Remote {
    let mapped = Mapped { values: base_of(&row.content), ..Mapped::default() };
    let modified_at = row.modified_at.and_then(|at| at.parse().ok());
    Remote { id: row.external_id, modified_at, mapped, content: row.content, line: None }
}

fn empty_table(table: &str, links: u64) -> Text {
    Text::new(
        format!(
            "La table « {table} » est vide alors que {links} deals y étaient liés. Seuls les enregistrements que le service dit supprimés ont été recréés."
        ),
        format!(
            "The table “{table}” is empty although {links} deals were linked to it. Only records that the service says are deleted were made again."
        ),
    )
}

fn made_here(field: DealField) -> Text {
    let label = field.label();
    Text::new(
        format!(
            "{} est calculé à l'import par une recette : ce champ n'est pas écrit dans le service.",
            label.fr
        ),
        format!("{} is made by a recipe on import: this field is not written to the service.", label.en),
    )
}

fn read_only(field: DealField, name: &str) -> Text {
    let label = field.label();
    Text::new(
        format!("{} n'est pas exporté : le champ « {name} » est en lecture seule dans le service.", label.fr),
        format!("{} is not exported: the field “{name}” is read-only in the service.", label.en),
    )
}
