//! The person's own words for statuses.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::Status;

use crate::components::{Glyph, Icon};
use crate::i18n::texts;

/// A line per word that is not in everyone's table; nothing while there is none.
#[component]
pub(super) fn StatusWords(
    /// The connector's id.
    provider: String,
    /// The words, as the service writes them.
    words: Vec<String>,
    /// What they stand for, as far as it was said.
    stored: BTreeMap<String, String>,
) -> impl IntoView {
    let t = &texts().mapping;
    (!words.is_empty()).then(|| {
        let rows = words.into_iter().map(|word| {
            let status = stored.get(&word).and_then(|status| Status::from_word(status));
            row(&provider, word, status)
        });
        view! {
            <fieldset class="settings__group mapping">
                <legend class="settings__legend">{t.words}</legend>
                <p class="mapping__help">{t.words_help}</p>
                {rows.collect_view()}
            </fieldset>
        }
        .into_any()
    })
}

fn row(provider: &str, word: String, chosen: Option<Status>) -> AnyView {
    let t = &texts().mapping;
    let (id, name) = (format!("{provider}-word-{word}"), format!("status_words[{word}]"));
    let options = Status::ALL.map(|status| {
        view! {
            <option value=status.word() selected=chosen == Some(status)>
                {status.word()}
            </option>
        }
        .into_any()
    });
    view! {
        <div class="mapping__row">
            <label class="mapping__crm" for=id.clone()>
                {word}
            </label>
            <span class="mapping__arrow">
                <Icon glyph=Glyph::ArrowRight />
            </span>
            <span class="field__select">
                <select class="field__input" id=id name=name>
                    <option value="">{t.words_none}</option>
                    {options.collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    }
    .into_any()
}
