//! Both sides of a connection as maps, and runs that carry plans out on them.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use model::crossing::Mapped;
use model::deal::FieldValue;
use model::mapping::Resolved;
use model::plan::{Action, Change};
use model::{Deal, DealField, DealValues, Money, Slot, Status, StreamField, ValueKind};
use store::deals::client_key;

use crate::sync::import::content_of;
use crate::sync::merge::apply;
use crate::sync::plan::{self, Known, Linked, Partner, Remote, base_of};

/// The mapped fields; the last one is read-only in the service.
pub(super) const MAPPED: [DealField; 6] = [
    DealField::Client,
    DealField::Statut,
    DealField::MontantBrut,
    DealField::Secteur,
    DealField::Notes,
    DealField::Assignee,
];

/// A record of the service.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) values: DealValues,
    pub(super) modified_at: DateTime<Utc>,
}

/// Both sides, their links, and a clock that moves with every event.
pub(super) struct World {
    pub(super) deals: BTreeMap<i64, Deal>,
    pub(super) records: BTreeMap<String, Record>,
    /// By the record's id: the deal, and what both are taken to have held.
    pub(super) links: BTreeMap<String, (i64, String)>,
    mapping: Resolved,
    ticks: i64,
}

/// What a run did.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Did {
    /// Deals or records written.
    pub(super) written: usize,
    /// Links refreshed without a write.
    pub(super) relinked: usize,
    pub(super) refused: usize,
}

impl World {
    pub(super) fn new() -> World {
        let field = |field: DealField| {
            let kind = if field == DealField::MontantBrut { ValueKind::Number } else { ValueKind::Text };
            let name = field.key().to_owned();
            let writable = field != DealField::Assignee;
            let (options, native_type) = (Vec::new(), String::new());
            (
                field,
                StreamField {
                    id: name.clone(),
                    name,
                    kind,
                    native_type,
                    writable,
                    options,
                    makes_options: false,
                    stands_for: BTreeMap::new(),
                },
            )
        };
        let mapping = Resolved { fields: MAPPED.map(field).into(), ..Resolved::default() };
        World { deals: BTreeMap::new(), records: BTreeMap::new(), links: BTreeMap::new(), mapping, ticks: 0 }
    }

    pub(super) fn now(&mut self) -> DateTime<Utc> {
        self.ticks += 1;
        DateTime::from_timestamp(self.ticks, 0).unwrap()
    }

    /// A value for a field; a client is one that nobody has yet.
    pub(super) fn value(&mut self, field: DealField, choice: u8) -> Slot<FieldValue> {
        let at = self.now().timestamp();
        match (field, choice % 4) {
            (DealField::Client, _) => Slot::Set(FieldValue::Text(format!("N{at}"))),
            (DealField::Statut, n) => {
                let statuses = [Status::Prospect, Status::Negotiation, Status::Won, Status::Lost];
                Slot::Set(FieldValue::Status(statuses[usize::from(n)]))
            }
            (DealField::MontantBrut, n) => {
                Slot::Set(FieldValue::Money(Money::from_cents(100 + i64::from(n))))
            }
            (_, 0) => Slot::Empty,
            (_, n) => Slot::Set(FieldValue::Text(format!("t{n}"))),
        }
    }

    fn values(&mut self, client: &str, choice: u8) -> DealValues {
        let mut values = DealValues::default();
        for field in MAPPED {
            let value = self.value(field, choice.rotate_left(field as u32));
            values.set(field, value);
        }
        values.set(DealField::Client, Slot::Set(FieldValue::Text(client.to_owned())));
        values
    }

    pub(super) fn new_deal(&mut self, client: &str, choice: u8) {
        let values = self.values(client, choice);
        self.insert_deal(&values);
    }

    fn insert_deal(&mut self, values: &DealValues) -> i64 {
        let (at, id) = (self.now(), self.deals.len() as i64 + 1);
        let mut values = values.clone();
        for field in DealField::ALL {
            if values.get(field).is_absent() {
                values.set(field, Slot::Empty);
            }
        }
        self.deals.insert(id, Deal { id, values, created_at: at, updated_at: at });
        id
    }

    pub(super) fn new_record(&mut self, client: &str, choice: u8) {
        let values = self.values(client, choice);
        self.insert_record(values);
    }

