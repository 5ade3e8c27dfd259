//! Rules made ready once, and rows held against them.

use regex::Regex;

use super::reading::Reading;
use super::{Must, Rule};
use crate::dataset::{Cell, Cells, ColumnType};
use crate::decimal::Mark;
use crate::parse::shorten;
use crate::text::Text;

/// The memory a regular expression may take, in bytes: a typed one must not take the machine's.
const REGEX_SIZE: usize = 1 << 20;

/// Rules that can be applied.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    tests: Vec<(String, Test)>,
    reading: Reading,
}

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The column.
    pub column: String,
    /// The stable word of the rule: `required`, `type`, `range`, `pattern`, `one_of`.
    pub code: &'static str,
    /// What it holds and what it should, without the column.
    pub fault: Text,
}

impl Broken {
    /// The column, what it holds and what it should.
    pub fn reason(&self) -> Text {
        let (name, Text { fr, en }) = (shorten(&self.column), &self.fault);
        Text::new(format!("« {name} » : {fr}"), format!("“{name}”: {en}"))
    }
}

#[derive(Clone, Debug)]
enum Test {
    Required,
    Type(ColumnType),
    Range(Option<f64>, Option<f64>),
    Pattern(Regex, String),
    OneOf(Vec<String>),
}

impl Checker {
    /// Makes rules ready.
    ///
    /// # Errors
    /// Every fault of [`faults`] but columns that are not there.
    pub fn new(rules: &[Rule]) -> Result<Checker, Vec<Text>> {
        let (mut tests, mut wrong) = (Vec::new(), Vec::new());
        for rule in rules {
            match test(rule) {
                Ok(test) => tests.push((rule.column.clone(), test)),
                Err(fault) => wrong.push(fault),
            }
        }
        if wrong.is_empty() { Ok(Checker { tests, reading: Reading::Data }) } else { Err(wrong) }
    }

    /// The same rules for values that people typed, such as those of a file: numbers and days are read as the
    /// canonical tables read them. `mark` is the decimal mark of the file, where it is known.
    pub fn typed(&self, mark: Option<Mark>) -> Checker {
        Checker { tests: self.tests.clone(), reading: Reading::Typed(mark) }
    }

    /// Only the rules about columns that are `wanted`.
    pub fn of_columns(&self, wanted: impl Fn(&str) -> bool) -> Checker {
        let tests = self.tests.iter().filter(|(column, _)| wanted(column)).cloned().collect();
        Checker { tests, reading: self.reading }
    }

    /// The columns that rules speak of, one per rule.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.tests.iter().map(|(column, _)| column.as_str())
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// The first rule that a row breaks.
    pub fn check(&self, cells: &Cells<'_>) -> Option<Broken> {
        self.tests.iter().find_map(|(column, test)| {
            match (cells.get(column).filter(|cell| !cell.is_empty()), test) {
                (None, Test::Required) => Some(broken(column, "required", REQUIRED)),
                (None, _) => None,
                (Some(cell), test) => test.broken(column, cell, self.reading),
            }
        })
    }
}

/// What is wrong with rules: a name that is empty or, where the columns are known, none of them; limits the
/// wrong way round or none; an expression that cannot be read; a list without a word.
pub fn faults(rules: &[Rule], columns: &[&str]) -> Vec<Text> {
    let unknown = |rule: &&Rule| !columns.is_empty() && !columns.contains(&rule.column.as_str());
    let mut faults: Vec<Text> = rules.iter().filter_map(|rule| test(rule).err()).collect();
    faults.extend(rules.iter().filter(unknown).map(|rule| {
        let name = shorten(&rule.column);
        Text::new(
            format!("Règle : la colonne « {name} » n'existe pas. Choisissez une des colonnes lues."),
            format!("Rule: there is no column “{name}”. Choose one of the columns that were read."),
        )
    }));
    faults
}

