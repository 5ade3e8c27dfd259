//! The page one came from, and the way there and back.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::params::ParamsMap;

/// The start, with the list of deals.
pub(super) const DEALS: &str = "/";
/// The board.
pub(super) const BOARD: &str = "/board";

/// A page of ours that a form leads back to; in the context, pages link to it. Whoever provides it has made sure
/// that it is one of ours.
#[derive(Clone)]
pub struct BackTo(pub String);

/// Where one came from; the list of deals where nothing says so.
pub(super) fn back() -> String {
    use_context().map_or_else(|| DEALS.to_owned(), |BackTo(page)| page)
}

/// The address of this page, without what it says once.
pub(super) fn here() -> String {
    let location = use_location();
    let mut query = location.query.get_untracked();
    query.remove("notice");
    format!("{}{}", location.pathname.get_untracked(), query.to_query_string())
}

/// An address that leads back to `page`.
pub(super) fn leading_back(address: &str, page: &str) -> String {
    let mut query = ParamsMap::new();
    query.insert("next", page.to_owned());
    format!("{address}{}", query.to_query_string())
}

/// The page a form is to lead back to, in the form.
pub(super) fn next_field(page: String) -> AnyView {
    view! { <input type="hidden" name="next" value=page /> }.into_any()
}
