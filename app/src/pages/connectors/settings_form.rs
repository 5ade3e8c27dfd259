//! The form of a connection, drawn from the connector's description.

use std::collections::BTreeMap;

use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use model::access::Right;
use model::api::{ConfigBody, MASK};
use model::spec::FieldFault;
use model::{ConnectorSpec, DealField};
use web_sys::FormData;

use super::board::{Board, Outcome};
use super::mapping_fields::MappingFields;
use super::outcome::OutcomeNotice;
use super::setting_field::{SettingField, setting_id};
use super::status_words::StatusWords;
use crate::api::connectors::{SaveConfig, TestConnection, save_config, test_connection};
use crate::api::settle;
use crate::components::{BusyButton, FieldGroup, Glyph, Icon};
use crate::i18n::{lang, texts};
use crate::pages::focus;
use crate::permitted::permitted;

/// The form. Its fields keep what is typed; after each save they go back to what is stored.
#[component]
pub(super) fn SettingsForm(
    /// The panel's state.
    board: Board,
    /// What the connector asks for.
    spec: ConnectorSpec,
) -> impl IntoView {
    let t = texts();
    let form = NodeRef::<Form>::new();
    let saving = RwSignal::new(false);
    let testing = RwSignal::new(false);
    let unsaved = RwSignal::new(false);
    let faults = RwSignal::new(Vec::<FieldFault>::new());
    let (id, name) = (spec.id.clone(), spec.name.clone());
    let described = spec.clone();
    // Drawn apart from the rest, which a run that goes on must not draw anew while somebody types.
    let words = Memo::new(move |_| board.words());

    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(typed) = form.get_untracked().and_then(|form| FormData::new_with_form(&form).ok()) else {
            return;
        };
        if saving.get_untracked() || testing.get_untracked() {
            return;
        }
        let provider = spec.id.clone();
        let settings = held(&typed, "settings", spec.fields().map(|field| field.key.as_str()));
        let mapping = held(&typed, "mapping", DealField::ALL.into_iter().map(DealField::key));
        let words = words.read_untracked();
        let words = held(&typed, "status_words", words.iter().map(String::as_str));
        let found = spec.validate(&without_mask(&settings));
        if let Some(first) = found.first() {
            focus(&setting_id(&provider, &first.key));
            return faults.set(found);
        }
        faults.set(Vec::new());
        board.outcome.set(None);
        // Only the test button sends the form elsewhere.
        let tests = event.submitter().is_some_and(|button| button.has_attribute("formaction"));
        let busy = if tests { testing } else { saving };
        busy.set(true);
        spawn_local(async move {
            let stored = if tests {
                settle(test_connection(provider, settings, mapping, words).await, t)
                    .map(|tested| board.tested(tested))
            } else {
                settle(save_config(provider, settings, mapping, words).await, t)
                    .map(|stored| board.saved(stored))
            };
            busy.set(false);
            if let Err(fault) = stored {
                return board.outcome.set(Some(Outcome::Failed(fault)));
            }
            unsaved.set(false);
            // Once the stored values are drawn.
            request_animation_frame(move || {
                if let Some(form) = form.get_untracked() {
                    form.reset();
                }
            });
        });
    };

    let part = view! {
        <form
            node_ref=form
            class="card settings"
            method="post"
            action=SaveConfig::url()
            novalidate
            on:submit=on_submit
            on:input=move |_| unsaved.set(true)
        >
            <div class="card__head">
                <h2>{t.settings.title}</h2>
                {move || {
                    board
                        .connection
                        .read()
                        .config
                        .sandbox
                        .then(|| {
                            view! {
                                <span class="badge badge--neutral">
                                    <Icon glyph=Glyph::Simulator />
                                    {t.connectors.simulator}
                                </span>
                                <a class="link" href=format!("/playground/{}", board.provider()) rel="external">
                                    {t.connectors.leave_simulator}
                                </a>
                            }
                            .into_any()
                        })
                }}
            </div>
            <input type="hidden" name="provider" value=id />
            {move || {
                let stored = board.connection.get();
                view! {
                    <SettingGroups spec=described.clone() config=stored.config.clone() faults=faults />
                    <MappingFields stored=stored service=name.clone() />
                }
                .into_any()
            }}
            {move || {
                let config = board.connection.get().config;
                view! { <StatusWords provider=config.provider words=words.get() stored=config.status_words /> }
                    .into_any()
            }}
            <div class="settings__actions">
                <BusyButton
                    label=t.settings.save
                    busy_label=t.settings.saving
                    glyph=Glyph::Check
                    look="button--primary"
                    busy=saving
                    disabled=testing
                />
                <BusyButton
                    label=t.settings.test
                    busy_label=t.settings.testing
                    glyph=Glyph::Plug
                    formaction=TestConnection::url()
                    busy=testing
                    disabled=saving
                />
                <p class="settings__unsaved" class:settings__unsaved--shown=move || unsaved.get()>
                    {t.settings.unsaved}
                </p>
            </div>
            <div class="settings__outcome" role="status">
                <OutcomeNotice outcome=board.outcome />
            </div>
        </form>
    }
    .into_any();
    permitted(Right::Change, part)
}

/// The groups of settings, as the connector describes them.
#[component]
fn SettingGroups(
    spec: ConnectorSpec,
    config: ConfigBody,
    faults: RwSignal<Vec<FieldFault>>,
) -> impl IntoView {
    let lang = lang();
    spec.groups
        .into_iter()
        .map(|group| {
            let fields = group.fields.into_iter().map(|field| {
                view! { <SettingField field=field config=config.clone() faults=faults /> }.into_any()
            });
            let fields = fields.collect_view();
            view! {
                <FieldGroup title=group.title.get(lang).to_owned()>{fields}</FieldGroup>
            }
            .into_any()
        })
        .collect_view()
}

/// What the form holds under names such as `settings[base_id]`.
fn held<'a>(form: &FormData, group: &str, keys: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    keys.filter_map(|key| Some((key.to_owned(), form.get(&format!("{group}[{key}]")).as_string()?))).collect()
}

/// What was really typed: the mask of a stored secret was not.
fn without_mask(settings: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    settings
        .iter()
        .filter(|(_, value)| *value != MASK)
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}
