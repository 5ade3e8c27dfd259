//! When a connection syncs by itself.

use std::collections::BTreeMap;

use hub::AccountView;
use leptos::prelude::*;
use model::access::Right;
use model::api::ScheduleBody;
use model::schedule::Weekday;
use model::{Direction, Frequency, Lang};

use super::address;
use super::moment::moment;
use crate::components::{FieldGroup, Glyph, Icon, Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::permitted::Permitted;
use crate::sources::When;

/// A schedule that was sent and could not be stored; in the context, the form shows it.
#[derive(Clone)]
pub struct ScheduleTyped {
    /// What was typed, by field.
    pub values: BTreeMap<String, String>,
    /// What is wrong with it.
    pub fault: String,
}

/// The tab: what is planned, and the form that plans.
#[component]
pub(super) fn ScheduleTab(
    /// The connection.
    account: AccountView,
    /// Whether deals can be sent back too.
    exports: bool,
) -> impl IntoView {
    let AccountView { id, schedule, .. } = account;
    let typed = use_context::<ScheduleTyped>();
    let fault = typed.as_ref().map(|typed| typed.fault.clone());
    let values = typed.map_or_else(|| stored(&schedule), |typed| typed.values);
    let value = move |key: &str| values.get(key).cloned().unwrap_or_default();
    let chosen = value("frequency");
    let days = days(&value("weekly_day"));
    let ways = [
        ("manual", say("À la demande", "On demand"), ().into_any()),
        (
            "hourly",
            say("Toutes les heures", "Every hour"),
            input("hourly_minute", say("À la minute", "At minute"), "number", value("hourly_minute")),
        ),
        (
            "daily",
            say("Tous les jours", "Every day"),
            input("daily_at", say("À", "At"), "time", value("daily_at")),
        ),
        (
            "weekly",
            say("Toutes les semaines", "Every week"),
            view! {
                {days}
                {input("weekly_at", say("À", "At"), "time", value("weekly_at"))}
            }
            .into_any(),
        ),
        (
            "cron",
            say("Une expression cron", "A cron expression"),
            input(
                "cron",
                say(
                    "Minute, heure, jour, mois, jour de la semaine",
                    "Minute, hour, day, month, day of the week",
                ),
                "text",
                value("cron"),
            ),
        ),
    ];
    let ways =
        ways.into_iter().map(|(word, label, more)| way(word, label, word == chosen, more)).collect_view();
    view! {
        <section class="card schedule">
            <h2>{say("Planification", "Schedule")}</h2>
            <Planned schedule=schedule />
            {fault.map(|fault| {
                let title = say("Cette planification n'a pas été enregistrée", "This schedule was not saved");
                view! {
                    <div role="alert" tabindex="-1" autofocus>
                        <Notice tone=Tone::Bad title=title lines=vec![bound(&fault)] />
                    </div>
                }
                .into_any()
            })}
            <Permitted right=Right::Change>
                <form class="schedule__form" method="post" action=format!("{}/schedule", address(id))>
                    <FieldGroup title=say("Quand synchroniser", "When to sync").to_owned()>
                        <div class="destinations">{ways}</div>
                    </FieldGroup>
                    <div class="settings__group schedule__more">
                        {input("time_zone", say("Fuseau horaire", "Time zone"), "text", value("time_zone"))}
                        {exports.then(|| direction(&value("direction")))}
                    </div>
                    <div class="settings__actions">
                        <button class="button button--primary">
                            <Icon glyph=Glyph::Check />
                            {say("Enregistrer", "Save")}
                        </button>
                    </div>
                </form>
            </Permitted>
        </section>
    }
    .into_any()
}

/// What follows from the stored schedule, and why it does not when it stopped.
#[component]
fn Planned(schedule: ScheduleBody) -> impl IntoView {
    let ScheduleBody { description, next, paused, skipped, skipped_at, .. } = schedule;
    let next: Vec<AnyView> = next.iter().map(|at| view! { <li>{moment(at)}</li> }.into_any()).collect();
    let has_next = !next.is_empty();
    let skipped = skipped.filter(|_| paused.is_none()).zip(skipped_at);
    view! {
        <p class="schedule__words">{description}</p>
        {has_next
            .then(|| {
                view! {
                    <div>
                        <h3>{say("Prochaines synchronisations", "Next syncs")}</h3>
                        <ul class="schedule__next">{next}</ul>
                    </div>
                }
                .into_any()
            })}
        {paused
            .map(|why| {
                let title = say("La planification s'est arrêtée", "The schedule has stopped");
                let resumes = say("Enregistrez-la de nouveau pour la reprendre.", "Save it again to take it up.");
                view! { <Notice tone=Tone::Bad title=title lines=vec![bound(&why), resumes.to_owned()] /> }.into_any()
            })}
        {skipped
            .map(|(why, at)| {
                let title = say("La dernière fois n'a pas eu lieu", "The last one did not take place");
                view! {
                    <Notice tone=Tone::Warning title=title lines=vec![bound(&why)]>
                        <When instant=at />
                    </Notice>
                }
                .into_any()
            })}
    }
    .into_any()
}

/// The form's values for a stored schedule; where it has none, what one would expect.
fn stored(schedule: &ScheduleBody) -> BTreeMap<String, String> {
    let mut values: BTreeMap<String, String> = [
        ("frequency", "cron"),
        ("hourly_minute", "0"),
        ("daily_at", "06:00"),
        ("weekly_day", "1"),
        ("weekly_at", "06:00"),
        ("time_zone", &schedule.time_zone),
        ("direction", schedule.direction.word()),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .into();
    let mut set = |key: &str, value: String| values.insert(key.to_owned(), value);
    match &schedule.frequency {
        Frequency::Hourly { minute } => set("hourly_minute", u8::from(*minute).to_string()),
        Frequency::Daily { at } => set("daily_at", at.to_string()),
        Frequency::Weekly { day, at } => {
            set("weekly_day", day.number().to_string());
            set("weekly_at", at.to_string())
        }
        Frequency::Cron { expression } => set("cron", expression.clone()),
        Frequency::Manual => None,
    };
    if !matches!(schedule.frequency, Frequency::Cron { .. }) {
        set("frequency", schedule.frequency.word().to_owned());
    }
    values
}

fn way(word: &'static str, label: &'static str, is_chosen: bool, more: AnyView) -> AnyView {
    let id = format!("frequency-{word}");
    let has_more = word != "manual";
    view! {
        <div class="destination">
            <input type="radio" name="frequency" value=word id=id.clone() checked=is_chosen />
            <label class="destination__label" for=id>
                {label}
            </label>
            {has_more.then(|| view! { <div class="destination__more schedule__when">{more}</div> }.into_any())}
        </div>
    }
    .into_any()
}

fn input(name: &'static str, label: &'static str, kind: &'static str, value: String) -> AnyView {
    let id = format!("field-{name}");
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <input class="field__input" type=kind id=id name=name value=value autocomplete="off" spellcheck="false" />
        </div>
    }
    .into_any()
}

fn days(chosen: &str) -> AnyView {
    let options = Weekday::all().map(|day| {
        let (fr, en) = day.names();
        let label = match lang() {
            Lang::Fr => format!("Tous les {fr}"),
            Lang::En => format!("Every {en}"),
        };
        let number = day.number().to_string();
        (number.clone(), label, number == chosen)
    });
    select("weekly_day", say("Jour", "Day"), options.collect())
}

fn direction(chosen: &str) -> AnyView {
    let labels = [
        (Direction::Import, say("Import : du service vers Passerelle", "Import: from the service")),
        (Direction::Export, say("Export : de Passerelle vers le service", "Export: to the service")),
    ];
    let options = labels.map(|(way, label)| (way.word().to_owned(), bound(label), way.word() == chosen));
    select("direction", say("Sens", "Direction"), options.into())
}

fn select(name: &'static str, label: &'static str, options: Vec<(String, String, bool)>) -> AnyView {
    let id = format!("field-{name}");
    let options = options.into_iter().map(|(value, label, is_chosen)| {
        view! {
            <option value=value selected=is_chosen>
                {label}
            </option>
        }
        .into_any()
    });
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <span class="field__select">
                <select class="field__input" id=id name=name>
                    {options.collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    }
    .into_any()
}
