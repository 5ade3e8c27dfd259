//! Rows and cells, how they are played, and the table they make.

use std::fmt::Write;
use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use hub::Policy;

use super::bench::{Bench, COLUMNS, Column, Held};
use super::faults::Scripted;

/// A fault, and what it does in each of [`COLUMNS`].
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) cells: [Cell; 4],
}

/// One fault in one column.
#[derive(Clone)]
pub(crate) enum Cell {
    /// Something goes wrong on the wire.
    Fault(Scripted),
    /// A course of events of its own; gives the word for the table.
    Story(Story),
    /// It cannot happen there, for this reason.
    No(&'static str),
}

/// What happens in one column.
pub(crate) type Story = fn(Column) -> BoxFuture<'static, &'static str>;

/// A row that is the same story in every column.
pub(crate) fn story(name: &str, story: Story) -> Row {
    Row {
        name: name.to_owned(),
        cells: [Cell::Story(story), Cell::Story(story), Cell::Story(story), Cell::Story(story)],
    }
}

/// Cells played at once.
const AT_ONCE: usize = 12;

/// How a cell went.
enum Went {
    As(&'static str),
    Wrong(String),
}

/// The table, and how many cells passed and failed.
pub(crate) struct Played {
    pub(crate) table: String,
    pub(crate) failures: Vec<String>,
    pub(crate) passed: usize,
}

/// Plays the rows whose name holds `wanted`.
pub(crate) async fn play(rows: Vec<Row>, wanted: &str) -> Played {
    let rows: Vec<Row> = rows.into_iter().filter(|row| row.name.contains(wanted)).collect();
    let mut whole = Vec::new();
    for column in COLUMNS {
        let at = Bench::new(column, Policy::without_waiting()).await;
        assert_eq!(at.run().await.status, "success");
        whole.push(at.held().await);
    }
    let whole: Arc<[Held]> = whole.into();
    let cells = rows
        .iter()
        .enumerate()
        .flat_map(|(row, of)| (0..4).map(move |column| (row, column, of.cells[column].clone())));
    let went = cells.map(|(row, column, cell)| {
        let whole = Arc::clone(&whole);
        async move {
            // A task of its own: a failed assertion is this cell's alone.
            let went = match tokio::spawn(async move { go(cell, column, &whole[column]).await }).await {
                Ok(word) => Went::As(word),
                Err(panic) => Went::Wrong(said(panic)),
            };
            (row, column, went)
        }
    });
    let mut went: Vec<(usize, usize, Went)> =
        futures_util::stream::iter(went).buffer_unordered(AT_ONCE).collect().await;
    went.sort_by_key(|(row, column, _)| (*row, *column));
    tell(&rows, &went)
}

async fn go(cell: Cell, column: usize, whole: &Held) -> &'static str {
    match cell {
        Cell::No(_) => "–",
        Cell::Story(story) => story(COLUMNS[column]).await,
        Cell::Fault(scripted) => {
            let at = Bench::new(COLUMNS[column], scripted.policy()).await;
            let before = at.held().await;
            at.service.controls().fault(scripted.rule(&at.service));
            let run = at.run().await;
            let hits =
                at.service.controls().log().entries().iter().filter(|entry| entry.fault.is_some()).count();
            assert!(hits > 0, "the fault was not played");
            scripted.end.check(&at, &before, &run, whole).await;
            scripted.end.word()
        }
    }
}

fn said(panic: tokio::task::JoinError) -> String {
    let what = panic.into_panic();
    let text = what.downcast_ref::<String>().cloned();
    text.or_else(|| what.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}

fn tell(rows: &[Row], went: &[(usize, usize, Went)]) -> Played {
    let (mut table, mut failures, mut passed) = (String::new(), Vec::new(), 0);
    let _ = write!(table, "┌ {:<52}", "fault");
    for Column { provider, direction } in COLUMNS {
        let _ = write!(table, "{:<17}", format!("{provider} {}", direction.word()));
    }
    let mut reasons: Vec<&str> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let _ = write!(table, "\n│ {:<52}", row.name);
        for (_, column, went) in went.iter().filter(|(row, ..)| *row == index) {
            let word = match (went, &row.cells[*column]) {
                (Went::As(_), Cell::No(reason)) => {
                    let known = reasons.iter().position(|known| known == reason).unwrap_or_else(|| {
                        reasons.push(reason);
                        reasons.len() - 1
                    });
                    format!("– ({})", known + 1)
                }
                (Went::As(word), _) => {
                    passed += 1;
                    (*word).to_owned()
                }
                (Went::Wrong(said), _) => {
                    let Column { provider, direction } = COLUMNS[*column];
                    failures.push(format!("{} · {provider} {}: {said}", row.name, direction.word()));
                    "FAILED".to_owned()
                }
            };
            let _ = write!(table, "{word:<17}");
        }
    }
    for (index, reason) in reasons.iter().enumerate() {
        let _ = write!(table, "\n│ ({}) {reason}", index + 1);
    }
    let _ = write!(table, "\n└ {passed} cells hold, {} do not", failures.len());
    Played { table, failures, passed }
}
