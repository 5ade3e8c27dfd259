//! The status of a deal: a dial filled as far as the chance of winning, and the CRM's word.

use leptos::prelude::*;
use model::Status;

use super::Drawing;

/// A deal's status. The words are the CRM's own and stay French in every language.
#[component]
pub(crate) fn DealStatus(
    /// The status.
    status: Status,
) -> impl IntoView {
    view! {
        <StatusDial status=status>
            <span lang="fr">{status.word()}</span>
        </StatusDial>
    }
}

/// The dial and the colour of a status around what says its word.
#[component]
pub(crate) fn StatusDial(
    /// The status.
    status: Status,
    /// What says the word.
    children: Children,
) -> impl IntoView {
    let (class, dial) = look(status);
    view! {
        <span class=format!("status status--{class}")>
            <Drawing class="status__dial" view_box="0 0 16 16" shapes=dial />
            {children()}
        </span>
    }
    .into_any()
}

/// The name in the style sheet, and the dial: a slice of 10, 30 or 70 hundredths, a tick, a play sign, a cross.
fn look(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Prospect => (
            "prospect",
            r#"<circle cx="8" cy="8" r="6.75"/><path class="status__slice" pathLength="100" stroke-dasharray="10 100" d="M8 5.75a2.25 2.25 0 1 1 0 4.5a2.25 2.25 0 1 1 0-4.5"/>"#,
        ),
        Status::Qualified => (
            "qualified",
            r#"<circle cx="8" cy="8" r="6.75"/><path class="status__slice" pathLength="100" stroke-dasharray="30 100" d="M8 5.75a2.25 2.25 0 1 1 0 4.5a2.25 2.25 0 1 1 0-4.5"/>"#,
        ),
        Status::Negotiation => (
            "negotiation",
            r#"<circle cx="8" cy="8" r="6.75"/><path class="status__slice" pathLength="100" stroke-dasharray="70 100" d="M8 5.75a2.25 2.25 0 1 1 0 4.5a2.25 2.25 0 1 1 0-4.5"/>"#,
        ),
        Status::Won => ("won", r#"<circle cx="8" cy="8" r="6.75"/><path d="m5 8.2 2.1 2.1L11 6.2"/>"#),
        Status::InProgress => {
            ("in-progress", r#"<circle cx="8" cy="8" r="6.75"/><path d="M6.6 5.4v5.2L10.8 8Z"/>"#)
        }
        Status::Lost => {
            ("lost", r#"<circle cx="8" cy="8" r="6.75"/><path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4"/>"#)
        }
    }
}
