//! The reader's language and theme, kept in cookies.

use leptos::prelude::*;
use model::Lang;

use crate::reader::Theme;

/// Keeps what is given. A plain form is sent back to the page it came from.
#[server(prefix = "/_app", endpoint = "set_preferences")]
pub(crate) async fn set_preferences(lang: Option<Lang>, theme: Option<Theme>) -> Result<(), ServerFnError> {
    use crate::context::{back_to_page, respond_with};
    use crate::reader::{LANG_COOKIE, THEME_COOKIE, cookie};
    use axum::http::header::SET_COOKIE;

    if let Some(lang) = lang {
        respond_with(SET_COOKIE, &cookie(LANG_COOKIE, Some(lang.code())));
    }
    if let Some(theme) = theme {
        respond_with(SET_COOKIE, &cookie(THEME_COOKIE, Some(theme.word())));
    }
    back_to_page();
    Ok(())
}
