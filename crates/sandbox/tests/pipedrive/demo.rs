//! The demonstration, and deals in any number.

use sandbox::demo;
use sandbox::pipedrive::Entity;
use serde_json::json;

use crate::client::bench;

#[tokio::test]
async fn the_demonstration_is_complete() {
    let bench = bench().await;
    demo::pipedrive(&bench.sim);
    let size = |entity| bench.sim.table(entity).ids().len();
    assert_eq!((size(Entity::Deals), size(Entity::Persons), size(Entity::Organizations)), (24, 6, 23));
    let deals = bench.deals();
    let (sector, notes) = (deals.field("Secteur").unwrap(), deals.field("Notes").unwrap());
    let won = bench.data("/api/v2/deals?status=won").await;
    assert_eq!(
        (won[0]["title"].as_str(), &won[0]["value"]),
        (Some("Clinique Saint-Émilion"), &json!(42_999.99))
    );
    assert_eq!(won[0]["custom_fields"][&sector], json!(deals.option(&sector, "Santé")));
    assert_eq!(won[0]["custom_fields"][&notes], "Contrat signé le 28 août.");
    assert_eq!(bench.data("/api/v2/deals?status=lost&limit=500").await.as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_bench_has_as_many_deals_as_asked() {
    let bench = bench().await;
    demo::pipedrive_bench(&bench.sim, 1_000);
    assert_eq!(bench.deals().ids().len(), 1_000);
    assert_eq!(bench.deals().get(8, "title"), json!("Société n° 000007"));
}
