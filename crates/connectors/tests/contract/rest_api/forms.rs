//! The forms an answer may have, and what is none of them.

use connectors::{Error, ErrorKind};
use sandbox::{Answer, Fault, Kind, Rule};

use super::{filled, open, pages, rows};

/// The rows of an answer of that type.
async fn read(
    content_type: &'static str,
    body: impl Into<Vec<u8>>,
    data_path: &str,
) -> Result<Vec<String>, Error> {
    let simulator = filled(0).await;
    let answer = Answer::text(200, content_type, body.into());
    simulator.fault(Rule::new(Kind::List, Fault::Answer(answer)).always());
    rows(&*open(&simulator, "all", &[("data_path", data_path)])).await
}

#[tokio::test]
async fn documents_lines_and_cells() {
    const JSON: &str = "application/json";
    for (content_type, body, data_path, expected) in [
        (
            JSON,
            r#"[{"a":12345678901234567890123, "b":1.10}]"#,
            "",
            &[r#"{"a":12345678901234567890123, "b":1.10}"#][..],
        ),
        (JSON, "\u{feff}[]", "", &[]),
        (JSON, r#"{"a":1}"#, "", &[r#"{"a":1}"#]),
        (
            JSON,
            r#"{"d":{"i":[{"a":1},2,"x",null,[3]]}}"#,
            "d.i",
            &[r#"{"a":1}"#, r#"{"value":2}"#, r#"{"value":"x"}"#, r#"{"value":null}"#, r#"{"value":[3]}"#],
        ),
        (JSON, r#"{"d":[{"rows":[{"a":1}]}]}"#, "$.d[0]['rows'][*]", &[r#"{"a":1}"#]),
        (JSON, r#"{"d":[{"r":[{"a":1}]},{"r":[{"a":2}]}]}"#, "$.d[*].r[*]", &[r#"{"a":1}"#, r#"{"a":2}"#]),
        (JSON, r#"{"d":[{"a":1},{"a":2}]}"#, "$.d[?@.a > 5]", &[]),
        ("application/vnd.api+json", r#"{"data":[{"a":1}]}"#, "data", &[r#"{"a":1}"#]),
        ("text/plain", r#" [{"a":1}]"#, "", &[r#"{"a":1}"#]),
        (JSON, "{\"a\":1}\n{\"a\":2}\n", "", &[r#"{"a":1}"#, r#"{"a":2}"#]),
        (
            "application/x-ndjson",
            "{\"a\":1}\r\n\n[2]\n{\"a\":3}",
            "x.y",
            &[r#"{"a":1}"#, r#"{"value":[2]}"#, r#"{"a":3}"#],
        ),
        (
            "text/csv",
            "id;nom\r\n1;\"a;\"\"b\"\"\nc\"\r\n\r\n2;é\r\n",
            "",
            &[r#"{"id":"1","nom":"a;\"b\"\nc"}"#, r#"{"id":"2","nom":"é"}"#],
        ),
        (
            "text/csv",
            "\u{feff}a,a,\n1,2,3,4\n5\n",
            "",
            &[r#"{"a":"1","a_2":"2","column_3":"3","column_4":"4"}"#, r#"{"a":"5"}"#],
        ),
        ("text/tab-separated-values", "a\tb\n1,5\t2", "", &[r#"{"a":"1,5","b":"2"}"#]),
        ("text/plain", "a,b\n1,2\n", "", &[r#"{"a":"1","b":"2"}"#]),
        ("application/octet-stream", "a;b\n1;2\n", "", &[r#"{"a":"1","b":"2"}"#]),
    ] {
        let found = read(content_type, body, data_path).await;
        assert_eq!(
            found.as_deref(),
            Ok(&expected.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>()[..]),
            "{body}"
        );
    }
}

#[tokio::test]
async fn letters_of_other_encodings() {
    for (content_type, body) in [
        ("application/json; charset=iso-8859-1", &b"[{\"a\":\"\xe9t\xe9\"}]"[..]),
        ("application/json; charset=\"utf-8\"", "[{\"a\":\"été\"}]".as_bytes()),
        ("text/csv; charset=windows-1252", b"a;b\n\xe9t\xe9;\n"),
        ("text/csv", b"a;b\n\xe9t\xe9;\n"),
    ] {
        let rows = read(content_type, body, "").await.expect("rows");
        assert!(rows[0].contains(r#""a":"été""#), "{content_type}: {rows:?}");
    }
    for (content_type, body) in [
        ("application/json", &b"[{\"a\":\"\xe9t\xe9\"}]"[..]),
        ("application/x-ndjson", b"{\"a\":\"\xe9t\xe9\"}\n"),
        ("text/csv; charset=utf-16", b"a;b\n1;2\n"),
        ("text/csv", b"\xff\xfea\0;\0"),
    ] {
        let error = read(content_type, body, "").await.expect_err(content_type);
        assert_eq!(error.kind, ErrorKind::UnexpectedReply, "{content_type}");
        assert!(error.message.fr.contains("ne se lit pas"), "{error}");
    }
}

#[tokio::test]
async fn what_is_no_list_is_told() {
    for (content_type, body, data_path, words) in [
        ("application/json", r#"{"items":[],"total":0}"#, "data", "« data », mais les clés items, total"),
        ("application/json", r#"{"data":{"rows":[]}}"#, "data.items", "« items », mais les clés rows"),
        ("application/json", "[1]", "data", "« data », mais une liste de 1 éléments"),
        ("application/json", r#"{"data":1}"#, "data.items", "mais une valeur simple"),
        ("application/json", r#"{"data":[]}"#, "data[3]", "pas de [3]"),
        ("application/json", r#"{"a":1}"#, "$..b", "ne trouve rien. La réponse a les clés a"),
        ("application/json", r#"{"data":42}"#, "data", "valeur simple (un nombre)"),
        ("application/json", r#"{"data":null,"errors":[1]}"#, "data", "valeur simple (null)"),
        ("application/json", r#""done""#, "", "valeur simple (un texte)"),
        ("application/json", "[1, oops]", "", "pas du JSON (ligne 1, colonne 5)"),
        ("application/json", "", "", "réponse vide"),
        ("application/json", r#"[{"a":1},{"a""#, "", "incomplètes"),
        ("text/html", "<!DOCTYPE html><p>Bonjour", "", "page HTML"),
        ("application/json", "<html>", "", "page HTML"),
        ("application/xml", "<?xml version=\"1.0\"?><a/>", "", "XML"),
        ("text/plain", "Service en maintenance", "", "ni du JSON, ni du JSON Lines, ni du CSV"),
        ("application/x-ndjson", "{\"a\":1}\nnon\n", "", "ligne 2 de la réponse n'est pas du JSON"),
        ("application/x-ndjson", "{\"a\":1}\n{\"a\":", "", "incomplètes"),
        ("text/csv", "a;b\n1;\"deux\n3;4\n", "", "guillemets"),
    ] {
        let error = read(content_type, body, data_path).await.expect_err(body);
        assert_eq!(error.kind, ErrorKind::UnexpectedReply, "{body}: {error}");
        assert!(error.message.fr.contains(words), "{body}: {error}");
        assert!(error.hint.is_some(), "{body}");
    }
}

#[tokio::test]
async fn the_simulator_s_own_scalar_and_cells() {
    let simulator = filled(250).await;
    let error = rows(&*open(&simulator, "scalar", &[("data_path", "data")])).await.expect_err("42");
    assert_eq!(error.kind, ErrorKind::UnexpectedReply);
    let read = pages(&*open(&simulator, "csv", &[]), None).await.expect("pages");
    assert!(read.iter().all(|page| page.are_texts));
    let rows: Vec<_> = read.into_iter().flat_map(|page| page.rows).collect();
    assert_eq!(rows.len(), 250);
    assert_eq!(rows[0].id.as_deref(), Some("1"));
    assert!(rows[0].content.contains(r#""name":"Cave n° 1 « Épernay »""#), "{}", rows[0].content);
}

#[tokio::test]
async fn cursors_need_a_document() {
    let simulator = filled(3).await;
    let values = [("paging", "cursor"), ("cursor_param", "c"), ("cursor_path", "next")];
    let error = rows(&*open(&simulator, "ndjson", &values)).await.expect_err("there is none");
    assert_eq!(error.kind, ErrorKind::InvalidSettings);
}
