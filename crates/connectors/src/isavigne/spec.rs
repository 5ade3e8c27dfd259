//! The form as data, and the settings it fills.

use model::spec::{Capabilities, ChoiceOption, FieldGroup, FieldKind, FormField};
use model::{ConnectorSpec, Text};

use super::glob::Glob;
use super::texts;
use crate::common::encoding::Encoding;
use crate::connector::Settings;
use crate::error::Result;

/// What iSaVigne is and what it asks for.
pub(super) fn spec() -> ConnectorSpec {
    ConnectorSpec {
        id: "isavigne".to_owned(),
        name: "iSaVigne".to_owned(),
        summary: Text::fixed(
            "Importez les exports d'iSaVigne (CSV ou Excel) déposés dans un dossier.",
            "Import the exports of iSaVigne (CSV or Excel) dropped in a folder.",
        ),
        groups: vec![FieldGroup {
            title: Text::fixed("Fichiers", "Files"),
            fields: vec![folder_field(), pattern_field(), encoding_field(), watch_field()],
        }],
        capabilities: Capabilities { in_flight: 1, ..Capabilities::default() },
    }
}

fn folder_field() -> FormField {
    FormField {
        key: "isavigne_export_path".to_owned(),
        label: Text::fixed("Chemin d'export", "Export path"),
        help: Text::fixed(
            "Chemin absolu du dossier où iSaVigne dépose ses fichiers : *client*, *produit*, *vente*, *stock*, \
             *contact*. Il doit se trouver dans un des dossiers autorisés par PASSERELLE_DATA_DIRS.",
            "Absolute path of the folder where iSaVigne drops its files: *client*, *produit*, *vente*, *stock*, \
             *contact*. It must be inside one of the folders allowed by PASSERELLE_DATA_DIRS.",
        ),
        example: "data/imports/isavigne".to_owned(),
        kind: FieldKind::Folder,
        required: true,
        shown_when: None,
    }
}

fn pattern_field() -> FormField {
    FormField {
        key: "isavigne_file_pattern".to_owned(),
        label: Text::fixed("Pattern de fichiers", "File pattern"),
        help: Text::fixed(
            "Pattern glob pour fichiers : * remplace n'importe quels caractères, ? un seul. Plusieurs patterns : \
             *.csv;*.xlsx. Sans réponse : *.csv.",
            "Glob pattern for files: * stands for any characters, ? for one. Several patterns: *.csv;*.xlsx. Left \
             empty: *.csv.",
        ),
        example: "*.csv".to_owned(),
        kind: FieldKind::Text,
        required: false,
        shown_when: None,
    }
}

fn encoding_field() -> FormField {
    let option = |value: &str, fr, en| ChoiceOption { value: value.to_owned(), label: Text::fixed(fr, en) };
    FormField {
        key: "encoding".to_owned(),
        label: Text::fixed("Encodage", "Encoding"),
        help: Text::fixed(
            "Automatique convient presque toujours ; choisissez-en un si des accents sont illisibles.",
            "Automatic nearly always fits; choose one if accents are unreadable.",
        ),
        example: "auto".to_owned(),
        kind: FieldKind::Choice {
            options: vec![
                option("auto", "Automatique", "Automatic"),
                option("utf-8", "UTF-8", "UTF-8"),
                option("latin-1", "Latin-1", "Latin-1"),
                option("iso-8859-1", "ISO-8859-1", "ISO-8859-1"),
                option("windows-1252", "Windows-1252", "Windows-1252"),
            ],
        },
        required: false,
        shown_when: None,
    }
}

/// Not this connector's affair: whoever starts syncs looks at it.
fn watch_field() -> FormField {
    FormField {
        key: "watch".to_owned(),
        label: Text::fixed("Surveiller le dossier", "Watch the folder"),
        help: Text::fixed(
            "Une synchronisation démarre d'elle-même quand des fichiers arrivent ou changent.",
            "A sync starts by itself when files arrive or change.",
        ),
        example: "true".to_owned(),
        kind: FieldKind::Toggle,
        required: false,
        shown_when: None,
    }
}

/// What the form gave, read once.
pub(super) struct ExportSettings {
    pub(super) folder: String,
    pub(super) pattern: Glob,
    pub(super) encoding: Encoding,
}

impl ExportSettings {
    pub(super) fn parse(settings: &Settings) -> Result<ExportSettings> {
        let value = |field: &FormField| settings.values.get(&field.key).map(|v| v.trim()).unwrap_or_default();
        let folder = folder_field();
        if value(&folder).is_empty() {
            return Err(texts::missing(&folder));
        }
        let pattern = match value(&pattern_field()) {
            "" => "*.csv",
            typed => typed,
        };
        let encoding = value(&encoding_field());
        Ok(ExportSettings {
            folder: value(&folder).to_owned(),
            pattern: Glob::new(pattern),
            encoding: Encoding::from_word(encoding).ok_or_else(|| texts::unknown_encoding(encoding))?,
        })
    }
}
