//! What stands where there is nothing yet: why, and the one thing to do next.

use leptos::prelude::*;

use super::{Glyph, Icon, Mark};

/// An empty place.
#[component]
pub(crate) fn EmptyState(
    /// What is not there.
    title: &'static str,
    /// Why, or how it will come.
    #[prop(into)]
    text: String,
    /// Where the next step leads, and its words.
    #[prop(optional)]
    action: Option<(&'static str, &'static str)>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Mark />
            <h2 class="empty__title">{title}</h2>
            <p class="empty__text">{text}</p>
            {action
                .map(|(href, label)| {
                    view! {
                        // Loaded anew: the next step may be on a page that the browser does not take over.
                        <a class="button button--primary" href=href rel="external">
                            {label}
                            <Icon glyph=Glyph::ArrowRight />
                        </a>
                    }
                    .into_any()
                })}
        </div>
    }
    .into_any()
}
