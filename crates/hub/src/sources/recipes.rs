//! Columns that recipes make of the columns of a file or table, before its rows are read.

use model::canonical::{ColumnMapping, Entity, Refused};
use model::recipe::{Recipe, Recipes, Target};
use model::table::{TextRow, TextRows};
use model::{Text, Value};

use super::columns::Columns;

/// The recipes that make fields of one table.
#[derive(Clone, Default)]
pub(super) struct Kitchen {
    /// By the name of the field.
    recipes: Recipes,
}

/// The recipes for the rows of one file: the columns that are made, in order.
pub(super) struct Prepared {
    made: Vec<(String, Made)>,
}

/// A recipe, and where the columns it is made of stand in one file.
pub(super) struct Made {
    recipe: Recipe,
    /// As many as the recipe names.
    places: Vec<Option<usize>>,
}

impl Kitchen {
    /// Those of a connection's recipes whose field is one of this table's.
    pub(super) fn of(recipes: &Recipes, entity: Entity) -> Kitchen {
        Kitchen { recipes: Target::Table(entity).recipes(recipes) }
    }

    /// Puts the columns that are made before those of a file, where a line that is too long or too short still
    /// shows, and maps their fields to them. A field whose columns the file does not have stays unread, and
    /// `warnings` tells. `None` where nothing is made.
    pub(super) fn prepare(
        &self,
        columns: &mut Vec<String>,
        mapping: &mut ColumnMapping,
        warnings: &mut Vec<Text>,
    ) -> Option<Prepared> {
        let there = std::mem::take(columns);
        let places = Columns::of(there.iter().map(String::as_str));
        let mut made = Vec::with_capacity(self.recipes.len());
        for (field, recipe) in &self.recipes {
            if let Some(missing) = recipe.needs().iter().find(|name| places.place(name).is_none()) {
                mapping.insert(field.clone(), String::new());
                warnings.push(not_there(field, missing));
                continue;
            }
            let mut name = field.clone();
            // The field takes the made column, whatever the file calls its own.
            while there.contains(&name) {
                name.push('*');
            }
            mapping.insert(field.clone(), name.clone());
            columns.push(name.clone());
            made.push((name, Made::of(recipe.clone(), &places)));
        }
        columns.extend(there);
        (!made.is_empty()).then_some(Prepared { made })
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
                    row.cells().for_each(|cell| made.cell(cell));
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
        let cell = |(name, made): &(String, Made)| made.cell(row).map_err(|why| (name.clone(), why));
        self.made.iter().map(cell).collect()
    }
}

impl Made {
    /// The recipe for a file with these columns.
    pub(super) fn of(recipe: Recipe, columns: &Columns) -> Made {
        let places = recipe.from.iter().map(|name| columns.place(name)).collect();
        Made { recipe, places }
    }

    /// What the recipe makes of a row, as a cell of the file.
    ///
    /// # Errors
    /// Which value cannot be read.
    pub(super) fn cell(&self, row: TextRow<'_>) -> Result<String, Text> {
        let values: Vec<Option<Value>> =
            self.places.iter().map(|place| place.map(|place| value(row.cell(place)))).collect();
        let column = |name: &str| {
            let place = self.recipe.from.iter().position(|known| known == name)?;
            values.get(place)?.as_ref()
        };
        match self.recipe.apply(column) {
            Ok(Some(Value::Number(number))) => Ok(plainly(number)),
            Ok(value) => Ok(value.and_then(|value| value.to_text()).unwrap_or_default()),
            Err(why) => Err(Text::new(format!("{}.", why.fr), format!("{}.", why.en))),
        }
    }
}

/// A number that reads in one way only, whatever the decimal mark of its file: where that is a comma, `1.234`
/// would be a thousand and more.
fn plainly(number: f64) -> String {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => format!("{text}0"),
        _ => text,
    }
}

fn not_there(field: &str, column: &str) -> Text {
    let column = model::parse::shorten(column);
    let Text { fr, en } = Target::label(field);
    Text::new(
        format!("La colonne « {column} », dont « {fr} » est fait, n'est pas dans ce fichier."),
        format!("The column “{column}”, of which “{en}” is made, is not in this file."),
    )
}

fn value(cell: Option<&str>) -> Value {
    cell.filter(|cell| !cell.trim().is_empty()).map_or(Value::Empty, |cell| Value::Text(cell.to_owned()))
}

#[cfg(test)]
mod tests {
    use model::decimal::Mark;

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
        let mut warnings = Vec::new();
        let prepared = kitchen.prepare(&mut columns, &mut mapping, &mut warnings).expect("something is made");
        assert!(warnings.is_empty(), "{warnings:?}");
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

    #[test]
    fn a_field_whose_columns_are_not_there_stays_unread() {
        let recipes: Recipes = serde_json::from_str(
            r#"{"email":{"from":["Mail"]},"city":{"from":["Rien"],"steps":[{"do":"constant","value":"Beaune"}]}}"#,
        )
        .expect("recipes");
        let mut columns: Vec<String> = ["Code", "E-mail"].map(str::to_owned).into();
        let (mut mapping, mut warnings) = (ColumnMapping::new(), Vec::new());
        let kitchen = Kitchen::of(&recipes, Entity::Customers);
        assert!(kitchen.prepare(&mut columns, &mut mapping, &mut warnings).is_some());
        assert_eq!((mapping["email"].as_str(), mapping["city"].as_str()), ("", "city"));
        assert_eq!(warnings.len(), 1);
        assert!(
            warnings[0].fr.contains("« Mail »") && warnings[0].en.contains("“E-mail address”"),
            "{warnings:?}"
        );
    }

    #[test]
    fn a_number_that_is_made_has_one_reading() {
        for (number, text) in [(1.234, "1.2340"), (1234.5, "1234.5"), (2.0, "2"), (-0.125, "-0.1250")] {
            assert_eq!(plainly(number), text);
            for mark in [None, Some(Mark::Comma), Some(Mark::Point)] {
                let read = model::decimal::read(text, mark).expect("a number").as_f64();
                assert!((read - number).abs() < 1e-9, "{text} {mark:?} {read}");
            }
        }
    }
}
