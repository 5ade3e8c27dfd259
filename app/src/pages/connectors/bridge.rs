//! The connection as a picture: two banks and a footbridge, in the colour of how it stands.

use leptos::prelude::*;

use super::board::{Board, Outcome};
use crate::components::{Drawing, Mark};

const SHAPES: &str = concat!(
    r#"<path class="bridge__cables" d="M40 22.9V36M60 16.5V36M80 14.2V36M100 16.5V36M120 22.9V36"/>"#,
    r#"<path class="bridge__arch" d="M6 36C46 7 114 7 154 36"/>"#,
    r#"<path class="bridge__deck" d="M6 36h148"/>"#,
    r#"<circle class="bridge__traveller" r="3.5"/>"#,
);

/// The picture. It says nothing that is not written beside it, so it is silent for screen readers.
#[component]
pub(super) fn Bridge(
    /// The panel's state.
    board: Board,
    /// The service's name.
    service: String,
) -> impl IntoView {
    let state = move || {
        if board.running.read().is_some() {
            return "crossing";
        }
        match *board.outcome.read() {
            Some(Outcome::Connected(_)) => "connected",
            Some(Outcome::Failed(_)) => "failed",
            _ if board.connection.read().config.configured => "ready",
            _ => "open",
        }
    };
    let direction = move || board.running.read().as_ref().map(|running| running.direction.word());
    let initial = service.chars().next().map(String::from);
    view! {
        <div class="bridge" data-state=state data-direction=direction aria-hidden="true">
            <div class="bridge__bank">
                <span class="bridge__tile bridge__tile--own">
                    <Mark />
                </span>
                <span>"Passerelle"</span>
            </div>
            <Drawing class="bridge__span" view_box="0 0 160 48" shapes=SHAPES />
            <div class="bridge__bank">
                <span class="bridge__tile">{initial}</span>
                <span>{service}</span>
            </div>
        </div>
    }
    .into_any()
}
