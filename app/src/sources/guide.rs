//! The guide of a kind of source, drawn from its Markdown: headings, lists, paragraphs, and within them
//! strong, emphasised and code. What guides do not use is shown as it stands.

use leptos::prelude::*;
use model::Lang;

use crate::i18n::lang;
use crate::ledger::say;

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

#[derive(Debug, PartialEq, Eq)]
enum Block {
    Heading(&'static str),
    Steps(Vec<&'static str>),
    List(Vec<&'static str>),
    Paragraph(&'static str),
}

/// The blocks of a text; each of its lines is one, or an item of a list.
fn blocks(text: &'static str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let step = line.split_once(". ").filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
        if let Some(heading) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(heading));
        } else if let Some(item) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::List(items)) => items.push(item),
                _ => blocks.push(Block::List(vec![item])),
            }
        } else if let Some((_, step)) = step {
            match blocks.last_mut() {
                Some(Block::Steps(steps)) => steps.push(step),
                _ => blocks.push(Block::Steps(vec![step])),
            }
        } else {
            blocks.push(Block::Paragraph(line));
        }
    }
    blocks
}

impl Block {
    fn view(self) -> AnyView {
        let items = |items: Vec<&'static str>| {
            items.into_iter().map(|item| view! { <li>{inline(item)}</li> }.into_any()).collect_view()
        };
        match self {
            Block::Heading(text) => view! { <h4>{inline(text)}</h4> }.into_any(),
            Block::Steps(steps) => view! { <ol>{items(steps)}</ol> }.into_any(),
            Block::List(list) => view! { <ul class="guide__list">{items(list)}</ul> }.into_any(),
            Block::Paragraph(text) => view! { <p>{inline(text)}</p> }.into_any(),
        }
    }
}

/// The marks within a line, longest first.
const MARKS: [&str; 3] = ["**", "*", "`"];

/// A line with its strong, emphasised and code parts. A mark that is not closed, or closes what begins or
/// ends with a space, is text.
fn inline(line: &'static str) -> AnyView {
    let mut parts = Vec::new();
    let (mut plain, mut rest) = (line, line);
    while !rest.is_empty() {
        let Some((mark, inner, after)) = marked(rest) else {
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
            continue;
        };
        let before = &plain[..plain.len() - rest.len()];
        parts.push(before.into_any());
        parts.push(match mark {
            "**" => view! { <strong>{inner}</strong> }.into_any(),
            "*" => view! { <em>{inner}</em> }.into_any(),
            _ => view! { <code>{inner}</code> }.into_any(),
        });
        (plain, rest) = (after, after);
    }
    parts.push(plain.into_any());
    parts.collect_view().into_any()
}

/// The mark a text begins with, what it encloses, and what follows.
fn marked(text: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let mark = MARKS.into_iter().find(|mark| text.starts_with(mark))?;
    let (inner, after) = text.strip_prefix(mark)?.split_once(mark)?;
    let is_tight = !inner.is_empty() && inner.trim() == inner;
    is_tight.then_some((mark, inner, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUIDE: &str = "# Un\n\n1. **A.** b\n2. c\n\nSuite `*.csv`.\n\n## Limites\n\n- d\n\n# One\n\n- e\n";

    #[test]
    fn each_language_has_its_half() {
        assert_eq!(
            blocks(half(GUIDE, Lang::Fr)),
            [
                Block::Steps(vec!["**A.** b", "c"]),
                Block::Paragraph("Suite `*.csv`."),
                Block::Heading("Limites"),
                Block::List(vec!["d"]),
            ]
        );
        assert_eq!(blocks(half(GUIDE, Lang::En)), [Block::List(vec!["e"])]);
        assert!(blocks(half("", Lang::En)).is_empty());
    }

    #[test]
    fn marks_enclose_or_are_text() {
        assert_eq!(marked("**A.** b"), Some(("**", "A.", " b")));
        assert_eq!(marked("`*client*`, c"), Some(("`", "*client*", ", c")));
        for text in ["* seul", "**ouvert", "** x **", "a*b*"] {
            assert_eq!(marked(text), None, "{text}");
        }
    }
}
