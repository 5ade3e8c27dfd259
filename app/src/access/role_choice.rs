//! Which role somebody is to have.

use leptos::prelude::*;
use model::access::Role;

use crate::components::{Glyph, Icon};
use crate::i18n::lang;

/// A list of the roles.
#[component]
pub(super) fn RoleChoice(
    /// The field's id.
    id: String,
    /// The word of the chosen one.
    chosen: String,
    /// What it is called, where no label stands beside it.
    #[prop(optional_no_strip)]
    label: Option<String>,
) -> impl IntoView {
    let options = Role::CHOICES.map(|role| {
        view! {
            <option value=role.word() selected=role.word() == chosen>
                {role.label().get(lang()).to_owned()}
            </option>
        }
        .into_any()
    });
    view! {
        <span class="field__select">
            <select class="field__input" name="role" id=id aria-label=label>
                {options.into_iter().collect_view()}
            </select>
            <Icon glyph=Glyph::ChevronDown />
        </span>
    }
    .into_any()
}
