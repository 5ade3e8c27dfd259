//! Import: from the service into the CRM, page by page.
//!
//! The next pages are read and mapped while some are dealt with. The deals, links, changes, refusals
//! and counts of a page are committed in one transaction; pages that are ready together share one,
//! because scattered index pages are then written once instead of once per page.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use connectors::{Checkpoint, Page};
use futures_util::StreamExt;
use model::mapping::Resolved;
use model::plan::{Action, Change};
use model::run::Counts;
use model::{Deal, DealValues, Text};
use store::deals::client_key;
use store::{Batch, ChangeRow, FailureRow, Link, Scope};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use super::judge::Judge;
use super::merge::apply;
use super::plan::{self, Known, Linked, Remote};
use super::prepare::Prepared;
use super::run::{Mode, Place, Work};
use super::seen::SeenIds;
use super::stop::Stop;
use crate::ahead::read_ahead;
use crate::{Error, Kind, fault_point};

/// Pages that may wait, and that may share a transaction: enough to hide the service's latency and to
/// spare the disk, few enough to keep memory flat.
const PAGES_AHEAD: usize = 10;

/// How long the pages that are there wait for each further one to share their transaction: little beside what a
/// service over a network takes for a page, so that only what comes fast is gathered.
const GATHERING: Duration = Duration::from_millis(4);

/// More records than that are looked for by reading everything: some services are asked for each.
const MOST_NAMED: usize = 500;

/// Reads every page and deals with it.
pub(crate) async fn run(work: &mut Work<'_>, prepared: &Prepared) -> Result<(), Stop> {
    let since = match work.since.take() {
        Some(place) if place.stream == prepared.stream.id => Some(place.checkpoint),
        Some(_) => return Err(another_table(&prepared.stream.name)),
        None => None,
    };
    let began_anew = since.is_none();
    let named = work.only.as_ref().map(|only| only.external_ids.iter().cloned().collect());
    let pages = read(prepared, Arc::clone(&prepared.judge), Wanted { since, named });
    let table = Table { scope: prepared.scope, id: &prepared.stream.id };
    let is_whole = began_anew && work.only.is_none();
    if take_in(work, table, pages).await? == 0 && is_whole {
        let links = work.hub.store().link_count(prepared.scope).await?;
        work.tally.warnings.push(empty_table(&prepared.stream.name, links));
    }
    Ok(())
}

/// What pages are of.
#[derive(Clone, Copy)]
pub(crate) struct Table<'a> {
    /// Where its links hold.
    pub scope: Scope,
    /// The service's id of it.
    pub id: &'a str,
}

/// Deals with every page, as it comes; returns how many records there were.
pub(crate) async fn take_in(work: &mut Work<'_>, table: Table<'_>, mut pages: Pages) -> Result<usize, Stop> {
    let mut seen = SeenIds::default();
    let mut claimed = HashSet::new();
    loop {
        let ready = work.unless_asked(pages.ready()).await?;
        let Some(last) = ready.pages.last() else {
            ready.fault?;
            break;
        };
        // A reading of some records is not gone on with: where it stood says nothing of the others.
        let next = last.next.clone().filter(|_| work.only.is_none());
        let place = next.map(|checkpoint| {
            let place = Place { stream: table.id.to_owned(), checkpoint };
            serde_json::json!(place).to_string()
        });
        let remotes: Vec<Remote> = ready
            .pages
            .into_iter()
            .flat_map(|page| page.remotes)
            .filter(|remote| seen.is_new(&remote.id) && work.wants_record(&remote.id))
            .collect();
        deal_with(work, table.scope, &remotes, &mut claimed, place.as_deref()).await?;
        ready.fault?;
    }
    Ok(seen.len())
}

/// A page of the service, seen as deals.
pub(crate) struct MappedPage {
    /// Its records.
    pub remotes: Vec<Remote>,
    /// Where to go on.
    pub next: Option<Checkpoint>,
}

/// The pages that were ready together, and the fault that came after them.
pub(crate) struct Ready {
    /// In order; none after the last page.
    pub pages: Vec<MappedPage>,
    /// Why there are no more, if that is not the end of the table.
    pub fault: connectors::Result<()>,
}

/// The pages of the table, read ahead by a task that ends with the receiver.
pub(crate) struct Pages {
    receiver: mpsc::Receiver<connectors::Result<MappedPage>>,
    _reader: AbortOnDropHandle<()>,
}

