//! Reads the filter of a request and checks it against the schema.

use serde_json::{Map, Value};

use super::dates::DateTest;
use super::{Filter, NumberTest, Quantity, Subject, Test, TextTest};
use crate::notion::state::{Column, SourceState};
use crate::notion::{Id, PropertyType, Refusal};

/// Groups nest at most so deep.
const DEPTH: usize = 2;

/// Reads a filter.
///
/// # Errors
/// The refusal when it names what does not exist or asks what the type cannot tell.
pub(in crate::notion) fn read(source: &SourceState, filter: &Value) -> Result<Filter, Refusal> {
    group(source, filter, "body.filter", DEPTH)
}

fn group(source: &SourceState, filter: &Value, place: &str, depth: usize) -> Result<Filter, Refusal> {
    let Some(object) = filter.as_object() else {
        return Err(Refusal::body(place, "be an object", Some(filter)));
    };
    for word in ["and", "or"] {
        let Some(list) = object.get(word) else { continue };
        let place = format!("{place}.{word}");
        if depth == 0 {
            return Err(Refusal::body(&place, "be not present", Some(list)));
        }
        let list = list.as_array().ok_or_else(|| Refusal::body(&place, "be an array", Some(list)))?;
        let parts = list.iter().enumerate();
        let parts = parts.map(|(at, part)| group(source, part, &format!("{place}[{at}]"), depth - 1));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        return Ok(if word == "and" { Filter::And(parts) } else { Filter::Or(parts) });
    }
    if let Some(timestamp) = object.get("timestamp") {
        let subject = match timestamp.as_str() {
            Some("created_time") => Subject::Created,
            Some("last_edited_time") => Subject::Edited,
            _ => {
                let should = "be `\"created_time\"` or `\"last_edited_time\"`";
                return Err(Refusal::body(&format!("{place}.timestamp"), should, Some(timestamp)));
            }
        };
        let name = timestamp.as_str().unwrap_or_default();
        let test = test("date", object.get(name), &format!("{place}.{name}"))?;
        return Ok(Filter::Test(subject, test));
    }
    property(source, object, place)
}

fn property(source: &SourceState, object: &Map<String, Value>, place: &str) -> Result<Filter, Refusal> {
    let name = object.get("property").and_then(Value::as_str);
    let name = name.ok_or_else(|| Refusal::body(&format!("{place}.or"), "be defined", None))?;
    let column = source.column(name).ok_or_else(|| Refusal::unknown_filter_property(name))?;
    let given = object.iter().find(|(key, _)| !matches!(key.as_str(), "property" | "type"));
    let (kind, body) =
        given.ok_or_else(|| Refusal::body(&format!("{place}.{}", column.kind.name()), "be defined", None))?;
    if !fits(column, kind) {
        let message = format!(
            "The property type in the database does not match the property type of the filter provided: database \
             property {} does not match filter {kind}",
            column.kind.name()
        );
        return Err(Refusal::validation(message));
    }
    let place = format!("{place}.{kind}");
    let test = match kind.as_str() {
        "formula" => nested(body, &place)?,
        "rollup" => rolled(body, &place)?,
        kind => test(kind, Some(body), &place)?,
    };
    Ok(Filter::Test(Subject::Property(column.id.clone()), test))
}

/// Texts are compared as texts, whatever their type is called.
fn fits(column: &Column, kind: &str) -> bool {
    use PropertyType as T;
    let own = column.kind.name();
    own == kind
        || (matches!(column.kind, T::Title | T::RichText | T::Url | T::Email | T::PhoneNumber)
            && matches!(kind, "title" | "rich_text"))
        || (matches!(column.kind, T::CreatedTime | T::LastEditedTime) && kind == "date")
        || (matches!(column.kind, T::CreatedBy | T::LastEditedBy) && kind == "people")
}

/// The filter of a formula names the type of its result.
fn nested(body: &Value, place: &str) -> Result<Test, Refusal> {
    let (kind, inner) = only(body, place)?;
    let as_kind = if kind == "string" { "rich_text" } else { kind };
    test(as_kind, Some(inner), &format!("{place}.{kind}"))
}

