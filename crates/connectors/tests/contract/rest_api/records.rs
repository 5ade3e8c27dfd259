//! Rows as records: ids, kinds, and readings that go on in the middle of an answer.

use chrono::NaiveDate;
use connectors::{Connection, ErrorKind, Page, Result};
use futures_util::StreamExt;
use model::{StreamSchema, Value, ValueKind};
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{filled, open};

async fn read(connection: &dyn Connection, stream: &StreamSchema) -> Result<Vec<Page>> {
    connection.read(stream, &stream.fields, None).collect::<Vec<_>>().await.into_iter().collect()
}

#[tokio::test]
async fn columns_and_values_of_every_kind() {
    let simulator = filled(6).await;
    let connection =
        open(&simulator, "all", &[("since_path", "updated_at"), ("since_param", "updated_since")]);
    let stream = connection.discover().await.expect("streams").remove(0);
    assert_eq!((stream.id.as_str(), stream.name.as_str()), ("rows", "all"));
    let kinds: Vec<_> = stream.fields.iter().map(|field| (field.id.as_str(), field.kind)).collect();
    for expected in [
        ("id", ValueKind::Number),
        ("active", ValueKind::Bool),
        ("address.city", ValueKind::Text),
        ("amount", ValueKind::Number),
        // Beyond what a double holds.
        ("account", ValueKind::Text),
        ("born", ValueKind::Date),
        ("tags", ValueKind::List),
        ("updated_at", ValueKind::DateTime),
    ] {
        assert!(kinds.contains(&expected), "{expected:?} in {kinds:?}");
    }
    let pages = read(&*connection, &stream).await.expect("pages");
    let record = &pages[0].records[4];
    assert_eq!(record.id, "5");
    assert!(record.modified_at.is_some());
    assert_eq!(record.fields["born"], Value::Empty);
    assert_eq!(record.fields["address.city"], Value::Text("Beaune".to_owned()));
    assert_eq!(record.fields["account"], Value::Text("9007199254740900053".to_owned()));
    let born = NaiveDate::from_ymd_opt(1951, 2, 28).map(Value::Date);
    assert_eq!(Some(&pages[0].records[0].fields["born"]), born.as_ref());
    assert_eq!(pages[0].records[0].fields["tags"], Value::List(vec![Value::Text("vip".to_owned())]));
}

#[tokio::test]
async fn an_id_is_named_or_found_or_asked_for() {
    let listed = async |body: serde_json::Value, id_path: &str| {
        let simulator = filled(0).await;
        simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::json(200, &body))).always());
        let connection = open(&simulator, "all", &[("id_path", id_path)]);
        let stream = connection.discover().await.expect("streams").remove(0);
        let pages = read(&*connection, &stream).await?;
        Ok::<_, connectors::Error>(
            pages.into_iter().flat_map(|page| page.records).map(|record| record.id).collect::<Vec<_>>(),
        )
    };
    for (body, id_path, ids) in [
        (json!([{"uuid": "a", "key": 1}, {"uuid": "b", "key": 2}]), "", ["a", "b"]),
        (json!([{"id": 1, "key": "k"}, {"key": "l"}]), "", ["k", "l"]),
        (json!([{"id": 1, "key": "k"}, {"id": 1, "key": "l"}]), "", ["k", "l"]),
        (json!([{"id": 1, "ref": {"n": "x"}}, {"id": 2, "ref": {"n": "y"}}]), "ref.n", ["x", "y"]),
    ] {
        assert_eq!(listed(body.clone(), id_path).await.expect("ids"), ids, "{body}");
    }
    let error = listed(json!([{"name": "a"}, {"name": "b"}]), "").await.expect_err("no id");
    assert_eq!(error.kind, ErrorKind::InvalidSettings);
    assert!(error.hint.expect("a hint").fr.contains("Identifiant d'une ligne"));
    let error = listed(json!([{"n": "a"}, {"x": "b"}]), "n").await.expect_err("one has none");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
}

#[tokio::test]
async fn a_reading_goes_on_in_the_middle_of_an_answer() {
    for path in ["ndjson", "csv"] {
        let simulator = filled(2_500).await;
        let connection = open(&simulator, path, &[]);
        let stream = connection.discover().await.expect("streams").remove(0);
        let whole = read(&*connection, &stream).await.expect("pages");
        assert!(whole.len() > 2, "{}", whole.len());
        let since = whole[0].next.clone();
        let rest = connection.read(&stream, &stream.fields, since).collect::<Vec<_>>().await;
        let rest: Result<Vec<Page>> = rest.into_iter().collect();
        let ids = |pages: &[Page]| crate::fixture::ids(pages);
        assert_eq!(ids(&rest.expect("the rest")), ids(&whole[1..]), "{path}");
    }
}
