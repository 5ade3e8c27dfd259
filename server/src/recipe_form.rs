//! What the form of a connection's recipes holds.

use std::collections::BTreeMap;

use app::{RecipeLine, RecipesTyped};
use model::Lang;
use model::recipe::{Recipes, TargetField};

/// The recipes of a form for these fields, and the form to be shown again with its faults. A stored recipe that
/// a line cannot hold stays.
pub(crate) fn recipes(
    values: &BTreeMap<String, String>,
    fields: Vec<TargetField>,
    stored: &Recipes,
    lang: Lang,
) -> (Recipes, RecipesTyped) {
    let mut recipes = stored.clone();
    let mut typed = RecipesTyped::default();
    for TargetField { key, label } in fields {
        if stored.get(key).is_some_and(|recipe| RecipeLine::of(recipe).is_none()) {
            continue;
        }
        let value = |of: &str| values.get(&format!("{key}.{of}")).cloned().unwrap_or_default();
        let line = RecipeLine {
            from: value("from"),
            step: value("step"),
            value: value("value"),
            part: value("part"),
        };
        match line.recipe() {
            Ok(Some(recipe)) => drop(recipes.insert(key.to_owned(), recipe)),
            Ok(None) => drop(recipes.remove(key)),
            Err(fault) => {
                let fault = fault.get(lang);
                typed.faults.push(match lang {
                    Lang::Fr => format!("{} : {fault}", label.fr),
                    Lang::En => format!("{}: {fault}", label.en),
                });
            }
        }
        typed.lines.insert(key, line);
    }
    (recipes, typed)
}
