//! What must hold after a run under a fault, and what must hold after the run that follows it.

use model::Lang;
use model::api::SyncBody;
use sandbox::Kind;

use super::bench::{Bench, Held, counts};

/// How a run under a fault must end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    /// As if nothing had been: the data is that of a run without the fault.
    Absorbed,
    /// With an error of this code, whose sentence holds one of these words (`a|b`). What was committed
    /// is whole, and the next run does the rest.
    Stops(&'static str, &'static str),
    /// The same, and nothing was changed on either side.
    Untouched(&'static str, &'static str),
}

impl End {
    /// The word in the table.
    pub(crate) fn word(self) -> &'static str {
        match self {
            End::Absorbed => "absorbed",
            End::Stops(..) => "stops",
            End::Untouched(..) => "untouched",
        }
    }

    /// Checks a run that ended under a fault, then the runs after it. `whole` is what a run without the
    /// fault leaves.
    pub(crate) async fn check(self, at: &Bench, before: &Held, run: &SyncBody, whole: &Held) {
        told(at, run).await;
        let now = at.held().await;
        match self {
            End::Absorbed => assert_eq!(run.status, "success", "{run:?}"),
            End::Stops(code, words) | End::Untouched(code, words) => {
                assert_eq!((run.status.as_str(), run.code.as_deref()), ("error", Some(code)), "{run:?}");
                let said = format!("{:?} {:?}", run.error, run.hint);
                assert!(words.split('|').any(|word| said.contains(word)), "« {words} » in {said}");
            }
        }
        match self {
            End::Absorbed => same(&now, whole),
            End::Untouched(..) => same(&now, before),
            End::Stops(..) => {
                between(&before.here, &now.here, &whole.here);
                between(&before.there, &now.there, &whole.there);
            }
        }
        at.service.controls().faults().clear();
        if !matches!(self, End::Absorbed) {
            let next = at.run().await;
            assert_eq!(next.status, "success", "the next run: {next:?}");
            same(&at.held().await, whole);
        }
        idle(at).await;
    }
}

/// The history tells the same as the answer, and the counters add up.
pub(crate) async fn told(at: &Bench, run: &SyncBody) {
    let line = at.hub.run(run.run_id, Lang::Fr).await.unwrap();
    assert_eq!(
        (&line.status, &line.error_message),
        (&run.status, &run.message.clone().or(run.error.clone()))
    );
    assert!(line.completed_at.is_some());
    let [seen, created, updated, unchanged, failed] = counts(run);
    let done = created + updated + unchanged + failed;
    // An export that stopped has seen deals that it could not write.
    if run.status == "error" {
        assert!(done <= seen, "{run:?}");
    } else {
        assert_eq!(seen, done, "{run:?}");
    }
    let failures = at.hub.failures(run.run_id, 1_000, 0, Lang::Fr).await.unwrap();
    assert_eq!(failures.len() as u64, failed, "each refused record has its reason");
}

/// Running again changes nothing on either side and writes nothing there.
pub(crate) async fn idle(at: &Bench) {
    let held = at.held().await;
    at.service.controls().log().clear();
    let run = at.run().await;
    let [seen, _, _, unchanged, failed] = counts(&run);
    assert_eq!(
        (seen, run.status.as_str()),
        (unchanged + failed, if failed == 0 { "success" } else { "partial" }),
        "{run:?}"
    );
    assert_eq!(
        at.service.writes(),
        0,
        "an idle run writes nothing: {:?}",
        at.service.controls().log().of(Kind::Write)
    );
    same(&at.held().await, &held);
}

/// Both sides hold the same as there.
pub(crate) fn same(now: &Held, then: &Held) {
    for (side, now, then) in [("here", &now.here, &then.here), ("there", &now.there, &then.there)] {
        let more: Vec<&String> = now.iter().filter(|line| !then.contains(line)).collect();
        let less: Vec<&String> = then.iter().filter(|line| !now.contains(line)).collect();
        assert!(more.is_empty() && less.is_empty(), "{side}: too much {more:?}, too little {less:?}");
        assert_eq!(now.len(), then.len(), "{side}: doubles");
    }
}

/// Every line is as it was or as it is to be, none is lost and none is doubled.
pub(crate) fn between(before: &[String], now: &[String], after: &[String]) {
    for line in now {
        assert!(before.contains(line) || after.contains(line), "neither old nor new: {line}");
    }
    let clients = |lines: &[String]| -> Vec<String> {
        lines.iter().map(|line| line.split(',').next().unwrap_or_default().to_owned()).collect()
    };
    let (old, there) = (clients(before), clients(now));
    assert!(old.iter().all(|client| there.contains(client)), "a client is lost");
    let mut once = there.clone();
    once.dedup();
    assert_eq!(once.len(), there.len(), "a client is doubled");
}