impl Pages {
    /// The pages a task sends, which ends with them. At most so many wait for whoever takes them.
    pub(crate) fn of<Reading>(
        read: impl FnOnce(mpsc::Sender<connectors::Result<MappedPage>>) -> Reading,
    ) -> Pages
    where
        Reading: Future<Output = ()> + Send + 'static,
    {
        let (receiver, reader) = read_ahead(PAGES_AHEAD, read);
        Pages { receiver, _reader: reader }
    }

    /// Waits for the next page and takes those that are there already or come at once. Who stops waiting loses what
    /// was taken: that is for whoever wants no more.
    pub(crate) async fn ready(&mut self) -> Ready {
        let mut pages = Vec::new();
        let mut next = self.receiver.recv().await;
        while let Some(page) = next {
            match page {
                Ok(page) => pages.push(page),
                Err(error) => return Ready { pages, fault: Err(error) },
            }
            if pages.len() == PAGES_AHEAD {
                break;
            }
            next = tokio::time::timeout(GATHERING, self.receiver.recv()).await.ok().flatten();
        }
        Ready { pages, fault: Ok(()) }
    }
}

/// What is read of a table.
#[derive(Default)]
pub(crate) struct Wanted {
    /// From where an earlier reading stood, not from the beginning.
    since: Option<Checkpoint>,
    /// These records alone, where the service can be asked for them.
    named: Option<Vec<String>>,
}

/// Starts reading the fields of the table that count, and the modification time where there is one.
pub(crate) fn read(prepared: &Prepared, judge: Arc<Judge>, wanted: Wanted) -> Pages {
    let connection = Arc::clone(&prepared.connection);
    let (stream, mapping) = (prepared.stream.clone(), prepared.mapping.clone());
    Pages::of(async move |sender| {
        let mut fields = mapping.sources();
        for field in judge.fields() {
            if !fields.iter().any(|read| read.id == field.id) {
                fields.push(field.clone());
            }
        }
        let named = wanted.named.filter(|ids| ids.len() <= MOST_NAMED);
        let some = named.as_deref().and_then(|ids| connection.fetch(&stream, &fields, ids));
        let mut pages = some.unwrap_or_else(|| connection.read(&stream, &fields, wanted.since));
        while let Some(page) = pages.next().await {
            let mapped = page.map(|Page { records, next, .. }| MappedPage {
                remotes: records.into_iter().map(|record| remote(&mapping, &judge, record)).collect(),
                next,
            });
            if sender.send(mapped).await.is_err() {
                return;
            }
        }
    })
}

/// Sees a record as a deal.
fn remote(mapping: &Resolved, judge: &Judge, record: model::Record) -> Remote {
    let mut mapped = mapping.read(&record);
    judge.judge(&record, &mut mapped);
    let content = content_of(&mapped.values);
    Remote { id: record.id, modified_at: record.modified_at, mapped, content, line: None }
}

/// Values as links keep them.
pub(crate) fn content_of(values: &DealValues) -> String {
    // Writing a map of strings, numbers and dates to memory cannot fail.
    serde_json::to_string(values).unwrap_or_default()
}

async fn deal_with(
    work: &mut Work<'_>,
    scope: Scope,
    remotes: &[Remote],
    claimed: &mut HashSet<i64>,
    place: Option<&str>,
) -> Result<(), Stop> {
    fault_point::reached("page-read").await;
    work.lines = remotes.iter().filter_map(|remote| Some((remote.id.clone(), remote.line?))).collect();
    let mut batch = work.hub.store().begin().await?;
    let known = load(&mut batch, scope, remotes).await?;
    let changes: Vec<Change> =
        remotes.iter().map(|remote| work.as_planned(plan::import(remote, &known, claimed))).collect();
    for word in remotes.iter().filter_map(|r| r.mapped.unknown_status.as_deref()) {
        work.tally.unknown_status(word);
    }
    let page = match work.mode {
        Mode::Run(run_id) => {
            let page = carry_out(work, &mut batch, scope, run_id, changes, &known).await?;
            batch.advance_run(run_id, page, place).await?;
            fault_point::reached("page-written").await;
            page
        }
        Mode::Preview(plan_id) => work.note(&mut batch, plan_id, &changes).await?,
    };
    batch.commit().await?;
    fault_point::reached("page-committed").await;
    work.tally.add(page);
    Ok(())
}

