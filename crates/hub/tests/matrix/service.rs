//! The simulated service of a cell: the same deals in the same words, whichever service it is.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use sandbox::airtable::{self, Field, FieldType};
use sandbox::notion::{self, Property, PropertyType};
use sandbox::{Answer, Clock, Controls, Fault, Kind, Rule};
use serde_json::{Map, Value, json};

const BASE: &str = "appPasserelleTest";
const TABLE: &str = "Deals";
const STATUSES: [&str; 6] = ["Lead", "Qualified", "Negotiation", "Won", "In progress", "Lost"];

/// A running simulator with a table of deals.
pub(crate) enum Service {
    Airtable { simulator: airtable::Simulator, table: airtable::Table },
    Notion { simulator: notion::Simulator, source: notion::DataSource },
}

/// A record as its fields, without those the service computes.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) fields: Map<String, Value>,
}

impl Row {
    pub(crate) fn get(&self, field: &str) -> &Value {
        self.fields.get(field).unwrap_or(&Value::Null)
    }
}

impl Service {
    pub(crate) async fn airtable(clock: Clock) -> Service {
        let options = airtable::Options { clock, ..airtable::Options::unlimited() };
        let simulator = airtable::Simulator::start(options).await.unwrap();
        let table = simulator.base(BASE, "CRM").unwrap().table(
            TABLE,
            [
                Field::text("Name"),
                Field::new("Status", FieldType::single_select(&STATUSES)),
                Field::new("Amount", FieldType::currency(2, "€")),
                Field::text("Sector"),
                Field::new("Due Date", FieldType::date()),
                Field::text("Assignee"),
                Field::new("Notes", FieldType::MultilineText),
                Field::new("Last Modified", FieldType::last_modified_time()),
            ],
        );
        Service::Airtable { simulator, table }
    }

    pub(crate) async fn notion(clock: Clock) -> Service {
        let options = notion::Options { clock, ..notion::Options::unlimited() };
        let simulator = notion::Simulator::start(options).await.unwrap();
        let [lead, qualified, negotiation, won, in_progress, lost] = STATUSES;
        let status = PropertyType::status(&[lead], &[qualified, negotiation, in_progress], &[won, lost]);
        let source = simulator.database(TABLE).data_source(
            TABLE,
            [
                Property::title("Name"),
                Property::new("Status", status),
                Property::new("Amount", PropertyType::euro()),
                Property::text("Sector"),
                Property::new("Due Date", PropertyType::Date),
                Property::text("Assignee"),
                Property::text("Notes"),
            ],
        );
        Service::Notion { simulator, source }
    }

    pub(crate) fn url(&self) -> &str {
        match self {
            Service::Airtable { simulator, .. } => simulator.url(),
            Service::Notion { simulator, .. } => simulator.url(),
        }
    }

    /// Token, base id and table name.
    pub(crate) fn settings(&self) -> [String; 3] {
        let (token, base) = match self {
            Service::Airtable { simulator, .. } => (simulator.token(), BASE.to_owned()),
            Service::Notion { simulator, .. } => {
                (simulator.token(), simulator.database(TABLE).id().to_string())
            }
        };
        [token.to_owned(), base, TABLE.to_owned()]
    }

    pub(crate) fn controls(&self) -> &Controls {
        match self {
            Service::Airtable { simulator, .. } => simulator,
            Service::Notion { simulator, .. } => simulator,
        }
    }

    /// Something happens just before the request that this rule hits.
    pub(crate) fn meanwhile(
        self: &Arc<Service>,
        rule: impl Fn(Fault) -> Rule,
        what: impl Fn(&Service) + Send + Sync + 'static,
    ) {
        // Weak: the script belongs to the simulator, which would keep itself alive.
        let service = Arc::downgrade(self);
        let what = move || service.upgrade().iter().for_each(|service| what(service));
        self.controls().fault(rule(Fault::meanwhile(what)));
    }

    /// How many requests have changed records.
    pub(crate) fn writes(&self) -> usize {
        self.controls().log().count(Kind::Write)
    }

