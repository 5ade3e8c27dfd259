//! Makes a field of a record's columns, step by step.
//!
//! The three states of a value go through: what is absent stays absent, what is empty stays empty. A value
//! that a step cannot read is refused with its reason, because an empty field in its place would look as if
//! the service had emptied it.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Case, Recipe, Step};
use crate::decimal::{self, Mark};
use crate::fold::fold;
use crate::parse::shorten;
use crate::text::Text;
use crate::value::Value;

impl Recipe {
    /// What the recipe makes of a record; `None` where nothing is known of it. `column` says what a column
    /// holds, `None` for one that is absent.
    ///
    /// # Errors
    /// Which value which step cannot read, without a final point.
    pub fn apply<'a>(&self, column: impl Fn(&str) -> Option<&'a Value>) -> Result<Option<Value>, Text> {
        let mut values: Vec<Option<Value>> =
            self.counted().iter().map(|name| column(name).cloned()).collect();
        for step in &self.steps {
            values = match step {
                Step::Constant { value } => vec![Some(Value::Text(value.clone()))],
                Step::Join { separator } => vec![join(&values, separator)],
                _ => values
                    .into_iter()
                    .map(|value| value.map(|value| step.change(value)).transpose())
                    .collect::<Result<_, _>>()?,
            };
        }
        Ok(values.into_iter().next().flatten())
    }

    /// The columns without which nothing is known of the field.
    pub fn needs(&self) -> &[String] {
        let is_constant = self.steps.iter().any(|step| matches!(step, Step::Constant { .. }));
        if is_constant { &[] } else { self.counted() }
    }

    fn counted(&self) -> &[String] {
        let joins = self.steps.iter().any(|step| matches!(step, Step::Join { .. }));
        let counted = if joins { self.from.len() } else { 1 };
        self.from.get(..counted).unwrap_or(&self.from)
    }
}

/// The texts of several columns as one.
fn join(values: &[Option<Value>], separator: &str) -> Option<Value> {
    let values: Vec<&Value> = values.iter().map(Option::as_ref).collect::<Option<_>>()?;
    if let Some(unreadable) = values.iter().find(|value| matches!(value, Value::Unreadable(_))) {
        return Some(Value::clone(unreadable));
    }
    let texts = values.into_iter().filter_map(Value::to_text).filter(|text| !text.trim().is_empty());
    let joined = texts.collect::<Vec<_>>().join(separator);
    Some(if joined.is_empty() { Value::Empty } else { Value::Text(joined) })
}

impl Step {
    /// What it makes of one value. What cannot be read at all is for the field to judge.
    fn change(&self, value: Value) -> Result<Value, Text> {
        let text = match (&value, value.to_text()) {
            (Value::Unreadable(_), _) => return Ok(value),
            (_, Some(text)) if !text.trim().is_empty() => text,
            _ => return Ok(Value::Empty),
        };
        match self {
            Step::Constant { value } => Ok(Value::Text(value.clone())),
            Step::Join { .. } => Ok(value),
            Step::Split { separator, part } => split(&text, separator, *part).map(Value::Text),
            Step::Case { to } => Ok(Value::Text(to.write(&text))),
            Step::Date { format } => match value {
                Value::Date(_) | Value::DateTime(_) => Ok(value),
                _ => date(&text, format).map(Value::Date),
            },
            Step::Number { decimal } => match value {
                Value::Number(_) => Ok(value),
                _ => number(&text, *decimal).map(Value::Number),
            },
            Step::Table { words, otherwise } => {
                let wanted = fold(&text);
                let found =
                    words.iter().find(|(word, _)| fold(word) == wanted).map(|(_, stands_for)| stands_for);
                Ok(found.or(otherwise.as_ref()).map_or(value, |text| Value::Text(text.clone())))
            }
        }
    }
}

