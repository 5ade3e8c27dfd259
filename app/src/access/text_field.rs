//! Where a name or a code is typed.

use leptos::prelude::*;

use crate::ledger::bound;
use crate::sources::label;

/// A field of one line, with what it is for under it.
#[component]
pub(super) fn TextField(
    /// Its name in the form.
    name: &'static str,
    /// What it asks for.
    text: &'static str,
    /// What that is for.
    help: &'static str,
    /// What it holds already.
    #[prop(optional)]
    value: String,
    /// Whether it has to hold something.
    #[prop(default = true)]
    required: bool,
    /// How many letters it takes.
    #[prop(default = "100")]
    longest: &'static str,
    /// What browsers offer for it.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// How keyboards write it.
    #[prop(default = "off")]
    capitals: &'static str,
    /// What it looks like.
    #[prop(optional)]
    placeholder: Option<&'static str>,
) -> impl IntoView {
    let (id, help_id) = (format!("field-{name}"), format!("field-{name}-help"));
    view! {
        <div class="field">
            {label(id.clone(), text.to_owned(), required)}
            <input
                class="field__input"
                id=id
                name=name
                value=value
                required=required
                maxlength=longest
                placeholder=placeholder
                autocomplete=autocomplete
                autocapitalize=capitals
                spellcheck="false"
                aria-describedby=help_id.clone()
            />
            <div class="field__help" id=help_id>
                <p>{bound(help)}</p>
            </div>
        </div>
    }
    .into_any()
}
