//! The product's mark: a footbridge between two banks.

use leptos::prelude::*;

use super::Drawing;

const SHAPES: &str = r#"<path d="M3 23C8 11.5 24 11.5 29 23M3 23h26"/><path stroke-width="1.6" d="M10 16.6V23M16 14.4V23M22 16.6V23"/>"#;

/// The mark.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! { <Drawing class="mark" view_box="0 0 32 32" shapes=SHAPES /> }
}
