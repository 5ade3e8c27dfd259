//! Writing records.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use connectors::{ErrorKind, Outcome, Write};
use model::Value;
use sandbox::{Fault, Kind, RetryAfter, Rule};

use crate::fixture::{Fixture, Opened, ids, open};

/// What a connector that only reads passes in place of all the others.
pub(crate) async fn who_only_reads_says_so<F: Fixture>() {
    let opened = open::<F>(3).await;
    assert!(opened.stream.fields.iter().all(|field| !field.writable));
    let before = opened.service.stored();
    let batch = [opened.create(&F::sample(1)), opened.update(&before[0], &F::sample(2))];
    let error = opened.connection.write(&opened.stream, &batch).await.expect_err("read only");
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert!(!error.maybe_applied && error.hint.is_some());
    assert_eq!(opened.service.log().count(Kind::Any), 0, "nothing was sent");
    assert_eq!(opened.service.stored(), before);
}

pub(crate) async fn one_outcome_for_each_write_in_order<F: Fixture>() {
    let opened = open::<F>(4).await;
    let old = opened.service.stored();
    let batch = [
        opened.create(&F::sample(10)),
        opened.update(&old[0], &F::sample(11)),
        opened.create(&F::sample(12)),
        opened.update(&old[3], &F::sample(13)),
        opened.create(&F::sample(14)),
    ];
    let written = written(&opened, &batch).await;
    assert_eq!((&written[1], &written[3]), (&old[0], &old[3]));
    assert_eq!(opened.service.stored().len(), 7);
    for (id, number) in written.iter().zip([10, 11, 12, 13, 14]) {
        assert_holds(&opened, id, &F::sample(number)).await;
    }
    assert_eq!(opened.connection.write(&opened.stream, &[]).await, Ok(vec![]));
}

pub(crate) async fn what_was_written_reads_back<F: Fixture>() {
    let opened = open::<F>(0).await;
    let samples: Vec<_> = (0..25).map(F::sample).collect();
    let batch: Vec<Write> = samples.iter().map(|sample| opened.create(sample)).collect();
    let written = written(&opened, &batch).await;
    for (id, sample) in written.iter().zip(&samples) {
        assert_holds(&opened, id, sample).await;
    }
}

pub(crate) async fn a_refused_record_does_not_sink_its_batch<F: Fixture>() {
    let at_once = F::connector().spec().capabilities.write_batch;
    // A service that takes one record at a time must not stop at the guilty one either.
    let batch_size = at_once.max(5);
    for guilty in [vec![0], vec![batch_size - 1], vec![batch_size / 3], vec![1, batch_size - 2]] {
        let opened = open::<F>(0).await;
        let record = |place: usize| match guilty.contains(&place) {
            true => opened.create(&F::refused()),
            false => opened.create(&F::sample(place)),
        };
        let batch: Vec<Write> = (0..batch_size).map(record).collect();
        let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
        for (place, outcome) in outcomes.iter().enumerate() {
            match outcome {
                Outcome::Written(_) => {
                    assert!(!guilty.contains(&place), "{place} was refused by the service");
                }
                Outcome::Rejected(reason) => {
                    assert!(guilty.contains(&place), "{place}: {reason:?}");
                    assert!(!reason.fr.is_empty() && !reason.en.is_empty());
                }
                other => panic!("{place}: {other:?}"),
            }
        }
        assert_eq!(opened.service.stored().len(), batch_size - guilty.len());
        let bound = guilty.len() * 2 * (at_once.ilog2() as usize + 1) + batch_size / at_once;
        let calls = opened.service.log().count(Kind::Write);
        assert!(calls <= bound, "{calls} calls for {} guilty records", guilty.len());
    }
}

pub(crate) async fn the_same_update_twice_is_harmless<F: Fixture>() {
    let opened = open::<F>(2).await;
    let id = opened.service.stored()[0].clone();
    let batch = [opened.update(&id, &F::sample(7))];
    let first = written(&opened, &batch).await;
    let before = opened.pages().await.expect("pages");
    assert_eq!(written(&opened, &batch).await, first);
    assert_eq!(ids(&opened.pages().await.expect("pages")), ids(&before));
    // Applied, but the answer is lost: repeated without looking.
    opened.next(Kind::Update, Fault::DoneThenDropped);
    opened.next(Kind::Update, Fault::DoneThenStatus(502));
    assert_eq!(written(&opened, &batch).await, first);
    assert_holds(&opened, &id, &F::sample(7)).await;
}

pub(crate) async fn empty_clears_and_absent_stays<F: Fixture>() {
    let opened = open::<F>(1).await;
    let id = opened.service.stored()[0].clone();
    let sample = F::sample(0);
    for cleared in sample.keys() {
        written(&opened, &[opened.update(&id, &sample)]).await;
        let clear = [opened.update(&id, &BTreeMap::from([(*cleared, Value::Empty)]))];
        let mut expected = sample.clone();
        match F::cleared(cleared) {
            Some(left) => {
                written(&opened, &clear).await;
                expected.insert(cleared, left);
            }
            None => {
                let outcomes = opened.connection.write(&opened.stream, &clear).await.expect("an outcome");
                assert!(matches!(outcomes[..], [Outcome::Rejected(_)]), "{cleared}: {outcomes:?}");
            }
        }
        assert_holds(&opened, &id, &expected).await;
    }
}

pub(crate) async fn a_deleted_record_is_gone<F: Fixture>() {
    let opened = open::<F>(5).await;
    let old = opened.service.stored();
    opened.service.delete(&old[2]);
    let batch: Vec<Write> = old.iter().map(|id| opened.update(id, &F::sample(9))).collect();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    for (place, outcome) in outcomes.into_iter().enumerate() {
        let expected = if place == 2 { Outcome::Gone } else { Outcome::Written(old[place].clone()) };
        assert_eq!(outcome, expected);
    }
}

