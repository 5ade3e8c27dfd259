//! Reads the fields of a deal from a JSON body.
//!
//! What is absent stays as it is, `null` and blank text empty a field. Whether the values make a valid
//! deal is the model's to say; here its word is added to what could not be read at all, so that a
//! person sees every fault at once.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use model::deal::FieldValue;
use model::{DealField, DealValues, Money, Slot, Status, Text};
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::{PartialSchema, ToSchema};

use crate::extract::FromFields;
use crate::faults;
use crate::fields::Fields;

/// The fields of a new deal.
pub(super) struct NewDeal(pub(super) DealValues);

/// The fields of a deal that change.
pub(super) struct DealChange {
    /// What they are to hold.
    pub(super) values: DealValues,
    /// The deal's `updated_at` that its editor saw, where they say it.
    pub(super) seen: Option<DateTime<Utc>>,
}

/// Its key in the body.
const SEEN: &str = "updated_at";

impl FromFields for NewDeal {
    fn from_fields(fields: &mut Fields) -> Option<NewDeal> {
        Some(NewDeal(values(fields, true)))
    }
}

impl FromFields for DealChange {
    fn from_fields(fields: &mut Fields) -> Option<DealChange> {
        Some(DealChange { values: values(fields, false), seen: seen(fields) })
    }
}

fn seen(fields: &mut Fields) -> Option<DateTime<Utc>> {
    let text = fields.text(SEEN)?;
    let seen = DateTime::parse_from_rfc3339(&text).ok().map(|at| at.to_utc());
    if seen.is_none() {
        fields.fault(faults::not_an_instant(SEEN, &text));
    }
    seen
}

fn values(fields: &mut Fields, complete: bool) -> DealValues {
    let mut values = DealValues::default();
    let mut unreadable = Vec::new();
    for field in DealField::ALL {
        let Some(value) = fields.take(field.key()) else { continue };
        match slot(fields, field, value) {
            Some(slot) => values.set(field, slot),
            None => unreadable.push(field),
        }
    }
    for fault in values.faults(complete) {
        if !unreadable.contains(&fault.field) {
            fields.fault(fault.text);
        }
    }
    values
}

/// What the body says of one field; `None` when it cannot be read, and then a fault was left.
fn slot(fields: &mut Fields, field: DealField, value: Value) -> Option<Slot<FieldValue>> {
    let key = field.key();
    let text = match value {
        Value::Null => return Some(Slot::Empty),
        Value::Number(number) if field == DealField::MontantBrut => {
            let money = number.as_f64().and_then(Money::from_f64);
            if money.is_none() {
                fields.fault(too_large());
            }
            return money.map(|money| Slot::Set(FieldValue::Money(money)));
        }
        Value::String(text) if field != DealField::MontantBrut => fields.clean(key, text)?,
        other if field == DealField::MontantBrut => {
            return fields.wrong_type(key, &other, &Text::fixed("un nombre", "a number"));
        }
        other => return fields.wrong_type(key, &other, &Text::fixed("un texte", "a text")),
    };
    if text.trim().is_empty() {
        return Some(Slot::Empty);
    }
    let (read, fault) = match field {
        DealField::Statut => {
            let status = Status::from_word(text.trim());
            (status.map(FieldValue::Status), faults::not_a_choice(key, &text, &words()))
        }
        DealField::DateEcheance => {
            (faults::iso_date(text.trim()).map(FieldValue::Date), faults::not_a_date(key, &text))
        }
        _ => return Some(Slot::Set(FieldValue::Text(text.trim().to_owned()))),
    };
    if read.is_none() {
        fields.fault(fault);
    }
    read.map(Slot::Set)
}

/// The status words there are.
pub(super) fn words() -> [&'static str; 6] {
    Status::ALL.map(Status::word)
}

fn too_large() -> Text {
    let max = Money::MAX;
    Text::new(
        format!("« montant_brut » : un nombre jusqu'à {max} est attendu."),
        format!("“montant_brut”: a number up to {max} is expected."),
    )
}

impl PartialSchema for NewDeal {
    fn schema() -> RefOr<Schema> {
        schema(DealField::required).into()
    }
}

impl ToSchema for NewDeal {
    fn name() -> Cow<'static, str> {
        "NewDeal".into()
    }
}

impl PartialSchema for DealChange {
    fn schema() -> RefOr<Schema> {
        let seen = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some(
                "The deal's updated_at as last seen: it is changed only if it still is the same",
            ));
        schema(|_| false).property(SEEN, seen).into()
    }
}

impl ToSchema for DealChange {
    fn name() -> Cow<'static, str> {
        "DealChange".into()
    }
}

fn schema(required: fn(DealField) -> bool) -> ObjectBuilder {
    let mut object = ObjectBuilder::new();
    for field in DealField::ALL {
        object = object.property(field.key(), property(field));
        if required(field) {
            object = object.required(field.key());
        }
    }
    object.additional_properties(Some(AdditionalProperties::FreeForm(false)))
}

/// What the database cannot keep is in no text.
const NO_NUL: &str = r"^[^\u0000]*$";
/// The same, for a text that cannot be blank.
const NOT_BLANK: &str = r"^[^\u0000]*[^\u0000\s][^\u0000]*$";

/// The schema of one field: what is required cannot be emptied either.
fn property(field: DealField) -> Schema {
    let or_null = |kind| match field.required() {
        true => SchemaType::new(kind),
        false => SchemaType::from_iter([kind, Type::Null]),
    };
    let text = ObjectBuilder::new().schema_type(or_null(Type::String)).description(Some(field.label().en));
    let longest = Some(field.max_chars());
    match field {
        DealField::Statut => {
            text.enum_values(Some(words().map(Value::from).into_iter().chain([Value::Null]))).into()
        }
        DealField::DateEcheance => {
            let date = ObjectBuilder::new().schema_type(Type::String);
            let blank = ObjectBuilder::new().schema_type(or_null(Type::String)).pattern(Some(r"^\s*$"));
            OneOfBuilder::new()
                .description(Some(field.label().en))
                .item(date.format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))))
                .item(blank)
                .into()
        }
        DealField::MontantBrut => text
            .schema_type(SchemaType::new(Type::Number))
            .minimum(Some(0.01))
            .maximum(Some(Money::MAX.as_f64()))
            .into(),
        DealField::Client => text.pattern(Some(NOT_BLANK)).min_length(Some(1)).max_length(longest).into(),
        DealField::Secteur | DealField::Assignee | DealField::Notes => {
            text.pattern(Some(NO_NUL)).max_length(longest).into()
        }
    }
}
