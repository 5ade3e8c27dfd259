//! Columns that recipes make of the columns of a file or table, before its rows are read.

use std::collections::BTreeMap;

use model::canonical::{ColumnMapping, Entity, Refused};
use model::recipe::{Recipe, Recipes};
use model::table::{TextRow, TextRows};
use model::{Text, Value};

/// The recipes that make fields of one table.
#[derive(Clone, Default)]
pub(super) struct Kitchen {
    recipes: BTreeMap<&'static str, Recipe>,
}

/// The recipes for the rows of one file: the columns it has, and what is made of them.
pub(super) struct Prepared {
    columns: Vec<String>,
    made: Vec<(String, Recipe)>,
}

impl Kitchen {
    /// Those of a connection's recipes whose field is one of this table's.
    pub(super) fn of(recipes: &Recipes, entity: Entity) -> Kitchen {
        let fields = entity.fields().iter();
        let recipes =
            fields.filter_map(|field| Some((field.name, recipes.get(field.name)?.clone()))).collect();
        Kitchen { recipes }
    }

    /// Puts the columns that are made before those of a file, where a line that is too long or too short still
    /// shows, and maps their fields to them. `None` where nothing is made.
    pub(super) fn prepare(&self, columns: &mut Vec<String>, mapping: &mut ColumnMapping) -> Option<Prepared> {
        if self.recipes.is_empty() {
            return None;
        }
        let there = std::mem::take(columns);
        let mut made = Vec::with_capacity(self.recipes.len());
        for (field, recipe) in &self.recipes {
            let mut name = (*field).to_owned();
            // The field takes the made column, whatever the file calls its own.
            while there.contains(&name) {
                name.push('*');
            }
            mapping.insert((*field).to_owned(), name.clone());
            columns.push(name.clone());
            made.push((name, recipe.clone()));
        }
        columns.extend(there.iter().cloned());
        Some(Prepared { columns: there, made })
    }
}

impl Prepared {
    /// The rows with the cells that are made. A row with a value that cannot be read goes to `refused`.
    pub(super) fn rows(&self, rows: &TextRows, refused: &mut Vec<Refused>) -> TextRows {
        let mut made = TextRows::default();
        for row in rows.iter() {
            match self.cells(row) {
                Ok(cells) => {
                    cells.iter().for_each(|cell| made.cell(cell));
                    (0..row.len()).for_each(|place| made.cell(row.cell(place).unwrap_or_default()));
                    made.end_row(row.origin);
                }
                Err((column, reason)) => {
                    refused.push(Refused { origin: row.origin, column: Some(column), reason });
                }
            }
        }
        made
    }

    /// The cells that are made of one row; or which one cannot be, and why.
    fn cells(&self, row: TextRow<'_>) -> Result<Vec<String>, (String, Text)> {
        let values: Vec<Value> = (0..row.len()).map(|place| value(row.cell(place))).collect();
        let column = |name: &str| {
            let place = self.columns.iter().position(|known| known.to_lowercase() == name.to_lowercase());
            values.get(place?)
        };
        let cell = |(name, recipe): &(String, Recipe)| match recipe.apply(column) {
            Ok(value) => Ok(value.and_then(|value| value.to_text()).unwrap_or_default()),
            Err(why) => Err((name.clone(), Text::new(format!("{}.", why.fr), format!("{}.", why.en)))),
        };
        self.made.iter().map(cell).collect()
    }
}

fn value(cell: Option<&str>) -> Value {
    cell.filter(|cell| !cell.trim().is_empty()).map_or(Value::Empty, |cell| Value::Text(cell.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_made_and_what_cannot_be_read_is_refused() {
        let recipes: Recipes = serde_json::from_str(
            r#"{"last_name":{"from":["prénom","Nom"],"steps":[{"do":"join","separator":" "},{"do":"case","to":"title"}]},
                "city":{"from":["Né"],"steps":[{"do":"date","format":"%m/%d/%Y"}]},
                "montant_brut":{"from":["Nom"]}}"#,
        )
        .expect("recipes");
        let kitchen = Kitchen::of(&recipes, Entity::Customers);
        let mut columns: Vec<String> = ["Code", "Prénom", "Nom", "Né", "last_name"].map(str::to_owned).into();
        let mut mapping = ColumnMapping::new();
        let prepared = kitchen.prepare(&mut columns, &mut mapping).expect("something is made");
        let mut rows = TextRows::default();
        for (line, number) in ["1;jean;DUPONT;11/21/1980;x", "2;;brun", "3;a;b;21/11/1980;x"].iter().zip(2..)
        {
            rows.split(line, b';');
            rows.end_row(number);
        }
        let mut refused = Vec::new();
        let made = prepared.rows(&rows, &mut refused);
        let cell = |row: usize, column: &str| {
            let place = columns.iter().position(|known| *known == mapping[column]).expect("a column");
            made.get(row).and_then(|row| row.cell(place)).unwrap_or("?").to_owned()
        };
        assert_eq!(
            (made.len(), cell(0, "last_name"), cell(1, "last_name")),
            (2, "Jean Dupont".into(), "Brun".into())
        );
        assert_eq!((cell(0, "city"), cell(1, "city")), ("1980-11-21".into(), String::new()));
        let widths: Vec<usize> = made.iter().map(|row| row.len()).collect();
        assert_eq!(widths, [columns.len(), columns.len() - 2], "a line that was cut off still is");
        assert_eq!(refused.iter().map(|row| row.origin).collect::<Vec<_>>(), [4]);
    }
}