/// What the CRM knows about the records of a page.
async fn load(batch: &mut Batch, scope: Scope, remotes: &[Remote]) -> Result<Known, Stop> {
    let ids: Vec<&str> = remotes.iter().map(|r| r.id.as_str()).collect();
    let mut known = Known::default();
    let mut linked = HashSet::new();
    for Link { external_id, deal_id, content } in batch.links(scope, &ids).await? {
        linked.insert(deal_id);
        let link = Linked { deal_id, content };
        known.links.insert(external_id, link);
    }
    let mut clients: Vec<String> = remotes
        .iter()
        .filter(|r| !known.links.contains_key(&r.id))
        .filter_map(|r| r.mapped.values.text(model::DealField::Client).map(client_key))
        .collect();
    clients.sort_unstable();
    clients.dedup();
    let clients: Vec<&str> = clients.iter().map(String::as_str).collect();
    // Any of them may be written: nobody else changes them from here on, and what was changed before is seen.
    let mut ids = batch.unlinked_deals(scope, &clients).await?;
    ids.extend(&linked);
    let mut deals = batch.deals_to_change(&ids).await?;
    deals.sort_unstable_by_key(|deal| deal.id);
    for deal in deals {
        if linked.contains(&deal.id) {
            known.deals.insert(deal.id, deal);
        } else {
            let key = client_key(deal.values.text(model::DealField::Client).unwrap_or_default());
            known.unlinked.entry(key).or_default().push(deal);
        }
    }
    Ok(known)
}

/// Writes the changes of a page and everything that tells of them.
async fn carry_out(
    work: &mut Work<'_>,
    batch: &mut Batch,
    scope: Scope,
    run_id: i64,
    mut changes: Vec<Change>,
    known: &Known,
) -> Result<Counts, Stop> {
    let at = work.hub.at();
    let new: Vec<&DealValues> =
        changes.iter().filter(|c| matches!(c.action, Action::Create(_))).map(|c| &c.base).collect();
    let mut ids = batch.insert_deals(&new, &at).await?.into_iter();
    for change in changes.iter_mut().filter(|c| matches!(c.action, Action::Create(_))) {
        change.deal_id = ids.next();
    }
    let there: HashMap<i64, &Deal> =
        known.deals.values().chain(known.unlinked.values().flatten()).map(|deal| (deal.id, deal)).collect();
    let mut page = Counts { processed: changes.len() as u64, ..Counts::default() };
    let (mut links, mut rows, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for change in &changes {
        match &change.action {
            Action::Create(_) => page.created += 1,
            Action::Update(_) => {
                if let Some(deal) = change.deal_id.and_then(|id| there.get(&id)) {
                    let values = apply(&change.fields, &deal.values);
                    page.updated += u64::from(batch.update_deal(deal.id, &values, &at).await?);
                }
            }
            Action::Unchanged { .. } => page.unchanged += 1,
            Action::Refuse(refusal) => {
                page.failed += 1;
                failures.push(work.failure(change, refusal.clone()));
                continue;
            }
        }
        rows.extend(work.row(change));
        if !matches!(change.action, Action::Unchanged { relink: false })
            && let (Some(external_id), Some(deal_id)) = (&change.external_id, change.deal_id)
        {
            let content = content_of(&change.base);
            links.push(Link { external_id: external_id.clone(), deal_id, content });
        }
    }
    batch.put_links(scope, &links).await?;
    tell(batch, run_id, &rows, &failures, &at).await?;
    Ok(page)
}

/// Keeps the changes and refusals of a page, dealt with at that moment.
pub(crate) async fn tell(
    batch: &mut Batch,
    run_id: i64,
    rows: &[ChangeRow],
    failures: &[FailureRow],
    at: &str,
) -> Result<(), Stop> {
    batch.add_changes(run_id, rows, at).await?;
    batch.add_failures(run_id, failures).await?;
    Ok(())
}

/// A reading cannot go on in a table other than the one it began in.
fn another_table(table: &str) -> Stop {
    Stop::Failed(Error::new(
        Kind::Invalid,
        Text::new(
            format!(
                "La synchronisation interrompue lisait une autre table que « {table} ». Relancez un import complet."
            ),
            format!("The interrupted run was reading a table other than “{table}”. Start a full import."),
        ),
    ))
}

fn empty_table(table: &str, links: u64) -> Text {
    if links == 0 {
        return Text::new(
            format!("La table « {table} » est vide : il n'y avait rien à importer."),
            format!("The table “{table}” is empty: there was nothing to import."),
        );
    }
    Text::new(
        format!(
            "La table « {table} » est vide alors que {links} deals y étaient liés. Rien n'a été supprimé dans le CRM."
        ),
        format!(
            "The table “{table}” is empty although {links} deals were linked to it. Nothing was deleted in the CRM."
        ),
    )
}
