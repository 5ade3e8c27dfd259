//! The reader's preferences: language and theme.
//!
//! The server takes them from the request and writes them into the document; the browser reads them
//! from there, so that both render the same page.

use model::Lang;
use serde::{Deserialize, Serialize};

/// Which colours the reader chose; without a choice the system decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The word in the cookie and in the document's `data-theme`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of that word.
    #[cfg(feature = "ssr")]
    pub(crate) fn from_word(word: &str) -> Option<Theme> {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.word() == word)
    }
}

/// The cookie that keeps the language.
#[cfg(feature = "ssr")]
pub(crate) const LANG_COOKIE: &str = "lang";
/// The cookie that keeps the theme.
pub(crate) const THEME_COOKIE: &str = "theme";

/// A cookie that lasts a year, or that goes away when `value` is `None`.
pub(crate) fn cookie(name: &str, value: Option<&str>) -> String {
    let (value, age) = value.map_or(("", 0), |value| (value, 31_536_000));
    format!("{name}={value}; Path=/; Max-Age={age}; SameSite=Lax")
}

/// The language of the page that is being rendered or taken over.
pub(crate) fn page_lang() -> Lang {
    #[cfg(feature = "ssr")]
    {
        crate::context::request_lang()
    }
    #[cfg(not(feature = "ssr"))]
    {
        let root = leptos::prelude::document().document_element();
        root.and_then(|html| Lang::from_code(&html.get_attribute("lang")?)).unwrap_or_default()
    }
}
