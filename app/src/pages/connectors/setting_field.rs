//! One setting: label, help, example, and the field itself.

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use model::api::{ConfigBody, MASK};
use model::spec::{FieldFault, FieldKind, FormField, is_on};

use crate::components::{Glyph, Icon};
use crate::i18n::{lang, texts};

/// A field of the form.
#[component]
pub(super) fn SettingField(
    /// What it asks for.
    field: FormField,
    /// What is stored.
    config: ConfigBody,
    /// What is wrong in the form.
    faults: RwSignal<Vec<FieldFault>>,
) -> impl IntoView {
    let (t, lang) = (&texts().settings, lang());
    let id = setting_id(&config.provider, &field.key);
    let help = format!("{id}-help");
    let is_toggle = field.kind == FieldKind::Toggle;
    let is_secret = field.kind.is_secret();
    let value = stored(&config, &field.key);
    let is_kept = is_secret && !value.is_empty();
    let key = field.key.clone();
    let fault = Memo::new(move |_| {
        faults.read().iter().find(|fault| fault.key == key).map(|fault| fault.text.get(lang).to_owned())
    });
    let input = if is_toggle {
        let on = is_on(&value);
        view! {
            <span class="field__select">
                <select class="field__input" id=id.clone() name=format!("settings[{}]", field.key) aria-describedby=help.clone()>
                    <option value="false">{t.no}</option>
                    <option value="true" selected=on>
                        {t.yes}
                    </option>
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        }
        .into_any()
    } else {
        view! {
            <input
                class="field__input"
                id=id.clone()
                name=format!("settings[{}]", field.key)
                type=if is_secret { "password" } else { "text" }
                value=value
                placeholder=is_kept.then_some(t.token_placeholder)
                autocomplete=if is_secret { "new-password" } else { "off" }
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=help.clone()
                aria-invalid=move || fault.read().is_some().then_some("true")
                on:focus=move |event| swap(&event, MASK, "")
                on:blur=move |event| swap(&event, "", if is_kept { MASK } else { "" })
            />
        }
        .into_any()
    };
    view! {
        <div class="field" class:field--wrong=move || fault.read().is_some()>
            <label class="field__label" for=id>
                {field.label.get(lang).to_owned()}
                <span class="field__required">{field.required.then_some(t.required)}</span>
            </label>
            {input}
            <div class="field__help" id=help>
                <p class="field__fault" hidden=move || fault.read().is_none()>
                    <Icon glyph=Glyph::Alert />
                    {move || fault.get()}
                </p>
                <p>{if is_kept { t.token_kept.to_owned() } else { field.help.get(lang).to_owned() }}</p>
                <p class="field__example" hidden=is_kept || is_toggle>
                    {t.example}
                    " "
                    <code>{field.example}</code>
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// The id of a setting's field in the page.
pub(super) fn setting_id(provider: &str, key: &str) -> String {
    format!("{provider}-{key}")
}

/// What is stored under a key; a stored secret is its mask.
fn stored(config: &ConfigBody, key: &str) -> String {
    let value = match key {
        "api_token" => &config.api_token,
        "base_id" => &config.base_id,
        "table_name" => &config.table_name,
        other => return config.settings.get(other).cloned().unwrap_or_default(),
    };
    value.clone().unwrap_or_default()
}

/// The mask makes room for typing, and comes back when nothing was typed.
fn swap(event: &FocusEvent, from: &str, to: &str) {
    let field = event_target::<web_sys::HtmlInputElement>(event);
    if field.value() == from {
        field.set_value(to);
    }
}
