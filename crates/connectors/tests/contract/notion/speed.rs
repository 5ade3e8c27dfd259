//! Latency is hidden where order allows it. That pages are read ahead, the suite checks.

use std::time::Duration;

use connectors::Write;
use sandbox::{Fault, Kind};

use super::NotionService;
use crate::fixture::{Fixture, open};

#[tokio::test]
async fn several_pages_of_a_batch_are_on_their_way_at_once() {
    const IN_FLIGHT: usize = 8;
    let opened = open::<NotionService>(0).await;
    let batch: Vec<Write> =
        (0..IN_FLIGHT * 2).map(|number| opened.create(&NotionService::sample(number))).collect();
    // The first is never answered; the others must not wait for it.
    opened.next(Kind::Create, Fault::Hang);
    let writing = opened.connection.write(&opened.stream, &batch);
    let seen = async {
        while opened.service.stored().len() < IN_FLIGHT - 1 {
            tokio::task::yield_now().await;
        }
    };
    let limit = tokio::time::sleep(Duration::from_secs(20));
    tokio::select! {
        outcomes = writing => panic!("one is still open: {outcomes:?}"),
        () = limit => panic!("they wait for each other"),
        () = seen => {}
    }
}
