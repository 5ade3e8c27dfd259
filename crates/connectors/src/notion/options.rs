//! Which option of a property a label stands for.

use model::Text;
use serde_json::{Value as Json, json};

use super::schema::{Choice, Holds, Property};

/// The option with this label, compared exactly first and then without case. It is sent by its id, so
/// that one renamed meanwhile is still the same and no other is made.
///
/// # Errors
/// There is none, and none may be made.
pub(super) fn choose(property: &Property, label: &str, create: bool) -> Result<Json, Text> {
    let label = label.trim();
    let exactly = |choice: &&Choice| choice.name == label;
    let but_case = |choice: &&Choice| choice.name.to_lowercase() == label.to_lowercase();
    let options = &property.options;
    if let Some(found) = options.iter().find(exactly).or_else(|| options.iter().find(but_case)) {
        return Ok(json!({ "id": found.id }));
    }
    let name = &property.name;
    if property.holds == Holds::Status {
        return Err(Text::new(
            format!(
                "L'état « {label} » n'existe pas dans la propriété « {name} » de Notion, et seul Notion peut l'y ajouter. Ajoutez-le, puis relancez l'export."
            ),
            format!(
                "The status “{label}” does not exist in the property “{name}” of Notion, and only Notion can add it. Add it there, then export again."
            ),
        ));
    }
    if !create {
        return Err(Text::new(
            format!(
                "L'option « {label} » n'existe pas dans la propriété « {name} » de Notion. Ajoutez-la dans Notion ou activez « Créer les options manquantes », puis relancez l'export."
            ),
            format!(
                "The option “{label}” does not exist in the property “{name}” of Notion. Add it in Notion or turn on “Create missing options”, then export again."
            ),
        ));
    }
    if label.contains(',') {
        return Err(Text::new(
            format!(
                "L'option « {label} » ne peut pas être créée dans la propriété « {name} » : Notion n'accepte pas de virgule dans une option."
            ),
            format!(
                "The option “{label}” cannot be made in the property “{name}”: Notion takes no comma in an option."
            ),
        ));
    }
    Ok(json!({ "name": label }))
}
