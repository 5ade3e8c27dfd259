//! What people are told about datasets.

use model::Text;
use model::dataset::KeyBy;
use store::RefusedDatasetRow;

use crate::{Error, Kind};

/// Nothing but their position tells the rows apart.
pub(super) const NO_KEY_FOUND: Text = Text::fixed(
    "Aucune colonne ne distingue les lignes : elles sont comparées d'après leur position. Choisissez une colonne \
     clé dans les règles de la connexion pour suivre chaque ligne.",
    "No column tells the rows apart: they are compared by their position. Choose a key column in the \
     connection's rules to follow each row.",
);

/// There is nothing there.
pub(super) const EMPTY: Text = Text::fixed(
    "La source est vide : il n'y avait rien à importer.",
    "The source is empty: there was nothing to import.",
);

/// The column that tells rows apart is another one than before.
pub(super) const REKEYED: Text = Text::fixed(
    "Les lignes sont distinguées par une autre colonne qu'avant : toutes sont nouvelles dans cette version.",
    "The rows are told apart by another column than before: all are new in this version.",
);

/// A row that cannot be one.
pub(super) const NOT_AN_OBJECT: Text = Text::fixed(
    "La ligne n'est pas un objet JSON : elle n'a pas de colonnes.",
    "The row is no JSON object: it has no columns.",
);

/// A row without its key: the column at fault, and what is said.
pub(super) fn no_key(key: Option<&KeyBy>) -> (Option<String>, Text) {
    match key {
        Some(KeyBy::Column(column)) => {
            let name = model::parse::shorten(column);
            let text = Text::new(
                format!("« {name} » distingue les lignes, et cette ligne n'y a ni texte ni nombre."),
                format!("“{name}” tells the rows apart, and this row has neither text nor number in it."),
            );
            (Some(column.clone()), text)
        }
        _ => (
            None,
            Text::fixed(
                "Le service n'a pas donné d'identifiant pour cette ligne.",
                "The service gave no id for this row.",
            ),
        ),
    }
}

/// What a refused row is called: its key, else its position.
pub(super) fn row_name(row: &RefusedDatasetRow) -> Text {
    match &row.key {
        Some(key) => Text::same(model::parse::shorten(key)),
        None => Text::new(format!("ligne {}", row.position), format!("row {}", row.position)),
    }
}

/// Only what changed was read, and rows cannot be found again.
pub(super) fn changes_need_a_key() -> Error {
    Error::invalid(Text::fixed(
        "Le service n'envoie que les lignes modifiées, et aucune colonne ne les distingue : on ne peut pas \
         retrouver celles qu'elles remplacent.",
        "The service sends only the rows that changed, and no column tells them apart: those they replace \
         cannot be found.",
    ))
    .hint(Some(Text::fixed(
        "Choisissez une colonne clé dans les règles de la connexion.",
        "Choose a key column in the connection's rules.",
    )))
}

/// A dataset's name that another connection has.
pub(super) fn taken(name: &str, provider: &str) -> Error {
    Error::invalid(Text::new(
        format!(
            "Le jeu de données « {name} » appartient à la connexion {provider}. Choisissez un autre nom."
        ),
        format!("The dataset “{name}” belongs to the connection {provider}. Choose another name."),
    ))
}

/// A name that cannot be one.
pub(super) fn bad_name() -> Error {
    Error::invalid(Text::fixed(
        "Le nom d'un jeu de données a de 1 à 120 caractères, sans retour à la ligne.",
        "A dataset's name has 1 to 120 characters, without line breaks.",
    ))
}

/// A dataset that does not exist.
pub(super) fn not_found(id: i64) -> Error {
    Error::new(
        Kind::NotFound,
        Text::new(format!("Le jeu de données n° {id} n'existe pas."), format!("There is no dataset {id}.")),
    )
}

/// A version that does not exist.
pub(super) fn no_version(name: &str, version: i64) -> Error {
    Error::new(
        Kind::NotFound,
        Text::new(
            format!("Le jeu de données « {name} » n'a pas de version {version}."),
            format!("The dataset “{name}” has no version {version}."),
        ),
    )
}

/// Rows with the key of one before them.
pub(super) fn repeated(rows: u64, key: Option<&KeyBy>) -> Text {
    let (by_fr, by_en) = match key {
        Some(KeyBy::Column(column)) => (format!("« {column} »"), format!("“{column}”")),
        _ => ("l'identifiant du service".to_owned(), "the service's id".to_owned()),
    };
    if rows == 1 {
        return Text::new(
            format!("Une ligne a la même clé ({by_fr}) qu'une ligne précédente : la dernière compte."),
            format!("One row has the same key ({by_en}) as one before it: the last one counts."),
        );
    }
    Text::new(
        format!("{rows} lignes ont la même clé ({by_fr}) qu'une ligne précédente : la dernière compte."),
        format!("{rows} rows have the same key ({by_en}) as one before them: the last one counts."),
    )
}

/// Rows that are not there any more.
pub(super) fn removed(rows: u64, version: i64) -> Text {
    let before = version - 1;
    if rows == 1 {
        return Text::new(
            format!("Une ligne n'est plus dans la source : la version {before} la garde."),
            format!("One row is not in the source any more: version {before} keeps it."),
        );
    }
    Text::new(
        format!("{rows} lignes ne sont plus dans la source : la version {before} les garde."),
        format!("{rows} rows are not in the source any more: version {before} keeps them."),
    )
}

/// An answer without a row, where there were some.
pub(super) fn came_empty(name: &str, rows: u64) -> Text {
    Text::new(
        format!(
            "La source n'a renvoyé aucune ligne alors que « {name} » en contient {rows} : rien n'a été retiré. \
             Vérifiez la source ; si c'est voulu, relancez en acceptant les suppressions."
        ),
        format!(
            "The source returned no row although “{name}” holds {rows}: nothing was taken out. Check the source; \
             if it is meant, run again accepting removals."
        ),
    )
}

/// An answer without most of the rows.
pub(super) fn most_are_gone(name: &str, gone: u64, rows: u64) -> Text {
    Text::new(
        format!(
            "{gone} des {rows} lignes de « {name} » ne sont plus dans la source : rien n'a été retiré. Vérifiez la \
             source ; si c'est voulu, relancez en acceptant les suppressions."
        ),
        format!(
            "{gone} of the {rows} rows of “{name}” are not in the source any more: nothing was taken out. Check \
             the source; if it is meant, run again accepting removals."
        ),
    )
}
