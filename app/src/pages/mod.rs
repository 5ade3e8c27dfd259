//! The screens, one folder each.

pub(crate) mod connectors;
mod not_found;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

pub(crate) use not_found::NotFound;

/// Moves the focus to the element of that id.
pub(crate) fn focus(id: &str) {
    let element =
        document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        let _focused = element.focus();
    }
}
