//! One recipe as a line of a form: columns, one step, and what the step asks for.
//!
//! Recipes may have several steps; those that a line cannot hold are only shown.

use std::collections::BTreeMap;

use model::Text;
use model::parse::shorten;
use model::recipe::{Case, Recipe, Step};

/// What stands for all other words in a table.
const OTHERS: &str = "*";

/// The fields of a line, as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipeLine {
    /// Names of columns, with commas between them.
    pub from: String,
    /// The word of the step; empty for none.
    pub step: String,
    /// What the step asks for: a text, a separator, a format, or a table with a `word=value` per line.
    pub value: String,
    /// Which part, for a split.
    pub part: String,
}

impl RecipeLine {
    /// The line of a stored recipe; `None` when a line cannot hold it.
    pub fn of(recipe: &Recipe) -> Option<RecipeLine> {
        let mut line = RecipeLine { from: recipe.from.join(", "), ..RecipeLine::default() };
        let (step, value) = match recipe.steps.as_slice() {
            [] => ("", String::new()),
            [Step::Constant { value }] => ("constant", value.clone()),
            [Step::Join { separator }] => ("join", separator.clone()),
            [Step::Split { separator, part }] => {
                line.part = part.to_string();
                ("split", separator.clone())
            }
            [Step::Case { to }] => (case_word(*to), String::new()),
            [Step::Date { format }] => ("date", format.clone()),
            [Step::Number { decimal: ',' }] => ("comma", String::new()),
            [Step::Number { .. }] => ("point", String::new()),
            [Step::Table { words, otherwise }] => {
                let others = otherwise.iter().map(|value| format!("{OTHERS}={value}"));
                let lines = words.iter().map(|(word, value)| format!("{word}={value}")).chain(others);
                ("table", lines.collect::<Vec<_>>().join("\n"))
            }
            _ => return None,
        };
        (line.step, line.value) = (step.to_owned(), value);
        // Signs that mean something in a line, such as a comma in a name, do not come back as they were.
        (line.recipe().ok()?.as_ref() == Some(recipe)).then_some(line)
    }

    /// The recipe of the line; none when nothing stands in it.
    ///
    /// # Errors
    /// A part that is no number, a line of a table that is none, a step that is none.
    pub fn recipe(&self) -> Result<Option<Recipe>, Text> {
        let from: Vec<String> =
            self.from.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        // Browsers write the end of a line with two signs.
        let value = self.value.replace("\r\n", "\n");
        let step = match self.step.as_str() {
            "" => None,
            "constant" => Some(Step::Constant { value }),
            "join" => Some(Step::Join { separator: value }),
            "split" => Some(Step::Split {
                separator: value,
                part: self.part.trim().parse().map_err(|_| not_a_part())?,
            }),
            "lower" => Some(Step::Case { to: Case::Lower }),
            "upper" => Some(Step::Case { to: Case::Upper }),
            "title" => Some(Step::Case { to: Case::Title }),
            "date" => Some(Step::Date { format: value }),
            "comma" => Some(Step::Number { decimal: ',' }),
            "point" => Some(Step::Number { decimal: '.' }),
            "table" => Some(table(&value)?),
            _ => return Err(no_step()),
        };
        Ok((!from.is_empty() || step.is_some()).then(|| Recipe { from, steps: step.into_iter().collect() }))
    }
}

fn case_word(case: Case) -> &'static str {
    match case {
        Case::Lower => "lower",
        Case::Upper => "upper",
        Case::Title => "title",
    }
}

fn table(typed: &str) -> Result<Step, Text> {
    let (mut words, mut otherwise) = (BTreeMap::new(), None);
    for line in typed.lines().filter(|line| !line.trim().is_empty()) {
        let (word, value) = line.split_once('=').ok_or_else(|| not_a_line(line))?;
        let (word, value) = (word.trim().to_owned(), value.trim().to_owned());
        if word == OTHERS {
            otherwise = Some(value);
        } else {
            words.insert(word, value);
        }
    }
    Ok(Step::Table { words, otherwise })
}

fn not_a_part() -> Text {
    Text::fixed(
        "le numéro de la partie est un nombre entier, négatif depuis la fin.",
        "the number of the part is a whole number, negative from the end.",
    )
}

fn not_a_line(line: &str) -> Text {
    let shown = shorten(line);
    Text::new(
        format!("« {shown} » n'est pas une ligne de table. Écrivez mot=valeur."),
        format!("“{shown}” is not a line of a table. Write word=value."),
    )
}

fn no_step() -> Text {
    Text::fixed("choisissez une transformation de la liste.", "choose a step of the list.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_holds_comes_back_as_it_was() {
        for (json, fits) in [
            (r#"{"from":["Nom"]}"#, true),
            (r#"{"steps":[{"do":"constant","value":" x "}]}"#, true),
            (r#"{"from":["Nom","Prénom"],"steps":[{"do":"join","separator":" "}]}"#, true),
            (r#"{"from":["Nom"],"steps":[{"do":"split","separator":"-","part":-1}]}"#, true),
            (r#"{"from":["Nom"],"steps":[{"do":"case","to":"title"}]}"#, true),
            (r#"{"from":["Nom"],"steps":[{"do":"date","format":"%d/%m/%Y"}]}"#, true),
            (r#"{"from":["Nom"],"steps":[{"do":"number","decimal":","}]}"#, true),
            (r#"{"from":["Nom"],"steps":[{"do":"table","words":{"a":"b=c"},"otherwise":"d"}]}"#, true),
            (r#"{"from":["Nom"],"steps":[{"do":"table","words":{"a=b":"c"}}]}"#, false),
            (r#"{"from":["Nom, prénom"]}"#, false),
            (r#"{"from":["A"],"steps":[{"do":"case","to":"lower"},{"do":"case","to":"title"}]}"#, false),
        ] {
            let recipe: Recipe = serde_json::from_str(json).unwrap();
            let line = RecipeLine::of(&recipe);
            assert_eq!(line.is_some(), fits, "{json}");
            if let Some(line) = line {
                assert_eq!(line.recipe(), Ok(Some(recipe)), "{json}");
            }
        }
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        assert_eq!(RecipeLine::default().recipe(), Ok(None));
        for (step, value, part) in [("split", "-", "deux"), ("table", "a", ""), ("twist", "", "")] {
            let line =
                RecipeLine { from: "Nom".into(), step: step.into(), value: value.into(), part: part.into() };
            assert!(line.recipe().is_err(), "{step}");
        }
    }
}
