//! Reading only what has changed.

use super::{Cursor, Way, filled, open, pages};

const CHANGES: [(&str, &str); 2] = [("since_path", "updated_at"), ("since_param", "updated_since")];

#[tokio::test]
async fn a_reading_goes_on_after_the_greatest_value_of_the_last() {
    let simulator = filled(250).await;
    let connection = open(&simulator, Cursor::PATH, &[Cursor::SETTINGS, &CHANGES].concat());
    let first = pages(&*connection, None).await.expect("pages");
    let (last, others) = first.split_last().expect("pages");
    assert!(others.iter().all(|page| page.mark.is_none()), "only a whole reading may be gone on from");
    assert!(first.iter().all(|page| !page.only_changes));
    let mark = last.mark.clone().expect("a mark");
    assert_eq!(mark, "\"2026-01-01T04:10:00.000000Z\"");
    assert_eq!(simulator.log().entries()[0].query, "limit=100");

    let nothing = pages(&*connection, Some(&mark)).await.expect("pages");
    assert_eq!(nothing.iter().map(|page| page.rows.len()).sum::<usize>(), 0);
    assert_eq!(nothing.last().and_then(|page| page.mark.clone()), Some(mark.clone()), "it stays");

    assert!(simulator.update(7, 1));
    simulator.add(2);
    let changed = pages(&*connection, Some(&mark)).await.expect("pages");
    assert!(changed.iter().all(|page| page.only_changes));
    let ids: Vec<_> = changed.iter().flat_map(|page| &page.rows).filter_map(|row| row.id.clone()).collect();
    assert_eq!(ids, ["7", "251", "252"]);
    let later = changed.last().and_then(|page| page.mark.clone()).expect("a mark");
    assert!(later > mark, "{later}");
}

#[tokio::test]
async fn the_first_reading_may_begin_at_a_value() {
    let simulator = filled(250).await;
    let values = [Cursor::SETTINGS, &CHANGES, &[("since_start", "2026-01-01T04:00:00Z")]].concat();
    let read = pages(&*open(&simulator, Cursor::PATH, &values), None).await.expect("pages");
    assert_eq!(read.iter().map(|page| page.rows.len()).sum::<usize>(), 10);
    assert!(read.iter().all(|page| !page.only_changes), "what lies before was never wanted");
}

#[tokio::test]
async fn without_a_parameter_for_changes_everything_comes() {
    let simulator = filled(3).await;
    let read = pages(&*open(&simulator, "all", &[]), Some("\"2030\"")).await.expect("pages");
    assert_eq!(read.iter().map(|page| page.rows.len()).sum::<usize>(), 3);
    assert!(read.iter().all(|page| !page.only_changes && page.mark.is_none()));
}
