//! The demonstration, and partners in any number.

use sandbox::demo;
use serde_json::json;

use crate::client::bench;

#[tokio::test]
async fn the_demonstration_is_a_wine_merchant() {
    let bench = bench().await;
    assert_eq!(bench.sim.database(), demo::ODOO_DATABASE);
    demo::odoo(&bench.sim);
    for (model, records) in [
        ("res.partner", 20),
        ("product.product", 15),
        ("sale.order", 30),
        ("sale.order.line", 60),
        ("stock.quant", 15),
        ("crm.lead", 24),
        ("crm.stage", 4),
    ] {
        assert_eq!(bench.sim.table(model).ids().len(), records, "{model}");
    }
    let lead = json!({"domain": [["partner_name", "=", "Clinique Saint-Émilion"]], "fields": ["stage_id", "expected_revenue"]});
    let found = bench.ok("crm.lead", "search_read", lead).await;
    assert_eq!(
        (&found[0]["stage_id"][1], &found[0]["expected_revenue"]),
        (&json!("Gagné"), &json!(42_999.99))
    );
    assert_eq!(bench.found("crm.lead", json!([["active", "=", false]])).await.len(), 3, "lost is archived");
}

#[tokio::test]
async fn a_bench_has_as_many_partners_as_asked() {
    let bench = bench().await;
    demo::odoo_bench(&bench.sim, 1_000);
    let partners = bench.sim.table("res.partner");
    assert_eq!(partners.ids().len(), 1_000);
    assert_eq!(partners.get(8, "name"), json!("Client n° 000007"));
}
