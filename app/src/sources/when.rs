//! An instant on these pages.

use leptos::prelude::*;

use crate::api::sync::server_time;
use crate::components::LocalTime;

/// The day and the time by the server's clock.
#[component]
pub(crate) fn When(
    /// RFC 3339, UTC.
    instant: String,
) -> impl IntoView {
    let server_time = server_time(&instant);
    view! { <LocalTime instant=instant server_time=server_time /> }
}
