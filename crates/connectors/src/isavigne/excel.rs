//! The first sheet of an Excel workbook (.xlsx), cell by cell. Its shared texts are held in memory, as
//! the format asks for; its rows are not.

use std::fs::File;
use std::io::BufReader;

use calamine::{DataRef, Reader, Xlsx};
use model::table::TextRows;

use crate::common::csv::batch::{Gather, Sink, Size};
use crate::common::csv::fault::Fault;
use crate::common::csv::marks;

/// The most columns a row may have: Excel's own limit.
const COLUMNS: usize = 16_384;

/// Reads a whole sheet into the sink.
pub(super) fn read(file: File, size: Size, sink: Sink<'_>) -> Result<(), Fault> {
    let damaged = |error: calamine::XlsxError| Fault::Workbook(error.to_string());
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(damaged)?;
    let name = book.sheet_names().first().cloned().ok_or(Fault::Empty)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
    let mut sheet =
        Sheet { gather: Gather::new(size, sink), columns: None, told: false, first: TextRows::default() };
    let mut row: Vec<String> = Vec::new();
    let mut number = 0;
    loop {
        let cell = match cells.next_cell() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(cut_off) => {
                sheet.end()?;
                return Err(damaged(cut_off));
            }
        };
        let (at, column) = cell.get_position();
        if at != number {
            sheet.row(&mut row, number)?;
            number = at;
        }
        let column = usize::try_from(column).unwrap_or(COLUMNS).min(COLUMNS);
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text(cell.get_value());
    }
    sheet.row(&mut row, number)?;
    sheet.end()
}

/// How many rows are looked at to tell the decimal mark of numbers that are text.
const SAMPLE: usize = 100;

struct Sheet<'a> {
    gather: Gather<'a>,
    /// The first row, once it was seen.
    columns: Option<Vec<String>>,
    /// The columns were handed over.
    told: bool,
    /// Rows that wait until there are enough to tell the decimal mark.
    first: TextRows,
}

impl Sheet<'_> {
    /// Takes a finished row, counted from 0, and empties it.
    fn row(&mut self, row: &mut Vec<String>, number: u32) -> Result<(), Fault> {
        let blank = row.iter().all(|cell| cell.trim().is_empty());
        let origin = u64::from(number) + 1;
        match (&self.columns, blank) {
            (_, true) => {}
            (None, false) => self.columns = Some(row.iter().map(|cell| cell.trim().to_owned()).collect()),
            (Some(columns), false) => {
                // A sheet leaves out the empty cells at the end of a row.
                row.resize(row.len().max(columns.len()), String::new());
                for cell in row.iter() {
                    self.first.cell(cell);
                }
                self.first.end_row(origin);
            }
        }
        row.clear();
        if self.first.len() >= SAMPLE { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<(), Fault> {
        if !self.told {
            let mark = marks::decimal_mark(self.first.iter().flat_map(|row| row.cells()));
            self.gather.header(self.columns.clone().unwrap_or_default(), mark)?;
            self.told = true;
        }
        for row in self.first.iter() {
            row.cells().for_each(|cell| self.gather.rows.cell(cell));
            self.gather.rows.end_row(row.origin);
        }
        self.first = TextRows::default();
        self.gather.full()
    }

    fn end(mut self) -> Result<(), Fault> {
        if self.columns.is_none() {
            return Err(Fault::Empty);
        }
        self.hand_over()?;
        self.gather.flush()
    }
}

/// A cell as text that can be read in one way only, whatever the decimal mark of the other cells.
fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "oui" } else { "non" }.to_owned(),
        DataRef::DateTime(moment) => moment
            .as_datetime()
            .map_or_else(|| number_text(moment.as_f64()), |moment| moment.date().to_string()),
    }
}

/// Three decimals could be thousands: a fourth says that they are not.
fn number_text(number: f64) -> String {
    let mut text = format!("{number}");
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
        text.push('0');
    }
    text
}
