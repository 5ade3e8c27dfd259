//! How good the rows of a source are: what counts, and for how much.

mod kind;
mod score;

pub use kind::ColumnKind;
pub use score::{Found, Score, Verdict, Weight, dropped, percent};