fn test(rule: &Rule) -> Result<Test, Text> {
    let column = shorten(&rule.column);
    if column.is_empty() {
        return Err(Text::fixed(
            "Règle : indiquez la colonne sur laquelle elle porte.",
            "Rule: say which column it is about.",
        ));
    }
    match &rule.must {
        Must::Required => Ok(Test::Required),
        Must::Type { of } => Ok(Test::Type(*of)),
        Must::Range { min: None, max: None } => Err(Text::new(
            format!("Règle sur « {column} » : indiquez un minimum, un maximum ou les deux."),
            format!("Rule on “{column}”: give a minimum, a maximum or both."),
        )),
        Must::Range { min: Some(min), max: Some(max) } if min > max => Err(Text::new(
            format!("Règle sur « {column} » : le minimum {min} dépasse le maximum {max}."),
            format!("Rule on “{column}”: the minimum {min} is above the maximum {max}."),
        )),
        Must::Range { min, max } => Ok(Test::Range(*min, *max)),
        Must::Pattern { regex } => {
            let whole = regex::RegexBuilder::new(&format!("^(?:{regex})$")).size_limit(REGEX_SIZE).build();
            whole.map(|whole| Test::Pattern(whole, regex.clone())).map_err(|_| {
                let shown = shorten(regex);
                Text::new(
                    format!(
                        "Règle sur « {column} » : l'expression régulière « {shown} » ne peut pas être lue."
                    ),
                    format!("Rule on “{column}”: the regular expression “{shown}” cannot be read."),
                )
            })
        }
        Must::OneOf { values } if values.is_empty() => Err(Text::new(
            format!("Règle sur « {column} » : indiquez au moins une valeur permise."),
            format!("Rule on “{column}”: give at least one value that is allowed."),
        )),
        Must::OneOf { values } => Ok(Test::OneOf(values.clone())),
    }
}

impl Test {
    /// How a cell that holds something breaks it.
    fn broken(&self, column: &str, cell: &Cell<'_>, reading: Reading) -> Option<Broken> {
        let text = cell.as_text().trim();
        let shown = shorten(text);
        match self {
            Test::Required => None,
            Test::Type(of) => {
                let Text { fr, en } = of.label();
                (!reading.fits(*of, cell)).then(|| {
                    let fault = Text::new(
                        format!("« {shown} » n'est pas de type « {fr} »."),
                        format!("“{shown}” is not of type “{en}”."),
                    );
                    broken(column, "type", fault)
                })
            }
            Test::Range(min, max) => {
                let inside =
                    |number: f64| min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max);
                (!reading.number(cell).is_some_and(inside))
                    .then(|| broken(column, "range", out_of_range(&shown, *min, *max)))
            }
            Test::Pattern(whole, regex) => (!whole.is_match(text)).then(|| {
                let regex = shorten(regex);
                let fault = Text::new(
                    format!("« {shown} » ne correspond pas à « {regex} »."),
                    format!("“{shown}” does not match “{regex}”."),
                );
                broken(column, "pattern", fault)
            }),
            Test::OneOf(values) => (!values.iter().any(|value| value.trim() == text)).then(|| {
                let list = shorten(&values.join(", "));
                let fault = Text::new(
                    format!("« {shown} » n'est pas une des valeurs permises ({list})."),
                    format!("“{shown}” is not one of the values allowed ({list})."),
                );
                broken(column, "one_of", fault)
            }),
        }
    }
}

const REQUIRED: Text = Text::fixed("une valeur est obligatoire.", "a value is required.");

fn broken(column: &str, code: &'static str, fault: Text) -> Broken {
    Broken { column: column.to_owned(), code, fault }
}

