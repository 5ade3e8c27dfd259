//! How a run stands, as colour, icon and word.

use leptos::prelude::*;
use model::RunStatus;

use super::{Glyph, Icon};
use crate::i18n::texts;

/// The badge of a run.
#[component]
pub(crate) fn RunBadge(
    /// How it stands.
    status: RunStatus,
) -> impl IntoView {
    let (tone, glyph) = match status {
        RunStatus::Running => ("neutral", Glyph::Spinner),
        RunStatus::Success => ("good", Glyph::Check),
        RunStatus::Partial => ("warning", Glyph::Warning),
        RunStatus::Error => ("bad", Glyph::Cross),
        RunStatus::Cancelled => ("neutral", Glyph::Stop),
        RunStatus::Interrupted => ("neutral", Glyph::Pause),
    };
    view! {
        <span class=format!("badge badge--{tone}")>
            <Icon glyph=glyph />
            {(texts().history.outcome)(status)}
        </span>
    }
}
