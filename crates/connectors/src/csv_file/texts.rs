//! What is wrong with a file, and what to do about it.

use model::Text;

use crate::common::csv::fault::Fault;
use crate::error::{Error, ErrorKind};

/// Why a file cannot be read as CSV.
pub(super) fn fault(fault: &Fault) -> Error {
    let (what, remedy) = match fault {
        Fault::Empty | Fault::NotWanted => (
            Text::fixed("Le fichier est vide.", "The file is empty."),
            Text::fixed(
                "Exportez-le de nouveau, avec la ligne des noms de colonnes.",
                "Export it again, with the line of column names.",
            ),
        ),
        Fault::Workbook(_) | Fault::Bomb => (
            Text::fixed(
                "Ce fichier est un classeur Excel (.xlsx) ou une archive, même si son nom finit par .csv.",
                "This file is an Excel workbook (.xlsx) or an archive, even if its name ends in .csv.",
            ),
            save_as_csv(),
        ),
        Fault::OldWorkbook => (
            Text::fixed(
                "Ce fichier est un classeur Excel 97 (.xls), même si son nom finit par .csv.",
                "This file is an Excel 97 workbook (.xls), even if its name ends in .csv.",
            ),
            save_as_csv(),
        ),
        Fault::Binary => (
            Text::fixed(
                "Ce fichier n'est pas du texte : il est compressé ou contient des octets nuls.",
                "This file is no text: it is packed or holds null bytes.",
            ),
            Text::fixed(
                "Décompressez-le, ou exportez-le de nouveau en CSV.",
                "Unpack it, or export it again as CSV.",
            ),
        ),
        Fault::Utf16 => (
            Text::fixed("Ce fichier est en UTF-16.", "This file is in UTF-16."),
            Text::fixed("Choisissez l'encodage UTF-16.", "Choose the encoding UTF-16."),
        ),
        Fault::NoHeader => (
            Text::fixed(
                "Le fichier ne commence pas par une ligne de noms de colonnes : un guillemet n'y est jamais fermé, ou elle dépasse 1 Mo.",
                "The file does not begin with a line of column names: a quote in it is never closed, or it is longer than 1 MB.",
            ),
            Text::fixed(
                "Corrigez sa première ligne, puis envoyez-le de nouveau.",
                "Correct its first line, then send it again.",
            ),
        ),
        Fault::Io(cause) => (
            Text::new(
                format!("Le fichier ne peut pas être lu : {cause}."),
                format!("The file cannot be read: {cause}."),
            ),
            Text::fixed("Envoyez-le de nouveau.", "Send it again."),
        ),
    };
    Error::new(ErrorKind::InvalidSettings, what).hint(remedy)
}

fn save_as_csv() -> Text {
    Text::fixed(
        "Ouvrez-le dans votre tableur et choisissez « Enregistrer sous », « CSV UTF-8 ».",
        "Open it in your spreadsheet and choose “Save as”, “CSV UTF-8”.",
    )
}
