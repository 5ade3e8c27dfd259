//! Words compared as people mean them: without case, accents, spaces and punctuation.

/// Lower case letters and digits only, accents taken off.
pub fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).filter_map(base_letter).collect()
}

/// The same, with what stands between the letters kept: a text in which parts are looked for.
pub fn plain(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| base_letter(c).unwrap_or(c)).collect()
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
