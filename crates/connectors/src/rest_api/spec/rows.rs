//! Where the rows are in an answer, and which of them have changed.

use model::Text;
use model::spec::{FieldKind, FormField};

use crate::common::fields::field;

pub(super) fn fields() -> Vec<FormField> {
    vec![
        field(
            "data_path",
            Text::fixed("Chemin des lignes", "Path to the rows"),
            Text::fixed(
                "Où est la liste dans la réponse : data.items, results[0].rows, ou un JSONPath ($.data[?@.active]). Vide : \
                 toute la réponse. Sans objet pour du CSV ou du JSON Lines.",
                "Where the list is in the answer: data.items, results[0].rows, or a JSONPath ($.data[?@.active]). Empty: \
                 the whole answer. Not used for CSV or JSON lines.",
            ),
            "data.items",
            FieldKind::Text,
        ),
        field(
            "id_path",
            Text::fixed("Identifiant d'une ligne", "Id of a row"),
            Text::fixed(
                "La colonne qui distingue une ligne des autres. Vide : id, _id, uuid, key ou ID, si toutes les lignes l'ont.",
                "The column that tells a row from the others. Empty: id, _id, uuid, key or ID, if all rows have it.",
            ),
            "id",
            FieldKind::Text,
        ),
    ]
}

pub(super) fn changes() -> Vec<FormField> {
    vec![
        field(
            "since_path",
            Text::fixed("Colonne de modification", "Column of modification"),
            Text::fixed(
                "La colonne qui croît à chaque modification, une date le plus souvent. Sa plus grande valeur est retenue.",
                "The column that grows with every modification, mostly a date. Its greatest value is remembered.",
            ),
            "updated_at",
            FieldKind::Text,
        ),
        field(
            "since_param",
            Text::fixed("Paramètre de modification", "Parameter of modification"),
            Text::fixed(
                "Le paramètre par lequel l'API ne donne que ce qui a changé depuis cette valeur.",
                "The parameter by which the API gives only what has changed since that value.",
            ),
            "updated_since",
            FieldKind::Text,
        ),
        field(
            "since_start",
            Text::fixed("Première valeur", "First value"),
            Text::fixed(
                "Envoyée tant qu'aucune valeur n'est retenue. Vide : la première lecture prend tout.",
                "Sent while no value is remembered. Empty: the first reading takes everything.",
            ),
            "2026-01-01T00:00:00Z",
            FieldKind::Text,
        ),
    ]
}
