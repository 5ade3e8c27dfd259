//! The sentences of this source: what is wrong with a folder or a file, and what to do about it.

use std::path::PathBuf;

use model::Text;
use model::spec::FormField;

use crate::common::csv::fault::Fault;
use crate::error::{Error, ErrorKind, Retry};

pub(super) fn missing(field: &FormField) -> Error {
    let (fr, en) = (&field.label.fr, &field.label.en);
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("iSaVigne : le champ « {fr} » est vide."),
            format!("iSaVigne: the field “{en}” is empty."),
        ),
    )
    .hint(field.help.clone())
}

pub(super) fn unknown_encoding(word: &str) -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(
            format!("L'encodage « {word} » n'est pas connu."),
            format!("The encoding “{word}” is not known."),
        ),
    )
    .hint(Text::fixed(
        "Choisissez automatique, UTF-8, Latin-1, ISO-8859-1 ou Windows-1252.",
        "Choose automatic, UTF-8, Latin-1, ISO-8859-1 or Windows-1252.",
    ))
}

pub(super) fn not_allowed(typed: &str, data_dirs: &[PathBuf]) -> Error {
    let dirs: Vec<String> = data_dirs.iter().map(|dir| dir.display().to_string()).collect();
    let dirs = if dirs.is_empty() { "–".to_owned() } else { dirs.join(", ") };
    Error::new(
        ErrorKind::Forbidden,
        Text::new(
            format!("Le dossier « {typed} » n'existe pas ou n'est pas autorisé."),
            format!("The folder “{typed}” does not exist or is not allowed."),
        ),
    )
    .hint(Text::new(
        format!(
            "Indiquez un dossier situé dans : {dirs}. La variable PASSERELLE_DATA_DIRS en autorise d'autres."
        ),
        format!("Give a folder inside: {dirs}. The variable PASSERELLE_DATA_DIRS allows others."),
    ))
}

pub(super) fn not_a_folder(typed: &str) -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::new(format!("« {typed} » n'est pas un dossier."), format!("“{typed}” is not a folder.")),
    )
    .hint(Text::fixed("Indiquez le dossier qui contient le fichier.", "Give the folder that holds the file."))
}

pub(super) fn unreadable_folder(path: &str, error: &std::io::Error) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::new(
            format!("Le dossier « {path} » ne peut pas être lu : {error}."),
            format!("The folder “{path}” cannot be read: {error}."),
        ),
    )
    .hint(Text::fixed(
        "Donnez au programme le droit de lire ce dossier.",
        "Give the program the right to read this folder.",
    ))
    .retry(Retry::Backoff)
}

pub(super) fn no_files(path: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Aucun fichier à importer dans « {path} »."),
            format!("No file to import in “{path}”."),
        ),
    )
    .hint(Text::fixed(
        "Déposez-y des fichiers dont le nom contient client, produit, vente, stock ou contact, et vérifiez le \
         modèle des noms.",
        "Drop files there whose names hold client, produit, vente, stock or contact, and check the name pattern.",
    ))
}

/// Why a file cannot be read.
pub(super) fn fault(name: &str, fault: &Fault) -> Error {
    let error = |kind, fr: &str, en: &str, hint| {
        Error::new(kind, Text::new(format!("« {name} » {fr}"), format!("“{name}” {en}"))).hint(hint)
    };
    let export = Text::fixed(
        "Exportez de nouveau ce fichier, en CSV ou en .xlsx.",
        "Export this file again, as CSV or as .xlsx.",
    );
    let reply = ErrorKind::UnexpectedReply;
    match fault {
        Fault::NotWanted => error(reply, "n'a pas été lu jusqu'au bout.", "was not read to its end.", export),
        Fault::Empty => error(reply, "est vide.", "is empty.", export),
        Fault::Binary => error(
            reply,
            "n'est pas un fichier texte : il contient des octets nuls.",
            "is no text file: it holds null bytes.",
            export,
        ),
        Fault::Utf16 => error(
            reply,
            "est en UTF-16, qui n'est pas lu.",
            "is in UTF-16, which is not read.",
            Text::fixed("Enregistrez-le en « CSV UTF-8 ».", "Save it as “CSV UTF-8”."),
        ),
        Fault::NoHeader => error(
            reply,
            "ne commence pas par une ligne de noms de colonnes.",
            "does not begin with a line of column names.",
            export,
        ),
        Fault::OldWorkbook => error(
            reply,
            "est un classeur d'Excel 97, qui n'est pas lu.",
            "is an Excel 97 workbook, which is not read.",
            Text::fixed("Enregistrez-le au format .xlsx.", "Save it in the .xlsx format."),
        ),
        Fault::Workbook(why) => error(
            reply,
            &format!("est un classeur Excel abîmé : {why}."),
            &format!("is a damaged Excel workbook: {why}."),
            export,
        ),
        Fault::Bomb => error(
            reply,
            "est compressé de façon anormale : décompressé, il dépasserait ce qu'un fichier de cette taille contient.",
            "is packed in an unusual way: unpacked, it would be more than a file of its size holds.",
            Text::fixed(
                "Décompressez-le vous-même, vérifiez-le, et déposez-le en CSV.",
                "Unpack it yourself, check it, and put it there as CSV.",
            ),
        ),
        Fault::Io(cause) if cause.kind() == std::io::ErrorKind::UnexpectedEof => error(
            reply,
            "est coupé avant sa fin ; ce qui précède a été lu.",
            "is cut off before its end; what stands before was read.",
            export,
        ),
        Fault::Io(cause) => error(
            ErrorKind::Unavailable,
            &format!("ne peut pas être lu : {cause}."),
            &format!("cannot be read: {cause}."),
            Text::fixed(
                "Vérifiez que le fichier est intact et que le programme a le droit de le lire.",
                "Check that the file is intact and that the program may read it.",
            ),
        )
        .retry(Retry::Backoff),
    }
}

pub(super) fn stopped() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed("La lecture des fichiers s'est interrompue.", "The reading of the files broke off."),
    )
    .hint(Text::fixed("Relancez : ce qui a été lu est gardé.", "Start again: what was read is kept."))
    .retry(Retry::Backoff)
}
