//! Every way to list gives the same rows.

use connectors::{Count, ErrorKind};
use sandbox::rest::{Access, Options, Simulator};
use sandbox::{Answer, Fault, Kind, Rule};

use super::{Cursor, Numbered, Way, filled, open, pages, rows};

/// Every description of the same list, by pages of 100 where it has pages.
pub(super) const WAYS: [(&str, &[(&str, &str)]); 10] = [
    (Cursor::PATH, Cursor::SETTINGS),
    (Numbered::PATH, Numbered::SETTINGS),
    ("page", &[("data_path", "data"), ("paging", "page"), ("total_path", "total")]),
    ("offset", &[("data_path", "results"), ("paging", "offset"), ("page_size", "100")]),
    ("link", &[("paging", "link_header")]),
    ("next", &[("data_path", "items"), ("paging", "next_url"), ("next_path", "next")]),
    ("all", &[]),
    ("all", &[("data_path", "$[?@.id > 0]")]),
    ("orders", ORDERS),
    ("ndjson", &[]),
];
const ORDERS: &[(&str, &str)] = &[
    ("method", "POST"),
    ("body", r#"{"limit": 70}"#),
    ("paging_in", "body"),
    ("data_path", "orders"),
    ("paging", "cursor"),
    ("cursor_param", "cursor"),
    ("cursor_path", "next"),
];

#[tokio::test]
async fn every_description_of_a_list_gives_the_same_rows() {
    for customers in [0, 1, 99, 100, 101, 350] {
        let simulator = filled(customers).await;
        let expected = simulator.rows();
        for (path, values) in WAYS {
            let read = rows(&*open(&simulator, path, values)).await.expect(path);
            if values.contains(&("data_path", "$[?@.id > 0]")) {
                // Numbers of more than 64 bits are not exact on this way; ids and order are.
                assert_eq!(read.len(), expected.len(), "{path} {customers}");
            } else {
                assert_eq!(read, expected, "{path} {customers}");
            }
        }
    }
}

#[tokio::test]
async fn every_way_to_prove_who_asks() {
    let secret = "s3cret-0123456789";
    for access in [
        Access::Open,
        Access::Bearer(secret.into()),
        Access::Basic("passerelle".into(), "mot de passé à moi".into()),
        Access::Header("X-API-Key".into(), secret.into()),
        Access::Header("Authorization".into(), format!("Token {secret}")),
        Access::Param("api_key".into(), secret.into()),
    ] {
        let options = Options { access: access.clone(), ..Options::unlimited() };
        let simulator = Simulator::start(options).await.expect("a free port");
        simulator.add(250);
        for (path, values) in WAYS {
            let read = rows(&*open(&simulator, path, values)).await;
            assert_eq!(read.expect("rows").len(), 250, "{access:?} {path}");
        }
        simulator.revoke();
        let error = open(&simulator, "all", &[]).check().await.expect_err("revoked");
        assert_eq!(error.kind, ErrorKind::Unauthorized);
    }
}

#[tokio::test]
async fn a_service_that_gives_fewer_than_asked_for_is_read_whole() {
    let simulator = filled(2_500).await;
    for (path, data_path, paging) in [("page", "data", "page"), ("offset", "results", "offset")] {
        let values =
            [("data_path", data_path), ("paging", paging), ("size_param", "per_page"), ("page_size", "5000")];
        let pages = pages(&*open(&simulator, path, &values), None).await.expect("pages");
        assert_eq!(pages.iter().map(|page| page.rows.len()).sum::<usize>(), 2_500, "{path}");
        let warnings: Vec<_> = pages.iter().flat_map(|page| &page.warnings).collect();
        assert!(warnings.iter().any(|text| text.fr.contains("1000 lignes par page")), "{warnings:?}");
    }
}

#[tokio::test]
async fn a_short_first_page_may_be_all_there_is() {
    // One that does not page at all, one that says so with an error, one that answers an empty page.
    let simulator = filled(30).await;
    let values = [("paging", "page"), ("page_size", "100")];
    assert_eq!(rows(&*open(&simulator, "all", &values)).await.expect("rows").len(), 30);
    simulator.fault(Rule::new(Kind::List, Fault::Status(404)).nth(2));
    let connection = open(&simulator, Numbered::PATH, Numbered::SETTINGS);
    assert_eq!(rows(&*connection).await.expect("rows").len(), 30);
    assert_eq!(simulator.faults().pending(), 0);
    assert_eq!(rows(&*connection).await.expect("rows").len(), 30);
}

#[tokio::test]
async fn a_total_spares_the_reading_for_a_count() {
    let simulator = filled(450).await;
    let connection =
        open(&simulator, "page", &[("data_path", "data"), ("paging", "page"), ("total_path", "total")]);
    let stream = connection.discover().await.expect("streams").remove(0);
    simulator.log().clear();
    assert_eq!(connection.count(&stream, 1_000).await, Ok(Count::Exactly(450)));
    assert_eq!(connection.count(&stream, 449).await, Ok(Count::MoreThan(449)));
    assert_eq!(simulator.log().count(Kind::List), 2);
}

#[tokio::test]
async fn fewer_rows_than_announced_are_told() {
    let simulator = filled(250).await;
    simulator.fault(Rule::new(Kind::List, Fault::EmptyPage).nth(2));
    let values = [("data_path", "data"), ("paging", "page"), ("total_path", "total")];
    let pages = pages(&*open(&simulator, "page", &values), None).await.expect("pages");
    let warnings: Vec<_> = pages.iter().flat_map(|page| &page.warnings).collect();
    assert!(warnings.iter().any(|text| text.fr.contains("annonce 250 lignes, 100 ont")), "{warnings:?}");
}

#[tokio::test]
async fn nothing_more_to_say_is_no_rows() {
    let simulator = filled(3).await;
    simulator.fault(Rule::new(Kind::List, Fault::Answer(Answer::text(204, "text/plain", ""))));
    assert_eq!(rows(&*open(&simulator, "all", &[])).await, Ok(Vec::new()));
}

#[tokio::test]
async fn parameters_headers_and_the_address_go_together() {
    let simulator = filled(3).await;
    let values = [
        ("params", r#"{"limit": 1000, "q": "a b&c", "page": 9}"#),
        ("paging", "page"),
        ("headers", "Accept: application/json\nX-Version: 2"),
    ];
    rows(&*open(&simulator, "page?fixed=1&page=7", &[&values[..], &[("data_path", "data")]].concat()))
        .await
        .expect("rows");
    let query = &simulator.log().entries()[0].query;
    assert_eq!(query, "fixed=1&limit=1000&q=a+b%26c&page=1");
}
