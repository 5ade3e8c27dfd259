//! One line of the mapping.

use leptos::prelude::*;
use model::{DealField, StreamField, ValueKind};

use crate::components::{Glyph, Icon};
use crate::i18n::{kind_name, lang, texts};

/// A field of the CRM, and the field of the service that holds it: a list once the service's fields
/// are known, free text before.
#[component]
pub(crate) fn MappingRow(
    /// The connector's id.
    provider: String,
    /// The CRM's field.
    field: DealField,
    /// The service's field, as saved.
    name: String,
    /// The service's fields, as far as known.
    choices: Vec<StreamField>,
    /// The service's name.
    service: String,
) -> impl IntoView {
    let (t, lang) = (texts(), lang());
    let label = field.label().get(lang).to_owned();
    let accessible = (t.mapping.service_field)(&label, &service);
    let id = format!("{provider}-mapping-{}", field.key());
    let key = format!("mapping[{}]", field.key());
    let input = if choices.is_empty() {
        view! {
            <input
                class="field__input"
                id=id.clone()
                name=key
                value=name
                aria-label=accessible
                autocomplete="off"
                spellcheck="false"
            />
        }
        .into_any()
    } else {
        view! {
            <span class="field__select">
                <select class="field__input" id=id.clone() name=key aria-label=accessible>
                    <option value="">{t.mapping.none}</option>
                    {options(&name, choices)}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        }
        .into_any()
    };
    view! {
        <div class="mapping__row">
            <label class="mapping__crm" for=id>
                {label}
                <span class="field__required">{field.required().then_some(t.settings.required)}</span>
            </label>
            <span class="mapping__arrow">
                <Icon glyph=Glyph::ArrowRight />
            </span>
            {input}
        </div>
    }
    .into_any()
}

/// The service's fields with their types; a saved name that is not among them stays visible.
fn options(saved: &str, choices: Vec<StreamField>) -> impl IntoView + use<> {
    let (t, lang) = (&texts().mapping, lang());
    let is_saved = |choice: &StreamField| choice.name == saved || choice.id == saved;
    let is_known = saved.is_empty() || choices.iter().any(is_saved);
    let missing = (!is_known).then(|| {
        let saved = saved.to_owned();
        view! {
            <option value=saved.clone() selected>
                {format!("{saved} ({})", t.not_found)}
            </option>
        }
        .into_any()
    });
    let known = choices.into_iter().map(|choice| {
        let is_unsupported = choice.kind == ValueKind::Unsupported;
        let kind = match choice.kind {
            ValueKind::Unsupported => t.unsupported.to_owned(),
            kind if !choice.writable => format!("{}, {}", kind_name(kind, lang), t.computed),
            kind => kind_name(kind, lang).to_owned(),
        };
        view! {
            <option value=choice.name.clone() selected=is_saved(&choice) disabled=is_unsupported>
                {format!("{} ({kind})", choice.name)}
            </option>
        }
        .into_any()
    });
    missing.into_iter().chain(known).collect_view()
}
