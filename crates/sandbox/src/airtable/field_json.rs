//! Field types as the schema endpoints write and read them.
//!
//! Source: airtable.com/developers/web/api/field-model, and the error types seen by those who create fields.

use serde_json::{Map, Value, json};

use super::field_type::{Choice, FieldType, Link};
use super::formula::{self, Kind};
use super::{Id, Refusal};

impl FieldType {
    /// The `type` of the schema.
    #[must_use]
    pub fn name(&self) -> &str {
        use FieldType as T;
        match self {
            T::SingleLineText => "singleLineText",
            T::Email => "email",
            T::Url => "url",
            T::PhoneNumber => "phoneNumber",
            T::MultilineText => "multilineText",
            T::RichText => "richText",
            T::Number { .. } => "number",
            T::Currency { .. } => "currency",
            T::Percent { .. } => "percent",
            T::Duration { .. } => "duration",
            T::Rating { .. } => "rating",
            T::Checkbox => "checkbox",
            T::Date { .. } => "date",
            T::DateTime { .. } => "dateTime",
            T::SingleSelect { .. } => "singleSelect",
            T::MultipleSelects { .. } => "multipleSelects",
            T::SingleCollaborator => "singleCollaborator",
            T::MultipleCollaborators => "multipleCollaborators",
            T::MultipleRecordLinks(_) => "multipleRecordLinks",
            T::MultipleAttachments => "multipleAttachments",
            T::Barcode => "barcode",
            T::Formula { .. } => "formula",
            T::Rollup { .. } => "rollup",
            T::MultipleLookupValues { .. } => "multipleLookupValues",
            T::Count { .. } => "count",
            T::AutoNumber => "autoNumber",
            T::CreatedTime => "createdTime",
            T::LastModifiedTime { .. } => "lastModifiedTime",
            T::CreatedBy => "createdBy",
            T::LastModifiedBy => "lastModifiedBy",
            T::Button => "button",
            T::AiText => "aiText",
            T::ExternalSyncSource { .. } => "externalSyncSource",
            T::Other { name, .. } => name,
        }
    }

    /// The `options` of the schema; `None` where the type has none.
    #[must_use]
    pub fn options(&self) -> Option<Value> {
        use FieldType as T;
        Some(match self {
            T::Number { precision } | T::Percent { precision } => json!({ "precision": precision }),
            T::Currency { precision, symbol } => json!({"precision": precision, "symbol": symbol}),
            T::Duration { format } => json!({ "durationFormat": format }),
            T::Rating { max } => json!({"max": max, "icon": "star", "color": "yellowBright"}),
            T::Checkbox => json!({"icon": "check", "color": "greenBright"}),
            T::Date { format } => json!({ "dateFormat": date_format(format) }),
            T::DateTime { time_zone, date_format: date, time_format: time } => json!({
                "timeZone": time_zone, "dateFormat": date_format(date), "timeFormat": time_format(time),
            }),
            T::SingleSelect { choices }
            | T::MultipleSelects { choices }
            | T::ExternalSyncSource { choices } => {
                json!({ "choices": choices.iter().map(choice_json).collect::<Vec<_>>() })
            }
            T::MultipleRecordLinks(link) => link_json(link),
            T::MultipleAttachments => json!({"isReversed": false}),
            T::Formula { source } => {
                let mut json = computed(source);
                json["formula"] = json!(source);
                json
            }
            T::Rollup { link, target, source } => {
                let mut json = computed(source);
                json["recordLinkFieldId"] = json!(link);
                json["fieldIdInLinkedTable"] = json!(target);
                json
            }
            T::MultipleLookupValues { link, target } => json!({
                "isValid": true, "recordLinkFieldId": link, "fieldIdInLinkedTable": target,
            }),
            T::Count { link } => json!({"isValid": true, "recordLinkFieldId": link}),
            T::CreatedTime => json!({"result": moment_json()}),
            T::LastModifiedTime { of } => json!({
                "isValid": true, "referencedFieldIds": of, "result": moment_json(),
            }),
            T::AiText => json!({"prompt": [], "referencedFieldIds": []}),
            T::Other { options, .. } => return options.clone(),
            _ => return None,
        })
    }

