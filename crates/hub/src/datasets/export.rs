//! A version of a dataset as a file: CSV, JSON, NDJSON or Parquet. Never more than a piece of it is in memory.

use futures_util::stream::{self, BoxStream, StreamExt};
use futures_util::{TryStreamExt, future};
use model::dataset::Filter;
use model::{Lang, Text};
use store::StoredRow;
use tokio::io::AsyncReadExt;

use super::parquet::{GROUP, ParquetFile};
use super::rows::Looked;
use super::spreadsheet;
use crate::{Error, Hub, Kind, Result};

/// Bytes of a file sent together.
const PIECE: usize = 64 * 1024;

/// What a dataset is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// For spreadsheets: UTF-8 with its mark, semicolons, numbers and days in the reader's language.
    Csv,
    /// A list of the objects as they came.
    Json,
    /// An object per line.
    Ndjson,
    /// Typed columns.
    Parquet,
}

/// A file on its way.
pub struct DatasetExport {
    /// Its name, for whoever stores it; ASCII.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: BoxStream<'static, Result<Vec<u8>>>,
}

impl ExportFormat {
    /// Every format.
    pub const ALL: [ExportFormat; 4] =
        [ExportFormat::Csv, ExportFormat::Json, ExportFormat::Ndjson, ExportFormat::Parquet];

    /// The word in addresses, and the ending of files.
    pub fn word(self) -> &'static str {
        match self {
            ExportFormat::Csv => "csv",
            ExportFormat::Json => "json",
            ExportFormat::Ndjson => "ndjson",
            ExportFormat::Parquet => "parquet",
        }
    }

    /// The format of that word.
    pub fn from_word(word: &str) -> Option<ExportFormat> {
        ExportFormat::ALL.into_iter().find(|format| format.word() == word)
    }

    fn media_type(self) -> &'static str {
        match self {
            ExportFormat::Csv => "text/csv; charset=utf-8",
            ExportFormat::Json => "application/json",
            ExportFormat::Ndjson => "application/x-ndjson",
            ExportFormat::Parquet => "application/vnd.apache.parquet",
        }
    }
}

impl Hub {
    /// The rows of a version (the present one when `None`) that fit, as a file.
    ///
    /// # Errors
    /// `NotFound`: no such dataset or version; `Invalid`: the filter does not fit the columns, or a Parquet
    /// file is asked for before there is a column. In the stream: the database does not answer any more.
    pub async fn dataset_export(
        &self,
        id: i64,
        version: Option<i64>,
        format: ExportFormat,
        filter: &Filter,
        lang: Lang,
    ) -> Result<DatasetExport> {
        let Looked { dataset, version, columns, .. } = self.looked_at(id, version).await?;
        let matcher = filter.compile(&columns).map_err(|faults| Error::faults(&faults))?;
        let pieces = self.dataset_pieces(id, version, matcher);
        let bytes = match format {
            ExportFormat::Csv => {
                let head = stream::once(future::ready(Ok(spreadsheet::head(&columns).into_bytes())));
                let lines = pieces.map_ok(move |rows| {
                    let mut out = String::with_capacity(rows.len() * 100);
                    for row in &rows {
                        spreadsheet::line(&columns, &row.content, lang, &mut out);
                    }
                    out.into_bytes()
                });
                head.chain(lines).boxed()
            }
            ExportFormat::Json => list(pieces),
            ExportFormat::Ndjson => pieces.map_ok(|rows| lines(&rows)).boxed(),
            ExportFormat::Parquet if columns.is_empty() => return Err(nothing_typed(&dataset.name)),
            ExportFormat::Parquet => {
                let begun = ParquetFile::begin(columns).map_err(failed)?;
                stream::once(parquet(begun, pieces)).try_flatten().boxed()
            }
        };
        let file_name = format!("{}-v{version}.{}", plain_name(&dataset.name), format.word());
        Ok(DatasetExport { file_name, media_type: format.media_type(), bytes })
    }
}

/// The objects as one JSON list.
fn list(pieces: BoxStream<'static, Result<Vec<StoredRow>>>) -> BoxStream<'static, Result<Vec<u8>>> {
    let mut is_first = true;
    let items = pieces.map_ok(move |rows| {
        let mut out = Vec::new();
        for row in &rows {
            out.extend_from_slice(if std::mem::take(&mut is_first) { b"\n" } else { b",\n" });
            out.extend_from_slice(row.content.as_bytes());
        }
        out
    });
    let mark = |bytes: &[u8]| stream::once(future::ready(Ok(bytes.to_vec())));
    mark(b"[").chain(items).chain(mark(b"\n]\n")).boxed()
}

/// An object per line. Line breaks can only stand between its members: within texts they are escaped.
fn lines(rows: &[StoredRow]) -> Vec<u8> {
    let mut out = Vec::new();
    for row in rows {
        out.extend(row.content.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')));
        out.push(b'\n');
    }
    out
}

/// Writes the whole file on threads that may block, then gives it out.
async fn parquet(
    mut file: ParquetFile,
    mut pieces: BoxStream<'static, Result<Vec<StoredRow>>>,
) -> Result<BoxStream<'static, Result<Vec<u8>>>> {
    let mut group = Vec::with_capacity(GROUP);
    let mut is_last = false;
    while !is_last {
        match pieces.try_next().await? {
            Some(rows) => group.extend(rows),
            None => is_last = true,
        }
        while group.len() >= GROUP || (is_last && !group.is_empty()) {
            let rest = group.split_off(group.len().min(GROUP));
            let rows = std::mem::replace(&mut group, rest);
            file = blocking(move || {
                file.write(&rows)?;
                Ok(file)
            })
            .await?;
        }
    }
    let file = tokio::fs::File::from_std(blocking(move || file.end()).await?);
    Ok(stream::try_unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await.map_err(|error| failed(error.into()))?;
        piece.truncate(read);
        Ok((read > 0).then_some((piece, file)))
    })
    .boxed())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> parquet::errors::Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(failed),
        Err(error) => Err(failed(parquet::errors::ParquetError::General(error.to_string()))),
    }
}

fn failed(error: parquet::errors::ParquetError) -> Error {
    tracing::error!(%error, "a dataset could not be written as Parquet");
    let message = Text::fixed(
        "Le fichier Parquet n'a pas pu être écrit. Vérifiez la place sur le disque du serveur.",
        "The Parquet file could not be written. Check the room on the server's disk.",
    );
    Error::new(Kind::Internal, message)
}

fn nothing_typed(name: &str) -> Error {
    Error::invalid(Text::new(
        format!(
            "« {name} » n'a pas encore de colonne. Synchronisez la connexion avant de l'exporter en Parquet."
        ),
        format!("“{name}” has no column yet. Sync the connection before exporting it as Parquet."),
    ))
}

/// A name for a file: letters and digits of ASCII, and lines between words.
fn plain_name(name: &str) -> String {
    let plain = model::fold::plain(name);
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    if name.is_empty() { "dataset".to_owned() } else { name }
}
