//! Formatted text as plain text, and back. What is plain there and back is the same.

/// The text people see, paragraphs and breaks as new lines.
pub(super) fn to_text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let Some((tag, after)) = after.split_once('>') else {
            // No tag: a sign that somebody wrote.
            rest = after;
            text.push('<');
            continue;
        };
        let name =
            tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        if matches!(name.as_str(), "br" | "/p" | "/div" | "/li" | "/h1" | "/h2" | "/h3" | "/tr") {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    entities(&text).trim().to_owned()
}

/// Plain text as one paragraph.
pub(super) fn from_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<p>{}</p>", escaped.replace("\r\n", "\n").replace('\n', "<br>"))
}

fn entities(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let sign = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        match sign.and_then(|(name, after)| Some((entity(name)?, after))) {
            Some((sign, after)) => {
                plain.push(sign);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain + rest
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}
