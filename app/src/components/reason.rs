//! A run's badge that gives its reason on hover, on touch and by keyboard.

use leptos::prelude::*;
use model::RunStatus;

use super::{Glyph, Icon, RunBadge};
use crate::i18n::texts;

/// A button around a badge, and a bubble with the reason. The style sheet opens the bubble on hover
/// and on focus, so it can be read without script; pressing opens it where a touch gives no focus, and
/// Escape closes it.
#[component]
pub(crate) fn Reason(
    /// How the run stands.
    status: RunStatus,
    /// A unique id for the bubble.
    id: String,
    /// The reason.
    children: Children,
) -> impl IntoView {
    let t = texts();
    let label = (t.history.reason)((t.history.outcome)(status));
    let open = RwSignal::new(false);
    let dismissed = RwSignal::new(false);
    view! {
        <span
            class="reason"
            class:reason--open=move || open.get()
            class:reason--dismissed=move || dismissed.get()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    open.set(false);
                    dismissed.set(true);
                }
            }
            on:focusout=move |_| {
                open.set(false);
                dismissed.set(false);
            }
            on:mouseleave=move |_| dismissed.set(false)
        >
            <button
                type="button"
                class="reason__button"
                aria-label=label
                aria-describedby=id.clone()
                on:click=move |_| {
                    dismissed.set(false);
                    open.set(true);
                }
            >
                <RunBadge status=status />
                <Icon glyph=Glyph::Info />
            </button>
            <span class="reason__bubble" id=id role="tooltip">
                {children()}
            </span>
        </span>
    }
    .into_any()
}
