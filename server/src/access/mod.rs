//! Who may enter, over HTTP: one table of what each address asks for, one gate that holds to it, and the pages
//! that let people in.

mod account;
mod audit;
mod cookie;
mod current_user;
mod forms;
mod gate;
mod invitation;
mod login;
mod members;
mod next_page;
mod session_store;
mod setup;
mod still_in;
mod table;
mod tokens;
#[cfg(test)]
mod whole_table;

use axum::Router;

use crate::AppState;

pub(crate) use cookie::sessions;
pub(crate) use current_user::CurrentUser;
pub(crate) use gate::{gate, must_prove_its_page};
pub(crate) use next_page::page_of_ours;

/// The pages about access.
pub(crate) fn router() -> Router<AppState> {
    login::router()
        .merge(invitation::router())
        .merge(setup::router())
        .merge(account::router())
        .merge(tokens::router())
        .merge(members::router())
        .merge(audit::router())
}
