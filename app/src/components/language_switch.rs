//! From one language to the other.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::preferences::SetPreferences;
use crate::i18n::texts;

/// A plain form: the whole page is drawn anew in the other language, with or without script.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let frame = &texts().frame;
    let code = frame.other_lang.code();
    view! {
        <form method="post" action=SetPreferences::url()>
            <button class="button button--quiet" name="lang" value=code lang=code>
                {frame.other_language}
            </button>
        </form>
    }
}
