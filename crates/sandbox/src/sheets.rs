//! A simulator of the Google Sheets API v4 and of Google's token endpoint.
//!
//! Spreadsheets are made, filled, shared and spoiled through [`Simulator`] and its [`Tab`]s. Requests are
//! answered as developers.google.com/workspace/sheets/api documents it: ranges in A1 notation or by data
//! filters, `fields` masks, value rendering by locale, typed cells, `batchUpdate` whole or not at all, the
//! quotas of a minute, 10 million cells a spreadsheet.
//!
//! | path | what it does |
//! |---|---|
//! | `/v4/spreadsheets/{id}` and `:getByDataFilter` | properties, tabs, cells with their formats |
//! | `/v4/spreadsheets/{id}/values/{range}` | a range of values, read and written; `:append`, `:clear` |
//! | `/v4/spreadsheets/{id}/values:batchGet` … | several ranges; also `ByDataFilter` |
//! | `/v4/spreadsheets/{id}:batchUpdate` | rows, cells, formats, tabs |
//! | `/token` | tokens for a service account's assertion, a refresh token or a code |
//! | `/o/oauth2/v2/auth` | agrees at once in the place of a person |

mod a1;
mod access;
mod api;
mod append;
mod batch;
mod call;
mod cell;
mod changes;
mod dialect;
mod entered;
mod fields;
mod grid;
mod handles;
mod key;
mod limiter;
mod options;
mod range;
mod refusal;
mod render;
mod request;
mod service;
mod simulator;
mod spreadsheet;
mod token;
mod values;
mod world;
mod write;

pub use cell::{Cell, Format};
pub use handles::Tab;
pub use options::Limits;
pub use simulator::Simulator;
pub use world::Role;
