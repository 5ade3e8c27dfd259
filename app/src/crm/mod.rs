//! The dashboard: what a founder opens every morning. Figures, filters, the list of deals, charts, deadlines.
//!
//! Drawn on the server and whole without script: every filter, order and page is an address. The small script
//! of these pages (`app/browser/crm.js`) asks for the same addresses and puts the parts of the answer that
//! have an id and `data-part` in the place of the old ones.

mod active;
mod charts;
mod deadlines;
mod empty;
mod figures;
mod filters;
mod head;
mod numbers;
mod order;
mod page;
mod query;
mod row;
mod table;
mod what_if;

pub(crate) use page::DashboardPage;
