//! The fields of a deal that recipes make of a stream's fields.

use crate::deal::DealField;
use crate::mapping::not_found;
use crate::recipe::{Recipe, Recipes};
use crate::record::Record;
use crate::schema::{StreamField, StreamSchema};
use crate::text::Text;
use crate::value::Value;

/// A field of a deal that a recipe makes, with the stream's fields it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    /// The field of a deal.
    pub field: DealField,
    /// How it is made.
    recipe: Recipe,
    /// The fields it is made of, under the names that the recipe calls them by.
    columns: Vec<(String, StreamField)>,
}

impl Made {
    /// Finds what recipes are made of. `find` gives the field that a recipe calls by a name.
    ///
    /// # Errors
    /// Every fault: a recipe for something that is no field of a deal, a field that is not in the stream.
    pub fn of(
        recipes: &Recipes,
        stream: &StreamSchema,
        find: impl Fn(&str) -> Option<StreamField>,
    ) -> Result<Vec<Made>, Vec<Text>> {
        let (mut all, mut faults) = (Vec::new(), Vec::new());
        for (key, recipe) in recipes {
            let Some(field) = DealField::from_key(key) else {
                let known = DealField::ALL.map(DealField::key).join(", ");
                faults.push(Text::new(
                    format!("« {key} » n'est pas un champ du CRM. Champs possibles : {known}."),
                    format!("“{key}” is not a field of the CRM. Possible fields: {known}."),
                ));
                continue;
            };
            let mut columns = Vec::with_capacity(recipe.from.len());
            for name in &recipe.from {
                match find(name) {
                    Some(found) => columns.push((name.clone(), found)),
                    None => faults.push(not_found(field, name, stream)),
                }
            }
            all.push(Made { field, recipe: recipe.clone(), columns });
        }
        if faults.is_empty() { Ok(all) } else { Err(faults) }
    }

    /// The fields it is made of.
    pub fn sources(&self) -> impl Iterator<Item = &StreamField> {
        self.columns.iter().map(|(_, field)| field)
    }

    /// What it is in a record; `None` where nothing is known of it.
    ///
    /// # Errors
    /// Which value cannot be read, as a sentence of the field.
    pub fn value(&self, record: &Record) -> Result<Option<Value>, Text> {
        let column = |name: &str| {
            let (_, field) = self.columns.iter().find(|(known, _)| known == name)?;
            record.fields.get(field.id.as_str())
        };
        let label = self.field.label();
        self.recipe.apply(column).map_err(|why| {
            Text::new(format!("{} : {}.", label.fr, why.fr), format!("{}: {}.", label.en, why.en))
        })
    }

    /// What its columns hold in a record, as text, for whoever has to see why it was refused.
    pub fn held(&self, record: &Record) -> String {
        let texts = self.sources().filter_map(|field| record.fields.get(field.id.as_str())?.to_text());
        texts.collect::<Vec<_>>().join(" | ")
    }
}
