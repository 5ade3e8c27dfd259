//! The way in for people without an account.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use model::access::Right;

use super::board::{Board, Outcome};
use crate::api::connectors::{TryWithoutAccount, try_without_account};
use crate::api::settle;
use crate::components::{BusyButton, Glyph, Icon};
use crate::i18n::texts;
use crate::permitted::permitted;

/// What the simulator is, in one sentence, and the button that starts it.
#[component]
pub(super) fn TryOut(
    /// The panel's state.
    board: Board,
    /// The connector's id.
    provider: String,
    /// The service's name.
    name: String,
) -> impl IntoView {
    let t = texts();
    let busy = RwSignal::new(false);
    let id = provider.clone();
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let provider = provider.clone();
        spawn_local(async move {
            match settle(try_without_account(provider).await, t) {
                Ok(tested) => board.tested(tested),
                Err(fault) => board.outcome.set(Some(Outcome::Failed(fault))),
            }
            busy.set(false);
        });
    };
    let part = view! {
        <form class="try-out" method="post" action=TryWithoutAccount::url() on:submit=on_submit>
            <input type="hidden" name="provider" value=id />
            <span class="try-out__icon">
                <Icon glyph=Glyph::Simulator />
            </span>
            <div class="try-out__text">
                <h2 class="try-out__title">{(t.connectors.try_title)(&name)}</h2>
                <p>{(t.connectors.try_text)(&name)}</p>
            </div>
            <BusyButton
                label=t.connectors.try_action
                busy_label=t.connectors.try_busy
                glyph=Glyph::Simulator
                busy=busy
            />
        </form>
    }
    .into_any();
    permitted(Right::Change, part)
}
