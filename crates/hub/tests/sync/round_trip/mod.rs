//! The same thousand deals into each service and back into an empty CRM, without a difference.

mod deals;
mod services;

use hub::{Caller, DealFilter, DealSort, Hub};
use model::api::{ConfigUpdate, DealBody};
use model::{Direction, Lang};
use sandbox::Kind;
use tempfile::TempDir;

use self::deals::{COUNT, deal};
use self::services::Service;
use crate::harness::{connected, counts};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn airtable() {
    tell(services::airtable().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn google_sheets() {
    tell(services::google_sheets().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hubspot() {
    tell(services::hubspot().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notion() {
    tell(services::notion().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn odoo() {
    tell(services::odoo().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pipedrive() {
    tell(services::pipedrive().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn salesforce() {
    tell(services::salesforce().await).await;
}

async fn tell(service: Service) {
    let all = COUNT as u64;
    let here = Side::new(&service).await;
    for number in 0..COUNT {
        here.hub.create_deal(&Caller::Local, deal(number, service.always_holds)).await.unwrap();
    }
    assert_eq!(here.sync(Direction::Export).await, [all, all, 0, 0, 0]);
    let there = Side::new(&service).await;
    assert_eq!(there.sync(Direction::Import).await, [all, all, 0, 0, 0]);
    let (sent, came_back) = (here.deals().await, there.deals().await);
    for (sent, came_back) in sent.iter().zip(&came_back) {
        assert_eq!(came_back, sent);
    }
    assert_eq!((sent.len(), came_back.len()), (COUNT, COUNT));

    // Nothing is left to do, on either side and in either direction.
    service.log.clear();
    for side in [&here, &there] {
        for direction in [Direction::Export, Direction::Import] {
            assert_eq!(side.sync(direction).await, [all, 0, 0, all, 0]);
        }
    }
    assert_eq!(service.log.count(Kind::Write), 0);
}

/// A CRM of its own, connected to the service.
struct Side {
    hub: Hub,
    provider: String,
    _folder: TempDir,
}

impl Side {
    async fn new(service: &Service) -> Side {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("passerelle.db").display());
        let (hub, provider) = connected(&url, service.kind, &service.url, &service.values).await;
        if !service.own_fields.is_empty() {
            let mut mapping = hub.config(&provider).await.unwrap().field_mapping;
            let own = service.own_fields.iter();
            mapping.extend(own.map(|(field, name)| (field.key().to_owned(), (*name).to_owned())));
            let update = ConfigUpdate { field_mapping: Some(mapping), ..ConfigUpdate::default() };
            hub.save_config(&provider, update).await.unwrap();
        }
        Side { hub, provider, _folder: folder }
    }

    async fn sync(&self, direction: Direction) -> [u64; 5] {
        let run = self.hub.sync(&self.provider, direction, Lang::Fr).await.unwrap();
        assert_eq!(run.status, "success", "{run:?}");
        assert!(run.warnings.is_empty() && run.unknown_statuses.is_empty(), "{run:?}");
        counts(&run)
    }

    /// Every deal, without what each CRM gives its own: number and times. Sorted by what they hold.
    async fn deals(&self) -> Vec<DealBody> {
        let filter = DealFilter { sort: DealSort::Id, limit: Some(COUNT as u32), ..DealFilter::default() };
        let mut deals = self.hub.deals(&filter).await.unwrap().deals;
        for deal in &mut deals {
            deal.id = 0;
            deal.created_at.clear();
            deal.updated_at.clear();
        }
        deals.sort_by_cached_key(|deal| serde_json::to_string(deal).unwrap());
        deals
    }
}
