//! What is wrong with recipes before any record is read.

use std::collections::HashSet;
use std::fmt::Write;

use chrono::{NaiveDate, NaiveDateTime};

use super::{Recipe, Recipes, Step, Target};
use crate::fold::fold;
use crate::parse::shorten;
use crate::text::Text;

/// Everything that is wrong with these recipes. `known`: the columns there are; none while they are not
/// known, and then any column will do.
pub fn faults(recipes: &Recipes, known: &[String]) -> Vec<Text> {
    recipes
        .iter()
        .flat_map(|(field, recipe)| recipe.faults(known).into_iter().map(move |fault| of(field, &fault)))
        .collect()
}

fn of(field: &str, fault: &Text) -> Text {
    let Text { fr, en } = Target::label(field);
    Text::new(format!("{fr} : {}", fault.fr), format!("{en}: {}", fault.en))
}

impl Recipe {
    fn faults(&self, known: &[String]) -> Vec<Text> {
        let is_constant = self.steps.iter().any(|step| matches!(step, Step::Constant { .. }));
        let mut faults = Vec::new();
        if self.from.is_empty() && !is_constant {
            faults.push(Text::fixed(
                "choisissez une colonne, ou une valeur constante.",
                "choose a column, or a constant value.",
            ));
        }
        let is_there = |name: &str| {
            known.is_empty() || known.iter().any(|column| column.to_lowercase() == name.to_lowercase())
        };
        for name in self.from.iter().filter(|name| !is_there(name)) {
            let name = shorten(name);
            faults.push(Text::new(
                format!("la colonne « {name} » n'existe pas."),
                format!("there is no column “{name}”."),
            ));
        }
        faults.extend(self.steps.iter().filter_map(Step::fault));
        faults
    }
}

impl Step {
    fn fault(&self) -> Option<Text> {
        match self {
            Step::Split { separator, .. } if separator.is_empty() => Some(Text::fixed(
                "indiquez le séparateur entre les parties.",
                "say what separates the parts.",
            )),
            Step::Split { part: 0, .. } => Some(Text::fixed(
                "les parties sont comptées à partir de 1 (ou de -1 depuis la fin).",
                "parts are counted from 1 (or from -1 at the end).",
            )),
            Step::Date { format } if !tells_a_day(format) => {
                let shown = shorten(format);
                Some(Text::new(
                    format!("« {shown} » ne décrit pas une date. Par exemple : %d/%m/%Y."),
                    format!("“{shown}” does not describe a date. For example: %d/%m/%Y."),
                ))
            }
            Step::Number { decimal } if !matches!(decimal, ',' | '.') => Some(Text::fixed(
                "le séparateur décimal est une virgule ou un point.",
                "the decimal mark is a comma or a point.",
            )),
            Step::Table { words, .. } => {
                let mut met = HashSet::new();
                let twice = words.keys().find(|word| !met.insert(fold(word)))?;
                let shown = shorten(twice);
                Some(Text::new(
                    format!(
                        "« {shown} » est deux fois dans la table (majuscules et accents ne comptent pas)."
                    ),
                    format!("“{shown}” is in the table twice (case and accents do not count)."),
                ))
            }
            _ => None,
        }
    }
}

/// Whether a format makes a day: what is written by it reads back.
fn tells_a_day(format: &str) -> bool {
    let Some(at) = NaiveDate::from_ymd_opt(2026, 11, 21).and_then(|day| day.and_hms_opt(8, 30, 0)) else {
        return false;
    };
    let mut written = String::new();
    // Words that are none, and those that need a time zone, cannot be written.
    if write!(written, "{}", at.format(format)).is_err() {
        return false;
    }
    let day = NaiveDate::parse_from_str(&written, format).ok();
    let day = day.or_else(|| Some(NaiveDateTime::parse_from_str(&written, format).ok()?.date()));
    day == Some(at.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_told_with_its_field() {
        let known = ["Nom".to_owned(), "Prénom".to_owned()];
        for (json, count) in [
            (r#"{"client":{"from":["nom"]}}"#, 0),
            (r#"{"statut":{"steps":[{"do":"constant","value":"gagné"}]}}"#, 0),
            (r#"{"client":{}}"#, 1),
            (r#"{"client":{"from":["Nom","Age"],"steps":[{"do":"join","separator":" "}]}}"#, 1),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"split","separator":"","part":1}]}}"#, 1),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"split","separator":" ","part":0}]}}"#, 1),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"date","format":"%d/%m/%Y"}]}}"#, 0),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"date","format":"%Y-%m-%dT%H:%M:%S"}]}}"#, 0),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"date","format":"%H:%M"}]}}"#, 1),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"date","format":"%d/%m"}]}}"#, 1),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"date","format":"%!"}]}}"#, 1),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"number","decimal":";"}]}}"#, 1),
            (r#"{"client":{"from":["Nom"],"steps":[{"do":"table","words":{"Été":"a","ete":"b"}}]}}"#, 1),
            (r#"{"client":{"from":["X"],"steps":[{"do":"number","decimal":";"}]},"notes":{}}"#, 3),
        ] {
            let recipes: Recipes = serde_json::from_str(json).unwrap();
            let faults = faults(&recipes, &known);
            assert_eq!(faults.len(), count, "{json} {faults:?}");
            assert!(faults.iter().all(|fault| fault.fr.contains(" : ")), "{faults:?}");
        }
        let named: Recipes = serde_json::from_str(r#"{"montant_brut":{}}"#).unwrap();
        let told = &super::faults(&named, &known)[0];
        assert!(told.fr.starts_with("Montant brut : ") && told.en.starts_with("Gross amount: "), "{told:?}");
        let unknown: Recipes = serde_json::from_str(r#"{"client":{"from":["X"]}}"#).unwrap();
        assert!(super::faults(&unknown, &[]).is_empty(), "columns are not known yet");
    }
}
