//! A CSV of deals that somebody hands in, whatever it holds.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use connectors::csv_file::{Said, look, read};
use libfuzzer_sys::fuzz_target;
use model::StatusWords;
use model::deals_csv::{DayOrder, Layout, read_row, recognised};
use model::decimal::Mark;
use tempfile::TempDir;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a folder"));

fuzz_target!(|bytes: &[u8]| {
    let path: PathBuf = FOLDER.path().join("deals.csv");
    std::fs::write(&path, bytes).expect("a file");
    let Ok(file) = look(&path, Said::default()) else { return };
    let names: Vec<String> = file.columns.iter().map(|column| column.name.clone()).collect();
    let words = StatusWords::default();
    for (mark, days) in [(None, DayOrder::DayFirst), (Some(Mark::Comma), DayOrder::MonthFirst)] {
        let columns = recognised(&names);
        let layout = Layout { columns, mark, days, bracketed: Vec::new() };
        let mut met = 0;
        let done = read(&path, file.form, 50, &mut |rows, refused| {
            met += (rows.len() + refused.len()) as u64;
            for row in rows.iter() {
                let _ = read_row(&row, &layout, &words);
            }
            true
        });
        // What was looked at once from end to end is read to its end, every row of it.
        assert!(done.is_ok() && met == file.rows);
    }
});
