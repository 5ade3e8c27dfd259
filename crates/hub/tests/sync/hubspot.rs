//! Deals of HubSpot: stages in the account's own words.

use hub::{Caller, DealFilter, DealSort};
use model::{Direction, Lang, Status};
use sandbox::hubspot::{Options, Simulator};
use serde_json::json;

use crate::harness::{connected, counts};

#[tokio::test]
async fn stages_of_any_name_are_statuses_by_what_hubspot_says_of_them() {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    let deals = simulator.records("deals");
    let stages =
        ["appointmentscheduled", "qualifiedtobuy", "decisionmakerboughtin", "closedwon", "closedlost"];
    let deal = |stage: &&str| json!({"dealname": stage, "dealstage": stage, "amount": 100});
    let ids = deals.add(stages.iter().map(deal)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
    let values = [("access_token", simulator.token().to_owned())];
    let (hub, provider) = connected(&url, "hubspot", simulator.url(), &values).await;
    let sync = async |direction| {
        let run = hub.sync(&provider, direction, Lang::Fr).await.unwrap();
        assert!(run.status == "success" && run.unknown_statuses.is_empty(), "{run:?}");
        counts(&run)
    };
    assert_eq!(sync(Direction::Import).await, [5, 5, 0, 0, 0]);
    let by_id = DealFilter { sort: DealSort::Id, ..DealFilter::default() };
    let imported = hub.deals(&by_id).await.unwrap().deals;
    let read: Vec<Status> = imported.iter().map(|deal| deal.statut).collect();
    let [prospect, qualified, negotiation, won, _, lost] = Status::ALL;
    assert_eq!(read, [prospect, qualified, negotiation, won, lost]);

    let changed = serde_json::from_value(json!({"statut": "gagné"})).unwrap();
    hub.update_deal(&Caller::Local, imported[2].id, changed, None).await.unwrap();
    assert_eq!(sync(Direction::Export).await, [5, 0, 1, 4, 0]);
    assert_eq!(deals.get(&ids[2], "dealstage").as_deref(), Some("closedwon"));
    assert_eq!(deals.get(&ids[2], "pipeline").as_deref(), Some("default"));
}
