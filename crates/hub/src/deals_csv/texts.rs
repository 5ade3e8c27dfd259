//! What is told of files of deals.

use connectors::csv_file::Look;
use model::{DealField, Lang, Text};

use crate::Error;

/// The columns a file would have to have.
pub(super) fn columns_missing(missing: &[DealField], look: &Look) -> Error {
    let labels = |lang| missing.iter().map(|field| field.label().get(lang).to_owned()).collect::<Vec<_>>();
    let (fr, en) = (labels(Lang::Fr).join(", "), labels(Lang::En).join(", "));
    let names: Vec<String> =
        look.columns.iter().take(12).map(|column| model::parse::shorten(&column.name)).collect();
    let names = names.join(", ");
    Error::invalid(Text::new(
        format!("Aucune colonne de ce fichier n'a été reconnue comme : {fr}. Colonnes trouvées : {names}."),
        format!("No column of this file was recognised as: {en}. Columns found: {names}."),
    ))
    .hint(Some(Text::fixed(
        "Nommez les colonnes « Client » et « Montant » (ou « Task Name » et « Montant Deal »), ou choisissez-les sur la page d'import.",
        "Name the columns “Client” and “Montant” (or “Task Name” and “Montant Deal”), or choose them on the import page.",
    )))
}

pub(super) fn no_rows() -> Error {
    Error::invalid(Text::fixed(
        "Le fichier n'a que sa ligne d'en-tête : il n'y a aucun deal à importer.",
        "The file has only its header line: there is no deal to import.",
    ))
    .hint(Some(Text::fixed("Exportez-le de nouveau, avec ses lignes.", "Export it again, with its rows.")))
}

/// A run of a file cannot be run again: the file was deleted after it.
pub(crate) fn file_is_gone() -> Error {
    Error::invalid(Text::fixed(
        "Cet import venait d'un fichier, qui n'est pas gardé.",
        "This import came from a file, which is not kept.",
    ))
    .hint(Some(Text::fixed(
        "Corrigez le fichier et importez-le de nouveau : ce qui est déjà là ne change pas.",
        "Correct the file and import it again: what is there already does not change.",
    )))
}

/// The file is no longer there, or not this visitor's.
pub(super) fn not_waiting() -> Error {
    Error::new(
        crate::Kind::NotFound,
        Text::fixed(
            "Ce fichier n'est plus là : il a été importé, ou gardé une heure sans l'être.",
            "This file is no longer there: it was imported, or kept for an hour without being so.",
        ),
    )
    .hint(Some(Text::fixed("Envoyez-le de nouveau.", "Send it again.")))
}

/// The file is read in another way than the one its import was agreed for.
pub(super) fn read_otherwise() -> Error {
    let Text { fr, en } = look_again();
    Error::new(
        crate::Kind::Outdated,
        Text::new(
            format!("Ce fichier est lu autrement que dans l'aperçu que vous avez vu. {fr}"),
            format!("This file is read in another way than in the preview you saw. {en}"),
        ),
    )
}

/// What to do when an import would do something else than its owner saw.
pub(super) fn look_again() -> Text {
    Text::fixed(
        "Rien n'a été importé : vérifiez le nouvel aperçu ci-dessous, puis importez.",
        "Nothing was imported: check the new preview below, then import.",
    )
}

/// One person has as many files as they may.
pub(super) fn too_many_files(most: u64) -> Error {
    Error::invalid(Text::new(
        format!("Vous avez déjà {most} fichiers en attente, et ce fichier serait de trop."),
        format!("You have {most} files waiting already, and this file would be one too many."),
    ))
    .hint(Some(import_or_drop()))
}

/// One person's files weigh as much as they may, in bytes.
pub(super) fn too_many_bytes(most: u64) -> Error {
    let most = most / (1024 * 1024);
    Error::invalid(Text::new(
        format!("Vos fichiers en attente pèseraient, avec celui-ci, plus de {most} Mo."),
        format!("With this one, your waiting files would weigh more than {most} MB."),
    ))
    .hint(Some(import_or_drop()))
}

/// Everybody's files take all the room there is for them.
pub(super) fn no_room() -> Error {
    Error::invalid(Text::fixed(
        "Trop de fichiers attendent déjà d'être importés sur ce serveur : il n'y a pas de place pour celui-ci.",
        "Too many files wait to be imported on this server already: there is no room for this one.",
    ))
    .hint(Some(Text::fixed(
        "Réessayez plus tard : un fichier attend une heure au plus.",
        "Try again later: a file waits for an hour at most.",
    )))
}

fn import_or_drop() -> Text {
    Text::fixed(
        "Importez-en un, ou abandonnez-le ; sinon, un fichier s'efface au bout d'une heure.",
        "Import one of them, or drop it; otherwise a file is deleted after an hour.",
    )
}

/// The file has more rows than one import takes.
pub(super) fn too_many_rows(rows: u64, most: u64) -> Error {
    Error::invalid(Text::new(
        format!(
            "Le fichier a {rows} lignes, un import en prend {most} au plus : Passerelle est faite pour environ 100000 deals."
        ),
        format!(
            "The file has {rows} rows, an import takes {most} at most: Passerelle is made for about 100000 deals."
        ),
    ))
    .hint(Some(Text::fixed(
        "Gardez les lignes utiles, ou coupez le fichier en plusieurs.",
        "Keep the rows you need, or cut the file into several.",
    )))
}

pub(super) fn changes(line: u64) -> Text {
    Text::new(
        format!(
            "Le fichier mélange deux encodages : à partir de la ligne {line}, des lettres sont écrites autrement qu'avant. Chaque ligne a été lue dans le sien."
        ),
        format!(
            "The file mixes two encodings: from line {line} on, letters are written unlike before. Each line was read in its own."
        ),
    )
}

pub(super) fn damaged(line: u64) -> Text {
    Text::new(
        format!(
            "La ligne {line} n'est pas en UTF-8, comme peut-être d'autres après elle : elles sont refusées."
        ),
        format!("Line {line} is not in UTF-8, nor maybe others after it: they are refused."),
    )
}

pub(super) fn twice(name: &str) -> Text {
    let name = model::parse::shorten(name);
    Text::new(
        format!(
            "Deux colonnes s'appellent « {name} » : la première compte, sauf si vous en choisissez une autre."
        ),
        format!("Two columns are called “{name}”: the first one counts, unless you choose another."),
    )
}

pub(super) fn ragged(cells: usize, columns: usize) -> Text {
    Text::new(
        format!(
            "la ligne a {cells} cellules et l'en-tête {columns} colonnes. Vérifiez les guillemets et les séparateurs."
        ),
        format!(
            "the line has {cells} cells and the header {columns} columns. Check its quotes and delimiters."
        ),
    )
}

pub(super) fn unreadable() -> Text {
    Text::fixed(
        "des lettres ne sont pas en UTF-8. Choisissez l'encodage automatique, ou réenregistrez le fichier.",
        "some letters are not in UTF-8. Choose the automatic encoding, or save the file again.",
    )
}

pub(super) fn same_id(id: &str) -> Text {
    let id = model::parse::shorten(id);
    Text::new(
        format!("l'identifiant « {id} » est déjà celui d'une ligne plus haut. Gardez-en une."),
        format!("the id “{id}” is that of a line further up already. Keep one of them."),
    )
}
