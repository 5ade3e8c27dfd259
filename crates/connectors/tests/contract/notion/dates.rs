//! Days written into dates that are ranges or have a time.

use std::collections::BTreeMap;

use connectors::Outcome;
use model::Value;
use sandbox::Kind;
use serde_json::{Value as Json, json};

use super::NotionService;
use crate::fixture::{Fixture, open};

/// What a date that held this holds once that was written.
async fn written(old: Json, new: &Value) -> Json {
    let opened = open::<NotionService>(0).await;
    let id =
        opened.service.source.insert([json!({"Name": "X", "Due Date": {"date": old}})]).expect("a record")[0];
    let update = opened.update(&id.to_string(), &BTreeMap::from([("Due Date", new.clone())]));
    let outcomes = opened.connection.write(&opened.stream, &[update]).await.expect("an outcome");
    assert_eq!(outcomes, [Outcome::Written(id.to_string())]);
    opened.service.source.row(id).expect("the record").page["properties"]["Due Date"]["date"].clone()
}

#[tokio::test]
async fn the_end_of_a_range_and_the_time_of_day_stay() {
    let day = Value::Date("2027-05-03".parse().expect("a day"));
    let range = written(json!({"start": "2027-05-01", "end": "2027-05-09"}), &day).await;
    assert_eq!((&range["start"], &range["end"]), (&json!("2027-05-03"), &json!("2027-05-09")));
    let range = written(json!({"start": "2027-04-01", "end": "2027-04-09"}), &day).await;
    assert_eq!((&range["start"], &range["end"]), (&json!("2027-05-03"), &json!("2027-05-11")));
    let time = written(json!({"start": "2027-05-01T09:30:00+02:00"}), &day).await;
    let start = time["start"].as_str().expect("a start");
    let start = chrono::DateTime::parse_from_rfc3339(start).expect("an instant");
    let expected = chrono::DateTime::parse_from_rfc3339("2027-05-03T09:30:00+02:00").expect("an instant");
    assert_eq!(start, expected);
    assert_eq!(written(json!({"start": "2027-05-01", "end": "2027-05-09"}), &Value::Empty).await, Json::Null);
}

#[tokio::test]
async fn what_is_there_is_read_only_where_a_date_changes() {
    let opened = open::<NotionService>(1).await;
    let id = opened.service.source.rows()[0].id.to_string();
    for (field, value, reads) in [
        ("Amount", Value::Number(1.0), 0),
        ("Due Date", Value::Empty, 0),
        ("Due Date", Value::Date("2027-05-03".parse().expect("a day")), 1),
    ] {
        opened.service.log().clear();
        let update = opened.update(&id, &BTreeMap::from([(field, value)]));
        opened.connection.write(&opened.stream, &[update]).await.expect("an outcome");
        assert_eq!(opened.service.log().count(Kind::Get), reads, "{field}");
    }
}
