//! What recipes make: the fields of deals, or those of one canonical table.
//!
//! A connection keeps all of its recipes together. Those of deals stand under the field's key (`client`),
//! those of a table under its name and the field's (`CUSTOMERS.email`). A table's field alone (`email`) holds
//! for every table that has it and no recipe of its own.

use super::{Recipe, Recipes};
use crate::canonical::{Entity, Filled};
use crate::deal::DealField;
use crate::parse::shorten;
use crate::text::Text;

/// What the fields belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The CRM's deals.
    Deals,
    /// One canonical table.
    Table(Entity),
}

/// A field that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetField {
    /// Its key among the fields of its target.
    pub key: &'static str,
    /// What people call it.
    pub label: Text,
}

impl Target {
    /// The fields that can be made, in order: not those that the database fills.
    pub fn fields(self) -> Vec<TargetField> {
        match self {
            Target::Deals => DealField::ALL
                .into_iter()
                .map(|field| TargetField { key: field.key(), label: field.label() })
                .collect(),
            Target::Table(entity) => entity
                .fields()
                .iter()
                .filter(|field| field.filled != Filled::Database)
                .map(|field| TargetField { key: field.name, label: field.meaning.clone() })
                .collect(),
        }
    }

    /// Under what the recipe of one of its fields is kept among all those of a connection.
    pub fn key(self, field: &str) -> String {
        match self {
            Target::Deals => field.to_owned(),
            Target::Table(entity) => format!("{}.{field}", entity.name()),
        }
    }

    /// What people call the field that a recipe is kept under, whichever target's it is; the key itself where
    /// it is nobody's.
    pub fn label(key: &str) -> Text {
        let targets = std::iter::once(Target::Deals).chain(Entity::ALL.map(Target::Table));
        let mut labels = targets.flat_map(|target| {
            let is_it = move |field: &TargetField| key == field.key || key == target.key(field.key);
            target.fields().into_iter().filter(is_it).map(|field| field.label)
        });
        labels.next().unwrap_or_else(|| Text::new(shorten(key), shorten(key)))
    }

    /// Whether a recipe kept under this key is one of canonical tables, not of deals.
    pub fn is_tables(key: &str) -> bool {
        Entity::ALL.into_iter().any(|entity| {
            let field =
                key.strip_prefix(entity.name()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(key);
            entity.field(field).is_some()
        })
    }

    /// The recipes of its fields among all those of a connection, by the key of the field.
    pub fn recipes(self, all: &Recipes) -> Recipes {
        let of = |key: &str| -> Option<Recipe> { all.get(&self.key(key)).or_else(|| all.get(key)).cloned() };
        self.fields().iter().filter_map(|field| Some((field.key.to_owned(), of(field.key)?))).collect()
    }

    /// All recipes of a connection with these, by the key of the field, as the ones of this target. Those of
    /// the `others` that it fills stay what they are.
    pub fn replaced(self, all: &Recipes, with: Recipes, others: &[Target]) -> Recipes {
        let fields = self.fields();
        let is_mine = |key: &str| fields.iter().any(|field| key == field.key || key == self.key(field.key));
        let keyed = |target: Target, recipes: Recipes| {
            recipes.into_iter().map(move |(field, recipe)| (target.key(&field), recipe))
        };
        let mut kept: Recipes = all.iter().filter(|(key, _)| !is_mine(key)).map(clone).collect();
        for other in others.iter().filter(|other| **other != self) {
            kept.extend(keyed(*other, other.recipes(all)));
        }
        kept.extend(keyed(self, with));
        kept
    }
}

fn clone((key, recipe): (&String, &Recipe)) -> (String, Recipe) {
    (key.clone(), recipe.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUSTOMERS: Target = Target::Table(Entity::Customers);
    const SALES: Target = Target::Table(Entity::SalesLines);

    fn recipes(made: &[(&str, &str)]) -> Recipes {
        let recipe = |column: &str| Recipe { from: vec![column.to_owned()], steps: Vec::new() };
        made.iter().map(|(key, column)| ((*key).to_owned(), recipe(column))).collect()
    }

    #[test]
    fn no_field_is_both_a_deals_and_a_tables() {
        for entity in Entity::ALL {
            let fields = Target::Table(entity).fields();
            let both = fields.iter().find(|field| DealField::from_key(field.key).is_some());
            assert_eq!(both, None, "{}", entity.name());
        }
        for (key, is_tables) in [
            ("email", true),
            ("CUSTOMERS.email", true),
            ("SALES_LINES.email", false),
            ("client", false),
            ("CUSTOMERS.client", false),
        ] {
            assert_eq!(Target::is_tables(key), is_tables, "{key}");
        }
    }

    #[test]
    fn fields_are_called_as_people_see_them() {
        for (key, fr, en) in [
            ("montant_brut", "Montant brut", "Gross amount"),
            ("customer_key", "Code du client", "Customer code"),
            ("CUSTOMERS.last_name", "Nom", "Last name"),
            ("nowhere", "nowhere", "nowhere"),
        ] {
            assert_eq!(Target::label(key), Text::new(fr, en), "{key}");
        }
    }

    #[test]
    fn a_tables_own_recipe_comes_before_the_one_for_all() {
        let all =
            recipes(&[("customer_key", "Code"), ("SALES_LINES.customer_key", "Client"), ("notes", "N")]);
        assert_eq!(CUSTOMERS.recipes(&all), recipes(&[("customer_key", "Code")]));
        assert_eq!(SALES.recipes(&all), recipes(&[("customer_key", "Client")]));
        assert_eq!(Target::Deals.recipes(&all), recipes(&[("notes", "N")]));
    }

    #[test]
    fn what_is_replaced_leaves_the_others_as_they_are() {
        let all = recipes(&[("customer_key", "Code"), ("SALES_LINES.channel", "Canal"), ("notes", "N")]);
        let others = [CUSTOMERS, SALES];
        let after = CUSTOMERS.replaced(&all, recipes(&[("email", "Mail")]), &others);
        assert_eq!(CUSTOMERS.recipes(&after), recipes(&[("email", "Mail")]));
        for other in [SALES, Target::Deals] {
            assert_eq!(other.recipes(&after), other.recipes(&all), "{other:?}");
        }
        assert_eq!(Target::Deals.replaced(&all, Recipes::new(), &[Target::Deals]).len(), 2);
    }
}
