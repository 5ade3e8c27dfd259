//! The deals of a filter as a file. Never more than a piece of it is in memory, and the ids of the others.

use std::io::{self, Write};

use futures_util::stream::{self, BoxStream, StreamExt};
use model::{Deal, Lang};
use tokio::sync::mpsc;

use super::sheet;
use super::workbook::Workbook;
use crate::{DealFilter, Error, Hub, Kind, Result};

/// How many deals are read together.
const PIECE: usize = 1_000;

/// What deals are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetFormat {
    /// For spreadsheets: UTF-8 with its mark, semicolons, amounts and days in the reader's language.
    Csv,
    /// An Excel workbook.
    Xlsx,
}

/// A file on its way.
pub struct DealExport {
    /// Its name, for whoever stores it; ASCII.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: BoxStream<'static, Result<Vec<u8>>>,
}

impl Hub {
    /// The deals that fit a filter, all of them, as a file. Its order and its part of them do not count: a file is
    /// written by id. It holds the deals that fit when it is begun, except those deleted before their turn.
    ///
    /// # Errors
    /// The database does not answer; in the stream, it does not answer any more.
    pub async fn export_deals(
        &self,
        filter: &DealFilter,
        format: SheetFormat,
        lang: Lang,
    ) -> Result<DealExport> {
        let pieces = self.deal_pieces(filter.clone()).await?;
        let (ending, media_type, bytes) = match format {
            SheetFormat::Csv => {
                let head = stream::once(async move { Ok(sheet::head(lang).into_bytes()) });
                let lines = pieces.map(move |deals| Ok(sheet::lines(&deals?, lang).into_bytes()));
                ("csv", "text/csv; charset=utf-8", head.chain(lines).boxed())
            }
            SheetFormat::Xlsx => {
                let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                ("xlsx", media_type, workbook(pieces, lang))
            }
        };
        // Whoever packs the answer asks once more after its end.
        let bytes = bytes.fuse().boxed();
        let today = self.at().chars().take(10).collect::<String>();
        Ok(DealExport { file_name: format!("deals-{today}.{ending}"), media_type, bytes })
    }

    /// The deals in pieces; the first one is read already, so that a database that does not answer is told as
    /// such and not with half a file.
    async fn deal_pieces(&self, filter: DealFilter) -> Result<BoxStream<'static, Result<Vec<Deal>>>> {
        let ids = self.store().deal_ids(&filter).await?;
        let hub = self.clone();
        let pieces = stream::unfold(ids.into_iter(), move |mut ids| {
            let hub = hub.clone();
            async move {
                let piece: Vec<i64> = ids.by_ref().take(PIECE).collect();
                if piece.is_empty() {
                    return None;
                }
                Some((hub.store().deals_with_ids(&piece).await.map_err(Error::from), ids))
            }
        });
        Ok(pieces.boxed())
    }
}

/// Packs a workbook on a thread that may block, as fast as its bytes are taken.
fn workbook(
    mut pieces: BoxStream<'static, Result<Vec<Deal>>>,
    lang: Lang,
) -> BoxStream<'static, Result<Vec<u8>>> {
    let (deals, mut to_write) = mpsc::channel::<Result<Vec<Deal>>>(1);
    let (out, bytes) = mpsc::channel(2);
    let reader = tokio::spawn(async move {
        while let Some(piece) = pieces.next().await {
            if deals.send(piece).await.is_err() {
                return;
            }
        }
    });
    tokio::task::spawn_blocking(move || {
        let failed = out.clone();
        if let Err(error) = write(&mut to_write, Pipe { out, piece: Vec::new() }, lang) {
            // Whoever wanted the file may have left.
            let _ = failed.blocking_send(Err(error));
        }
        reader.abort();
    });
    stream::unfold(bytes, async |mut bytes| Some((bytes.recv().await?, bytes))).boxed()
}

fn write(deals: &mut mpsc::Receiver<Result<Vec<Deal>>>, out: Pipe, lang: Lang) -> Result<()> {
    let mut book = Workbook::begin(out, lang).map_err(failed)?;
    while let Some(piece) = deals.blocking_recv() {
        book.add(&piece?).map_err(failed)?;
    }
    book.finish().map_err(failed)
}

fn failed(error: io::Error) -> Error {
    tracing::warn!(%error, "a workbook could not be written to its end");
    Error::new(
        Kind::Internal,
        model::Text::fixed("Le classeur n'a pas pu être écrit.", "The workbook could not be written."),
    )
}

/// Sends what is written, in pieces of some size.
struct Pipe {
    out: mpsc::Sender<Result<Vec<u8>>>,
    piece: Vec<u8>,
}

/// How large a piece is, in bytes.
const SENT: usize = 64 * 1024;

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= SENT {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::take(&mut self.piece);
        self.out.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        // The last piece; nobody may be there to take it.
        let _ = self.flush();
    }
}
