//! What an account is and has, and the demonstration.

use sandbox::demo;
use sandbox::hubspot::{Pipeline, Property, PropertyType};
use serde_json::json;

use crate::client::bench;

#[tokio::test]
async fn properties_have_labels_types_and_options() {
    let bench = bench().await;
    let (_, body) = bench.get("/crm/v3/properties/0-3").await;
    let find = |name: &str| {
        body["results"].as_array().unwrap().iter().find(|property| property["name"] == name).unwrap().clone()
    };
    let kind = |name: &str| (find(name)["type"].clone(), find(name)["fieldType"].clone());
    assert_eq!(kind("amount"), (json!("number"), json!("number")));
    assert_eq!(kind("closedate"), (json!("datetime"), json!("date")));
    assert_eq!(kind("hubspot_owner_id"), (json!("enumeration"), json!("select")));
    assert_eq!(find("hubspot_owner_id")["externalOptions"], true);
    assert_eq!(find("dealstage")["options"].as_array().unwrap().len(), 7);
    assert_eq!(find("hs_object_id")["modificationMetadata"]["readOnlyValue"], true);
    assert_eq!(
        bench.get("/crm/v3/properties/foo").await.1["message"],
        "Unable to infer object type from: foo"
    );
}

#[tokio::test]
async fn pipelines_and_custom_objects_are_told() {
    let bench = bench().await;
    bench
        .sim
        .change_pipelines(|pipelines| pipelines.push(Pipeline::new("p2", "Export", &[("s1", "Devis", 0.5)])));
    let (_, body) = bench.get("/crm/v3/pipelines/deals").await;
    assert_eq!(
        body["results"][0]["stages"][5]["metadata"],
        json!({"isClosed": "true", "probability": "1.0"})
    );
    assert_eq!(body["results"][1]["stages"][0]["label"], "Devis");
    assert_eq!(bench.get("/crm/v3/pipelines/contacts").await.1["results"], json!([]));

    let id = bench.sim.add_object(
        "cuvees",
        "Cuvées",
        "nom",
        vec![Property::new("nom", "Nom", PropertyType::Text)],
    );
    let (_, body) = bench.get("/crm-object-schemas/v3/schemas").await;
    assert_eq!(body["results"][0]["objectTypeId"], json!(id));
    assert_eq!(body["results"][0]["labels"]["plural"], "Cuvées");
    for word in [&id, "p_cuvees", "p48151623_cuvees"] {
        assert_eq!(bench.get(&format!("/crm/v3/objects/{word}")).await.0, 200, "{word}");
    }
}

#[tokio::test]
async fn people_come_in_pages() {
    let bench = bench().await;
    for number in 0..5 {
        bench.sim.add_owner("Camille", &format!("Martin {number}"), "camille@example.com");
    }
    let (_, first) = bench.get("/crm/v3/owners?limit=3").await;
    let after = first["paging"]["next"]["after"].as_str().unwrap();
    let (_, rest) = bench.get(&format!("/crm/v3/owners?limit=3&after={after}")).await;
    assert_eq!((rest["results"].as_array().unwrap().len(), rest.get("paging")), (2, None));
    assert_eq!(rest["results"][1]["lastName"], "Martin 4");
    bench.sim.archive_owner(rest["results"][1]["id"].as_str().unwrap());
    let (_, gone) = bench.get("/crm/v3/owners?archived=true").await;
    assert_eq!(
        (gone["results"].as_array().unwrap().len(), &gone["results"][0]["lastName"]),
        (1, &"Martin 4".into())
    );
    assert_eq!(bench.get("/crm/v3/owners").await.1["results"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn the_demonstration_fills_an_account() {
    let bench = bench().await;
    demo::hubspot(&bench.sim).unwrap();
    demo::hubspot_bench(&bench.sim, 100).unwrap();
    for (object, records) in [("deals", 124), ("contacts", 6), ("companies", 23)] {
        assert_eq!(bench.sim.records(object).ids().len(), records, "{object}");
    }
    let deals = bench.sim.records("deals");
    assert_eq!(deals.get(&deals.ids()[2], "dealstage").as_deref(), Some("won"));
    let (_, told) = bench.get("/account-info/v3/details").await;
    assert_eq!(told["timeZone"], "Europe/Paris");
}