    /// A refusal with this status, in the service's envelope.
    pub(crate) fn refusal(&self, status: u16) -> Answer {
        let body = match (self, status) {
            (Service::Airtable { .. }, 403) => json!({"error": {"type": "INVALID_PERMISSIONS", "message":
                "You are not permitted to perform this operation"}}),
            (Service::Airtable { .. }, 404) => json!({"error": "NOT_FOUND"}),
            (Service::Airtable { .. }, _) => json!({"error": {"type": "INVALID_VALUE_FOR_COLUMN", "message":
                "Field \"Amount\" cannot accept the provided value"}}),
            (Service::Notion { .. }, 403) => json!({"object": "error", "status": 403, "code":
                "restricted_resource", "message": "API token does not have access to this resource."}),
            (Service::Notion { .. }, 404) => json!({"object": "error", "status": 404, "code":
                "object_not_found", "message": "Could not find it."}),
            (Service::Notion { .. }, _) => json!({"object": "error", "status": status, "code":
                "validation_error", "message": "Amount is expected to be number."}),
        };
        Answer::json(status, &body)
    }

    pub(crate) fn insert(&self, rows: impl IntoIterator<Item = Value>) {
        match self {
            Service::Airtable { table, .. } => drop(table.insert(rows).unwrap()),
            Service::Notion { source, .. } => drop(source.insert(rows).unwrap()),
        }
    }

    /// Every record, in the order they were made.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let of = |id: String, mut fields: Map<String, Value>| {
            fields.remove("Last Modified");
            fields.retain(|_, value| !value.is_null());
            Row { id, fields }
        };
        match self {
            Service::Airtable { table, .. } => {
                table.records().into_iter().map(|row| of(row.id.to_string(), row.fields)).collect()
            }
            Service::Notion { source, .. } => {
                source.rows().into_iter().map(|row| of(row.id.to_string(), row.fields)).collect()
            }
        }
    }

    /// The record of that client.
    pub(crate) fn row(&self, client: &str) -> Row {
        self.rows().into_iter().find(|row| row.get("Name") == client).unwrap()
    }

    /// Somebody edits the record of that client.
    pub(crate) fn edit(&self, client: &str, fields: &Value) {
        let id = self.row(client).id;
        match self {
            Service::Airtable { table, .. } => table.set(airtable::Id::parse(&id).unwrap(), fields).unwrap(),
            Service::Notion { source, .. } => source.set(notion::Id::parse(&id).unwrap(), fields).unwrap(),
        }
    }

    /// Sets when the record of that client was last edited.
    pub(crate) fn edited_at(&self, client: &str, at: DateTime<Utc>) {
        let id = self.row(client).id;
        assert!(match self {
            Service::Airtable { table, .. } => table.backdate(airtable::Id::parse(&id).unwrap(), at),
            Service::Notion { source, .. } => source.backdate(notion::Id::parse(&id).unwrap(), at, at),
        });
    }

    pub(crate) fn delete(&self, client: &str) {
        let id = self.row(client).id;
        assert!(match self {
            Service::Airtable { table, .. } => table.delete(airtable::Id::parse(&id).unwrap()),
            Service::Notion { source, .. } => source.delete(notion::Id::parse(&id).unwrap()),
        });
    }

    pub(crate) fn rename_field(&self, name: &str, new: &str) {
        assert!(match self {
            Service::Airtable { table, .. } => table.rename_field(name, new),
            Service::Notion { source, .. } => source.rename_property(name, new),
        });
    }

    pub(crate) fn delete_field(&self, name: &str) {
        assert!(match self {
            Service::Airtable { table, .. } => table.delete_field(name),
            Service::Notion { source, .. } => source.remove_property(name),
        });
    }

    /// Makes a field one of text.
    pub(crate) fn retype(&self, name: &str) {
        assert!(match self {
            Service::Airtable { table, .. } => table.retype(name, FieldType::MultilineText),
            Service::Notion { source, .. } => source.retype(name, &PropertyType::RichText),
        });
    }
}
