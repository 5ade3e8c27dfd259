//! A button that shows its own work.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A submit button. While busy it keeps its place and its size, turns a wheel and says what it does.
#[component]
pub(crate) fn BusyButton(
    /// What it does.
    #[prop(into)]
    label: String,
    /// What it says while doing it.
    busy_label: &'static str,
    /// The icon in front of the label.
    glyph: Glyph,
    /// Whether it is doing it.
    #[prop(into)]
    busy: Signal<bool>,
    /// Whether it must not be pressed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The look: a modifier of `button`.
    #[prop(optional)]
    look: &'static str,
    /// The name it is sent under in its form.
    #[prop(optional)]
    name: Option<&'static str>,
    /// The value it is sent with.
    #[prop(optional)]
    value: Option<&'static str>,
    /// Where it sends its form, when not where the form says.
    #[prop(optional)]
    formaction: Option<&'static str>,
    /// The id of the text that says why it is disabled.
    #[prop(optional, into)]
    described_by: Signal<Option<String>>,
) -> impl IntoView {
    let busy_word = Signal::derive(move || busy.get().then_some("true"));
    let idle = Signal::derive(move || !busy.get());
    view! {
        <button
            type="submit"
            class=format!("button {look}")
            name=name
            value=value
            formaction=formaction
            disabled=disabled
            aria-busy=busy_word
            aria-disabled=busy_word
            aria-describedby=described_by
        >
            <span class="button__faces">
                <span class="button__face" class:button__face--hidden=busy>
                    <Icon glyph=glyph />
                    {label}
                </span>
                <span class="button__face" class:button__face--hidden=idle>
                    <Icon glyph=Glyph::Spinner />
                    {busy_label}
                </span>
            </span>
        </button>
    }
    .into_any()
}
