//! Brings the rows of a file into the loop every import goes through.

use std::sync::Arc;

use connectors::ErrorKind;
use connectors::csv_file::{Look, read};
use model::canonical::Refused;
use model::crossing::Mapped;
use model::deals_csv::{Layout, read_row};
use model::table::{TextRow, TextRows};
use model::{StatusWords, Text};
use tokio::sync::mpsc::Sender;

use super::CSV;
use super::file::DealsFile;
use super::key::Keys;
use super::survey::survey;
use super::texts;
use crate::sync::{MappedPage, Pages, Remote, Stop, Table, Work, content_of, take_in};

/// How many rows make a page.
const PAGE: usize = 500;

/// Where the links of all files hold.
pub(crate) const SCOPE: &str = "csv//deals";

/// Reads a file to its end and deals with its rows as with the records of a service.
pub(crate) async fn bring_in(work: &mut Work<'_>, file: &Arc<DealsFile>) -> Result<(), Stop> {
    work.tally.warnings.extend(file.notices());
    work.tally.total(file.look.rows);
    let scope = work.hub.store().scope(SCOPE).await?;
    let crowds = work.unless_asked(survey(work.hub.store(), scope, file)).await??;
    let table = Table { scope, id: CSV };
    take_in(work, table, pages(file, Keys::new(crowds))).await?;
    Ok(())
}

/// The rows of a file as pages, read on a thread that may block.
fn pages(file: &Arc<DealsFile>, keys: Keys) -> Pages {
    let file = Arc::clone(file);
    Pages::of(async move |sender| {
        let broken_down = sender.clone();
        let reading = tokio::task::spawn_blocking(move || send_all(&file, keys, &sender));
        if reading.await.is_err() {
            // Else the file would seem to end here. Whoever took the pages may have stopped.
            let _ = broken_down.send(Err(stopped_early())).await;
        }
    })
}

/// Why a file was not read to its end though nothing is wrong with it.
fn stopped_early() -> connectors::Error {
    let message = Text::fixed(
        "Le fichier n'a pas pu être lu jusqu'au bout. Importez-le de nouveau : rien ne sera doublé.",
        "The file could not be read to its end. Import it again: nothing will be doubled.",
    );
    connectors::Error::new(ErrorKind::UnexpectedReply, message)
}

fn send_all(file: &DealsFile, keys: Keys, sender: &Sender<connectors::Result<MappedPage>>) {
    let mut rows_as_deals = Rows { file, keys, words: StatusWords::default() };
    let done = read(file.upload.path(), file.look.form, PAGE, &mut |rows, refused| {
        let remotes = rows_as_deals.remotes(&rows, refused);
        sender.blocking_send(Ok(MappedPage { remotes, next: None })).is_ok()
    });
    if let Err(error) = done {
        // Whoever took the pages may have stopped.
        let _ = sender.blocking_send(Err(error));
    }
}

/// Sees rows as deals, one after the other.
struct Rows<'a> {
    file: &'a DealsFile,
    keys: Keys,
    words: StatusWords,
}

impl Rows<'_> {
    /// The deals of some rows, in the order of their lines, with what is none.
    fn remotes(&mut self, rows: &TextRows, refused: Vec<Refused>) -> Vec<Remote> {
        let mut remotes: Vec<Remote> = rows.iter().map(|row| self.of_row(&row)).collect();
        remotes.extend(refused.into_iter().map(|refused| {
            let Text { fr, en } = refused.reason;
            let text = Text::new(format!("{fr}."), format!("{en}."));
            let mapped = Mapped { broken: Some(text), ..Mapped::default() };
            of_line(refused.origin, super::line_id(refused.origin), mapped)
        }));
        remotes.sort_by_key(|remote| remote.line);
        remotes
    }

    fn of_row(&mut self, row: &TextRow<'_>) -> Remote {
        let DealsFile { layout, look, .. } = self.file;
        let mut mapped = read_row(row, layout, &self.words);
        let own = own_id(row, layout);
        let key = self.keys.of(own, &mapped.values);
        mapped.broken =
            broken(row, look).or_else(|| key.is_taken.then(|| texts::same_id(own.unwrap_or_default())));
        if mapped.broken.is_some() {
            mapped.unknown_status = None;
        }
        of_line(row.origin, key.id, mapped)
    }
}

