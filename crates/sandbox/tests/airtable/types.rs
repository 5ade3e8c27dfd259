//! Every field type: what it takes, what it refuses, how it is shown, how it is emptied.

use sandbox::airtable::{Field, FieldType as T};
use serde_json::{Value, json};

use crate::client::{BASE, Bench, bench, kind};

/// Writes a value into the field `Value` of a new record; gives status and what is shown, or the error type.
async fn write(bench: &Bench, value: &Value, typecast: bool) -> Result<Value, String> {
    let body = json!({"fields": {"Value": value}, "typecast": typecast});
    let (status, answer) = bench.post(&format!("{BASE}/Typed"), body).await;
    if status == 200 { Ok(answer["fields"]["Value"].clone()) } else { Err(kind(&answer).to_owned()) }
}

async fn typed(kind: T) -> Bench {
    let bench = bench().await;
    bench.base.table("Typed", [Field::text("Name"), Field::new("Value", kind)]);
    bench
}

const BAD: &str = "INVALID_VALUE_FOR_COLUMN";
const OPTION: &str = "INVALID_MULTIPLE_CHOICE_OPTIONS";

/// What a field shows for values it takes, as given and (after `;`) only with typecast, and what it refuses.
struct Case {
    kind: T,
    takes: Vec<(Value, Value)>,
    casts: Vec<(Value, Value)>,
    refuses: Vec<(Value, &'static str)>,
}

fn case(kind: T, takes: Value, casts: Value, refuses: Vec<(Value, &'static str)>) -> Case {
    let pairs = |list: Value| {
        let items = list.as_array().unwrap().clone();
        items
            .into_iter()
            .map(
                |item| {
                    if item.is_array() { (item[0].clone(), item[1].clone()) } else { (item.clone(), item) }
                },
            )
            .collect()
    };
    Case { kind, takes: pairs(takes), casts: pairs(casts), refuses }
}

fn bad(values: Value) -> Vec<(Value, &'static str)> {
    values.as_array().unwrap().iter().map(|value| (value.clone(), BAD)).collect()
}

fn cases() -> Vec<Case> {
    let text = || bad(json!([1, true, ["x"], {"a": 1}]));
    let options = ["Alpha", "Bêta"];
    vec![
        case(
            T::SingleLineText,
            json!(["x", "é\"\\", ["", null]]),
            json!([[1.5, "1.5"], [true, "true"]]),
            text(),
        ),
        case(T::Email, json!(["a@example.com"]), json!([]), text()),
        case(T::Url, json!(["https://example.com"]), json!([]), text()),
        case(T::PhoneNumber, json!(["+33 1"]), json!([]), text()),
        case(T::MultilineText, json!(["a\nb"]), json!([]), vec![(json!("x".repeat(100_001)), BAD)]),
        case(T::RichText, json!(["**a**"]), json!([]), text()),
        case(
            T::Number { precision: 2 },
            json!([0, -3, 1.005, 12345678901.5]),
            json!([["12", 12], ["1,234.5", 1234.5], [" ", null]]),
            bad(json!(["12", "", true, [1], {}])),
        ),
        case(T::currency(2, "€"), json!([0.1, 99.99]), json!([["99.90 €", 99.9]]), bad(json!(["9"]))),
        case(
            T::Percent { precision: 0 },
            json!([0.123, 2]),
            json!([["12.5%", 0.125], ["0.5", 0.5]]),
            bad(json!(["5%"])),
        ),
        case(
            T::Duration { format: "h:mm".into() },
            json!([90]),
            json!([["1:30", 5400], ["1:00:05", 3605]]),
            bad(json!(["1:30"])),
        ),
        case(T::Rating { max: 5 }, json!([1, 5]), json!([["3", 3]]), bad(json!([0, 6, 2.5, "3"]))),
        case(
            T::Checkbox,
            json!([true, [false, null]]),
            json!([["true", true], ["checked", true], ["no", null], [1, true], [0, null]]),
            bad(json!(["true", 1])),
        ),
        case(
            T::date(),
            json!(["2024-02-29", ["2024-05-01T23:59:00.000Z", "2024-05-01"]]),
            json!([["05/31/2024", "2024-05-31"]]),
            bad(json!(["31/05/2024", "2023-02-29", "", 20240501])),
        ),
        case(
            T::date_time("Europe/Paris"),
            json!([
                "2024-05-01T10:00:00.000Z",
                ["2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00.000Z"],
                ["2024-05-01T10:00", "2024-05-01T08:00:00.000Z"],
                ["2024-01-01", "2023-12-31T23:00:00.000Z"],
            ]),
            json!([]),
            bad(json!(["noon", 0])),
        ),
        case(
            T::date_time("utc"),
            json!([["2024-05-01T10:00:00", "2024-05-01T10:00:00.000Z"]]),
            json!([]),
            vec![],
        ),
        case(
            T::single_select(&options),
            json!(["Alpha", "Bêta"]),
            json!(["New", [7, "7"], ["", null]]),
            vec![(json!("alpha"), OPTION), (json!(""), OPTION), (json!(["Alpha"]), BAD), (json!(1), BAD)],
        ),
        case(
            T::multiple_selects(&options),
            json!([[["Alpha"], ["Alpha"]], [["Bêta", "Alpha", "Bêta"], ["Bêta", "Alpha"]], [[], null]]),
            json!([[["New"], ["New"]], ["Alpha, Other", ["Alpha", "Other"]]]),
            vec![(json!(["Alpha", "x"]), OPTION), (json!("Alpha"), BAD), (json!([1]), BAD)],
        ),
        case(
            T::Barcode,
            json!([{"text": "01"}, {"text": "01", "type": "upce"}]),
            json!([]),
            bad(json!(["01", {"type": "upce"}, {"text": 1}])),
        ),
    ]
}

#[tokio::test]
async fn each_type_takes_casts_refuses_and_empties() {
    for case in cases() {
        let name = case.kind.name().to_owned();
        let bench = typed(case.kind).await;
        for (given, shown) in &case.takes {
            for typecast in [false, true] {
                // Typecast reads a comma in an array's text no differently; empty text empties.
                assert_eq!(write(&bench, given, typecast).await.as_ref(), Ok(shown), "{name} takes {given}");
            }
        }
        for (given, refusal) in &case.refuses {
            assert_eq!(
                write(&bench, given, false).await,
                Err((*refusal).to_owned()),
                "{name} refuses {given}"
            );
        }
        for (given, shown) in &case.casts {
            assert_eq!(write(&bench, given, true).await.as_ref(), Ok(shown), "{name} casts {given}");
        }
        assert_eq!(write(&bench, &Value::Null, false).await, Ok(Value::Null), "{name} takes null");
        let table = bench.base.find("Typed").unwrap();
        let full = table.records().into_iter().find(|row| !row.get("Value").is_null()).unwrap().id;
        let (status, body) =
            bench.patch(&format!("{BASE}/Typed/{full}"), json!({"fields": {"Value": null}})).await;
        assert_eq!((status, body["fields"].get("Value")), (200, None), "{name} is emptied");
    }
}

#[tokio::test]
async fn computed_and_other_read_only_fields_refuse_every_write() {
    let bench = bench().await;
    let others = bench.base.table("Others", [Field::text("Name")]);
    let table = bench.base.table("Typed", [Field::text("Name"), Field::new("Link", T::link_to(others.id()))]);
    let link = table.field_id("Link").unwrap();
    let target = others.field_id("Name").unwrap();
    let kinds = [
        T::formula("1"),
        T::Rollup { link, target, source: "SUM(values)".into() },
        T::MultipleLookupValues { link, target },
        T::Count { link },
        T::AutoNumber,
        T::CreatedTime,
        T::last_modified_time(),
        T::CreatedBy,
        T::LastModifiedBy,
        T::Button,
        T::AiText,
        T::ExternalSyncSource { choices: Vec::new() },
        T::Other { name: "hologram".into(), options: None },
    ];
    for kind in kinds {
        let name = kind.name().to_owned();
        table.add_field(Field::new("Value", kind));
        for value in [json!(1), json!("x"), Value::Null] {
            let (status, body) =
                bench.post(&format!("{BASE}/Typed"), json!({"fields": {"Value": value}})).await;
            assert_eq!((status, crate::client::kind(&body)), (422, BAD), "{name}");
        }
        assert!(table.delete_field("Value"), "{name}");
    }
}

#[tokio::test]
async fn people_are_named_by_id_or_email() {
    let bench = typed(T::SingleCollaborator).await;
    let id = bench.sim.person("lou@example.com", "Lou");
    let lou = json!({"id": id, "email": "lou@example.com", "name": "Lou"});
    for given in [json!({"id": id}), json!({"email": "lou@example.com"}), lou.clone()] {
        assert_eq!(write(&bench, &given, false).await, Ok(lou.clone()), "{given}");
    }
    assert_eq!(write(&bench, &json!("Lou"), true).await, Ok(lou.clone()));
    for given in
        [json!("Lou"), json!({"id": "usrXXXXXXXXXXXXXX"}), json!({"email": "x@example.com"}), json!(1)]
    {
        assert_eq!(write(&bench, &given, false).await, Err(BAD.into()), "{given}");
    }
    let bench = typed(T::MultipleCollaborators).await;
    bench.sim.person("lou@example.com", "Lou");
    assert_eq!(write(&bench, &json!([{ "id": id }]), false).await, Ok(json!([lou])));
    assert_eq!(write(&bench, &json!({ "id": id }), false).await, Err(BAD.into()));
}

#[tokio::test]
async fn attachments_are_replaced_unless_kept_by_id() {
    let bench = typed(T::MultipleAttachments).await;
    let first = json!({"url": "https://example.com/files/a.png"});
    let shown = write(&bench, &json!([first]), false).await.unwrap();
    assert_eq!((&shown[0]["filename"], &shown[0]["type"]), (&json!("a.png"), &json!("image/png")));
    let table = bench.base.find("Typed").unwrap();
    let path = format!("{BASE}/Typed/{}", table.records()[0].id);
    let both = json!([{"id": shown[0]["id"]}, {"url": "https://example.com/b", "filename": "b.pdf"}]);
    let (_, body) = bench.patch(&path, json!({"fields": {"Value": both}})).await;
    assert_eq!(body["fields"]["Value"][0], shown[0]);
    assert_eq!(body["fields"]["Value"][1]["filename"], "b.pdf");
    let (_, body) =
        bench.patch(&path, json!({"fields": {"Value": [{"url": "https://example.com/c"}]}})).await;
    assert_eq!(body["fields"]["Value"].as_array().unwrap().len(), 1);
    for bad in [json!([{"url": "ftp://example.com/x"}]), json!([{}]), json!([{"id": "attXXXXXXXXXXXXXX"}])] {
        assert_eq!(write(&bench, &bad, false).await, Err("INVALID_ATTACHMENT_OBJECT".into()), "{bad}");
    }
    assert_eq!(write(&bench, &json!("x"), false).await, Err(BAD.into()));
}

#[tokio::test]
async fn a_file_is_uploaded_and_can_be_fetched() {
    let bench = typed(T::MultipleAttachments).await;
    let table = bench.base.find("Typed").unwrap();
    let id = table.insert([json!({"Name": "A"})]).unwrap()[0];
    let body = json!({"contentType": "text/plain", "file": "c2FsdXQ=", "filename": "salut.txt"});
    let (status, answer) = bench.post(&format!("{BASE}/{id}/Value/uploadAttachment"), body).await;
    assert_eq!(status, 200, "{answer}");
    let field = table.field_id("Value").unwrap().to_string();
    let file = &answer["fields"][&field][0];
    assert_eq!((&file["size"], &file["filename"]), (&json!(5), &json!("salut.txt")));
    let fetched = bench.http.get(file["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(fetched.text().await.unwrap(), "salut");
    assert_eq!(bench.post(&format!("{BASE}/{id}/Name/uploadAttachment"), json!({})).await.0, 422);
}

#[tokio::test]
async fn renaming_an_option_renames_it_in_records_and_deleting_it_empties_them() {
    let bench = bench().await;
    bench
        .deals
        .insert([json!({"Name": "A", "Status": "Won"}), json!({"Name": "B", "Status": "Lost"})])
        .unwrap();
    bench.deals.rename_option("Status", "Won", "Gagné");
    bench.deals.delete_option("Status", "Lost");
    let records = bench.deals.records();
    assert_eq!((records[0].get("Status"), records[1].get("Status")), (&json!("Gagné"), &Value::Null));
    let (_, body) = bench.post(&format!("{BASE}/Deals"), json!({"fields": {"Status": "Won"}})).await;
    assert_eq!(kind(&body), OPTION);
    let (_, body) =
        bench.post(&format!("{BASE}/Deals"), json!({"fields": {"Status": "Won"}, "typecast": true})).await;
    assert_eq!(body["fields"]["Status"], "Won");
    assert_eq!(bench.deals.records()[0].get("Status"), &json!("Gagné"), "the new option is another one");
}

#[tokio::test]
async fn cells_can_be_had_as_text() {
    let bench = bench().await;
    let others = bench.base.table("Others", [Field::text("Name")]);
    let kinds = [
        ("Number", T::Number { precision: 1 }, json!(2), "2.0"),
        ("Percent", T::Percent { precision: 0 }, json!(0.5), "50%"),
        ("Duration", T::Duration { format: "h:mm".into() }, json!(5400), "1:30"),
        ("Done", T::Checkbox, json!(true), "checked"),
        ("Day", T::date(), json!("2024-05-01"), "01/05/2024"),
        ("Moment", T::date_time("utc"), json!("2024-05-01T22:30:00.000Z"), "02/05/2024 00:30"),
        ("Tags", T::multiple_selects(&["A", "B"]), json!(["A", "B"]), "A, B"),
        ("Links", T::link_to(others.id()), json!(["Chez Zoé", "Autre"]), "Chez Zoé, Autre"),
    ];
    let table = bench.base.table("Typed", [Field::text("Name")]);
    let mut row = json!({"Name": "A"});
    for (name, kind, value, _) in &kinds {
        table.add_field(Field::new(name, kind.clone()));
        row[*name] = value.clone();
    }
    table.insert([row]).unwrap();
    let (_, page) =
        bench.get(&format!("{BASE}/Typed?cellFormat=string&timeZone=Europe/Paris&userLocale=fr")).await;
    for (name, _, _, shown) in kinds {
        assert_eq!(page["records"][0]["fields"][name], shown, "{name}");
    }
    let (_, page) = bench.get(&format!("{BASE}/Typed?cellFormat=string&timeZone=UTC&userLocale=en-us")).await;
    assert_eq!(page["records"][0]["fields"]["Day"], "5/1/2024");
}