fn split(text: &str, separator: &str, part: i32) -> Result<String, Text> {
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let place = usize::try_from(part.unsigned_abs()).ok().and_then(|place| place.checked_sub(1));
    let found = match place {
        Some(place) if part > 0 => parts.get(place),
        Some(place) => parts.iter().rev().nth(place),
        None => None,
    };
    found.map(|part| (*part).to_owned()).ok_or_else(|| {
        let (shown, count) = (shorten(text), parts.len());
        Text::new(
            format!(
                "« {shown} » n'a pas de partie n° {part} séparée par « {separator} » (parties : {count})"
            ),
            format!("“{shown}” has no part {part} separated by “{separator}” (parts: {count})"),
        )
    })
}

fn date(text: &str, format: &str) -> Result<NaiveDate, Text> {
    let trimmed = text.trim();
    let day = NaiveDate::parse_from_str(trimmed, format).ok();
    day.or_else(|| NaiveDateTime::parse_from_str(trimmed, format).ok().map(|at| at.date())).ok_or_else(|| {
        let shown = shorten(text);
        Text::new(
            format!("« {shown} » n'est pas une date écrite comme {format}"),
            format!("“{shown}” is not a date written as {format}"),
        )
    })
}

fn number(text: &str, mark: char) -> Result<f64, Text> {
    let mark = if mark == ',' { Mark::Comma } else { Mark::Point };
    decimal::read(text, Some(mark)).map(decimal::Decimal::as_f64).map_err(|fault| fault.text(text))
}

impl Case {
    fn write(self, text: &str) -> String {
        match self {
            Case::Lower => text.to_lowercase(),
            Case::Upper => text.to_uppercase(),
            Case::Title => title(text),
        }
    }
}

