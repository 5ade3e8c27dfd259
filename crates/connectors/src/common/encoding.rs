//! Letters from bytes.
//!
//! Automatic decides line by line: what is valid UTF-8 is UTF-8, anything else is Windows-1252. French
//! text in Windows-1252 is practically never valid UTF-8 by chance, and a file glued together from two
//! exports is read right. Guessing from a sample is wrong when the first accent comes late.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// How bytes stand for letters. Latin-1 and ISO-8859-1 are read as Windows-1252, which has the same
/// letters and the euro sign besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Automatic,
    Utf8,
    Windows1252,
}

impl Encoding {
    /// The encoding of a word of the form; no word is automatic.
    pub(crate) fn from_word(word: &str) -> Option<Encoding> {
        match model::fold::fold(word).as_str() {
            "" | "auto" | "automatic" | "automatique" => Some(Encoding::Automatic),
            "utf8" | "utf8sig" | "utf8bom" => Some(Encoding::Utf8),
            "latin1" | "iso88591" | "iso885915" | "windows1252" | "cp1252" => Some(Encoding::Windows1252),
            _ => None,
        }
    }

    /// The text of a line. Bytes that are no UTF-8 become U+FFFD, which a row's reader refuses.
    pub(crate) fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match (self, std::str::from_utf8(bytes)) {
            (Encoding::Automatic | Encoding::Utf8, Ok(text)) => Cow::Borrowed(text),
            (Encoding::Windows1252, Ok(text)) if text.is_ascii() => Cow::Borrowed(text),
            (Encoding::Utf8, Err(_)) => String::from_utf8_lossy(bytes),
            (Encoding::Automatic | Encoding::Windows1252, _) => {
                WINDOWS_1252.decode_without_bom_handling(bytes).0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_in_either_encoding() {
        let windows = b"Ch\xe2teau 12 \x80";
        for (encoding, bytes, text) in [
            (Encoding::Automatic, &windows[..], "Château 12 €"),
            (Encoding::Automatic, "Château 12 €".as_bytes(), "Château 12 €"),
            (Encoding::Windows1252, &windows[..], "Château 12 €"),
            (Encoding::Windows1252, "é".as_bytes(), "Ã©"),
            (Encoding::Utf8, &windows[..5], "Ch\u{fffd}te"),
        ] {
            assert_eq!(encoding.decode(bytes), text, "{encoding:?}");
        }
        assert_eq!(Encoding::from_word("ISO-8859-1"), Some(Encoding::Windows1252));
        assert_eq!(Encoding::from_word("klingon"), None);
    }
}
