//! What people are to call a connection.

use leptos::prelude::*;

use crate::ledger::say;
use crate::sources::{complaint, label};

/// The field of the title.
#[component]
pub(super) fn NameField(
    /// What was typed or is stored.
    name: String,
    /// How it could be called.
    example: String,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    fault: Option<String>,
) -> impl IntoView {
    view! {
        <div class="field" class:field--wrong=fault.is_some()>
            {label("field-name".to_owned(), say("Nom de la connexion", "Connection name").to_owned(), true)}
            <input
                class="field__input"
                id="field-name"
                name="name"
                value=name
                placeholder=format!("{} {example}", say("ex :", "e.g."))
                required
                maxlength="100"
                autocomplete="off"
                aria-describedby="field-name-help"
                aria-invalid=fault.is_some().then_some("true")
            />
            <div class="field__help" id="field-name-help">
                {complaint(fault.as_deref())}
                <p>
                    {say(
                        "Tel que vous le lirez dans les listes et les historiques.",
                        "As you will read it in lists and histories.",
                    )}
                </p>
            </div>
        </div>
    }
    .into_any()
}
