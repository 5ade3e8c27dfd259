//! From light to dark and back.

use leptos::ev::SubmitEvent;
use leptos::html::Button;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast;

use super::{Glyph, Icon};
use crate::api::preferences::SetPreferences;
use crate::i18n::texts;
use crate::reader::{THEME_COOKIE, Theme, cookie};

/// Two buttons of which the style sheet shows the one that changes something. Without script it is a
/// plain form that sets the same cookie.
#[component]
pub(crate) fn ThemeSwitch() -> impl IntoView {
    let t = texts();
    let (light, dark) = (NodeRef::<Button>::new(), NodeRef::<Button>::new());
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let pressed =
            event.submitter().map(|button| button.unchecked_into::<web_sys::HtmlButtonElement>().value());
        let (theme, other) = match pressed.as_deref() {
            Some("dark") => (Theme::Dark, light),
            _ => (Theme::Light, dark),
        };
        choose(theme);
        // The pressed button has just disappeared.
        if let Some(button) = other.get_untracked() {
            let _focused = button.focus();
        }
    };
    view! {
        <form class="theme-switch" method="post" action=SetPreferences::url() on:submit=on_submit>
            <button
                node_ref=dark
                class="button button--quiet button--icon theme-switch__to-dark"
                name="theme"
                value="dark"
                aria-label=t.frame.to_dark
                title=t.frame.to_dark
            >
                <Icon glyph=Glyph::Moon />
            </button>
            <button
                node_ref=light
                class="button button--quiet button--icon theme-switch__to-light"
                name="theme"
                value="light"
                aria-label=t.frame.to_light
                title=t.frame.to_light
            >
                <Icon glyph=Glyph::Sun />
            </button>
        </form>
    }
}

/// Applies a theme and remembers it, unless it is what the system wants anyway.
fn choose(theme: Theme) {
    let system_is_dark = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    let is_system = system_is_dark == (theme == Theme::Dark);
    let kept = (!is_system).then(|| theme.word());
    let Some(root) = document().document_element() else { return };
    let _applied = match kept {
        Some(word) => root.set_attribute("data-theme", word),
        None => root.remove_attribute("data-theme"),
    };
    let document = document().unchecked_into::<web_sys::HtmlDocument>();
    let _kept = document.set_cookie(&cookie(THEME_COOKIE, kept));
}
