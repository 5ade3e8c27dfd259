//! Where a password is typed.

use leptos::prelude::*;

use crate::ledger::{bound, say};
use crate::sources::label;

/// What a password is typed for: browsers offer what they keep, or to keep a new one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// To enter.
    Entering,
    /// To have it from now on.
    Choosing,
}

/// A field that is not shown.
#[component]
pub(super) fn PasswordField(
    /// Its name in the form.
    name: &'static str,
    /// What it asks for.
    text: &'static str,
    /// What for.
    purpose: For,
) -> impl IntoView {
    let (id, help) = (format!("field-{name}"), format!("field-{name}-help"));
    let is_new = purpose == For::Choosing;
    view! {
        <div class="field">
            {label(id.clone(), text.to_owned(), true)}
            <input
                class="field__input"
                type="password"
                id=id
                name=name
                required
                maxlength="1000"
                autocomplete=if is_new { "new-password" } else { "current-password" }
                aria-describedby=is_new.then(|| help.clone())
            />
            {is_new
                .then(|| {
                    view! {
                        <div class="field__help" id=help>
                            <p>
                                {bound(say(
                                    "12 caractères au moins ; une phrase convient.",
                                    "12 characters at least; a sentence will do.",
                                ))}
                            </p>
                        </div>
                    }
                    .into_any()
                })}
        </div>
    }
    .into_any()
}
