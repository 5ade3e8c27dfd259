//! Paths into a JSON document, as people write them.

use crate::error::Result;

use super::texts;

/// One step into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The member of an object.
    Key(String),
    /// The item of a list, from 0.
    Item(usize),
}

/// The way to one value: `data.items`, `results[0].rows`, `['a b'].c`, with or without `$.` before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(pub(super) Vec<Step>);

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DataPath {
    /// At the end of one way; read without any loss.
    At(Path),
    /// Wherever a JSONPath (RFC 9535) finds them. Numbers go through 64 bits on this way.
    Query(String),
}

impl Path {
    /// The way a text tells; `None` when it is none.
    pub(super) fn parse(text: &str) -> Option<Path> {
        let mut rest = text.trim();
        rest = rest.strip_prefix('$').map_or(rest, |rest| rest.strip_prefix('.').unwrap_or(rest));
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = if let Some(inside) = rest.strip_prefix('[') {
                bracket(inside)?
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                if name.is_empty() || name.contains([']', '*', '?', '$', '\'', '"']) {
                    return None;
                }
                (Step::Key(name.to_owned()), after)
            };
            steps.push(step);
            rest = match after.strip_prefix('.') {
                Some("") => return None,
                Some(after) => after,
                None if after.is_empty() || after.starts_with('[') => after,
                None => return None,
            };
        }
        Some(Path(steps))
    }
}

/// What stands after an opening bracket, and what follows the closing one.
fn bracket(inside: &str) -> Option<(Step, &str)> {
    let quote = inside.chars().next().filter(|c| matches!(c, '\'' | '"'));
    if let Some(quote) = quote {
        let (name, after) = inside[1..].split_once(quote)?;
        return Some((Step::Key(name.to_owned()), after.strip_prefix(']')?));
    }
    let (digits, after) = inside.split_once(']')?;
    Some((Step::Item(digits.trim().parse().ok()?), after))
}

impl DataPath {
    /// # Errors
    /// `InvalidSettings` when the text is neither a way nor a JSONPath.
    pub(super) fn parse(text: &str) -> Result<DataPath> {
        let text = text.trim();
        // All the items of a list are what is read anyway.
        let one_way = Path::parse(text.strip_suffix("[*]").unwrap_or(text));
        match one_way {
            Some(path) => Ok(DataPath::At(path)),
            None if !text.starts_with('$') => Err(texts::no_path(text)),
            None => match jsonpath_rust::parser::parse_json_path(text) {
                Ok(_) => Ok(DataPath::Query(text.to_owned())),
                Err(_) => Err(texts::no_path(text)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_in_every_spelling() {
        let key = |name: &str| Step::Key(name.to_owned());
        for (text, steps) in [
            ("", vec![]),
            ("$", vec![]),
            ("data", vec![key("data")]),
            ("$.data.items", vec![key("data"), key("items")]),
            ("results[0].rows", vec![key("results"), Step::Item(0), key("rows")]),
            ("['a b'].c", vec![key("a b"), key("c")]),
            ("$[\"a.b\"][2]", vec![key("a.b"), Step::Item(2)]),
            ("data-1.é", vec![key("data-1"), key("é")]),
        ] {
            assert_eq!(Path::parse(text), Some(Path(steps)), "{text}");
        }
        for text in ["a.", ".a", "a..b", "a[", "a[x]", "a[-1]", "a]", "a[0]b", "*", "a.*", "$..a", "a['b"] {
            assert_eq!(Path::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_can_be_one_way_is_read_without_loss() {
        for text in ["$.a.b[*]", "a.b", "$['a']['b']"] {
            let path = Path(["a", "b"].map(|name| Step::Key(name.to_owned())).to_vec());
            assert_eq!(DataPath::parse(text).expect("a path"), DataPath::At(path), "{text}");
        }
        for text in ["$.a[*].b", "$..b", "$.a[?@.b > 1]", "$.a[1:3]"] {
            assert_eq!(DataPath::parse(text).expect("a path"), DataPath::Query(text.to_owned()));
        }
    }
}
