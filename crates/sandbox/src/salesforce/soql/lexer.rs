//! The words and signs of a query.

/// A word or a sign, and where it begins, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) column: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// Names, keywords, numbers, days, moments.
    Word(String),
    /// A text, without its quotes and escapes.
    Text(String),
    /// An operator, a bracket or a comma.
    Sign(&'static str),
}

const SIGNS: [&str; 9] = ["<=", ">=", "!=", "<", ">", "=", "(", ")", ","];

/// # Errors
/// Where a text does not end, or a character belongs nowhere.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = query;
    loop {
        rest = rest.trim_start();
        let column = query.len() - rest.len() + 1;
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
        let kind = if let Some(sign) = sign {
            rest = &rest[sign.len()..];
            TokenKind::Sign(sign)
        } else if let Some(quoted) = rest.strip_prefix('\'') {
            let (text, after) = unquoted(quoted).ok_or("Bind variables only allowed in Apex code")?;
            rest = after;
            TokenKind::Text(text)
        } else if is_word(first) {
            let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
            let word = rest[..end].to_owned();
            rest = &rest[end..];
            TokenKind::Word(word)
        } else {
            return Err(format!("line 1:{column} no viable alternative at character '{first}'"));
        };
        tokens.push(Token { kind, column });
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_.:+-".contains(c)
}

/// The text before the closing quote, and what stands behind it.
fn unquoted(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut signs = quoted.char_indices();
    while let Some((place, sign)) = signs.next() {
        match sign {
            '\'' => return Some((text, &quoted[place + 1..])),
            '\\' => match signs.next()?.1 {
                'n' => text.push('\n'),
                'r' => text.push('\r'),
                't' => text.push('\t'),
                escaped @ ('\'' | '"' | '\\' | '%' | '_') => text.push(escaped),
                _ => return None,
            },
            sign => text.push(sign),
        }
    }
    None
}