/// A capital at the beginning of each word, small letters after it; an apostrophe or a hyphen begins a word.
fn title(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut begins = true;
    for c in text.chars() {
        if begins {
            written.extend(c.to_uppercase());
        } else {
            written.extend(c.to_lowercase());
        }
        begins = !c.is_alphanumeric();
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn recipe(from: &[&str], steps: &str) -> Recipe {
        let from = from.iter().map(|name| (*name).to_owned()).collect();
        Recipe { from, steps: serde_json::from_str(steps).unwrap() }
    }

    fn text(text: &str) -> Option<Value> {
        Some(Value::Text(text.to_owned()))
    }

    fn made(recipe: &Recipe, columns: &[(&str, Option<Value>)]) -> Result<Option<Value>, Text> {
        recipe.apply(|name| columns.iter().find(|(known, _)| *known == name)?.1.as_ref())
    }

    #[test]
    fn each_step_on_one_column() {
        let day = Some(Value::Date(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()));
        for (steps, before, after) in [
            ("[]", text("x"), text("x")),
            (r#"[{"do":"constant","value":"gagné"}]"#, None, text("gagné")),
            (r#"[{"do":"split","separator":" ","part":1}]"#, text("Jean Dupont"), text("Jean")),
            (r#"[{"do":"split","separator":" ","part":-1}]"#, text("Jean Dupont"), text("Dupont")),
            (r#"[{"do":"split","separator":"@","part":2}]"#, Some(Value::Empty), Some(Value::Empty)),
            (r#"[{"do":"case","to":"title"}]"#, text("JEAN-LUC d'ÉTÉ"), text("Jean-Luc D'Été")),
            (r#"[{"do":"case","to":"upper"}]"#, text("straße é"), text("STRASSE É")),
            (r#"[{"do":"case","to":"lower"}]"#, Some(Value::Bool(true)), text("oui")),
            (r#"[{"do":"date","format":"%m/%d/%Y"}]"#, text(" 11/21/2026 "), day.clone()),
            (r#"[{"do":"date","format":"%Y-%m-%d %H:%M:%S"}]"#, text("2026-11-21 08:30:00"), day.clone()),
            (r#"[{"do":"date","format":"%Y%m%d"}]"#, Some(Value::Number(20_261_121.0)), day.clone()),
            (r#"[{"do":"date","format":"%d/%m/%Y"}]"#, day.clone(), day),
            (r#"[{"do":"number","decimal":","}]"#, text("1.234,5 €"), Some(Value::Number(1_234.5))),
            (r#"[{"do":"number","decimal":"."}]"#, text("1,234"), Some(Value::Number(1_234.0))),
            (r#"[{"do":"number","decimal":","}]"#, Some(Value::Number(2.5)), Some(Value::Number(2.5))),
            (r#"[{"do":"number","decimal":","}]"#, text("  "), Some(Value::Empty)),
            (r#"[{"do":"table","words":{"Gagnée":"gagné"}}]"#, text("GAGNEE"), text("gagné")),
            (r#"[{"do":"table","words":{"a":"b"}}]"#, text("Autre"), text("Autre")),
            (r#"[{"do":"table","words":{"a":"b"},"otherwise":"c"}]"#, text("Autre"), text("c")),
        ] {
            let recipe = recipe(&["A"], steps);
            assert_eq!(made(&recipe, &[("A", before)]), Ok(after), "{steps}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_value() {
        for (steps, value) in [
            (r#"[{"do":"split","separator":" ","part":2}]"#, "Dupont"),
            (r#"[{"do":"split","separator":" ","part":0}]"#, "Dupont"),
            (r#"[{"do":"date","format":"%d/%m/%Y"}]"#, "30/02/2026"),
            (r#"[{"do":"number","decimal":","}]"#, "douze"),
        ] {
            let why = made(&recipe(&["A"], steps), &[("A", text(value))]).unwrap_err();
            assert!(why.fr.contains(value) && why.en.contains(value), "{why:?}");
        }
    }

    #[test]
    fn columns_are_joined_without_those_that_are_empty() {
        let recipe =
            recipe(&["A", "B", "C"], r#"[{"do":"case","to":"title"},{"do":"join","separator":" "}]"#);
        let of = |a, b, c| made(&recipe, &[("A", a), ("B", b), ("C", c)]);
        assert_eq!(of(text("jean"), Some(Value::Empty), text("dupont")), Ok(text("Jean Dupont")));
        assert_eq!(of(Some(Value::Empty), text(" "), Some(Value::Empty)), Ok(Some(Value::Empty)));
        assert_eq!(of(text("jean"), None, text("dupont")), Ok(None), "half of it would pass for all of it");
        let unreadable = Some(Value::Unreadable("#ERR".to_owned()));
        assert_eq!(of(text("jean"), unreadable.clone(), text("dupont")), Ok(unreadable));
    }

    fn any_step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (".{0,2}", -3..4).prop_map(|(separator, part)| Step::Split { separator, part }),
            Just(Step::Case { to: Case::Title }),
            Just(Step::Date { format: "%d/%m/%Y".to_owned() }),
            Just(Step::Number { decimal: ',' }),
            ".{0,2}".prop_map(|separator| Step::Join { separator }),
        ]
    }

    proptest! {
        #[test]
        fn absent_and_empty_go_through_whatever_is_done(steps in prop::collection::vec(any_step(), 0..6)) {
            let recipe = Recipe { from: vec!["A".to_owned(), "B".to_owned()], steps };
            prop_assert_eq!(recipe.apply(|_| None), Ok(None));
            prop_assert_eq!(recipe.apply(|_| Some(&Value::Empty)), Ok(Some(Value::Empty)));
        }

        #[test]
        fn a_text_is_read_or_refused_and_never_lost(steps in prop::collection::vec(any_step(), 0..4), held in "[a-z0-9/]{1,12}") {
            let recipe = Recipe { from: vec!["A".to_owned()], steps };
            let value = Value::Text(held);
            prop_assert_ne!(recipe.apply(|_| Some(&value)), Ok(None));
        }
    }
}
