//! What the form of a schedule holds.

use std::collections::BTreeMap;

use model::api::ScheduleUpdate;
use model::parse::shorten;
use model::schedule::{Minute, TimeOfDay, Weekday};
use model::{Direction, Frequency, Text};

/// The schedule of a form. Of the fields below the ways to choose from, only those of the chosen one count.
///
/// # Errors
/// A time, a minute or a way that is none.
pub(crate) fn schedule(values: &BTreeMap<String, String>) -> Result<ScheduleUpdate, Text> {
    let value = |key: &str| values.get(key).map(|value| value.trim()).unwrap_or_default();
    let minute = |key| value(key).parse::<u8>().ok().and_then(|minute| Minute::try_from(minute).ok());
    let day = |key| value(key).parse::<u8>().ok().and_then(|day| Weekday::try_from(day).ok());
    let time = |key| {
        let typed = value(key);
        TimeOfDay::try_from(typed.to_owned()).map_err(|_| not_a_time(typed))
    };
    let frequency = match value("frequency") {
        "manual" => Frequency::Manual,
        "hourly" => Frequency::Hourly { minute: minute("hourly_minute").ok_or_else(not_a_minute)? },
        "daily" => Frequency::Daily { at: time("daily_at")? },
        "weekly" => {
            Frequency::Weekly { day: day("weekly_day").ok_or_else(no_choice)?, at: time("weekly_at")? }
        }
        "cron" => Frequency::Cron { expression: value("cron").to_owned() },
        _ => return Err(no_choice()),
    };
    let time_zone = Some(value("time_zone").to_owned()).filter(|zone| !zone.is_empty());
    let direction = Direction::from_word(value("direction"));
    Ok(ScheduleUpdate { frequency: Some(frequency), time_zone, direction })
}

fn no_choice() -> Text {
    Text::fixed("Choisissez quand synchroniser.", "Choose when to sync.")
}

fn not_a_minute() -> Text {
    Text::fixed("La minute est un nombre de 0 à 59.", "The minute is a number from 0 to 59.")
}

fn not_a_time(typed: &str) -> Text {
    let shown = shorten(typed);
    Text::new(
        format!("« {shown} » n'est pas une heure. Elle s'écrit 06:00."),
        format!("“{shown}” is not a time. It is written 06:00."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::read;

    #[test]
    fn only_the_chosen_way_counts() {
        for (form, words) in [
            ("frequency=manual&daily_at=25:00", Some("À la demande")),
            ("frequency=hourly&hourly_minute=7", Some("Toutes les heures à la minute 07")),
            ("frequency=daily&daily_at=06:30&cron=x", Some("Tous les jours à 06:30")),
            ("frequency=weekly&weekly_day=5&weekly_at=18:00", Some("Tous les vendredis à 18:00")),
            ("frequency=cron&cron=0+6+*+*+1-5", Some("Selon l'expression cron 0 6 * * 1-5")),
            ("frequency=hourly&hourly_minute=60", None),
            ("frequency=daily&daily_at=25:00", None),
            ("frequency=weekly&weekly_day=8&weekly_at=18:00", None),
            ("frequency=often", None),
            ("", None),
        ] {
            let words_read = schedule(&read(form.as_bytes())).ok().and_then(|update| update.frequency);
            assert_eq!(
                words_read.map(|frequency| frequency.text().fr.into_owned()).as_deref(),
                words,
                "{form}"
            );
        }
    }
}
