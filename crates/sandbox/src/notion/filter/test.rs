//! Whether a value passes a test.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{NumberTest, Quantity, Test, TextTest};
use crate::notion::moments::When;
use crate::notion::rich_text;

impl Test {
    /// Looks at a value as pages show it.
    pub(super) fn passes(&self, value: &Value, now: DateTime<Utc>) -> bool {
        match self {
            Self::Empty(empty) => {
                text(value).map_or_else(|| is_empty(value), |text| text.is_empty()) == *empty
            }
            Self::Text(test, wanted) => passes_text(*test, &text(value).unwrap_or_default(), wanted),
            Self::Number(test, wanted) => {
                let number = value.as_f64().or_else(|| value["number"].as_f64());
                passes_number(*test, number, *wanted)
            }
            Self::Is(wanted) => value.as_bool().or_else(|| value["boolean"].as_bool()) == Some(*wanted),
            Self::Option(equal, wanted) => {
                let fits =
                    |key: &str| value[key].as_str().is_some_and(|own| wanted.iter().any(|one| one == own));
                (fits("name") || fits("id")) == *equal
            }
            Self::Holds(holds, wanted) => {
                let list = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
                let fits = |item: &Value| {
                    ["id", "name"]
                        .iter()
                        .any(|key| item[*key].as_str().is_some_and(|own| wanted.iter().any(|one| one == own)))
                };
                list.iter().any(fits) == *holds
            }
            Self::Date(test) => date(value).is_some_and(|when| test.passes(when, now)),
            Self::Verified(state) => {
                let own = value["state"].as_str().unwrap_or("unverified");
                own == state || (own == "unverified" && state == "none")
            }
            Self::Rolled(quantity, test) => {
                let list = value["array"].as_array().map(Vec::as_slice).unwrap_or_default();
                let mut each = list.iter().map(|item| {
                    let kind = item["type"].as_str().unwrap_or_default();
                    test.passes(&item[kind], now)
                });
                match quantity {
                    Quantity::Any => each.any(|passes| passes),
                    Quantity::Every => each.all(|passes| passes),
                    Quantity::None => !each.any(|passes| passes),
                }
            }
        }
    }
}

/// The text of a value that has one.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(list) if list.first().is_some_and(|piece| piece.get("plain_text").is_some()) => {
            Some(rich_text::plain(value))
        }
        _ => value.get("string").map(|text| text.as_str().unwrap_or_default().to_owned()),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => {
            // Of formulas and rollups the result counts.
            let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
            object.get(kind).is_some_and(Value::is_null)
        }
        _ => false,
    }
}

fn date(value: &Value) -> Option<When> {
    let start =
        value.as_str().or_else(|| value["start"].as_str()).or_else(|| value["date"]["start"].as_str());
    When::read(start?, None)
}

fn passes_text(test: TextTest, own: &str, wanted: &str) -> bool {
    // Notion compares without regard to case.
    let (own, wanted) = (own.to_lowercase(), wanted.to_lowercase());
    match test {
        TextTest::Equals => own == wanted,
        TextTest::DoesNotEqual => own != wanted,
        TextTest::Contains => own.contains(&wanted),
        TextTest::DoesNotContain => !own.contains(&wanted),
        TextTest::StartsWith => own.starts_with(&wanted),
        TextTest::EndsWith => own.ends_with(&wanted),
    }
}

#[expect(clippy::float_cmp, reason = "the filter asks for exactly this number")]
fn passes_number(test: NumberTest, own: Option<f64>, wanted: f64) -> bool {
    let Some(own) = own else { return test == NumberTest::DoesNotEqual };
    match test {
        NumberTest::Equals => own == wanted,
        NumberTest::DoesNotEqual => own != wanted,
        NumberTest::Greater => own > wanted,
        NumberTest::Less => own < wanted,
        NumberTest::GreaterOrEqual => own >= wanted,
        NumberTest::LessOrEqual => own <= wanted,
    }
}
