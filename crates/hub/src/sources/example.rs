//! Example exports, for somebody who has none at hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::Local;
use model::Text;

use super::{NotSaved, SourceDraft};
use crate::{Error, Hub, Kind, Result};

/// The source that reads them.
const NAME: &str = "isavigne_exemple";
/// The folder they stand in, inside the first one that may be read.
const FOLDER: &str = "exemple";

impl Hub {
    /// Writes example exports of a wine merchant and adds the source that reads them; returns its name. Where
    /// it is there already, nothing is done.
    ///
    /// # Errors
    /// `Invalid` when no folder may be read, or the files cannot be written; the database does not answer.
    pub async fn add_example_source(&self) -> Result<String> {
        if self.source_row(NAME).await.is_ok() {
            return Ok(NAME.to_owned());
        }
        let root = self.inner.data_dirs.first().cloned().ok_or_else(no_folder)?;
        let folder = tokio::task::spawn_blocking(move || write(&root))
            .await
            .map_err(|error| not_written(&error))?
            .map_err(|error| not_written(&error))?;
        let values = BTreeMap::from([("isavigne_export_path".to_owned(), folder.display().to_string())]);
        let draft = SourceDraft { name: NAME.to_owned(), kind: "isavigne".to_owned(), values };
        self.create_source(draft).await.map_err(|error| match error {
            NotSaved::Failed(error) => error,
            NotSaved::Faults(faults) => {
                let text = faults.into_iter().next().map(|fault| fault.text);
                Error::invalid(text.unwrap_or_else(|| Text::same(NAME)))
            }
        })?;
        Ok(NAME.to_owned())
    }
}

/// Files that are there already are somebody's own and stay as they are.
fn write(root: &Path) -> std::io::Result<PathBuf> {
    let folder = root.join(FOLDER);
    std::fs::create_dir_all(&folder)?;
    for (name, bytes) in sandbox::demo::exports(Local::now().date_naive()) {
        let path = folder.join(name);
        if !path.exists() {
            std::fs::write(path, bytes)?;
        }
    }
    folder.canonicalize()
}

fn no_folder() -> Error {
    Error::invalid(Text::fixed(
        "Aucun dossier n'est autorisé : indiquez-en un avec PASSERELLE_DATA_DIRS, puis relancez Passerelle.",
        "No folder is allowed: name one with PASSERELLE_DATA_DIRS, then start Passerelle again.",
    ))
}

fn not_written(error: &dyn std::error::Error) -> Error {
    tracing::warn!(%error, "the example files cannot be written");
    Error::new(
        Kind::Invalid,
        Text::fixed(
            "Les fichiers d'exemple ne peuvent pas être écrits dans le dossier autorisé.",
            "The example files cannot be written into the allowed folder.",
        ),
    )
    .hint(Some(Text::fixed(
        "Vérifiez les droits d'écriture du dossier nommé par PASSERELLE_DATA_DIRS.",
        "Check the right to write into the folder that PASSERELLE_DATA_DIRS names.",
    )))
}
