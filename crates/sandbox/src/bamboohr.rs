//! A simulator of BambooHR's API, as far as it reads.
//!
//! | path | what comes |
//! |---|---|
//! | `v1/company_information` | the company |
//! | `v1/employees/0?fields=` | who the key belongs to |
//! | `v1/meta/fields` | every field with its type |
//! | `v1/employees/directory` | everybody at once; 403 where the company does not share it, 404 where it is empty |
//! | `v1/reports/{id}?format=JSON&fd=` | a saved report, whole |
//! | `v1/employees?page[limit]=&page[after]=` | a page of at most 100 and an opaque cursor |
//! | `v1_2/datasets/{name}/fields` | the fields of a dataset, in pages |
//! | `POST v2/datasets/{name}/data?page=&page_size=` | rows of a dataset, at most 1,000 a page |
//!
//! They stand under `/api/{version}/…`, where the company is the first label of the host, and under
//! `/api/gateway.php/{company}/{version}/…`. Who does not ask for JSON gets XML. A refusal says why in the header
//! `X-BambooHR-Error-Message`; its body is empty.
//!
//! Unverified, and so not to be built on: what exactly stands in the messages, how large a report may be, and how
//! many requests BambooHR takes ([`Limits`]).

mod answers;
mod call;
mod dataset;
mod dialect;
mod employee;
mod field;
mod options;
mod simulator;
mod world;

pub use field::FieldType;
pub use options::{Limits, Options, Throttle};
pub use simulator::Simulator;
pub use world::{COMPANY, DATASET, REPORT};
