//! The plan: what is to happen to each record of a page.
//!
//! Pure functions of what came in, what is there and what is known of both. A run carries the plan
//! out, a preview shows it; there is no other way to decide.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use model::crossing::{Mapped, to_service};
use model::mapping::Resolved;
use model::plan::{Action, Change, Reason, Refusal};
use model::{Deal, DealField, DealValues, FieldKey, Slot, Text, Value};
use store::deals::client_key;

use super::merge::{Merged, Versions, apply, common, merge};

/// A record of the service, seen as a deal.
pub(crate) struct Remote {
    /// The service's id.
    pub id: String,
    /// When the service says it was last modified.
    pub modified_at: Option<DateTime<Utc>>,
    /// Its values, and what is wrong with them.
    pub mapped: Mapped,
    /// JSON of its values, as links keep it.
    pub content: String,
    /// The line it stands on, where it comes from a file.
    pub line: Option<u64>,
}

/// A link of a record.
pub(crate) struct Linked {
    /// The deal.
    pub deal_id: i64,
    /// JSON of what both sides are taken to have held when they were last seen together.
    pub content: String,
}

/// What the CRM knows about the records of a page.
#[derive(Default)]
pub(crate) struct Known {
    /// Links by the service's id.
    pub links: HashMap<String, Linked>,
    /// Linked deals by id.
    pub deals: HashMap<i64, Deal>,
    /// Unlinked deals by client.
    pub unlinked: HashMap<String, Vec<Deal>>,
}

/// Plans the import of one record. `claimed` holds the deals that earlier records were matched with.
pub(crate) fn import(remote: &Remote, known: &Known, claimed: &mut HashSet<i64>) -> Change {
    let values = &remote.mapped.values;
    let change = |deal_id, action, merged: Merged, base| Change {
        external_id: Some(remote.id.clone()),
        deal_id,
        client: values.text(DealField::Client).map(str::to_owned),
        held: held(&action, || remote.mapped.held()),
        action,
        fields: merged.fields,
        base,
    };
    let link = known.links.get(&remote.id).and_then(|link| Some((link, known.deals.get(&link.deal_id)?)));
    if let Some(refusal) = refusal(&remote.mapped) {
        let deal_id = link.map(|(link, _)| link.deal_id);
        return change(deal_id, Action::Refuse(refusal), Merged::default(), DealValues::default());
    }
    if let Some((link, deal)) = link {
        if link.content == remote.content {
            let nothing = Action::Unchanged { relink: false };
            return change(Some(deal.id), nothing, Merged::default(), DealValues::default());
        }
        let base = base_of(&link.content);
        let merged = merge(&Versions {
            source: values,
            target: &deal.values,
            base: Some(&base),
            source_at: remote.modified_at,
            target_at: Some(deal.updated_at),
        });
        let common = common(Some(&base), values, &apply(&merged.fields, &deal.values));
        let action = decided(&merged, Reason::Changed, common != base);
        return change(Some(deal.id), action, merged, common);
    }
    let client = client_key(values.text(DealField::Client).unwrap_or_default());
    let candidates = known.unlinked.get(&client).map(Vec::as_slice).unwrap_or_default();
    let free: Vec<&Deal> = candidates.iter().filter(|deal| !claimed.contains(&deal.id)).collect();
    match same_one(values, free.iter().map(|deal| (*deal, &deal.values))) {
        Some(deal) => {
            claimed.insert(deal.id);
            let merged = first_meeting(values, &deal.values);
            let common = common(None, values, &apply(&merged.fields, &deal.values));
            change(Some(deal.id), decided(&merged, Reason::MatchedByName, true), merged, common)
        }
        None if free.is_empty() => {
            let merged = created(values);
            change(None, Action::Create(Reason::New), merged, values.clone())
        }
        None => {
            let refused = Action::Refuse(ambiguous(values, free.len(), "deals", "deals"));
            change(None, refused, Merged::default(), DealValues::default())
        }
    }
}

