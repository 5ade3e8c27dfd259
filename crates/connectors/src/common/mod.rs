//! What connectors share beyond the wire: answers borrowed as they came, listings walked page by page
//! and read ahead, records created exactly once, written one by one several at a time,
//! CSV and its letters, forms, long lists cut into their elements.
//!
//! It knows no service. A connector says how one page is asked for ([`listing::Pages`]) and how records
//! are created and found again ([`lookout::Creating`]).

pub(crate) mod ahead;
pub(crate) mod by_ids;
pub(crate) mod cell;
pub(crate) mod complete;
pub(crate) mod csv;
mod cutter;
pub(crate) mod each;
pub(crate) mod elements;
pub(crate) mod encoding;
pub(crate) mod fields;
pub(crate) mod form;
pub(crate) mod listing;
pub(crate) mod lookout;
pub(crate) mod number;
pub(crate) mod readable;
pub(crate) mod rows;
pub(crate) mod seen;
pub(crate) mod texts;
pub(crate) mod web_page;
