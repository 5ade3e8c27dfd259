//! Latency is hidden where order allows it.

use std::time::{Duration, Instant};

use connectors::Write;
use futures_util::StreamExt;

use super::NotionService;
use crate::fixture::{Fixture, open};

#[tokio::test]
async fn the_next_page_is_on_its_way_while_one_is_dealt_with() {
    const PAGES: u32 = 12;
    let latency = Duration::from_millis(100);
    let opened = open::<NotionService>(PAGES as usize * 100).await;
    opened.service.simulator.set_latency(latency);
    let start = Instant::now();
    // One property: this is about the way, not about the work at its ends.
    let name = [opened.field("Name").clone()];
    let mut pages = opened.connection.read(&opened.stream, &name, None);
    let mut dealt_with = Duration::ZERO;
    while let Some(page) = pages.next().await {
        page.expect("a page");
        // Whoever writes the page into a database takes as long as the service.
        let work = Instant::now();
        tokio::time::sleep(latency / 2).await;
        dealt_with += work.elapsed();
    }
    let floor = latency * PAGES;
    let took = start.elapsed().saturating_sub(dealt_with / PAGES);
    println!(
        "{PAGES} pages in {took:?}, floor {floor:?}, ratio {:.3}",
        took.as_secs_f64() / floor.as_secs_f64()
    );
    assert!(took < floor + dealt_with / 2, "one after the other would be {:?}", floor + dealt_with);
}

#[tokio::test]
async fn several_pages_of_a_batch_are_written_at_once() {
    const RECORDS: u32 = 24;
    let latency = Duration::from_millis(100);
    let opened = open::<NotionService>(0).await;
    let batch: Vec<Write> =
        (0..RECORDS as usize).map(|number| opened.create(&NotionService::sample(number))).collect();
    opened.service.simulator.set_latency(latency);
    let start = Instant::now();
    opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    assert!(start.elapsed() < latency * RECORDS / 2, "{:?}", start.elapsed());
}