/// What an export finds on the service's side for one deal.
pub(crate) enum Partner<'a> {
    /// The linked record, as it is now.
    Linked {
        /// The record.
        remote: &'a Remote,
        /// What both are taken to have held when they were last seen together.
        base: &'a DealValues,
    },
    /// A record was linked, and the listing no longer has it.
    Missing {
        /// Its id; none once it is known to be gone.
        external_id: Option<&'a str>,
    },
    /// The free records of the same client.
    Free(&'a [Remote]),
}

/// Plans the export of one deal: the change, and the fields to send.
pub(crate) fn export(
    deal: &Deal,
    partner: &Partner<'_>,
    mapping: &Resolved,
) -> (Change, BTreeMap<FieldKey, Value>) {
    let values = writable(&deal.values, mapping);
    let all = || Mapped { values: deal.values.clone(), ..Mapped::default() }.held();
    let change = |external_id: Option<&str>, action, merged: Merged, base| Change {
        external_id: external_id.map(str::to_owned),
        deal_id: Some(deal.id),
        client: deal.values.text(DealField::Client).map(str::to_owned),
        held: held(&action, all),
        action,
        fields: merged.fields,
        base,
    };
    let planned = match partner {
        Partner::Linked { remote, base } => {
            let there = &remote.mapped.values;
            let merged = merge(&Versions {
                source: &values,
                target: there,
                base: Some(base),
                source_at: Some(deal.updated_at),
                target_at: remote.modified_at,
            });
            let common = common(Some(base), &values, &apply(&merged.fields, there));
            let action = decided(&merged, Reason::Changed, common != **base);
            change(Some(&remote.id), action, merged, common)
        }
        Partner::Free([]) => change(None, Action::Create(Reason::New), created(&values), values.clone()),
        Partner::Missing { external_id } => {
            change(*external_id, Action::Create(Reason::Recreated), created(&values), values.clone())
        }
        Partner::Free(candidates) => {
            match same_one(&values, candidates.iter().map(|r| (r, &r.mapped.values))) {
                Some(remote) => {
                    let merged = first_meeting(&values, &remote.mapped.values);
                    let common = common(None, &values, &apply(&merged.fields, &remote.mapped.values));
                    change(Some(&remote.id), decided(&merged, Reason::MatchedByName, true), merged, common)
                }
                None => {
                    let refusal = ambiguous(&deal.values, candidates.len(), "enregistrements", "records");
                    change(None, Action::Refuse(refusal), Merged::default(), DealValues::default())
                }
            }
        }
    };
    match fields_to_send(&planned, mapping) {
        Ok(fields) => (planned, fields),
        Err(refusal) => (Change { action: Action::Refuse(refusal), held: all(), ..planned }, BTreeMap::new()),
    }
}

/// Which of a client's free namesakes on the other side is the same one: the only one, or one that holds
/// exactly the same. A run that was killed before it could note what it had created left such ones behind.
fn same_one<'a, T>(
    values: &DealValues,
    mut namesakes: impl ExactSizeIterator<Item = (T, &'a DealValues)>,
) -> Option<T> {
    let holds_the_same = |other: &DealValues| values.known().all(|(field, slot)| other.get(field) == slot);
    let is_only_one = namesakes.len() == 1;
    namesakes.find(|(_, other)| is_only_one || holds_the_same(other)).map(|(namesake, _)| namesake)
}

/// Plans what is sent to a record that the listing did not show, in case it is there after all: what
/// has changed here since, and no more. What it holds is not known, and may have changed there.
pub(crate) fn unseen(
    deal: &Deal,
    external_id: &str,
    base: &DealValues,
    mapping: &Resolved,
) -> (Change, BTreeMap<FieldKey, Value>) {
    let mapped = Mapped { values: base.clone(), ..Mapped::default() };
    let remote =
        Remote { id: external_id.to_owned(), modified_at: None, mapped, content: String::new(), line: None };
    export(deal, &Partner::Linked { remote: &remote, base }, mapping)
}

