//! The demonstration database, and one of any size.

use sandbox::demo;
use sandbox::notion::{Options, Simulator};
use serde_json::json;

use crate::client::{bench, names, text};

#[tokio::test]
async fn the_demonstration_has_24_french_deals() {
    let bench = bench().await;
    let source = demo::notion(&bench.sim).unwrap();
    let (_, page) = bench.post(&format!("data_sources/{}/query", source.id()), json!({})).await;
    assert_eq!((page["results"].as_array().unwrap().len(), &page["has_more"]), (24, &json!(false)));
    let (_, schema) = bench.get(&format!("data_sources/{}", source.id())).await;
    let kind = |name: &str| schema["properties"][name]["type"].as_str().unwrap().to_owned();
    assert_eq!(
        ["Client", "Statut", "Montant", "Secteur", "Échéance", "Responsable", "Notes", "Modifié le"]
            .map(kind),
        ["title", "status", "number", "select", "date", "people", "rich_text", "last_edited_time"]
    );
    let rows = source.rows();
    assert_eq!(rows.len(), 24);
    let first = &rows[0].page["properties"];
    assert_eq!(text(&first["Client"]["title"]), "Château Beauséjour");
    assert_eq!(first["Montant"]["number"], 18_450.5);
    assert_eq!(first["Responsable"]["people"][0]["name"], "Camille Martin");
    assert_eq!(rows[11].get("Responsable"), &json!([]), "nobody");
    assert_eq!(rows[7].get("Échéance"), &json!(null));
}

#[tokio::test]
async fn the_demonstration_is_the_same_every_time() {
    let mut ids = Vec::new();
    for _ in 0..2 {
        let sim = Simulator::start(Options::unlimited()).await.unwrap();
        let source = demo::notion(&sim).unwrap();
        let pages = source.rows().into_iter().map(|row| (row.id, row.fields["Client"].clone()));
        ids.push((source.id(), source.property_id("Statut"), pages.collect::<Vec<_>>()));
    }
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_bench_has_as_many_rows_as_asked() {
    let bench = bench().await;
    let source = demo::notion_bench(&bench.sim, 1_000).unwrap();
    let rows = source.rows();
    assert_eq!(rows.len(), 1_000);
    assert_eq!(rows[7].get("Client"), "Société n° 000007");
    assert_eq!(rows[7].get("Montant"), &json!(555.33 - 0.0));
    bench.fill(1);
    assert_eq!(names(&bench.query(json!({})).await), ["Deal 0"]);
}
