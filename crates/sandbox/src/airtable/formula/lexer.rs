//! Cuts a formula into tokens, each with its place in the source.

use std::ops::Range;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// `{Field name}`
    Field(String),
    /// A bare word: a function, or a field whose name is one word.
    Word(String),
    /// An operator, a parenthesis or a comma.
    Mark(&'static str),
}

/// Longer marks first: `<=` must not be read as `<`.
const MARKS: [&str; 14] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "&", "(", ")", ","];

pub(super) fn tokens(source: &str) -> Option<Vec<(Token, Range<usize>)>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = source[at..].chars().next() {
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        let (token, length) = token(&source[at..], next)?;
        tokens.push((token, at..at + length));
        at += length;
    }
    Some(tokens)
}

fn token(rest: &str, first: char) -> Option<(Token, usize)> {
    match first {
        '\'' | '"' => delimited(rest, first).map(|(text, length)| (Token::Text(text), length)),
        '{' => delimited(rest, '}').map(|(name, length)| (Token::Field(name), length)),
        '0'..='9' | '.' => {
            let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            Some((Token::Number(rest[..length].parse().ok()?), length))
        }
        c if c.is_alphabetic() || c == '_' => {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            Some((Token::Word(rest[..length].to_owned()), length))
        }
        _ => {
            let mark = MARKS.into_iter().find(|mark| rest.starts_with(mark))?;
            Some((Token::Mark(mark), mark.len()))
        }
    }
}

/// What stands between the first character and `end`, with backslash escapes resolved.
fn delimited(rest: &str, end: char) -> Option<(String, usize)> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => match characters.next()?.1 {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                'r' => text.push('\r'),
                other => text.push(other),
            },
            c if c == end => return Some((text, at + c.len_utf8())),
            c => text.push(c),
        }
    }
    None
}

/// Replaces references to fields; everything else stays as written.
pub(super) fn replace_fields(source: &str, replace: impl Fn(&str) -> Option<String>) -> String {
    let Some(tokens) = tokens(source) else {
        return source.to_owned();
    };
    let mut result = String::new();
    let mut copied = 0;
    for (place, (token, range)) in tokens.iter().enumerate() {
        let called = matches!(tokens.get(place + 1), Some((Token::Mark("("), _)));
        let name = match token {
            Token::Field(name) => name,
            Token::Word(name) if !called => name,
            _ => continue,
        };
        if let Some(replacement) = replace(name) {
            result.push_str(&source[copied..range.start]);
            result.push_str(&replacement);
            copied = range.end;
        }
    }
    result.push_str(&source[copied..]);
    result
}
