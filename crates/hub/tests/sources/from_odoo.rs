//! Odoo as a source of tables, and as a home of deals.

use hub::{DealFilter, Kind, LoadRequest};
use model::api::ConfigUpdate;
use model::{Direction, Lang};
use sandbox::odoo::Right;
use serde_json::json;

use crate::ground::{Ground, counts};

#[tokio::test]
async fn four_tables_and_then_what_changed() {
    let (ground, odoo) = Ground::with_odoo().await;
    let tested = ground.hub.test_source("erp", Lang::Fr).await.unwrap();
    assert!(tested.success && tested.found.as_deref().unwrap().contains("JSON-2"), "{tested:?}");

    let first = ground.load_of("erp", LoadRequest::default()).await;
    assert_eq!(first.status, "success", "{first:?}");
    for table in ["CUSTOMERS", "PRODUCT_CATALOG", "SALES_LINES", "STOCK_LEVELS"] {
        let [processed, created, ..] = counts(&first, table);
        assert!(processed > 0 && created == processed, "{table}: {first:?}");
    }

    let partners = odoo.table("res.partner");
    let customer = partners.make([json!({"name": "Nouveau client"})])[0];
    let second = ground.load_of("erp", LoadRequest::default()).await;
    assert_eq!((second.status.as_str(), counts(&second, "CUSTOMERS")[1]), ("success", 1), "{second:?}");
    partners.set(customer, &json!({"city": "Beaune"}));
    let third = ground.load_of("erp", LoadRequest::default()).await;
    assert_eq!(counts(&third, "CUSTOMERS")[2], 1, "{third:?}");
}

#[tokio::test]
async fn a_right_that_is_missing_keeps_out_one_table() {
    let (ground, odoo) = Ground::with_odoo().await;
    odoo.deny("stock.quant", Right::Read);
    let load = ground.load_of("erp", LoadRequest::default()).await;
    assert_eq!((load.success, load.status.as_str(), load.errors.len()), (true, "partial", 1), "{load:?}");
    assert!(load.errors[0].contains("stock.quant"), "{load:?}");
    assert!(counts(&load, "CUSTOMERS")[1] > 0);
}

#[tokio::test]
async fn a_key_that_was_revoked_ends_the_run_with_a_word() {
    let (ground, odoo) = Ground::with_odoo().await;
    odoo.revoke(odoo.key());
    let load = ground.load_of("erp", LoadRequest::default()).await;
    assert_eq!((load.success, load.code.as_deref()), (false, Some("unauthorized")), "{load:?}");
    assert!(!format!("{load:?}").contains(odoo.key()));
}

#[tokio::test]
async fn opportunities_are_deals_and_deals_are_opportunities() {
    let (ground, odoo) = Ground::with_odoo().await;
    let hub = &ground.hub;
    assert_eq!(hub.configs().await.unwrap().len(), 3);
    let tested = hub.test("erp", Lang::Fr).await.unwrap();
    assert!(tested.success, "{tested:?}");

    let imported = hub.sync("erp", Direction::Import, Lang::Fr).await.unwrap();
    assert!(imported.success && imported.records_created > 0, "{imported:?}");
    let again = hub.sync("erp", Direction::Import, Lang::Fr).await.unwrap();
    assert_eq!(again.records_unchanged, again.records_processed, "{again:?}");

    let leads = odoo.table("crm.lead").ids().len();
    let page = hub.deals(&DealFilter::default()).await.unwrap();
    let deal = &page.deals[0];
    assert!(!deal.client.is_empty());
    let exported = hub.sync("erp", Direction::Export, Lang::Fr).await.unwrap();
    assert_eq!((exported.status.as_str(), exported.records_created), ("success", 0), "{exported:?}");
    assert_eq!(odoo.table("crm.lead").ids().len(), leads);

    // Both kinds of runs have their own history.
    ground.load_of("erp", LoadRequest::default()).await;
    assert_eq!(hub.deal_runs("erp", 9, Lang::Fr).await.unwrap().len(), 3);
    assert_eq!(hub.loads(Some("erp"), 9, 0, Lang::Fr).await.unwrap().0, 1);
}

#[tokio::test]
async fn neither_form_takes_the_key_elsewhere() {
    let (ground, _odoo) = Ground::with_odoo().await;
    let elsewhere = [("odoo_url".to_owned(), "https://evil.example".to_owned())];
    let update = ConfigUpdate { settings: Some(elsewhere.into()), ..ConfigUpdate::default() };
    let refused = ground.hub.save_config("erp", update).await.unwrap_err();
    assert!(
        refused.kind == Kind::Invalid && refused.message.fr.contains("L'adresse a changé"),
        "{refused:?}"
    );
    assert_eq!(ground.hub.try_without_account("erp").await.unwrap_err().kind, Kind::Invalid);
}