    fn insert_record(&mut self, mut values: DealValues) -> String {
        let (modified_at, id) = (self.now(), format!("rec{:04}", self.records.len()));
        if values.get(DealField::Assignee).is_absent() {
            values.set(DealField::Assignee, Slot::Empty);
        }
        self.records.insert(id.clone(), Record { values, modified_at });
        id
    }

    fn remotes(&self) -> Vec<Remote> {
        let remote = |(id, record): (&String, &Record)| Remote {
            id: id.clone(),
            modified_at: Some(record.modified_at),
            mapped: Mapped { values: record.values.clone(), ..Mapped::default() },
            content: content_of(&record.values),
            line: None,
        };
        self.records.iter().map(remote).collect()
    }

    fn link(&mut self, change: &Change, external_id: String, deal_id: i64) {
        self.links.insert(external_id, (deal_id, content_of(&change.base)));
    }

    /// An import, as `import::carry_out` does it.
    pub(super) fn import(&mut self) -> Did {
        let mut known = Known::default();
        for (id, (deal_id, content)) in &self.links {
            known.links.insert(id.clone(), Linked { deal_id: *deal_id, content: content.clone() });
            known.deals.insert(*deal_id, self.deals[deal_id].clone());
        }
        for deal in self.deals.values().filter(|deal| !known.deals.contains_key(&deal.id)) {
            known.unlinked.entry(key(&deal.values)).or_default().push(deal.clone());
        }
        let (mut did, mut claimed) = (Did::default(), HashSet::new());
        for remote in self.remotes() {
            let change = plan::import(&remote, &known, &mut claimed);
            let deal_id = match &change.action {
                Action::Create(_) => Some(self.insert_deal(&change.base)),
                Action::Update(_) => {
                    let at = self.now();
                    let deal = self.deals.get_mut(&change.deal_id.unwrap()).unwrap();
                    deal.values = apply(&change.fields, &deal.values);
                    deal.updated_at = at;
                    change.deal_id
                }
                Action::Unchanged { relink } => change.deal_id.filter(|_| *relink),
                Action::Refuse(_) => None,
            };
            did.count(&change.action);
            if let Some(deal_id) = deal_id {
                self.link(&change, remote.id, deal_id);
            }
        }
        did
    }

    /// An export, as `export::Export` does it.
    pub(super) fn export(&mut self) -> Did {
        let remotes = self.remotes();
        let by_deal: HashMap<i64, String> =
            self.links.iter().map(|(id, (deal_id, _))| (*deal_id, id.clone())).collect();
        let mut free: HashMap<String, Vec<Remote>> = HashMap::new();
        let mut linked = HashMap::new();
        for remote in remotes {
            if self.links.contains_key(&remote.id) {
                linked.insert(remote.id.clone(), remote);
            } else {
                free.entry(key(&remote.mapped.values)).or_default().push(remote);
            }
        }
        let mut did = Did::default();
        for deal in self.deals.values().cloned().collect::<Vec<_>>() {
            let change = match by_deal.get(&deal.id) {
                Some(id) => {
                    let base = base_of(&self.links[id].1);
                    plan::export(&deal, &Partner::Linked { remote: &linked[id], base: &base }, &self.mapping)
                        .0
                }
                None => {
                    let candidates = free.entry(key(&deal.values)).or_default();
                    let change = plan::export(&deal, &Partner::Free(candidates), &self.mapping).0;
                    candidates.retain(|remote| Some(&remote.id) != change.external_id.as_ref());
                    change
                }
            };
            let external_id = match &change.action {
                Action::Create(_) => Some(self.insert_record(change.base.clone())),
                Action::Update(_) => {
                    let at = self.now();
                    let record = self.records.get_mut(change.external_id.as_ref().unwrap()).unwrap();
                    record.values = apply(&change.fields, &record.values);
                    record.modified_at = at;
                    change.external_id.clone()
                }
                Action::Unchanged { relink } => change.external_id.clone().filter(|_| *relink),
                Action::Refuse(_) => None,
            };
            did.count(&change.action);
            if let Some(external_id) = external_id {
                self.link(&change, external_id, deal.id);
            }
        }
        did
    }
}

impl Did {
    fn count(&mut self, action: &Action) {
        match action {
            Action::Create(_) | Action::Update(_) => self.written += 1,
            Action::Unchanged { relink } => self.relinked += usize::from(*relink),
            Action::Refuse(_) => self.refused += 1,
        }
    }
}

fn key(values: &DealValues) -> String {
    client_key(values.text(DealField::Client).unwrap_or_default())
}
