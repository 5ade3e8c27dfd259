//! How a form went that was sent without script: the address says it.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::components::{Notice, Tone};
use crate::i18n::texts;

/// The notice of the address, if there is one.
#[component]
pub(super) fn PlainNotice() -> impl IntoView {
    let t = texts();
    let address = use_query_map();
    move || {
        let (tone, title) = match address.read().get("notice")?.as_str() {
            "saved" => (Tone::Good, t.settings.saved),
            "connected" => (Tone::Good, t.connection.last_test_passed),
            "failed" => (Tone::Bad, t.connection.last_test_failed),
            _ => return None,
        };
        Some(
            view! {
                <div class="panel__notice" role="status">
                    <Notice tone=tone title=title />
                </div>
            }
            .into_any(),
        )
    }
}
