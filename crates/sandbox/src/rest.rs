//! A simulator of an API as many services have them: customers, listed in every way that is usual.
//!
//! | path | how the list comes |
//! |---|---|
//! | `/all` | a JSON list, whole |
//! | `/page?page=&per_page=` | `{"data": […], "total": n}` |
//! | `/offset?offset=&limit=` | `{"results": […], "count": n}` |
//! | `/cursor?cursor=&limit=` | `{"data": {"items": […]}, "meta": {"next_cursor": "…", "total": n}}` |
//! | `/link?page=&per_page=` | a JSON list, with a `Link` header |
//! | `/next?page=&per_page=` | `{"items": […], "next": "http://…"}` |
//! | `POST /orders` with `{"cursor": "…", "limit": n}` | `{"orders": […], "next": "…"}` |
//! | `/ndjson`, `/csv` | a line for each, whole |
//! | `/scalar` | `{"data": 42}` |
//!
//! All of them take `updated_since`. Customers are the same at every start; they are added, changed and deleted
//! through [`Simulator`]. Pages have 100 rows, and [`LARGEST_PAGE`] at most, whatever is asked for: that is
//! what real services do too.

mod access;
mod customer;
mod dialect;
mod listing;
mod options;
mod simulator;
mod world;

pub use access::Access;
pub use options::{Limits, Options};
pub use simulator::Simulator;
pub use world::LARGEST_PAGE;
