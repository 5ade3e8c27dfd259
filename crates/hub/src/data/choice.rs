//! What is wrong with which columns a person chose.

use connectors::source::SourceTable;
use model::Text;
use model::canonical::{ColumnMapping, Field, FieldType, Header};

use super::columns::{readable, seen};
use super::mapping::{Choices, names};

/// Everything that is wrong with a choice; `mapping` is the choice with what the source's kind adds.
pub(super) fn faults(table: &SourceTable, choices: &Choices, mapping: &ColumnMapping) -> Vec<Text> {
    let entity = table.entity;
    let columns = seen(table);
    let mut faults = Vec::new();
    let mut fields: Vec<(&Field, &str)> = Vec::new();
    for (name, column) in choices {
        let Some(field) = entity.field(name) else {
            let name = model::parse::shorten(name);
            faults.push(Text::new(
                format!("« {name} » n'est pas un champ de cette table."),
                format!("“{name}” is not a field of this table."),
            ));
            continue;
        };
        if column.is_empty() {
            continue;
        }
        if columns.iter().any(|(name, _)| name == column) {
            fields.push((field, column));
        } else {
            let (column, meaning) = (model::parse::shorten(column), &field.meaning);
            faults.push(Text::new(
                format!(
                    "« {} » : la colonne « {column} » n'est pas dans la source. Choisissez-en une autre.",
                    meaning.fr
                ),
                format!("“{}”: the column “{column}” is not in the source. Choose another one.", meaning.en),
            ));
        }
    }
    for (place, (field, column)) in fields.iter().enumerate() {
        let twice = fields[..place].iter().find(|(other, same)| same == column && clash(other, field));
        faults.extend(twice.map(|(other, _)| clashing(column, other, field)));
    }
    if faults.is_empty()
        && let Some(newest) = readable(table).next_back()
    {
        faults.extend(Header::new(entity, &names(newest), mapping).err());
    }
    faults
}

/// Whether one column cannot be both: a code may also be a name, an amount is not another one too.
fn clash(one: &Field, other: &Field) -> bool {
    one.kind != FieldType::Text && other.kind != FieldType::Text
}

fn clashing(column: &str, one: &Field, other: &Field) -> Text {
    let (one, other) = (&one.meaning, &other.meaning);
    Text::new(
        format!(
            "La colonne « {column} » ne peut pas être à la fois « {} » et « {} ». Choisissez-en une autre pour l'un des deux.",
            one.fr, other.fr
        ),
        format!(
            "The column “{column}” cannot be both “{}” and “{}”. Choose another one for one of them.",
            one.en, other.en
        ),
    )
}

#[cfg(test)]
mod tests {
    use connectors::source::{Column, Part};
    use model::canonical::Entity;

    use super::*;

    fn table(columns: &[&str]) -> SourceTable {
        let column = |name: &&str| Column { name: (*name).to_owned(), samples: vec!["1".to_owned()] };
        let part = Part {
            name: "ventes.csv".to_owned(),
            columns: columns.iter().map(column).collect(),
            mark: None,
            fault: None,
        };
        SourceTable { entity: Entity::SalesLines, parts: vec![part] }
    }

    fn said(columns: &[&str], choices: &[(&str, &str)]) -> String {
        let choices: Choices = choices.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        faults(&table(columns), &choices, &choices).iter().map(|fault| fault.fr.as_ref()).collect()
    }

    #[test]
    fn a_choice_that_cannot_be_read_is_refused_with_its_reason() {
        let columns = ["Date", "Produit", "Quantité", "Montant", "Réf"];
        assert_eq!(said(&columns, &[]), "");
        assert_eq!(said(&columns, &[("product_key", "Réf"), ("order_key", "Réf")]), "");
        for (choices, words) in [
            (&[("quantity", "")][..], "colonne introuvable pour Quantité"),
            (&[("quantity", "Nulle part")], "n'est pas dans la source"),
            (&[("quantity", "Montant"), ("total_price_cents", "Montant")], "à la fois"),
            (&[("nothing", "Montant")], "n'est pas un champ"),
        ] {
            assert!(said(&columns, choices).contains(words), "{choices:?}: {}", said(&columns, choices));
        }
    }
}
