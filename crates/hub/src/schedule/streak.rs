//! When a schedule stops by itself: after failures, one after the other.

use model::{RunStatus, Text};

/// So many failures in a row, of whatever kind.
const FAILURES: u32 = 5;
/// So many in a row because of the credentials: some services lock accounts that keep knocking.
const UNAUTHORIZED: u32 = 3;

/// Failures, one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Streak {
    /// How many.
    pub(super) failures: u32,
    /// How many of the last of them because of the credentials.
    pub(super) unauthorized: u32,
}

impl Streak {
    /// After one more run that ended like this, with this code. A run that a person stopped says nothing.
    pub(super) fn after(self, status: RunStatus, code: Option<&str>) -> Streak {
        match status {
            RunStatus::Success | RunStatus::Partial => Streak::default(),
            RunStatus::Error | RunStatus::Interrupted => Streak {
                failures: self.failures.saturating_add(1),
                unauthorized: if code == Some("unauthorized") {
                    self.unauthorized.saturating_add(1)
                } else {
                    0
                },
            },
            RunStatus::Cancelled | RunStatus::Running => self,
        }
    }

    /// Why it is time to stop, if it is; `last` is what was said of the last failure.
    pub(super) fn pauses(self, last: Option<&Text>) -> Option<Text> {
        let why = if self.unauthorized >= UNAUTHORIZED {
            Text::new(
                format!("Planification suspendue : identifiants refusés {UNAUTHORIZED} fois de suite."),
                format!("Schedule paused: credentials refused {UNAUTHORIZED} times in a row."),
            )
        } else if self.failures >= FAILURES {
            Text::new(
                format!("Planification suspendue : {FAILURES} échecs de suite."),
                format!("Schedule paused: {FAILURES} failures in a row."),
            )
        } else {
            return None;
        };
        let next = Text::fixed(
            "Corrigez la connexion : elle reprend dès qu'elle est enregistrée.",
            "Correct the connection: the schedule goes on as soon as it is saved.",
        );
        let join = |why: &str, last: Option<&str>, next: &str| match last {
            Some(last) => format!("{why} {last} {next}"),
            None => format!("{why} {next}"),
        };
        Some(Text::new(
            join(&why.fr, last.map(|text| text.fr.as_ref()), &next.fr),
            join(&why.en, last.map(|text| text.en.as_ref()), &next.en),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_count_until_one_comes_through() {
        use RunStatus::{Cancelled, Error, Interrupted, Partial, Success};
        let refused = Some("unauthorized");
        let down = Some("unavailable");
        for (runs, failures, unauthorized, pauses) in [
            (vec![(Error, down); 4], 4, 0, false),
            (vec![(Error, down); 5], 5, 0, true),
            (vec![(Error, refused); 2], 2, 2, false),
            (vec![(Error, refused); 3], 3, 3, true),
            (vec![(Error, refused), (Error, refused), (Interrupted, None), (Error, refused)], 4, 1, false),
            (vec![(Error, refused), (Cancelled, None), (Error, refused), (Error, refused)], 3, 3, true),
            (vec![(Error, down), (Error, down), (Partial, None), (Error, down)], 1, 0, false),
            (vec![(Error, refused), (Success, None)], 0, 0, false),
        ] {
            let streak =
                runs.iter().fold(Streak::default(), |streak, (status, code)| streak.after(*status, *code));
            assert_eq!(streak, Streak { failures, unauthorized }, "{runs:?}");
            assert_eq!(streak.pauses(None).is_some(), pauses, "{runs:?}");
        }
    }
}