fn rolled(body: &Value, place: &str) -> Result<Test, Refusal> {
    let (word, inner) = only(body, place)?;
    let quantity = match word {
        "any" => Quantity::Any,
        "every" => Quantity::Every,
        "none" => Quantity::None,
        _ => return nested(body, place),
    };
    let test = nested(inner, &format!("{place}.{word}"))?;
    Ok(Test::Rolled(quantity, Box::new(test)))
}

/// The test that the filter of one type asks for.
fn test(kind: &str, body: Option<&Value>, place: &str) -> Result<Test, Refusal> {
    let body = body.ok_or_else(|| Refusal::body(place, "be defined", None))?;
    let (operator, value) = only(body, place)?;
    let wrong = || Refusal::body(&format!("{place}.{operator}"), "be not present", Some(value));
    if matches!(operator, "is_empty" | "is_not_empty") {
        return if *value == true { Ok(Test::Empty(operator == "is_empty")) } else { Err(wrong()) };
    }
    let found = match kind {
        "title" | "rich_text" | "url" | "email" | "phone_number" => text(operator, value),
        "number" | "unique_id" => number(operator, value),
        "checkbox" => value.as_bool().and_then(|flag| match operator {
            "equals" => Some(Test::Is(flag)),
            "does_not_equal" => Some(Test::Is(!flag)),
            _ => None,
        }),
        "select" | "status" => names(value).and_then(|names| match operator {
            "equals" => Some(Test::Option(true, names)),
            "does_not_equal" => Some(Test::Option(false, names)),
            _ => None,
        }),
        "multi_select" | "people" | "created_by" | "last_edited_by" | "relation" => {
            names(value).and_then(|names| match operator {
                "contains" => Some(Test::Holds(true, names)),
                "does_not_contain" => Some(Test::Holds(false, names)),
                _ => None,
            })
        }
        "date" | "created_time" | "last_edited_time" => DateTest::read(operator, value).map(Test::Date),
        "verification" if operator == "status" => value.as_str().map(|state| Test::Verified(state.into())),
        _ => None,
    };
    found.ok_or_else(wrong)
}

fn text(operator: &str, value: &Value) -> Option<Test> {
    let test = match operator {
        "equals" => TextTest::Equals,
        "does_not_equal" => TextTest::DoesNotEqual,
        "contains" => TextTest::Contains,
        "does_not_contain" => TextTest::DoesNotContain,
        "starts_with" => TextTest::StartsWith,
        "ends_with" => TextTest::EndsWith,
        _ => return None,
    };
    Some(Test::Text(test, value.as_str()?.to_owned()))
}

fn number(operator: &str, value: &Value) -> Option<Test> {
    let test = match operator {
        "equals" => NumberTest::Equals,
        "does_not_equal" => NumberTest::DoesNotEqual,
        "greater_than" => NumberTest::Greater,
        "less_than" => NumberTest::Less,
        "greater_than_or_equal_to" => NumberTest::GreaterOrEqual,
        "less_than_or_equal_to" => NumberTest::LessOrEqual,
        _ => return None,
    };
    Some(Test::Number(test, value.as_f64()?))
}

/// One name or id, or several; ids in the form they are answered in.
fn names(value: &Value) -> Option<Vec<String>> {
    let one = |value: &Value| {
        let text = value.as_str()?;
        Some(Id::parse(text).map_or_else(|| text.to_owned(), |id| id.to_string()))
    };
    match value {
        Value::Array(list) => list.iter().map(one).collect(),
        value => one(value).map(|name| vec![name]),
    }
}

fn only<'v>(body: &'v Value, place: &str) -> Result<(&'v str, &'v Value), Refusal> {
    let entry = body.as_object().filter(|object| object.len() == 1).and_then(|object| object.iter().next());
    let entry = entry.map(|(key, value)| (key.as_str(), value));
    entry.ok_or_else(|| Refusal::body(place, "be an object with one condition", Some(body)))
}
