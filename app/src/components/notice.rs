//! A short message about what the reader has just done.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// What kind of news it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It went well.
    Good,
    /// It went through, but.
    Warning,
    /// It failed.
    Bad,
    /// Something to know.
    Neutral,
}

impl Tone {
    /// The modifier in the style sheet.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Tone::Good => "good",
            Tone::Warning => "warning",
            Tone::Bad => "bad",
            Tone::Neutral => "neutral",
        }
    }

    /// The icon that says the same as the colour.
    pub(crate) fn glyph(self) -> Glyph {
        match self {
            Tone::Good => Glyph::Check,
            Tone::Warning => Glyph::Warning,
            Tone::Bad => Glyph::Cross,
            Tone::Neutral => Glyph::Info,
        }
    }
}

/// A message with its icon: a headline, what there is to say, and what can be done.
#[component]
pub(crate) fn Notice(
    /// What kind of news.
    tone: Tone,
    /// The message in a few words.
    #[prop(into)]
    title: String,
    /// What more there is to say, a paragraph each.
    #[prop(optional, into)]
    lines: Vec<String>,
    /// What can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=format!("notice notice--{}", tone.word())>
            <Icon glyph=tone.glyph() />
            <div class="notice__body">
                <p class="notice__title">{title}</p>
                {lines.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect_view()}
                {children.map(|children| children())}
            </div>
        </div>
    }
    .into_any()
}
