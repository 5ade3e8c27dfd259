//! Everything a running server holds.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::field::{Field, FieldType};
use super::models::models;
use super::options::Options;
use super::refusal::Refusal;

/// What a user may do with the records of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// See them.
    Read,
    /// Change them.
    Write,
    /// Add some.
    Create,
    /// Delete them.
    Unlink,
}

impl Right {
    /// The service's word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Create => "create",
            Self::Unlink => "unlink",
        }
    }

    pub(super) fn read(word: &str) -> Option<Self> {
        [Self::Read, Self::Write, Self::Create, Self::Unlink].into_iter().find(|right| right.word() == word)
    }
}

/// The whole service.
pub(super) struct World {
    pub(super) options: Options,
    pub(super) models: BTreeMap<String, ModelState>,
    /// Whose each key is.
    pub(super) keys: HashMap<String, i64>,
    pub(super) denied: HashSet<(String, Right)>,
}

/// A model and its records.
pub(super) struct ModelState {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
    pub(super) rows: BTreeMap<i64, Row>,
    pub(super) last_id: i64,
}

/// A record. What it does not hold is empty.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: i64,
    /// Plain values; a many-to-one is an id.
    pub(super) values: Map<String, Value>,
    pub(super) created: DateTime<Utc>,
    /// To the microsecond; nothing for what was put in without the ORM.
    pub(super) written: Option<DateTime<Utc>>,
    pub(super) created_by: i64,
    pub(super) written_by: i64,
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        let state = |model: super::models::Model| {
            let fields = model.fields.into_iter().chain(system_fields()).collect();
            let name = model.name.to_owned();
            (name.clone(), ModelState { name, fields, rows: BTreeMap::new(), last_id: 0 })
        };
        let models = models().into_iter().map(state).collect();
        Self { options, models, keys: HashMap::new(), denied: HashSet::new() }
    }

    /// # Errors
    /// The model does not exist.
    pub(super) fn model(&self, name: &str) -> Result<&ModelState, Refusal> {
        self.models.get(name).ok_or_else(|| Refusal::no_model(name))
    }

    pub(super) fn row(&self, model: &str, id: i64) -> Option<&Row> {
        self.models.get(model)?.rows.get(&id)
    }

    /// What a field of a record holds, `null` when empty: computed fields too, many-to-ones as ids.
    pub(super) fn value(&self, model: &ModelState, row: &Row, field: &Field) -> Value {
        match field.name.as_str() {
            "id" => json!(row.id),
            "display_name" => json!(self.display_name(&model.name, row.id)),
            "create_date" => json!(moment(row.created)),
            "write_date" => row.written.map_or(Value::Null, |written| json!(moment(written))),
            "create_uid" => json!(row.created_by),
            "write_uid" => json!(row.written_by),
            // A variant's price: no variant here has extras.
            "lst_price" => row.values.get("list_price").cloned().unwrap_or_default(),
            "commercial_company_name" => self.company_name(row),
            name => match (&field.related, &field.kind) {
                (Some((through, target)), _) => self.related(model, row, through, target),
                (None, FieldType::One2many(other, inverse)) => {
                    let rows = self.models.get(other).into_iter().flat_map(|other| other.rows.values());
                    let ours = rows.filter(|other| other.values.get(inverse) == Some(&json!(row.id)));
                    ours.map(|other| other.id).collect()
                }
                _ => row.values.get(name).cloned().unwrap_or_default(),
            },
        }
    }

    /// The company that a partner is or belongs to.
    fn company_name(&self, row: &Row) -> Value {
        let is_company = row.values.get("is_company") == Some(&json!(true));
        let parent = row.values.get("parent_id").and_then(Value::as_i64);
        match parent.and_then(|id| self.row("res.partner", id)) {
            Some(parent) if !is_company => self.company_name(parent),
            _ if is_company => row.values.get("name").cloned().unwrap_or_default(),
            _ => Value::Null,
        }
    }

    fn related(&self, model: &ModelState, row: &Row, through: &str, target: &str) -> Value {
        let Some(FieldType::Many2one(other)) = model.field(through).map(|field| &field.kind) else {
            return Value::Null;
        };
        let id = row.values.get(through).and_then(Value::as_i64);
        let found = id.and_then(|id| Some((self.models.get(other)?, self.row(other, id)?)));
        found.and_then(|(other, row)| Some(self.value(other, row, other.field(target)?))).unwrap_or_default()
    }

    /// How people see a record.
    pub(super) fn display_name(&self, model: &str, id: i64) -> String {
        let Some(row) = self.row(model, id) else { return String::new() };
        let text = |key: &str| row.values.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let link = |key: &str, model: &str| {
            let id = row.values.get(key).and_then(Value::as_i64);
            id.map(|id| self.display_name(model, id)).filter(|name| !name.is_empty())
        };
        match model {
            "res.partner" => match link("parent_id", model) {
                Some(parent) => format!("{parent}, {}", text("name")),
                None => text("name"),
            },
            "product.product" => match text("default_code") {
                code if code.is_empty() => text("name"),
                code => format!("[{code}] {}", text("name")),
            },
            "product.category" => match link("parent_id", model) {
                Some(parent) => format!("{parent} / {}", text("name")),
                None => text("name"),
            },
            "stock.location" => match link("location_id", model) {
                Some(parent) => format!("{parent}/{}", text("name")),
                None => text("name"),
            },
            "stock.quant" => link("product_id", "product.product").unwrap_or_default(),
            "sale.order.line" => {
                format!("{} - {}", link("order_id", "sale.order").unwrap_or_default(), text("name"))
            }
            _ => text("name"),
        }
    }
}

impl ModelState {
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// # Errors
    /// The model has no such field.
    pub(super) fn known(&self, name: &str) -> Result<&Field, Refusal> {
        self.field(name).ok_or_else(|| {
            Refusal::value(format!("Invalid field {name:?} on model {:?}", self.name).replace('"', "'"))
        })
    }
}

/// A moment as the service tells it: to the second.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

fn system_fields() -> Vec<Field> {
    let user = || FieldType::to("res.users");
    vec![
        Field::new("id", "ID", "ID", FieldType::Integer).readonly(),
        Field::new("display_name", "Display Name", "Nom d'affichage", FieldType::Char).readonly(),
        Field::new("create_date", "Created on", "Créé le", FieldType::Datetime).readonly(),
        Field::new("write_date", "Last Updated on", "Mis à jour le", FieldType::Datetime).readonly(),
        Field::new("create_uid", "Created by", "Créé par", user()).readonly(),
        Field::new("write_uid", "Last Updated by", "Mis à jour par", user()).readonly(),
    ]
}
