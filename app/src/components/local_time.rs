//! An instant in the reader's own time zone.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;

use crate::format;
use crate::i18n::lang;

/// A date and a time of day. The server writes them by its own clock; once the page is there, the
/// browser puts its time zone in their place.
#[component]
pub(crate) fn LocalTime(
    /// RFC 3339, UTC.
    instant: String,
    /// The day and the time by the server's clock.
    server_time: (String, String),
) -> impl IntoView {
    let lang = lang();
    let shown = RwSignal::new(format::moment(&server_time.0, &server_time.1, lang));
    let here = instant.clone();
    Effect::new(move |_| {
        let (day, time) = in_this_zone(&here);
        shown.set(format::moment(&day, &time, lang));
    });
    view! {
        <time class="time" datetime=instant>
            {move || shown.get()}
        </time>
    }
}

/// The day and the time of an instant where the browser is.
fn in_this_zone(instant: &str) -> (String, String) {
    let date = js_sys::Date::new(&JsValue::from_str(instant));
    let day = format!("{}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date());
    (day, format!("{:02}:{:02}", date.get_hours(), date.get_minutes()))
}
