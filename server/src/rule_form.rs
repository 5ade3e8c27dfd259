//! What the form of a rule holds.

use std::collections::BTreeMap;

use model::Text;
use model::dataset::ColumnType;
use model::parse::shorten;
use model::rule::{Must, Rule};

/// The rule of a form. Of the fields below the choices, only those of the chosen one count.
///
/// # Errors
/// A choice that is none, a limit that is no number; what else is wrong, [`model::rule::faults`] tells.
pub(crate) fn rule(values: &BTreeMap<String, String>) -> Result<Rule, Text> {
    let value = |key: &str| values.get(key).map(|value| value.trim()).unwrap_or_default();
    let must = match value("must") {
        "required" => Must::Required,
        "type" => Must::Type { of: column_type(value("of")).ok_or_else(no_choice)? },
        "range" => Must::Range { min: limit(value("min"))?, max: limit(value("max"))? },
        "pattern" => Must::Pattern { regex: value("regex").to_owned() },
        "one_of" => {
            let lines = value("values").lines().map(str::trim).filter(|line| !line.is_empty());
            Must::OneOf { values: lines.map(str::to_owned).collect() }
        }
        _ => return Err(no_choice()),
    };
    Ok(Rule { column: value("column").to_owned(), must })
}

fn column_type(word: &str) -> Option<ColumnType> {
    serde_json::from_value(word.into()).ok()
}

/// A number as French or English write it; `None` for nothing.
fn limit(typed: &str) -> Result<Option<f64>, Text> {
    if typed.is_empty() {
        return Ok(None);
    }
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let number = plain.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let shown = shorten(typed);
    let fault = || {
        Text::new(
            format!("« {shown} » n'est pas un nombre. Écrivez par exemple 10 ou 2,5."),
            format!("“{shown}” is not a number. Write for example 10 or 2.5."),
        )
    };
    number.map(Some).ok_or_else(fault)
}

fn no_choice() -> Text {
    Text::fixed("Choisissez ce que la colonne doit contenir.", "Choose what the column must hold.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read;

    #[test]
    fn a_form_becomes_a_rule() {
        let range = |min, max| Must::Range { min, max };
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        for (form, must) in [
            ("column=+n+&must=required&min=x", Some(Must::Required)),
            ("column=n&must=type&of=date_time", Some(Must::Type { of: ColumnType::DateTime })),
            ("column=n&must=type&of=moon", None),
            ("column=n&must=range&min=1+000%2C5&max=", Some(range(Some(1000.5), None))),
            ("column=n&must=range&min=&max=-2.5", Some(range(None, Some(-2.5)))),
            ("column=n&must=range&min=dix", None),
            ("column=n&must=range&min=inf", None),
            ("column=n&must=pattern&regex=%5BA-Z%5D", Some(Must::Pattern { regex: "[A-Z]".to_owned() })),
            (
                "column=n&must=one_of&values=oui%0D%0A%0D%0A+non+",
                Some(Must::OneOf { values: words(&["oui", "non"]) }),
            ),
            ("column=n&must=moon", None),
            ("column=n", None),
        ] {
            let rule = rule(&read(form.as_bytes())).ok();
            assert_eq!(rule, must.map(|must| Rule { column: "n".to_owned(), must }), "{form}");
        }
    }
}
