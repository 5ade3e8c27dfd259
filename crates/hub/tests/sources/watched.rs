//! A watched folder is loaded when files arrive, and left alone when nothing does.

use std::time::Duration;

use model::Lang;
use model::api::LoadBody;

use crate::ground::{Ground, counts};

/// The loads once there are that many and all have ended.
async fn loads(ground: &Ground, wanted: u64) -> Vec<LoadBody> {
    tokio::time::timeout(Duration::from_secs(30), async {
        loop {
            let (total, loads) = ground.hub.loads(Some("cave"), 9, 0, Lang::Fr).await.unwrap();
            if total >= wanted && loads.iter().all(|(_, load)| load.status != "running") {
                return loads.into_iter().map(|(_, load)| load).collect();
            }
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn what_arrives_is_loaded_by_itself() {
    let ground = Ground::new().await;
    ground.file("clients.csv", &["Code;Nom", "C1;Dupont"]);
    ground.hub.create_source(ground.draft("cave", &[("watch", "on")])).await.unwrap();
    let hub = ground.hub.clone();
    let watching = tokio::spawn(async move { hub.watch_sources().await });

    assert_eq!(counts(&loads(&ground, 1).await[0], "CUSTOMERS"), [1, 1, 0, 0, 0]);
    ground.file("clients_2.csv", &["Code;Nom", "C2;Durand"]);
    assert_eq!(counts(&loads(&ground, 2).await[0], "CUSTOMERS"), [1, 1, 0, 0, 0]);

    // What did not change in between began nothing.
    ground.file("clients_3.csv", &["Code;Nom", "C3;Dubois"]);
    assert_eq!(loads(&ground, 3).await.len(), 3);
    watching.abort();
}
