//! A long list within one JSON document, cut into its elements while the document comes: it may be of any size,
//! and only an element of it is in memory at a time.

use std::ops::Range;

use model::Text;

use super::cutter::{Cut, Cutter, NotSuch};
use crate::error::{Error, ErrorKind, Result};
use crate::http::{Answer, cut_short, wrong_shape};

/// The longest element, in bytes.
const LONGEST: usize = 8 << 20;
/// How much of what was dealt with may stay in memory, in bytes.
const KEPT: usize = 1 << 20;

/// The elements of a list that is a member of the answer's object.
pub(crate) struct Elements {
    service: &'static str,
    answer: Answer,
    buffer: Vec<u8>,
    cutter: Cutter,
    is_ended: bool,
}

impl Elements {
    /// The list of that name in an answer that has begun.
    pub(crate) fn new(service: &'static str, answer: Answer, name: &'static str) -> Elements {
        Elements { service, answer, buffer: Vec::new(), cutter: Cutter::new(name), is_ended: false }
    }

    /// The JSON of the next element; `None` at the end of the document. An object without any member has no
    /// elements either.
    ///
    /// # Errors
    /// The answer breaks off, or is no object with such a list.
    pub(crate) async fn next(&mut self) -> Result<Option<&[u8]>> {
        // Nothing was to be written, whatever breaks off.
        let element = self.cut().await.map_err(|error| Error { maybe_applied: false, ..error })?;
        Ok(element.and_then(|element| self.buffer.get(element)))
    }

    /// Where the next element is in the buffer.
    async fn cut(&mut self) -> Result<Option<Range<usize>>> {
        loop {
            if self.is_ended {
                return Ok(None);
            }
            match self.cutter.next(&self.buffer) {
                Ok(Cut::Element(element)) => return Ok(Some(element)),
                Ok(Cut::End) => self.is_ended = true,
                Ok(Cut::More) => self.more().await?,
                Err(NotSuch) => return Err(wrong_shape(self.service, &self.buffer)),
            }
        }
    }

    async fn more(&mut self) -> Result<()> {
        let done = self.cutter.done();
        if done >= KEPT {
            self.buffer.drain(..done.min(self.buffer.len()));
            self.cutter.forget(done);
        }
        if self.buffer.len() - self.cutter.done().min(self.buffer.len()) > LONGEST {
            return Err(too_long(self.service));
        }
        if self.answer.more(&mut self.buffer).await? { Ok(()) } else { Err(cut_short(self.service)) }
    }
}

/// Nobody wants to keep so much for one row.
fn too_long(service: &str) -> Error {
    Error::new(
        ErrorKind::UnexpectedReply,
        Text::new(
            format!("{service} a envoyé une ligne de plus de 8 Mo, qui n'a pas été lue."),
            format!("{service} sent a row of more than 8 MB, which was not read."),
        ),
    )
    .hint(Text::fixed(
        "Retirez du rapport la colonne qui contient de si longs textes.",
        "Take the column that holds such long texts out of the report.",
    ))
}