fn out_of_range(shown: &str, min: Option<f64>, max: Option<f64>) -> Text {
    let (fr, en) = match (min, max) {
        (Some(min), Some(max)) => (format!("entre {min} et {max}"), format!("between {min} and {max}")),
        (Some(min), None) => (format!("d'au moins {min}"), format!("of at least {min}")),
        (None, Some(max)) => (format!("d'au plus {max}"), format!("of at most {max}")),
        (None, None) => ("à lire".to_owned(), "to be read".to_owned()),
    };
    Text::new(format!("« {shown} » n'est pas un nombre {fr}."), format!("“{shown}” is not a number {en}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::cells;

    fn rule(column: &str, must: Must) -> Rule {
        Rule { column: column.to_owned(), must }
    }

    fn first_broken(must: Must, value: &str) -> Option<(&'static str, String)> {
        let checker = Checker::new(&[rule("c", must)]).unwrap_or_default();
        assert!(!checker.is_empty());
        let row = format!("{{\"c\": {value}}}");
        let broken = checker.check(&cells(&row).unwrap_or_default())?;
        Some((broken.code, broken.reason().fr.into_owned()))
    }

    #[test]
    fn rows_that_keep_and_break_rules() {
        let pattern = || Must::Pattern { regex: "[A-Z]{2}|x".to_owned() };
        let one_of = || Must::OneOf { values: vec!["oui".to_owned(), "non".to_owned()] };
        let range = |min, max| Must::Range { min, max };
        for (must, value, reason) in [
            (Must::Required, "0", None),
            (Must::Required, "null", Some("« c » : une valeur est obligatoire.")),
            (Must::Required, "\"  \"", Some("« c » : une valeur est obligatoire.")),
            (Must::Type { of: ColumnType::Integer }, "12", None),
            (Must::Type { of: ColumnType::Integer }, "null", None),
            (
                Must::Type { of: ColumnType::Integer },
                "1.5",
                Some("« c » : « 1.5 » n'est pas de type « nombre entier »."),
            ),
            (Must::Type { of: ColumnType::Number }, "\"1,5\"", None),
            (
                Must::Type { of: ColumnType::Date },
                "\"hier\"",
                Some("« c » : « hier » n'est pas de type « date »."),
            ),
            (range(Some(0.0), Some(9.0)), "9", None),
            (range(Some(0.0), Some(9.0)), "9.5", Some("« c » : « 9.5 » n'est pas un nombre entre 0 et 9.")),
            (range(Some(1.0), None), "\"peu\"", Some("« c » : « peu » n'est pas un nombre d'au moins 1.")),
            (range(None, Some(1.0)), "-3", None),
            (pattern(), "\"FR\"", None),
            (pattern(), "\"x\"", None),
            // The whole text must match.
            (pattern(), "\"FRx\"", Some("« c » : « FRx » ne correspond pas à « [A-Z]{2}|x ».")),
            (one_of(), "\"oui\"", None),
            (one_of(), "true", Some("« c » : « true » n'est pas une des valeurs permises (oui, non).")),
        ] {
            let shown = format!("{must:?} {value}");
            let told = first_broken(must, value);
            assert_eq!(told.as_ref().map(|(_, fr)| fr.as_str()), reason, "{shown}");
        }
    }

    #[test]
    fn typed_values_are_read_as_the_tables_read_them() {
        let range = || Must::Range { min: Some(1000.0), max: None };
        let number = || Must::Type { of: ColumnType::Number };
        let day = || Must::Type { of: ColumnType::Date };
        let whole = || Must::Type { of: ColumnType::Integer };
        for (must, text, mark, keeps) in [
            (range(), "1 234,50 €", None, true),
            (range(), "1.234", Some(Mark::Comma), true),
            (range(), "1.234", Some(Mark::Point), false),
            // Two readings: the tables refuse it too.
            (range(), "1.234", None, false),
            (number(), "12,5", None, true),
            (number(), "douze", None, false),
            (whole(), "1 200", None, true),
            (whole(), "1,5", None, false),
            (day(), "21/11/2026", None, true),
            (day(), "hier", None, false),
        ] {
            let shown = format!("{must:?} {text} {mark:?}");
            let checker = Checker::new(&[rule("c", must)]).unwrap_or_default().typed(mark);
            let row = [("c", text)].into_iter().collect();
            assert_eq!(checker.check(&row).is_none(), keeps, "{shown}");
        }
    }

    #[test]
    fn rules_that_make_no_sense_are_told() {
        let rules = [
            rule("a", Must::Range { min: Some(2.0), max: Some(1.0) }),
            rule("a", Must::Range { min: None, max: None }),
            rule("a", Must::Pattern { regex: "(".to_owned() }),
            rule("a", Must::Pattern { regex: "\\w{1000}{1000}".to_owned() }),
            rule(" ", Must::Required),
            rule("a", Must::OneOf { values: Vec::new() }),
        ];
        assert_eq!(Checker::new(&rules).err().map(|faults| faults.len()), Some(rules.len()));
        assert_eq!(faults(&rules, &[]).len(), rules.len());
        let rules = [rule("a", Must::Required), rule("b", Must::Required)];
        assert_eq!(faults(&rules, &[]), []);
        assert_eq!(faults(&rules, &["a"]).len(), 1);
    }
}
