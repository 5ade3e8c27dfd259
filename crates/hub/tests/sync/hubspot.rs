//! Deals of HubSpot: a thousand there and back, and stages in the account's own words.

use hub::{AccountDraft, DealFilter, DealSort, Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::api::DealBody;
use model::{Direction, Lang, Status};
use sandbox::Kind;
use sandbox::hubspot::{Options, Pipeline, Simulator};
use serde_json::json;
use tempfile::TempDir;

use super::harness::counts;

/// A hub on a database of its own, connected to an account of HubSpot.
struct Ground {
    hub: Hub,
    provider: String,
    _folder: TempDir,
}

impl Ground {
    async fn new(simulator: &Simulator) -> Ground {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
        let service = ServiceOptions { base_url: Some(simulator.url().to_owned()), token: None };
        let key = secrecy::SecretString::from("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=".to_owned());
        let options = HubOptions {
            services: [("hubspot".to_owned(), service)].into(),
            policy: Policy::without_waiting(),
            ..HubOptions::new(url, Keys::parse(&key).unwrap())
        };
        let hub = Hub::open(options).await.unwrap();
        let values = [("access_token".to_owned(), simulator.token().to_owned())].into();
        let draft = AccountDraft {
            title: "HubSpot".to_owned(),
            kind: "hubspot".to_owned(),
            values,
            destination: None,
            schedule: None,
        };
        let id = hub.create_account(draft).await.unwrap();
        let provider = hub.account(id, Lang::Fr).await.unwrap().provider;
        Ground { hub, provider, _folder: folder }
    }

    async fn sync(&self, direction: Direction) -> [u64; 5] {
        let run = self.hub.sync(&self.provider, direction, Lang::Fr).await.unwrap();
        assert_eq!(run.status, "success", "{run:?}");
        assert!(run.unknown_statuses.is_empty(), "{run:?}");
        counts(&run)
    }

    async fn deals(&self) -> Vec<DealBody> {
        let filter = DealFilter { sort: DealSort::Id, limit: Some(1_000), ..DealFilter::default() };
        self.hub.deals(&filter).await.unwrap().deals
    }
}

/// What of a deal goes there and comes back.
fn content(deals: &[DealBody]) -> Vec<String> {
    let plain = |deal: &DealBody| {
        let (due, who, notes) = (&deal.date_echeance, &deal.assignee, &deal.notes);
        format!("{} {:?} {} {due:?} {who:?} {notes:?}", deal.client, deal.statut, deal.montant_brut)
    };
    let mut all: Vec<String> = deals.iter().map(plain).collect();
    all.sort_unstable();
    all
}

#[tokio::test]
async fn a_thousand_deals_there_and_back_without_a_difference() {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    let stages: Vec<(&str, &str, f64)> = Status::ALL
        .iter()
        .map(|status| (status.word(), status.word(), f64::from(status.percent()) / 100.0))
        .collect();
    simulator.change_pipelines(|pipelines| *pipelines = vec![Pipeline::new("default", "Ventes", &stages)]);
    for number in 0..17 {
        simulator.add_owner("Commercial", &number.to_string(), &format!("c{number}@example.com"));
    }
    let here = Ground::new(&simulator).await;
    for number in 0..1_000_usize {
        let deal = json!({
            "client": format!("Société n° {number:04}"), "statut": Status::ALL[number % 6].word(),
            "montant_brut": (number * 7_919 % 999_900 + 100) as f64 / 100.0,
            "date_echeance": (!number.is_multiple_of(7)).then(|| format!("2027-{:02}-{:02}", number % 12 + 1, number % 28 + 1)),
            "assignee": (!number.is_multiple_of(5)).then(|| format!("Commercial {}", number % 17)),
            "notes": (!number.is_multiple_of(3)).then(|| format!("Dossier {number},\nà suivre « bientôt ».")),
        });
        here.hub.create_deal(serde_json::from_value(deal).unwrap()).await.unwrap();
    }
    assert_eq!(here.sync(Direction::Export).await, [1_000, 1_000, 0, 0, 0]);
    assert_eq!(simulator.log().count(Kind::Create), 10, "a hundred at once");

    let there = Ground::new(&simulator).await;
    assert_eq!(there.sync(Direction::Import).await, [1_000, 1_000, 0, 0, 0]);
    assert_eq!(content(&there.deals().await), content(&here.deals().await));

    simulator.log().clear();
    for ground in [&here, &there] {
        assert_eq!(ground.sync(Direction::Import).await, [1_000, 0, 0, 1_000, 0]);
        assert_eq!(ground.sync(Direction::Export).await, [1_000, 0, 0, 1_000, 0]);
    }
    assert_eq!(simulator.log().count(Kind::Write), 0);
}

#[tokio::test]
async fn stages_of_any_name_are_statuses_by_what_hubspot_says_of_them() {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    let deals = simulator.records("deals");
    let stages =
        ["appointmentscheduled", "qualifiedtobuy", "decisionmakerboughtin", "closedwon", "closedlost"];
    let deal = |stage: &&str| json!({"dealname": stage, "dealstage": stage, "amount": 100});
    let ids = deals.add(stages.iter().map(deal)).unwrap();
    let ground = Ground::new(&simulator).await;
    assert_eq!(ground.sync(Direction::Import).await, [5, 5, 0, 0, 0]);
    let imported = ground.deals().await;
    let read: Vec<Status> = imported.iter().map(|deal| deal.statut).collect();
    let [prospect, qualified, negotiation, won, _, lost] = Status::ALL;
    assert_eq!(read, [prospect, qualified, negotiation, won, lost]);

    let changed = serde_json::from_value(json!({"statut": "gagné"})).unwrap();
    ground.hub.update_deal(imported[2].id, changed).await.unwrap();
    assert_eq!(ground.sync(Direction::Export).await, [5, 0, 1, 4, 0]);
    assert_eq!(deals.get(&ids[2], "dealstage").as_deref(), Some("closedwon"));
    assert_eq!(deals.get(&ids[2], "pipeline").as_deref(), Some("default"));
}
