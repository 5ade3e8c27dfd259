//! Which version a page is about.

use leptos::prelude::*;
use model::Lang;
use model::api::DatasetVersionBody;

use super::address;
use crate::api::sync::server_time;
use crate::components::{Glyph, Icon};
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// How many versions the list offers; older ones are reached from the list of all.
const OFFERED: usize = 100;

/// The list of versions; nothing as long as there is one only.
#[component]
pub(super) fn VersionChoice(
    /// The dataset.
    id: i64,
    /// The part of the page that is open.
    tab: &'static str,
    /// Its versions, the newest first.
    versions: Vec<DatasetVersionBody>,
    /// The version that is shown.
    shown: i64,
) -> impl IntoView {
    if versions.len() < 2 {
        return ().into_any();
    }
    let present = versions.first().map(|version| version.version);
    let offered =
        versions.into_iter().enumerate().filter(|(place, v)| *place < OFFERED || v.version == shown);
    let options = offered.map(|(_, version)| {
        let (day, time) = server_time(&version.created_at);
        let (number, at) = (version.version, format::moment(&day, &time, lang()));
        let label = match (lang(), Some(number) == present) {
            (Lang::Fr, true) => format!("{number} (actuelle), {at}"),
            (Lang::Fr, false) => format!("{number}, {at}"),
            (Lang::En, true) => format!("{number} (present), {at}"),
            (Lang::En, false) => format!("{number}, {at}"),
        };
        view! {
            <option value=number selected=number == shown>
                {label}
            </option>
        }
        .into_any()
    });
    view! {
        <form class="version-choice" action=address::page(id)>
            <input type="hidden" name="tab" value=tab />
            <label class="row-filters__field">
                <span>"Version"</span>
                <span class="field__select">
                    <select class="field__input" name="version">
                        {options.collect_view()}
                    </select>
                    <Icon glyph=Glyph::ChevronDown />
                </span>
            </label>
            <button class="button">{say("Afficher", "Show")}</button>
        </form>
    }
    .into_any()
}