/// What the file's own column says a row is, if it has one.
pub(super) fn own_id<'a>(row: &TextRow<'a>, layout: &Layout) -> Option<&'a str> {
    let own = layout.columns.id.and_then(|column| row.cell(column));
    own.map(str::trim).filter(|own| !own.is_empty())
}

/// Why a row cannot be believed, whatever its cells say.
pub(super) fn broken(row: &TextRow<'_>, look: &Look) -> Option<Text> {
    if !row.fits(look.columns.len()) {
        return Some(texts::ragged(row.len(), look.columns.len()));
    }
    let is_damaged = look.damaged_at.is_some() && row.cells().any(|cell| cell.contains('\u{fffd}'));
    is_damaged.then(texts::unreadable)
}

fn of_line(line: u64, id: String, mapped: Mapped) -> Remote {
    let content = content_of(&mapped.values);
    Remote { id, modified_at: None, mapped, content, line: Some(line) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tokio::runtime::Runtime;

    use super::*;
    use crate::deals_csv::CsvChoices;
    use crate::deals_csv::crowds::Crowds;
    use crate::deals_csv::handed_in::Upload;
    use crate::{Kind, Result};

    /// Looks at a file and reads its rows, as its import does.
    fn rows_of(content: &[u8]) -> Result<(u64, Vec<Remote>)> {
        let upload = Arc::new(Upload::of(content));
        let runtime = Runtime::new().unwrap();
        let file = runtime.block_on(DealsFile::look_at(upload, CsvChoices::default()))?;
        file.usable()?;
        let count = file.look.rows;
        let mut pages = pages_of(&runtime, file);
        let mut remotes = Vec::new();
        loop {
            let ready = runtime.block_on(pages.ready());
            ready.fault?;
            if ready.pages.is_empty() {
                return Ok((count, remotes));
            }
            remotes.extend(ready.pages.into_iter().flat_map(|page| page.remotes));
        }
    }

    fn pages_of(runtime: &Runtime, file: DealsFile) -> Pages {
        let _entered = runtime.enter();
        pages(&Arc::new(file), Keys::new(Crowds::new([], Vec::new())))
    }

    /// Files that begin like one of deals go on anyhow; others are anything.
    fn contents() -> impl Strategy<Value = Vec<u8>> {
        let head = proptest::sample::select(vec![
            &b""[..],
            b"Client;Montant\n",
            b"Task ID,Task Name,Montant Deal,Due Date,Status\r\n",
            b"\xff\xfeC\0l\0i\0e\0n\0t\0;\0M\0o\0n\0t\0a\0n\0t\0\n\0",
        ]);
        let line = prop_oneof![
            3 => "[a-zé\\\"]{0,6}[;,][0-9 .,-]{0,8}([;,][^\r\n]{0,8})?\r?\n".prop_map(String::into_bytes),
            1 => proptest::collection::vec(any::<u8>(), 0..40),
        ];
        (head, proptest::collection::vec(line, 0..12))
            .prop_map(|(head, lines)| [vec![head.to_vec()], lines].concat().concat())
    }

    proptest! {
        /// Whatever is handed in is refused with a sentence, or every row of it is a deal or refused with its line.
        #[test]
        fn any_file_is_refused_or_read_row_by_row(content in contents()) {
            match rows_of(&content) {
                Err(error) => {
                    prop_assert!(error.kind != Kind::Internal, "{error:?}");
                    prop_assert!(!error.message.fr.is_empty() && error.hint.is_some(), "{error:?}");
                }
                Ok((count, remotes)) => {
                    prop_assert_eq!(remotes.len() as u64, count);
                    let mut lines: Vec<u64> = remotes.iter().filter_map(|remote| remote.line).collect();
                    lines.dedup();
                    prop_assert_eq!(lines.len() as u64, count, "each row has a line of its own");
                }
            }
        }
    }
}
