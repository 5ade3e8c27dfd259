//! Listings: pages, parameters, and what happens to them while the data change.

use std::time::Duration;

use sandbox::airtable::{Field, FieldType, Limits, Options};
use sandbox::{Clock, Kind};
use serde_json::{Value, json};

use crate::client::{BASE, Bench, bench, bench_with, kind, names};

/// Parameters of a query.
type Pairs = &'static [(&'static str, &'static str)];

/// Reads a listing to its end; also returns the sizes of the pages.
async fn whole(bench: &Bench, pairs: &[(&str, &str)]) -> (Vec<String>, Vec<usize>) {
    let (mut all, mut sizes, mut offset) = (Vec::new(), Vec::new(), None::<String>);
    loop {
        let mut pairs = pairs.to_vec();
        if let Some(offset) = &offset {
            pairs.push(("offset", offset));
        }
        let page = bench.list(&pairs).await;
        sizes.push(page["records"].as_array().unwrap().len());
        all.extend(names(&page).into_iter().map(str::to_owned));
        match page["offset"].as_str() {
            Some(next) => offset = Some(next.to_owned()),
            None => return (all, sizes),
        }
    }
}

#[tokio::test]
async fn pages_are_of_the_size_asked_for_and_at_most_a_hundred() {
    let bench = bench().await;
    bench.fill(250);
    let cases: [(Pairs, &[usize]); 8] = [
        (&[], &[100, 100, 50]),
        (&[("pageSize", "100")], &[100, 100, 50]),
        (&[("pageSize", "50")], &[50; 5]),
        (&[("maxRecords", "120")], &[100, 20]),
        (&[("maxRecords", "100")], &[100]),
        (&[("maxRecords", "5"), ("pageSize", "2")], &[2, 2, 1]),
        (&[("filterByFormula", "{Amount}<=3")], &[3]),
        (&[("filterByFormula", "0")], &[0]),
    ];
    for (pairs, sizes) in cases {
        assert_eq!(whole(&bench, pairs).await.1, sizes, "{pairs:?}");
    }
    let (all, _) = whole(&bench, &[]).await;
    assert_eq!(all, (0..250).map(|number| format!("Deal {number}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_token_is_opaque_and_can_be_used_again() {
    let bench = bench().await;
    bench.fill(30);
    let first = bench.list(&[("pageSize", "10")]).await;
    let offset = first["offset"].as_str().unwrap();
    let (listing, record) = offset.split_once('/').unwrap();
    assert!(listing.starts_with("itr") && record.starts_with("rec") && offset.len() == 35, "{offset}");
    let second = bench.list(&[("pageSize", "10"), ("offset", offset)]).await;
    assert_eq!(second, bench.list(&[("pageSize", "10"), ("offset", offset)]).await);
    assert_eq!(names(&second)[0], "Deal 10");
}

#[tokio::test]
async fn unknown_and_expired_tokens_end_the_listing() {
    let clock = Clock::manual(chrono::DateTime::UNIX_EPOCH);
    let limits = Limits { offset_life: Duration::from_secs(60), ..Limits::none() };
    let bench = bench_with(Options { limits, clock: clock.clone(), ..Options::default() }).await;
    bench.fill(30);
    let page = async || bench.list(&[("pageSize", "10")]).await["offset"].as_str().unwrap().to_owned();
    let ask = async |offset: &str| {
        let (status, body) = bench.get(&bench.query(&[("offset", offset)])).await;
        (status, kind(&body).to_owned())
    };
    let gone = (422, "LIST_RECORDS_ITERATOR_NOT_AVAILABLE".to_owned());

    let offset = page().await;
    clock.advance(Duration::from_secs(59));
    assert_eq!(ask(&offset).await.0, 200);
    clock.advance(Duration::from_secs(59));
    assert_eq!(ask(&offset).await.0, 200, "use keeps it alive");
    clock.advance(Duration::from_secs(60));
    assert_eq!(ask(&offset).await, gone);

    let offset = page().await;
    bench.sim.expire_offsets();
    assert_eq!(ask(&offset).await, gone);
    for nonsense in ["", "x", "itrXXXXXXXXXXXXXX", "itrXXXXXXXXXXXXXX/recXXXXXXXXXXXXXX"] {
        assert_eq!(ask(nonsense).await, gone, "{nonsense}");
    }
}

#[tokio::test]
async fn sorting_follows_types_and_puts_empty_cells_first() {
    let bench = bench().await;
    let rows = [
        json!({"Name": "b", "Amount": 10, "Status": "Lost"}),
        json!({"Name": "A", "Amount": 9, "Status": "Lead"}),
        json!({"Name": "c", "Status": "Won"}),
        json!({"Name": "D", "Amount": -1}),
    ];
    bench.deals.insert(rows).unwrap();
    let cases: [(Pairs, [&str; 4]); 6] = [
        (&[("sort[0][field]", "Name")], ["A", "b", "c", "D"]),
        (&[("sort[0][field]", "Name"), ("sort[0][direction]", "desc")], ["D", "c", "b", "A"]),
        (&[("sort[0][field]", "Amount"), ("sort[0][direction]", "asc")], ["c", "D", "A", "b"]),
        (&[("sort[0][field]", "Amount"), ("sort[0][direction]", "desc")], ["b", "A", "D", "c"]),
        (&[("sort[0][field]", "Status")], ["D", "A", "c", "b"]),
        (&[("sort[0][field]", "Double"), ("sort[0][direction]", "desc")], ["b", "A", "c", "D"]),
    ];
    for (pairs, expected) in cases {
        // A blank amount counts as 0 in the formula, so its double lies between 18 and -2.
        assert_eq!(names(&bench.list(pairs).await), expected, "{pairs:?}");
    }
    let two = [("sort[0][field]", "Done"), ("sort[1][field]", "Name"), ("sort[1][direction]", "desc")];
    bench.deals.add_field(Field::new("Done", FieldType::Checkbox));
    bench.deals.set(bench.deals.records()[0].id, &json!({"Done": true})).unwrap();
    assert_eq!(names(&bench.list(&two).await), ["D", "c", "A", "b"]);
}

#[tokio::test]
async fn sorted_pages_shift_when_data_change_between_them() {
    let bench = bench().await;
    bench.fill(6);
    let sort = [("sort[0][field]", "Amount"), ("pageSize", "2")];
    let first = bench.list(&sort).await;
    assert_eq!(names(&first), ["Deal 0", "Deal 1"]);
    // The first record moves to the end: it will be seen twice.
    bench.deals.set(bench.deals.records()[0].id, &json!({"Amount": 100})).unwrap();
    let offset = first["offset"].as_str().unwrap();
    let second = bench.list(&[sort[0], sort[1], ("offset", offset)]).await;
    assert_eq!(names(&second), ["Deal 2", "Deal 3"]);
    // The record the next page begins with is deleted, and one before it: the listing goes on at the
    // old position and skips one.
    let rows = bench.deals.records();
    bench.deals.delete(rows[4].id);
    bench.deals.delete(rows[1].id);
    let offset = second["offset"].as_str().unwrap();
    let third = bench.list(&[sort[0], sort[1], ("offset", offset)]).await;
    assert_eq!(names(&third), ["Deal 0"], "“Deal 5” is skipped");
}

#[tokio::test]
async fn unsorted_pages_survive_deletes_and_inserts() {
    let bench = bench().await;
    bench.fill(5);
    let first = bench.list(&[("pageSize", "2")]).await;
    bench.deals.delete(bench.deals.records()[2].id);
    bench.deals.insert([json!({"Name": "New"})]).unwrap();
    let offset = first["offset"].as_str().unwrap();
    let rest = bench.list(&[("offset", offset)]).await;
    assert_eq!(names(&rest), ["Deal 3", "Deal 4", "New"]);
}

#[tokio::test]
async fn views_filter_and_sort_and_show_all_fields() {
    let bench = bench().await;
    bench.fill(5);
    bench.deals.add_view("Big first", Some("{Amount} > 2"), &[("Amount", true)]).unwrap();
    let page = bench.list(&[("view", "Big first")]).await;
    assert_eq!(names(&page), ["Deal 4", "Deal 3", "Deal 2"]);
    assert_eq!(page["records"][0]["fields"]["Double"], 10);
    let both = bench
        .list(&[("view", "Big first"), ("filterByFormula", "{Amount}<5"), ("sort[0][field]", "Amount")])
        .await;
    assert_eq!(names(&both), ["Deal 2", "Deal 3"]);
    assert_eq!(names(&bench.list(&[("view", "Grid view")]).await).len(), 5);
    let (status, body) = bench.get(&bench.query(&[("view", "Nope")])).await;
    assert_eq!((status, kind(&body)), (422, "VIEW_NAME_NOT_FOUND"));
}

#[tokio::test]
async fn fields_are_chosen_by_name_or_id_and_empty_rows_stay() {
    let bench = bench().await;
    let id = bench.deals.insert([json!({"Name": "A", "Amount": 0, "Notes": ""}), json!({})]).unwrap()[0];
    let amount = bench.deals.field_id("Amount").unwrap().to_string();
    let notes = bench.deals.field_id("Notes").unwrap().to_string();
    let page = bench.list(&[("fields[]", "Name"), ("fields[]", &notes)]).await;
    assert_eq!(page["records"][0]["fields"], json!({"Name": "A"}), "empty text is left out");
    assert_eq!(page["records"][1]["fields"], json!({}));
    assert!(page["records"][1]["createdTime"].as_str().unwrap().ends_with('Z'));
    let page = bench.list(&[("fields[]", &amount), ("returnFieldsByFieldId", "true")]).await;
    assert_eq!(page["records"][0]["fields"], json!({ amount.as_str(): 0 }), "zero is a value");
    let (_, record) = bench.get(&format!("{BASE}/Deals/{id}?returnFieldsByFieldId=true")).await;
    assert_eq!(record["fields"][&amount], 0);
    assert!(record.get("offset").is_none() && record.get("records").is_none());
}

#[tokio::test]
async fn a_table_may_be_named_by_id_or_by_an_encoded_name() {
    let bench = bench().await;
    let odd = bench.base.table("A/B + ç%", [Field::text("Name")]);
    odd.insert([json!({"Name": "here"})]).unwrap();
    for key in ["A%2FB%20+%20%C3%A7%25", odd.id().as_str()] {
        let (status, body) = bench.get(&format!("{BASE}/{key}")).await;
        assert_eq!(status, 200, "{key}");
        assert_eq!(names(&body), ["here"]);
    }
}

#[tokio::test]
async fn listing_by_post_takes_the_same_parameters() {
    let bench = bench().await;
    bench.fill(30);
    let body = json!({
        "pageSize": 2, "maxRecords": 3, "filterByFormula": "{Amount} > 10", "fields": ["Name"],
        "sort": [{"field": "Amount", "direction": "desc"}], "returnFieldsByFieldId": false,
    });
    let path = format!("{BASE}/Deals/listRecords");
    let (status, first) = bench.post(&path, body.clone()).await;
    assert_eq!((status, names(&first)), (200, vec!["Deal 29", "Deal 28"]));
    let mut next = body;
    next["offset"] = first["offset"].clone();
    let (_, second) = bench.post(&path, next).await;
    assert_eq!(names(&second), ["Deal 27"]);
    assert!(second.get("offset").is_none());
    let spoken = bench
        .post(&format!("{path}?timeZone=UTC&userLocale=fr"), json!({"cellFormat": "string", "maxRecords": 1}))
        .await;
    assert_eq!(spoken.1["records"][0]["fields"]["Amount"], "€1.00");
    assert_eq!(bench.sim.log().count(Kind::List), 3);
}

#[tokio::test]
async fn comment_counts_come_when_asked_for() {
    let bench = bench().await;
    bench.fill(1);
    let page = bench.list(&[("recordMetadata[]", "commentCount")]).await;
    assert_eq!(page["records"][0]["commentCount"], 0);
    assert_eq!(bench.list(&[]).await["records"][0].get("commentCount"), None::<&Value>);
}

#[tokio::test]
async fn answers_follow_renames_although_records_are_kept_ready() {
    let bench = bench().await;
    bench.fill(2);
    assert_eq!(bench.list(&[]).await["records"][0]["fields"]["Amount"], 1);
    bench.deals.rename_field("Amount", "Montant");
    let page = bench.list(&[]).await;
    assert_eq!(page["records"][0]["fields"]["Montant"], 1);
    assert!(page["records"][0]["fields"].get("Amount").is_none());
    bench.deals.set(bench.deals.records()[0].id, &json!({"Montant": 7})).unwrap();
    assert_eq!(bench.list(&[]).await["records"][0]["fields"]["Double"], 14);
}
