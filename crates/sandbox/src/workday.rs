//! A simulator of Workday, as far as it is read: tokens, a report as a service, workers.
//!
//! | path | what comes |
//! |---|---|
//! | `POST /ccx/oauth2/{tenant}/token` | an access token for the refresh token |
//! | `/ccx/service/customreport2/{tenant}/{owner}/{report}?format=json` | the report, whole: `{"Report_Entry": […]}` |
//! | the same with `?xsds` | its columns as an XML schema |
//! | `/ccx/api/{version}/{tenant}/workers?limit=&offset=` | a page of at most 100; `v4` nests persons and jobs |
//!
//! A report takes an integration user's name and password, or a token; workers take a token. Empty columns of a
//! report are left out, its scalars are texts, and it refuses in XML whatever format was asked for.
//!
//! Unverified, and so not to be built on: the words of refusals, how many requests Workday takes ([`Limits`]), how
//! long a token lives, that a larger `limit` is refused.

mod call;
mod dialect;
mod options;
mod report;
mod simulator;
mod token;
mod worker;
mod workers;
mod world;

pub use options::{Limits, Options};
pub use simulator::Simulator;
pub use world::{CLIENT, OWNER, PASSWORD, REFRESH_TOKEN, REPORT, SECRET, TENANT, USER};
