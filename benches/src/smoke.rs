//! What is measured with many is tried with a few: the same readers and guesses, counted instead of timed, against
//! the program in this process.

use std::collections::BTreeMap;
use std::future::pending;
use std::time::Duration;

use hub::{Hub, HubOptions, Keys, Policy, ServiceOptions};
use model::Lang;
use sandbox::airtable::{Options, Simulator};
use sandbox::demo;
use server::{AppState, Edge, Proxies, behind, listen, router};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::crowd::{Crowd, Enough, read_beside_imports};
use crate::flood::{Flood, Guessed, get_in, guess};
use crate::site::{PASSWORD, Site};

async fn site() -> (Site, Simulator, TempDir) {
    let simulator = Simulator::start(Options::unlimited()).await.expect("a simulator");
    demo::bench(&simulator, 300).expect("a base");
    let folder = tempfile::tempdir().expect("a folder");
    let service = ServiceOptions { base_url: Some(simulator.url().to_owned()), token: None };
    let database = format!("sqlite://{}", folder.path().join("smoke.db").display());
    let hub = Hub::open(HubOptions {
        services: BTreeMap::from([("airtable".to_owned(), service)]),
        policy: Policy::without_waiting(),
        ..HubOptions::new(database, Keys::parse(&Keys::generate()).expect("a key"))
    });
    let hub = hub.await.expect("a hub");
    hub.set_password(None, &PASSWORD.to_owned().into()).await.expect("a password");
    let edge = Edge { proxies: Proxies::parse("127.0.0.1").expect("a proxy"), is_https: false };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = behind(router(AppState { hub, default_lang: Lang::Fr }), edge);
    tokio::spawn(listen(listener, router, pending()));
    let site = Site::enter(&url).await.expect("the owner is let in");
    (site, simulator, folder)
}

#[tokio::test]
async fn a_few_readers_beside_an_import_are_all_answered() {
    let (site, simulator, _folder) = site().await;
    site.connect(simulator.token(), demo::BENCH_BASE, demo::DEALS).await.expect("connected");
    let crowd = Crowd { readers: 3, every: Duration::from_millis(1), enough: Enough::Questions(6) };
    let (told, took) = read_beside_imports(&site, crowd).await.expect("read and imported");
    assert_eq!((told.answers(), told.faults.as_slice()), (18, [].as_slice()));
    assert!(told.within(0.5) <= told.within(0.99) && took > Duration::ZERO);
}

#[tokio::test]
async fn a_few_wrong_logins_are_refused_and_a_right_one_is_not() {
    let (site, _simulator, _folder) = site().await;
    let flood = Flood { logins: 5, within: Duration::ZERO };
    let guessed = guess(&site, flood).await.expect("guessed");
    assert_eq!(guessed, Guessed { wrong: 5, sent_away: 0 });
    let (tries, _) = get_in(&site).await.expect("let in");
    assert_eq!(tries, 1);
}