/// What the record held, if it is refused.
fn held(action: &Action, all: impl FnOnce() -> BTreeMap<DealField, String>) -> BTreeMap<DealField, String> {
    if matches!(action, Action::Refuse(_)) { all() } else { BTreeMap::new() }
}

/// What is written at the service, by the real type of each field.
fn fields_to_send(change: &Change, mapping: &Resolved) -> Result<BTreeMap<FieldKey, Value>, Refusal> {
    let mut fields = BTreeMap::new();
    for written in change.fields.iter().filter(|f| f.before != f.after) {
        let Some(target) = mapping.field(written.field) else {
            continue;
        };
        let value = to_service(written.after.as_ref(), target, &mapping.status_words).map_err(|text| {
            Refusal { code: "missing_option".to_owned(), field: Some(written.field), text }
        })?;
        fields.insert(FieldKey::from(target.id.as_str()), value);
    }
    Ok(fields)
}

/// The deal's values in the fields the service can take.
fn writable(values: &DealValues, mapping: &Resolved) -> DealValues {
    let mut writable = DealValues::default();
    for (field, target) in &mapping.fields {
        if target.writable {
            writable.set(*field, values.get(*field).clone());
        }
    }
    writable
}

/// Every value there is, as the fields of something new.
fn created(values: &DealValues) -> Merged {
    let mut nothing = DealValues::default();
    for (field, _) in values.known() {
        nothing.set(field, Slot::Empty);
    }
    first_meeting(values, &nothing)
}

fn first_meeting(source: &DealValues, target: &DealValues) -> Merged {
    merge(&Versions { source, target, base: None, source_at: None, target_at: None })
}

/// What the merge amounts to. `relink`: what both sides have in common is no longer what the link says.
fn decided(merged: &Merged, reason: Reason, relink: bool) -> Action {
    match (merged.writes(), merged.conflict()) {
        (false, _) => Action::Unchanged { relink },
        (true, true) => Action::Update(Reason::Conflict),
        (true, false) => Action::Update(reason),
    }
}

/// What a link says both sides held. A link nobody can read says nothing, as at a first meeting.
pub(crate) fn base_of(content: &str) -> DealValues {
    serde_json::from_str(content).unwrap_or_default()
}

/// Why a record cannot become a deal, all reasons in one sentence.
fn refusal(mapped: &Mapped) -> Option<Refusal> {
    if let Some(text) = &mapped.broken {
        return Some(Refusal { code: "invalid".to_owned(), field: None, text: text.clone() });
    }
    let mut faults = mapped.faults.clone();
    let broken: HashSet<DealField> = faults.iter().map(|f| f.field).collect();
    faults.extend(mapped.values.faults(true).into_iter().filter(|f| !broken.contains(&f.field)));
    let first = faults.first()?.field;
    let join = |lang| faults.iter().map(|f| f.text.get(lang)).collect::<Vec<_>>().join(" ");
    Some(Refusal {
        code: "invalid".to_owned(),
        field: Some(first),
        text: Text::new(join(model::Lang::Fr), join(model::Lang::En)),
    })
}

fn ambiguous(values: &DealValues, count: usize, fr: &str, en: &str) -> Refusal {
    let client = values.text(DealField::Client).unwrap_or_default();
    Refusal {
        code: "ambiguous".to_owned(),
        field: Some(DealField::Client),
        text: Text::new(
            format!(
                "« {client} » correspond à {count} {fr} qui n'ont pas encore de lien avec l'autre côté : impossible de choisir. Donnez-leur des noms distincts, puis relancez."
            ),
            format!(
                "“{client}” fits {count} {en} that have no link with the other side yet: no way to choose. Give them distinct names, then run again."
            ),
        ),
    }
}
