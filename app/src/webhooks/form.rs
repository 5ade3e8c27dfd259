//! The form of a webhook: the same for a new one and for one that is there.

use leptos::prelude::*;
use model::Event;
use model::access::Right;
use model::api::WebhookBody;

use crate::components::{FieldGroup, Glyph, Icon, Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::permitted::Permitted;
use crate::sources::label;

/// A webhook that was sent and could not be stored; in the context, the form shows it.
#[derive(Clone, Default)]
pub struct WebhookTyped {
    /// Where messages are to be sent.
    pub url: String,
    /// What people are to call it.
    pub title: String,
    /// The words of what it is to be told.
    pub events: Vec<String>,
    /// What is wrong with it.
    pub fault: Option<String>,
}

impl WebhookTyped {
    /// What a new webhook begins with: it is told everything.
    pub(super) fn blank() -> WebhookTyped {
        let events = Event::CHOICES.map(|event| event.word().to_owned()).into();
        WebhookTyped { events, ..WebhookTyped::default() }
    }

    /// What is stored.
    pub(super) fn stored(webhook: WebhookBody) -> WebhookTyped {
        let WebhookBody { url, title, events, .. } = webhook;
        WebhookTyped { url, title, events, fault: None }
    }
}

/// Address, title and events, with what is wrong with them above.
#[component]
pub(super) fn WebhookForm(
    /// What is stored, or what a new one begins with; what was sent stands before it.
    stored: WebhookTyped,
    /// Where it is sent to.
    action: String,
    /// What its button says.
    save: &'static str,
) -> impl IntoView {
    let WebhookTyped { url, title, events, fault } = use_context().unwrap_or(stored);
    let is_wrong = fault.is_some();
    let choices = Event::CHOICES.map(|event| choice(event, events.iter().any(|word| word == event.word())));
    view! {
        {fault
            .map(|fault| {
                let title = say("Ce webhook n'a pas été enregistré", "This webhook was not saved");
                view! {
                    <div role="alert" tabindex="-1" autofocus id="webhook-fault">
                        <Notice tone=Tone::Bad title=title lines=vec![bound(&fault)] />
                    </div>
                }
                .into_any()
            })}
        <Permitted right=Right::Change>
            <form class="webhook-form" method="post" action=action aria-describedby=is_wrong.then_some("webhook-fault")>
                <div class="settings__group">
                    <div class="field">
                        {label("field-url".to_owned(), say("Adresse", "Address").to_owned(), true)}
                        <input
                            class="field__input"
                            type="text"
                            inputmode="url"
                            id="field-url"
                            name="url"
                            value=url
                            placeholder="https://example.com/webhooks"
                            required
                            maxlength="2000"
                            autocomplete="off"
                            autocapitalize="off"
                            spellcheck="false"
                            aria-describedby="field-url-help"
                        />
                        <div class="field__help" id="field-url-help">
                            <p>
                                {say(
                                    "Chaque événement y est envoyé en JSON, signé.",
                                    "Each event is sent there as JSON, signed.",
                                )}
                            </p>
                        </div>
                    </div>
                    <div class="field">
                        {label("field-title".to_owned(), say("Titre", "Title").to_owned(), false)}
                        <input
                            class="field__input"
                            id="field-title"
                            name="title"
                            value=title
                            maxlength="100"
                            autocomplete="off"
                            aria-describedby="field-title-help"
                        />
                        <div class="field__help" id="field-title-help">
                            <p>
                                {bound(say(
                                    "Tel que vous le lirez dans les listes ; sans titre, le nom du serveur.",
                                    "As you will read it in lists; the server's name if left empty.",
                                ))}
                            </p>
                        </div>
                    </div>
                </div>
                <FieldGroup title=say("Événements", "Events").to_owned()>
                    <div class="webhook-form__events">{choices.into_iter().collect_view()}</div>
                </FieldGroup>
                <div class="settings__actions">
                    <button class="button button--primary">
                        <Icon glyph=Glyph::Check />
                        {save}
                    </button>
                </div>
            </form>
        </Permitted>
    }
    .into_any()
}

fn choice(event: Event, is_chosen: bool) -> AnyView {
    let id = format!("event-{}", event.word().replace('.', "-"));
    view! {
        <span class="webhook-form__event">
            <input type="checkbox" name="events" value=event.word() id=id.clone() checked=is_chosen />
            <label for=id>{event.label().get(lang()).to_owned()}</label>
        </span>
    }
    .into_any()
}
