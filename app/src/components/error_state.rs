//! What stands where a page could not be shown.

use leptos::prelude::*;

use super::{Notice, Tone};
use crate::api::Fault;
use crate::i18n::texts;

/// What happened, what to do, and the way to try again: the page's own address.
#[component]
pub(crate) fn ErrorState(
    /// Why.
    fault: Fault,
) -> impl IntoView {
    let t = texts();
    view! {
        <div role="alert">
            <Notice tone=Tone::Bad title=t.faults.title lines=fault.lines()>
                // Asks the server anew instead of the router.
                <a class="button" href="" rel="external">
                    {t.faults.retry}
                </a>
            </Notice>
        </div>
    }
}
