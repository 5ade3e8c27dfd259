//! The rules of a connection, held against the rows of a file or table as they come: before anything is made
//! of them, by the names their columns have in the source.

use std::collections::{BTreeMap, BTreeSet};

use connectors::source::SourceTable;
use model::Text;
use model::canonical::Refused;
use model::decimal::Mark;
use model::parse::shorten;
use model::rule::Checker;
use model::table::{TextRow, TextRows};

use super::columns::Columns;

/// The rules that hold for one file or table: those whose column it has.
pub(super) struct Judge {
    rules: Checker,
    /// What each of them calls its column, its place and what the source calls it.
    columns: Vec<(String, usize, String)>,
    /// How many columns there are.
    width: usize,
}

impl Judge {
    /// `None` where no rule holds. `mark` is the decimal mark of the file, where it is known.
    pub(super) fn of(rules: &Checker, columns: &[String], mark: Option<Mark>) -> Option<Judge> {
        let places = Columns::of(columns.iter().map(String::as_str));
        let mut found: Vec<(String, usize, String)> = Vec::new();
        for name in rules.columns() {
            let Some(place) = places.place(name) else { continue };
            if !found.iter().any(|(known, ..)| known == name) {
                found.push((name.to_owned(), place, columns[place].trim().to_owned()));
            }
        }
        let is_there = |column: &str| found.iter().any(|(name, ..)| name == column);
        let rules = rules.of_columns(is_there).typed(mark);
        (!found.is_empty()).then_some(Judge { rules, columns: found, width: columns.len() })
    }

    /// The rows that keep every rule; the others go to `refused`.
    pub(super) fn rows(&self, rows: TextRows, refused: &mut Vec<Refused>) -> TextRows {
        let broken: BTreeMap<usize, Refused> =
            rows.iter().enumerate().filter_map(|(index, row)| Some((index, self.refusal(row)?))).collect();
        if broken.is_empty() {
            return rows;
        }
        let mut kept = TextRows::default();
        for (_, row) in rows.iter().enumerate().filter(|(index, _)| !broken.contains_key(index)) {
            row.cells().for_each(|cell| kept.cell(cell));
            kept.end_row(row.origin);
        }
        refused.extend(broken.into_values());
        kept
    }

    /// The first rule that a row breaks. What is no whole row is left to be refused as such.
    fn refusal(&self, row: TextRow<'_>) -> Option<Refused> {
        if !row.fits(self.width) {
            return None;
        }
        let cells = self.columns.iter().map(|(name, place, _)| {
            let cell = row.cell(*place).unwrap_or_default();
            (name.as_str(), cell)
        });
        let broken = self.rules.check(&cells.collect())?;
        let (.., column) = self.columns.iter().find(|(name, ..)| *name == broken.column)?;
        Some(Refused { origin: row.origin, column: Some(column.clone()), reason: broken.fault })
    }
}

/// What there is to say of rules whose column none of a source's files and tables has.
pub(super) fn without_column(rules: &Checker, tables: &[SourceTable]) -> Vec<Text> {
    let parts = tables.iter().flat_map(|table| &table.parts);
    let columns = Columns::of(parts.flat_map(|part| &part.columns).map(|column| column.name.as_str()));
    let names: BTreeSet<&str> = rules.columns().filter(|name| columns.place(name).is_none()).collect();
    let told = |name: &str| {
        let name = shorten(name);
        Text::new(
            format!(
                "Règle sur « {name} » : aucun fichier ni table de la source n'a cette colonne, la règle ne s'applique pas."
            ),
            format!(
                "Rule on “{name}”: no file or table of the source has this column, so the rule does not apply."
            ),
        )
    };
    names.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use model::rule::{Must, Rule};

    use super::*;

    fn rule(column: &str, must: Must) -> Rule {
        Rule { column: column.to_owned(), must }
    }

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn rows_that_break_a_rule_are_refused_and_the_others_are_as_they_were() {
        let rules = [
            rule("e-mail", Must::Required),
            rule("Total", Must::Range { min: Some(0.0), max: None }),
            rule("Ailleurs", Must::Required),
        ];
        let rules = Checker::new(&rules).expect("rules");
        let judge = Judge::of(&rules, &columns(&["Code", " E-mail ", "Total"]), Some(Mark::Comma))
            .expect("some hold");
        let mut rows = TextRows::default();
        for (line, number) in
            ["1;a@b.fr;1.234,5", "2; ;5", "3;c@d.fr;-1", "4", "5;e@f.fr;5;trop", "6;g@h.fr;;"].iter().zip(2..)
        {
            rows.split(line, b';');
            rows.end_row(number);
        }
        let mut refused = Vec::new();
        let kept = judge.rows(rows, &mut refused);
        let told: Vec<_> =
            refused.iter().map(|row| (row.origin, row.column.as_deref(), &*row.reason.fr)).collect();
        assert_eq!(
            told,
            [
                (3, Some("E-mail"), "une valeur est obligatoire."),
                (4, Some("Total"), "« -1 » n'est pas un nombre d'au moins 0."),
            ]
        );
        // A row that is cut off or too long is for the reader to refuse.
        let left: Vec<_> = kept.iter().map(|row| (row.origin, row.len())).collect();
        assert_eq!(left, [(2, 3), (5, 1), (6, 4), (7, 4)]);
        assert!(Judge::of(&rules, &columns(&["Code"]), None).is_none());
    }
}
