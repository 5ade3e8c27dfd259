//! A drawing inside the page.

use leptos::prelude::*;

/// Lines in the colour of their text. A drawing says nothing to a screen reader: the words beside it do.
#[component]
pub(crate) fn Drawing(
    /// Its class; size and strokes are the style sheet's.
    #[prop(into)]
    class: String,
    /// Its coordinates.
    view_box: &'static str,
    /// Its shapes, as SVG.
    shapes: &'static str,
) -> impl IntoView {
    view! { <svg class=format!("drawing {class}") viewBox=view_box aria-hidden="true" inner_html=shapes></svg> }
}