pub(crate) async fn an_unclear_creation_is_looked_up_before_it_is_repeated<F: Fixture>() {
    for fault in [
        Fault::DoneThenStatus(500),
        Fault::DoneThenStatus(502),
        Fault::DoneThenStatus(504),
        Fault::DoneThenDropped,
        Fault::ResetMidBody,
        Fault::CutJson,
        Fault::Dropped,
        Fault::Status(503),
        Fault::Unavailable(RetryAfter::Absent),
        Fault::HtmlPage,
        Fault::EmptyBody,
        Fault::WrongType,
    ] {
        let opened = open::<F>(3).await;
        opened.next(Kind::Create, fault.clone());
        let batch: Vec<Write> = (20..25).map(|number| opened.create(&F::sample(number))).collect();
        let written = written(&opened, &batch).await;
        assert_eq!(opened.service.stored().len(), 8, "after {fault:?} each record is there exactly once");
        for (id, number) in written.iter().zip(20..) {
            assert_holds(&opened, id, &F::sample(number)).await;
        }
        assert_eq!(opened.service.faults().pending(), 0);
    }
}

pub(crate) async fn twins_of_an_unclear_creation_are_both_kept<F: Fixture>() {
    let opened = open::<F>(0).await;
    let twins = [opened.create(&F::sample(1)), opened.create(&F::sample(1))];
    let mut all: HashSet<String> = written(&opened, &twins).await.into_iter().collect();
    // Several writers create the same content at the same time, and most answers are lost.
    opened.script(Rule::new(Kind::Create, Fault::DoneThenDropped).times(5));
    let calls = (0..6).map(|_| written(&opened, &twins));
    for ids in futures_util::future::join_all(calls).await {
        all.extend(ids);
    }
    assert_eq!(all.len(), 14, "no record was taken for another");
    assert_eq!(opened.service.stored().len(), 14);
}

pub(crate) async fn a_twin_whose_answer_is_on_its_way_is_not_taken<F: Fixture>() {
    let opened = open::<F>(0).await;
    let twin = [opened.create(&F::sample(1))];
    // The first is created at once and its answer takes long; the second is created without an answer.
    opened.next(Kind::Create, Fault::Trickle(Duration::from_millis(1)));
    opened.next(Kind::Create, Fault::DoneThenDropped);
    let (one, other) = tokio::join!(written(&opened, &twin), written(&opened, &twin));
    assert_ne!(one, other);
    assert_eq!(opened.service.stored().len(), 2);
}

pub(crate) async fn a_lossy_service_gets_every_record_once<F: Fixture>() {
    let batch_size = F::connector().spec().capabilities.write_batch;
    let opened = open::<F>(0).await;
    opened.script(Rule::new(Kind::Create, Fault::DoneThenDropped).always().chance(0.3, 7));
    opened.script(Rule::new(Kind::Create, Fault::Dropped).always().chance(0.1, 8));
    let count = 240 / batch_size;
    let batches: Vec<Vec<Write>> = (0..count)
        .map(|batch| (0..batch_size).map(|n| opened.create(&F::sample(batch * batch_size + n))).collect())
        .collect();
    let mut all = HashSet::new();
    for batches in batches.chunks(4) {
        let calls = batches.iter().map(|batch| written(&opened, batch));
        all.extend(futures_util::future::join_all(calls).await.into_iter().flatten());
    }
    assert_eq!(all.len(), count * batch_size);
    assert_eq!(opened.service.stored().into_iter().collect::<HashSet<_>>(), all);
}

pub(crate) async fn a_fault_after_some_were_written_keeps_their_ids<F: Fixture>() {
    let batch_size = F::connector().spec().capabilities.write_batch;
    let opened = open::<F>(0).await;
    // The second call and all after it fail.
    opened.script(Rule::new(Kind::Create, Fault::Status(500)).from_nth(2));
    let batch: Vec<Write> = (0..batch_size * 2).map(|number| opened.create(&F::sample(number))).collect();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    // Calls may be under way at the same time: which one was the first is the service's to say.
    let (written, others): (Vec<_>, Vec<_>) =
        outcomes.iter().partition(|outcome| matches!(outcome, Outcome::Written(_)));
    assert_eq!(written.len(), batch_size, "{outcomes:?}");
    for outcome in others {
        let Outcome::NotWritten(error) = outcome else { panic!("{outcome:?}") };
        assert_eq!(error.kind, ErrorKind::Unavailable);
        assert!(!error.maybe_applied, "it was looked up: nothing of it is there");
    }
    assert_eq!(opened.service.stored().len(), batch_size);
    let error = opened.connection.write(&opened.stream, &batch[..1]).await.expect_err("nothing was written");
    assert_eq!(error.kind, ErrorKind::Unavailable);
}

async fn written<F: Fixture>(opened: &Opened<F>, batch: &[Write]) -> Vec<String> {
    let outcomes = opened.connection.write(&opened.stream, batch).await.expect("outcomes");
    assert_eq!(outcomes.len(), batch.len());
    let id = |outcome| match outcome {
        Outcome::Written(id) => id,
        other => panic!("{other:?}"),
    };
    outcomes.into_iter().map(id).collect()
}

async fn assert_holds<F: Fixture>(opened: &Opened<F>, id: &str, expected: &BTreeMap<&'static str, Value>) {
    let pages = opened.pages().await.expect("pages");
    let record =
        pages.iter().flat_map(|page| &page.records).find(|record| record.id == id).expect("the record");
    for (name, value) in expected {
        let read = &record.fields[opened.field(name).id.as_str()];
        assert_eq!(read, value, "{name} of {id}");
    }
}
