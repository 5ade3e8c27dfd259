//! From rows as they came to rows to be written: each gets its key, is held against the rules, and shows
//! the types of its columns on the way.

use connectors::RowPage;
use model::Text;
use model::dataset::{Cells, KeyBy, NotAnObject, Row, Shape, cells, detect};
use model::rule::Checker;
use store::{NewRow, RefusedDatasetRow};

use super::words;
use crate::Error;

/// Takes rows in, page by page.
pub(super) struct Intake {
    /// What tells rows apart; found out on the first page where it is not known.
    pub(super) key: Option<KeyBy>,
    /// See [`RowPage::are_texts`].
    pub(super) are_texts: bool,
    /// The columns of the rows that were taken.
    pub(super) shape: Shape,
    rules: Checker,
    position: u64,
}

/// Rows to be written together.
#[derive(Default)]
pub(super) struct Portion {
    /// Those that were taken.
    pub(super) rows: Vec<NewRow>,
    /// Those that were refused.
    pub(super) refused: Vec<RefusedDatasetRow>,
    /// How many bytes the service sent for them.
    pub(super) bytes: u64,
    /// What to know although they were read.
    pub(super) warnings: Vec<Text>,
}

impl Intake {
    /// `key` is what tells the rows apart, where that is known.
    pub(super) fn new(key: Option<KeyBy>, are_texts: bool, rules: Checker) -> Intake {
        Intake { key, are_texts, shape: Shape::default(), rules, position: 0 }
    }

    /// Takes a page.
    ///
    /// # Errors
    /// The page holds only what changed, and nothing but their position tells its rows apart.
    pub(super) fn take(&mut self, page: RowPage) -> Result<Portion, Error> {
        self.are_texts = page.are_texts;
        let mut portion = Portion { bytes: page.bytes, warnings: page.warnings, ..Portion::default() };
        if page.rows.is_empty() {
            return Ok(portion);
        }
        let read: Vec<_> = page.rows.iter().map(|row| cells(&row.content)).collect();
        let key = self.key.get_or_insert_with(|| {
            let rows: Vec<_> = page
                .rows
                .iter()
                .zip(&read)
                .filter_map(|(row, cells)| Some((row.id.as_deref(), cells.as_ref().ok()?)))
                .collect();
            detect(&rows)
        });
        if page.only_changes && *key == KeyBy::Position {
            return Err(words::changes_need_a_key());
        }
        let key = key.clone();
        let mut judged = Vec::with_capacity(page.rows.len());
        for (row, read) in page.rows.iter().zip(read) {
            self.position += 1;
            let at = self.position;
            judged.push(self.judge(read, at, |cells| key.of(row.id.as_deref(), cells, at)));
        }
        for (row, (position, judged)) in page.rows.into_iter().zip(judged) {
            portion.add(row.content, position, judged, None);
        }
        Ok(portion)
    }

    /// Takes rows that an earlier run refused.
    pub(super) fn take_again(&mut self, refused: Vec<RefusedDatasetRow>) -> Portion {
        let mut portion = Portion::default();
        for row in refused {
            let key = self.key.clone();
            let (position, judged) = self.judge(cells(&row.content), row.position, |cells| {
                let given = row.key.as_deref();
                given.map(str::to_owned).or_else(|| key.and_then(|key| key.of(given, cells, row.position)))
            });
            portion.add(row.content, position, judged, Some(row.version));
        }
        portion
    }

    fn judge(
        &mut self,
        read: Result<Cells<'_>, NotAnObject>,
        position: u64,
        key: impl FnOnce(&Cells<'_>) -> Option<String>,
    ) -> (u64, Judged) {
        let Ok(cells) = read else {
            return (
                position,
                Judged::Refused {
                    key: None,
                    column: None,
                    code: "not_an_object",
                    reason: words::NOT_AN_OBJECT,
                },
            );
        };
        let key = key(&cells);
        let Some(key) = key else {
            let (column, reason) = words::no_key(self.key.as_ref());
            return (position, Judged::Refused { key: None, column, code: "no_key", reason });
        };
        if let Some(broken) = self.rules.check(&cells) {
            let (code, reason) = (broken.code, broken.reason());
            return (position, Judged::Refused { key: Some(key), column: Some(broken.column), code, reason });
        }
        self.shape.take(&cells, self.are_texts);
        (position, Judged::Taken(key))
    }
}

enum Judged {
    Taken(String),
    Refused { key: Option<String>, column: Option<String>, code: &'static str, reason: Text },
}

impl Portion {
    /// Adds what is to be written with it.
    pub(super) fn extend(&mut self, more: Portion) {
        self.rows.extend(more.rows);
        self.refused.extend(more.refused);
        self.bytes += more.bytes;
        self.warnings.extend(more.warnings);
    }

    fn add(&mut self, content: String, position: u64, judged: Judged, read_for: Option<i64>) {
        match judged {
            Judged::Taken(key) => {
                self.rows.push(NewRow { key, hash: Row::fingerprint(&content), content, read_for });
            }
            Judged::Refused { key, column, code, reason } => {
                let code = code.to_owned();
                self.refused.push(RefusedDatasetRow {
                    key,
                    position,
                    column,
                    code,
                    reason,
                    content,
                    version: 0,
                });
            }
        }
    }
}
