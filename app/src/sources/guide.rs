//! The guide of a kind of source or connection, drawn from its Markdown: headings, lists, tables and
//! paragraphs, and within them strong, emphasised and code, and links. What guides do not use is shown as
//! it stands.

mod blocks;
mod inline;

use leptos::prelude::*;
use model::Lang;

use crate::i18n::lang;
use crate::ledger::say;
use blocks::{Block, blocks};

/// The guide in the reader's language, folded away.
#[component]
pub(super) fn Guide(
    /// In French, then in English, each under a heading of the first level.
    markdown: &'static str,
) -> impl IntoView {
    let blocks = blocks(half(markdown, lang()));
    (!blocks.is_empty()).then(|| {
        view! {
            <details class="unfold guide">
                <summary class="unfold__head">{say("Le guide complet", "The whole guide")}</summary>
                <div class="unfold__body guide__body">
                    {blocks.into_iter().map(Block::view).collect_view()}
                </div>
            </details>
        }
        .into_any()
    })
}

/// The part in one language, without its heading.
fn half(markdown: &'static str, lang: Lang) -> &'static str {
    let mut halves = markdown.trim_start_matches("# ").split("\n# ");
    let half = match lang {
        Lang::Fr => halves.next(),
        Lang::En => halves.nth(1),
    };
    half.and_then(|half| half.split_once('\n')).map(|(_, body)| body).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_half() {
        const GUIDE: &str = "# Un\n\n1. **A.** b\n\n# One\n\n- e\n";
        assert_eq!(half(GUIDE, Lang::Fr), "\n1. **A.** b\n");
        assert_eq!(half(GUIDE, Lang::En), "\n- e\n");
        assert_eq!(half("", Lang::En), "");
    }
}
