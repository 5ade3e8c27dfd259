//! The pages of what sources have brought: the rows of the five tables, how good they are, and which
//! column became which field.
//!
//! Drawn on the server and whole without script, like the ledger they stand in. What their addresses ask
//! for is read by the server, which puts it into the context.

mod address;
mod coverage_table;
mod filters;
mod mapping_lists;
mod mapping_page;
mod mapping_table;
mod overview_page;
mod pager;
mod quality_page;
mod rows_page;
mod sheet;
mod source_head;
mod texts;
mod value;

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::i18n::lang;
use crate::ledger::{Refused, RefusedPage, hub, not_there};

pub(crate) use mapping_page::MappingPage;
pub use mapping_page::MappingTyped;
pub(crate) use overview_page::OverviewPage;
pub(crate) use pager::pager;
pub(crate) use quality_page::QualityPage;
pub use quality_page::RunAsked;
pub(crate) use rows_page::RowsPage;
pub(crate) use texts::{percent, row_count};
pub use value::heading;

/// A page drawn of what a use case answers, or why there is none, with the way `back`.
pub(crate) fn drawn<T, Load, Answer>(back: &'static str, load: Load, draw: fn(T) -> AnyView) -> impl IntoView
where
    T: 'static,
    Load: FnOnce(hub::Hub) -> Answer + Send + 'static,
    Answer: Future<Output = hub::Result<T>> + Send + 'static,
{
    let page = Suspend::new(async move {
        let hub = match hub() {
            Ok(hub) => hub,
            Err(fault) => return not_there(fault, back),
        };
        match load(hub).await {
            Ok(answer) => draw(answer),
            Err(error) => refused(&error, back),
        }
    });
    view! { <Suspense>{page}</Suspense> }
}

/// What stands where a page cannot be drawn, with the status that says so to programs.
fn refused(error: &hub::Error, back: &str) -> AnyView {
    let status = match error.kind {
        hub::Kind::Invalid => StatusCode::BAD_REQUEST,
        hub::Kind::NotFound => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(status);
    }
    let refused = Refused::new(error, lang(), back.to_owned());
    view! { <RefusedPage refused=refused /> }.into_any()
}
