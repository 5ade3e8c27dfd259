//! What stands out within a line of a guide.

use leptos::prelude::*;

/// The marks within a line, longest first.
const MARKS: [&str; 3] = ["**", "*", "`"];

/// What a part of a line is.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Enclosed in one of the marks.
    Marked(&'static str),
    /// A link to this address.
    Link(&'static str),
}

/// A line with its strong, emphasised and code parts and its links. A mark that is not closed, or closes
/// what begins or ends with a space, is text.
pub(super) fn inline(line: &'static str) -> AnyView {
    let mut parts = Vec::new();
    let (mut plain, mut rest) = (line, line);
    while !rest.is_empty() {
        let Some((part, inner, after)) = link(rest).or_else(|| marked(rest)) else {
            rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
            continue;
        };
        let before = &plain[..plain.len() - rest.len()];
        parts.push(before.into_any());
        parts.push(match part {
            Part::Marked("**") => view! { <strong>{inner}</strong> }.into_any(),
            Part::Marked("*") => view! { <em>{inner}</em> }.into_any(),
            Part::Marked(_) => view! { <code>{inner}</code> }.into_any(),
            Part::Link(address) => view! { <a href=address rel="external">{inner}</a> }.into_any(),
        });
        (plain, rest) = (after, after);
    }
    parts.push(plain.into_any());
    parts.collect_view().into_any()
}

/// The mark a text begins with, what it encloses, and what follows.
fn marked(text: &'static str) -> Option<(Part, &'static str, &'static str)> {
    let mark = MARKS.into_iter().find(|mark| text.starts_with(mark))?;
    let (inner, after) = text.strip_prefix(mark)?.split_once(mark)?;
    let is_tight = !inner.is_empty() && inner.trim() == inner;
    is_tight.then_some((Part::Marked(mark), inner, after))
}

/// The link a text begins with, its words, and what follows.
fn link(text: &'static str) -> Option<(Part, &'static str, &'static str)> {
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    let is_link = address.starts_with("https://") && !words.is_empty() && !words.contains(['[', ']']);
    is_link.then_some((Part::Link(address), words, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_enclose_or_are_text() {
        assert_eq!(marked("**A.** b"), Some((Part::Marked("**"), "A.", " b")));
        assert_eq!(marked("`*client*`, c"), Some((Part::Marked("`"), "*client*", ", c")));
        for text in ["* seul", "**ouvert", "** x **", "a*b*"] {
            assert_eq!(marked(text), None, "{text}");
        }
    }

    #[test]
    fn a_link_leads_to_a_site_or_is_text() {
        assert_eq!(link("[ici](https://a.fr/b), c"), Some((Part::Link("https://a.fr/b"), "ici", ", c")));
        for text in ["[ici] (https://a.fr)", "[ici](javascript:x)", "[](https://a.fr)", "[ici](https://a.fr"]
        {
            assert_eq!(link(text), None, "{text}");
        }
    }
}
