//! Words compared as people mean them: without case, accents, spaces and punctuation.

/// Lower case letters and digits only, accents taken off.
pub fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).filter_map(base_letter).collect()
}

/// A text in which parts are looked for: lower case without accents, and with what stands between the words;
/// any space is a plain one, any apostrophe a straight one, and `œ` is written as people type it.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            // An accent that stands by itself, after its letter.
            '\u{300}'..='\u{36f}' => {}
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            '‘' | '’' => plain.push('\''),
            c if c.is_whitespace() => plain.push(' '),
            c => plain.push(base_letter(foreign(c)).unwrap_or(c)),
        }
    }
    plain
}

/// The letter under an accent that French does not have, in the names of its neighbours.
fn foreign(c: char) -> char {
    match c {
        'ã' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'õ' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' | 'ţ' => 't',
        'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        c => c,
    }
}

/// The letter under an accent; `None` for what only separates words.
///
/// Covers the accents of French in composed and decomposed form.
fn base_letter(c: char) -> Option<char> {
    match c {
        'à' | 'â' | 'ä' | 'á' => Some('a'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'î' | 'ï' | 'í' => Some('i'),
        'ô' | 'ö' | 'ó' => Some('o'),
        'û' | 'ü' | 'ù' | 'ú' => Some('u'),
        'ç' => Some('c'),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_however_it_is_written() {
        for (text, as_typed) in [
            ("Ébénisterie d’ÉPERNAY", "ebenisterie d'epernay"),
            ("Bœuf\u{202f}& Cie", "boeuf & cie"),
            ("Noe\u{308}l", "noel"),
            ("Peña, Škoda, Łódź", "pena, skoda, lodz"),
            ("100 % sûr_", "100 % sur_"),
            ("日本", "日本"),
        ] {
            assert_eq!(plain(text), as_typed);
            assert_eq!(plain(as_typed), as_typed);
        }
    }
}
