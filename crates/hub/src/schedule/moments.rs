//! The moments at which a schedule is due, in a person's time zone.
//!
//! When clocks go forward, a time that is left out is due when they have; when they go back, a time that
//! comes twice is due once. Moments that repeat (`*/15 * * * *`) are due in every hour that passes.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use model::{Frequency, Text};

/// Runs closer to each other would only wait for each other.
const CLOSEST: TimeDelta = TimeDelta::minutes(5);
/// How many moments are looked at for two that are too close: more than a day of the closest ones.
const LOOKED_AT: usize = 300;

/// The moments of a frequency that is not manual.
pub(super) struct Moments {
    cron: Cron,
    zone: Tz,
}

/// The IANA time zone of that name.
///
/// # Errors
/// There is none.
pub(super) fn time_zone(name: &str) -> Result<Tz, Text> {
    name.trim().parse().map_err(|_| {
        let shown = model::parse::shorten(name);
        Text::new(
            format!("« {shown} » n'est pas un fuseau horaire. Écrivez par exemple Europe/Paris."),
            format!("“{shown}” is not a time zone. Write for example Europe/Paris."),
        )
    })
}

impl Moments {
    /// Those of a frequency in a time zone; `None` when it is manual.
    ///
    /// # Errors
    /// The expression is none.
    pub(super) fn of(frequency: &Frequency, zone: Tz) -> Result<Option<Moments>, Text> {
        let Some(expression) = frequency.cron() else { return Ok(None) };
        let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
        let cron = parser.parse(&expression).map_err(|_| {
            let shown = model::parse::shorten(&expression);
            Text::new(
                format!(
                    "« {shown} » n'est pas une expression cron. Cinq champs sont attendus (minute, heure, jour du mois, \
                     mois, jour de la semaine), par exemple 0 6 * * 1-5."
                ),
                format!(
                    "“{shown}” is not a cron expression. Five fields are expected (minute, hour, day of the month, \
                     month, day of the week), for example 0 6 * * 1-5."
                ),
            )
        })?;
        Ok(Some(Moments { cron, zone }))
    }

    /// Whether there is a moment at all, and none too close to another.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub(super) fn check(&self, now: DateTime<Utc>) -> Result<(), Text> {
        let expression = model::parse::shorten(self.cron.as_str());
        if self.after(now).is_none() {
            return Err(Text::new(
                format!("L'expression cron {expression} ne se produit jamais : corrigez le jour ou le mois."),
                format!("The cron expression {expression} never comes about: correct the day or the month."),
            ));
        }
        // In UTC, where no hour is left out and none comes twice.
        let moments: Vec<DateTime<Utc>> = self.cron.iter_after(now).take(LOOKED_AT).collect();
        let close = moments.windows(2).find(|pair| matches!(pair, [a, b] if *b - *a < CLOSEST));
        let Some([a, b]) = close else { return Ok(()) };
        let (a, b) = (a.format("%H:%M"), b.format("%H:%M"));
        Err(Text::new(
            format!(
                "L'expression cron {expression} est trop rapprochée (par exemple {a} puis {b}) : laissez au moins 5 minutes \
                 entre deux synchronisations."
            ),
            format!(
                "The cron expression {expression} is too frequent (for example {a}, then {b}): leave at least 5 minutes \
                 between two runs."
            ),
        ))
    }

    /// The first moment after that one.
    pub(super) fn after(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.next(at).next().map(|moment| moment.to_utc())
    }

    /// The second moment after that one.
    pub(super) fn second(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.next(at).nth(1).map(|moment| moment.to_utc())
    }

    /// The moments after that one, on the clocks of the time zone.
    pub(super) fn next(&self, at: DateTime<Utc>) -> impl Iterator<Item = DateTime<Tz>> {
        self.cron.iter_after(at.with_timezone(&self.zone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(expression: &str, zone: &str) -> Moments {
        let frequency = Frequency::Cron { expression: expression.to_owned() };
        Moments::of(&frequency, time_zone(zone).expect("a zone")).expect("an expression").expect("not manual")
    }

    fn next(expression: &str, zone: &str, after: &str, count: usize) -> Vec<String> {
        let after = after.parse().expect("an instant");
        moments(expression, zone).next(after).take(count).map(|at| at.to_rfc3339()).collect()
    }

    #[test]
    fn clocks_going_forward_leave_no_day_out() {
        // On 2026-03-29 Paris goes from 02:00 to 03:00.
        assert_eq!(
            next("30 2 * * *", "Europe/Paris", "2026-03-27T12:00:00Z", 3),
            ["2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]
        );
        assert_eq!(
            next("0 6 * * *", "Europe/Paris", "2026-03-28T12:00:00Z", 2),
            ["2026-03-29T06:00:00+02:00", "2026-03-30T06:00:00+02:00"]
        );
    }

    #[test]
    fn clocks_going_back_repeat_no_day() {
        // On 2026-10-25 Paris goes from 03:00 back to 02:00.
        assert_eq!(
            next("30 2 * * *", "Europe/Paris", "2026-10-24T12:00:00Z", 2),
            ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]
        );
        // Every hour that passes, also the one that comes twice.
        let hours = next("0 * * * *", "Europe/Paris", "2026-10-24T23:30:00Z", 4);
        let utc: Vec<DateTime<Utc>> = hours.iter().map(|at| at.parse().expect("an instant")).collect();
        assert!(utc.windows(2).all(|pair| pair[1] - pair[0] == TimeDelta::hours(1)), "{hours:?}");
    }

    #[test]
    fn what_never_comes_or_comes_too_often_is_refused() {
        let now = "2026-11-21T08:00:00Z".parse().expect("an instant");
        for (expression, is_fine) in [
            ("0 6 * * *", true),
            ("*/5 * * * *", true),
            ("0 0 29 2 *", true),
            ("0 0 30 2 *", false),
            ("0 0 31 4,6 *", false),
            ("* * * * *", false),
            ("*/4 * * * *", false),
            ("*/7 * * * *", false),
            ("0,2 6 1 1 *", false),
        ] {
            assert_eq!(moments(expression, "Europe/Paris").check(now).is_ok(), is_fine, "{expression}");
        }
        for expression in ["", "60 * * * *", "0 6 * *", "0 0 6 * * *", "a b c d e", "0 6 * * * 2027"] {
            let frequency = Frequency::Cron { expression: expression.to_owned() };
            assert!(Moments::of(&frequency, Tz::UTC).is_err(), "{expression}");
        }
        for zone in ["", "Paris", "Europe/Atlantis", "+02:00"] {
            assert!(time_zone(zone).is_err(), "{zone}");
        }
    }
}