    /// Reads `type` and `options` as the schema endpoints take them.
    ///
    /// # Errors
    /// The refusal of the API when the type cannot be created or its options are wrong.
    pub(super) fn parse(kind: &str, options: Option<&Value>, place: &str) -> Result<Self, Refusal> {
        let empty = Map::new();
        let options = options.and_then(Value::as_object).unwrap_or(&empty);
        let wrong = |why: &str| {
            Refusal::new(
                422,
                "INVALID_FIELD_TYPE_OPTIONS_FOR_CREATE",
                &format!("Invalid options for {place}: {why}"),
            )
        };
        let precision = |max: u64| {
            let given = options.get("precision").and_then(Value::as_u64).filter(|given| *given <= max);
            given
                .and_then(|given| u8::try_from(given).ok())
                .ok_or_else(|| wrong("precision is missing or out of range"))
        };
        let text = |key: &str| options.get(key).and_then(Value::as_str).map(str::to_owned);
        let named = |key: &str| options.get(key).and_then(|value| value["name"].as_str()).map(str::to_owned);
        let choices =
            || parse_choices(options.get("choices")).ok_or_else(|| wrong("choices must have unique names"));
        use FieldType as T;
        Ok(match kind {
            "singleLineText" => T::SingleLineText,
            "email" => T::Email,
            "url" => T::Url,
            "phoneNumber" => T::PhoneNumber,
            "multilineText" => T::MultilineText,
            "richText" => T::RichText,
            "number" => T::Number { precision: precision(8)? },
            "currency" => T::Currency {
                precision: precision(7)?,
                symbol: text("symbol").ok_or_else(|| wrong("symbol is missing"))?,
            },
            "percent" => T::Percent { precision: precision(8)? },
            "duration" => T::Duration {
                format: text("durationFormat").ok_or_else(|| wrong("durationFormat is missing"))?,
            },
            "rating" => {
                let max = options.get("max").and_then(Value::as_u64).filter(|max| (1..=10).contains(max));
                T::Rating {
                    max: max
                        .and_then(|max| u8::try_from(max).ok())
                        .ok_or_else(|| wrong("max must be 1 to 10"))?,
                }
            }
            "checkbox" => T::Checkbox,
            "date" => T::Date { format: named("dateFormat").ok_or_else(|| wrong("dateFormat is missing"))? },
            "dateTime" => T::DateTime {
                time_zone: text("timeZone").ok_or_else(|| wrong("timeZone is missing"))?,
                date_format: named("dateFormat").ok_or_else(|| wrong("dateFormat is missing"))?,
                time_format: named("timeFormat").ok_or_else(|| wrong("timeFormat is missing"))?,
            },
            "singleSelect" => T::SingleSelect { choices: choices()? },
            "multipleSelects" => T::MultipleSelects { choices: choices()? },
            "singleCollaborator" => T::SingleCollaborator,
            "multipleCollaborators" => T::MultipleCollaborators,
            "multipleRecordLinks" => {
                let table = text("linkedTableId").and_then(|id| Id::parse(&id));
                T::link_to(table.ok_or_else(|| wrong("linkedTableId is missing"))?)
            }
            "multipleAttachments" => T::MultipleAttachments,
            "barcode" => T::Barcode,
            other => {
                return Err(Refusal::new(
                    422,
                    "UNSUPPORTED_FIELD_TYPE_FOR_CREATE",
                    &format!(
                        "Invalid options for {place}: Creating {other} fields is not supported at this time"
                    ),
                ));
            }
        })
    }
}

fn choice_json(choice: &Choice) -> Value {
    json!({"id": choice.id, "name": choice.name, "color": choice.color})
}

fn parse_choices(choices: Option<&Value>) -> Option<Vec<Choice>> {
    let mut parsed: Vec<Choice> = Vec::new();
    for choice in choices?.as_array()? {
        let mut new = Choice::new(choice.get("name")?.as_str()?);
        if let Some(color) = choice.get("color").and_then(Value::as_str) {
            color.clone_into(&mut new.color);
        }
        if parsed.iter().any(|known| known.name == new.name) {
            return None;
        }
        parsed.push(new);
    }
    Some(parsed)
}

fn link_json(link: &Link) -> Value {
    let mut json = json!({
        "linkedTableId": link.table, "isReversed": false, "prefersSingleRecordLink": link.single,
    });
    if let Some(inverse) = link.inverse {
        json["inverseLinkFieldId"] = json!(inverse);
    }
    json
}

fn computed(source: &str) -> Value {
    match formula::parse(source) {
        Ok(formula) => json!({
            "isValid": true,
            "referencedFieldIds": formula.fields(),
            "result": match formula.kind() {
                Kind::Number => json!({"type": "number", "options": {"precision": 2}}),
                Kind::Text => json!({"type": "singleLineText"}),
                Kind::Moment => moment_json(),
            },
        }),
        Err(_) => json!({"isValid": false}),
    }
}

fn moment_json() -> Value {
    json!({"type": "dateTime", "options": {
        "dateFormat": date_format("iso"), "timeFormat": time_format("24hour"), "timeZone": "utc",
    }})
}

fn date_format(name: &str) -> Value {
    let format = match name {
        "friendly" => "LL",
        "us" => "M/D/YYYY",
        "european" => "D/M/YYYY",
        "iso" => "YYYY-MM-DD",
        _ => "l",
    };
    json!({"name": name, "format": format})
}

fn time_format(name: &str) -> Value {
    json!({"name": name, "format": if name == "12hour" { "h:mma" } else { "HH:mm" }})
}
