//! One database, several companies.

use connectors::ErrorKind;
use connectors::http::{Http, Policy};
use serde_json::json;

use super::{Json2, JsonRpc, OdooService, connection, with};
use crate::fixture::{Fixture, ids, open};

async fn chosen_or_all<const V: u16>() {
    let service = OdooService::<V>::start(false).await;
    let other = service.simulator.add_company("Négoce du Port");
    let lead = |company: Option<i64>| json!({"name": "A", "type": "lead", "company_id": company});
    let made = service.leads().make([lead(Some(1)), lead(Some(other)), lead(None)]);
    for (settings, expected) in [
        (service.settings(), vec![made[0], made[1], made[2]]),
        (with(service.settings(), "odoo_company_id", "1"), vec![made[0], made[2]]),
        (with(service.settings(), "odoo_company_id", &other.to_string()), vec![made[1], made[2]]),
    ] {
        let connection = connection(&service, settings);
        let stream = crate::fixture::stream_of(&*connection, "Opportunités").await;
        let pages: Vec<_> =
            futures_util::StreamExt::collect(connection.read(&stream, &stream.fields, None)).await;
        let pages: Vec<_> = pages.into_iter().map(|page| page.expect("a page")).collect();
        let mut read: Vec<i64> = ids(&pages).iter().map(|id| id.parse().expect("an id")).collect();
        read.sort_unstable();
        assert_eq!(read, expected);
    }
}

#[tokio::test]
async fn one_is_chosen_or_all_are_read_in_json_2() {
    chosen_or_all::<19>().await;
}

#[tokio::test]
async fn one_is_chosen_or_all_are_read_in_json_rpc() {
    chosen_or_all::<18>().await;
}

#[tokio::test]
async fn a_new_opportunity_is_the_chosen_company_s() {
    let service = Json2::start(false).await;
    let other = service.simulator.add_company("Négoce du Port");
    let connection = connection(&service, with(service.settings(), "odoo_company_id", &other.to_string()));
    let opened = open::<Json2>(0).await;
    let create = opened.create(&[("name", super::text("A"))].into());
    connection.write(&opened.stream, &[create]).await.expect("an outcome");
    let leads = service.leads();
    assert_eq!(leads.get(leads.ids()[0], "company_id"), json!(other));
}

#[tokio::test]
async fn a_company_that_is_not_the_user_s_is_told() {
    let service = JsonRpc::start(false).await;
    let hidden = service.simulator.table("res.company").make([json!({"name": "Autre"})])[0];
    let settings = with(service.settings(), "odoo_company_id", &hidden.to_string());
    let error = connection(&service, settings).check().await.expect_err("not theirs");
    assert_eq!(error.kind, ErrorKind::InvalidSettings);
    assert!(error.message.fr.contains(&hidden.to_string()), "{error}");
    assert!(error.hint.expect("a hint").fr.contains(": 1."));
}

#[tokio::test]
async fn a_company_is_a_number() {
    let service = Json2::start(false).await;
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = connectors::Context { http, base_url: Some(service.base_url()), tokens: None };
    for typed in ["Cave du Port", "0", "-1"] {
        let settings = with(service.settings(), "odoo_company_id", typed);
        let Err(error) = Json2::connector().connect(&context, settings) else { panic!("{typed}") };
        assert_eq!(error.kind, ErrorKind::InvalidSettings, "{typed}");
    }
}
