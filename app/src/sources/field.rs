//! One setting of a source: label, field with an example, help.

use leptos::prelude::*;
use model::spec::{ChoiceOption, FieldKind, FormField, is_on};

use crate::components::{Glyph, Icon};
use crate::i18n::{lang, texts};
use crate::ledger::{bound, say};

/// A field of the form. A secret is never shown; left blank, the stored one stays.
#[component]
pub(crate) fn Field(
    /// What it asks for.
    field: FormField,
    /// What was typed, or is stored; of a secret, anything but nothing means that one is stored.
    value: String,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    fault: Option<String>,
) -> impl IntoView {
    let (t, lang) = (&texts().settings, lang());
    let id = format!("field-{}", field.key);
    let help = format!("{id}-help");
    let is_secret = field.kind.is_secret();
    let is_kept = is_secret && !value.is_empty();
    let condition = field.shown_when;
    // What may be hidden is judged by the server: a browser would not let a hidden field pass.
    let is_needed = field.required && !is_kept && condition.is_none();
    let input = match field.kind {
        FieldKind::Choice { options } => {
            let options = options.into_iter().map(|ChoiceOption { value, label }| {
                let label = label.get(lang).to_owned();
                (value, label)
            });
            select(id.clone(), field.key, help.clone(), options.collect(), &value)
        }
        FieldKind::Toggle => {
            let options = vec![("false".to_owned(), t.no.to_owned()), ("true".to_owned(), t.yes.to_owned())];
            select(id.clone(), field.key, help.clone(), options, if is_on(&value) { "true" } else { "false" })
        }
        FieldKind::LongText | FieldKind::Pairs | FieldKind::KeyFile => view! {
            <textarea
                class="field__input field__lines"
                id=id.clone()
                name=field.key
                rows="3"
                placeholder=if is_kept { "••••••••".to_owned() } else { field.example }
                required=is_needed
                autocomplete=is_secret.then_some("off")
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=help.clone()
                aria-invalid=fault.is_some().then_some("true")
            >
                {if is_secret { String::new() } else { value }}
            </textarea>
        }
        .into_any(),
        kind => {
            let placeholder = if is_kept {
                "••••••••".to_owned()
            } else if is_secret {
                String::new()
            } else {
                format!("{} {}", say("ex :", "e.g."), field.example)
            };
            view! {
                <input
                    class="field__input"
                    id=id.clone()
                    name=field.key
                    type=if is_secret { "password" } else { "text" }
                    inputmode=keyboard(&kind)
                    value=if is_secret { String::new() } else { value }
                    placeholder=placeholder
                    required=is_needed
                    autocomplete=if is_secret { "new-password" } else { "off" }
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=help.clone()
                    aria-invalid=fault.is_some().then_some("true")
                />
            }
            .into_any()
        }
    };
    view! {
        <div
            class="field"
            class:field--wrong=fault.is_some()
            data-shown-when=condition.as_ref().map(|condition| condition.key.clone())
            data-shown-for=condition.map(|condition| condition.values.join(" "))
        >
            {label(id, field.label.get(lang).to_owned(), field.required)}
            {input}
            <div class="field__help" id=help>
                {complaint(fault.as_deref())}
                <p>{bound(if is_kept { kept() } else { field.help.get(lang) })}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What is said of a secret that is there already.
fn kept() -> &'static str {
    say("Enregistré, chiffré. Laissez vide pour le conserver.", "Stored, encrypted. Leave empty to keep it.")
}

/// The keys a screen shows for what is typed.
fn keyboard(kind: &FieldKind) -> Option<&'static str> {
    match kind {
        FieldKind::Url => Some("url"),
        FieldKind::Number { .. } => Some("numeric"),
        _ => None,
    }
}

/// A label, with the word that says that the field must be filled in.
pub(crate) fn label(id: String, text: String, required: bool) -> AnyView {
    view! {
        <label class="field__label" for=id>
            {text}
            <span class="field__required">{required.then_some(texts().settings.required)}</span>
        </label>
    }
    .into_any()
}

/// What is wrong with a field; nothing when it is right.
pub(crate) fn complaint(fault: Option<&str>) -> AnyView {
    let Some(fault) = fault else { return ().into_any() };
    view! {
        <p class="field__fault" role="alert">
            <Icon glyph=Glyph::Alert />
            {bound(fault)}
        </p>
    }
    .into_any()
}

fn select(id: String, name: String, help: String, options: Vec<(String, String)>, chosen: &str) -> AnyView {
    let options = options.into_iter().map(|(value, label)| {
        let is_chosen = value == chosen;
        view! {
            <option value=value selected=is_chosen>
                {label}
            </option>
        }
        .into_any()
    });
    view! {
        <span class="field__select">
            <select class="field__input" id=id name=name aria-describedby=help>
                {options.collect_view()}
            </select>
            <Icon glyph=Glyph::ChevronDown />
        </span>
    }
    .into_any()
}
