//! Sentences for people, in the two languages of the product.
//!
//! A sentence is written once, with both languages side by side, where the thing it speaks of is
//! known. Who reads it, and so which language is shown, is decided at the edge.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A language the product speaks. French is the first one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French, the default.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// The code used in `lang` attributes, cookies and `PASSERELLE_LANG`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// Reads a language code such as `fr`, `fr-FR` or `EN_us`; `None` for any other language.
    pub fn from_code(code: &str) -> Option<Lang> {
        match code.trim().get(..2)?.to_ascii_lowercase().as_str() {
            "fr" => Some(Lang::Fr),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The language a browser asks for, by the order of its `Accept-Language` header.
    ///
    /// Quality values are honoured; `None` when neither language is acceptable.
    pub fn from_accept_language(header: &str) -> Option<Lang> {
        let mut best: Option<(f32, Lang)> = None;
        for item in header.split(',') {
            let mut parts = item.split(';');
            let Some(lang) = parts.next().and_then(Lang::from_code) else {
                continue;
            };
            let quality = parts
                .find_map(|p| p.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// One sentence in French and in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The French sentence.
    pub fr: Cow<'static, str>,
    /// The English sentence.
    pub en: Cow<'static, str>,
}

impl Text {
    /// A sentence known when the program is written.
    pub const fn fixed(fr: &'static str, en: &'static str) -> Text {
        Text { fr: Cow::Borrowed(fr), en: Cow::Borrowed(en) }
    }

    /// A sentence made of names and numbers of the moment.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Text {
        Text { fr: Cow::Owned(fr.into()), en: Cow::Owned(en.into()) }
    }

    /// The same words in both languages: a name, or what a service said.
    pub fn same(words: impl Into<String>) -> Text {
        let words = words.into();
        Text { fr: Cow::Owned(words.clone()), en: Cow::Owned(words) }
    }

    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_s_preference_decides() {
        for (header, expected) in [
            ("fr-FR,fr;q=0.9,en;q=0.8", Some(Lang::Fr)),
            ("en", Some(Lang::En)),
            ("de,en;q=0.5,fr;q=0.7", Some(Lang::Fr)),
            ("en;q=0, fr;q=0.1", Some(Lang::Fr)),
            ("de-DE", None),
            ("", None),
        ] {
            assert_eq!(Lang::from_accept_language(header), expected, "{header}");
        }
    }
}
