//! Rows of a file that only their order told apart: each keeps its deal when they change places, on both engines.

use hub::{Caller, Hub};
use model::Lang;
use model::api::{DealBody, SyncBody};

use super::harness::{Harness, counts};

store::on_both_engines!(tell);

/// Two deals of one client, day and amount, and one that is like no other.
const FIRST: &str = "Task Name,Status,Montant Deal,Due Date,Task Content\n\
                     Cave du Port,prospect,1000,2026-12-01,rosé\n\
                     Cave du Port,gagné,1000,2026-12-01,rouge\n\
                     Cave du Port,prospect,1000,2026-12-01,blanc\n\
                     Maison Élan,prospect,500,2026-12-01,\n";

async fn tell(url: &str) {
    let at = Harness::on(url, None).await;
    assert_eq!(counts(&import(&at.hub, FIRST).await), [4, 4, 0, 0, 0]);
    let before = at.deals().await;
    assert_eq!(counts(&import(&at.hub, &in_order([4, 3, 2, 1])).await), [4, 0, 0, 4, 0]);
    assert_eq!(counts(&import(&at.hub, &in_order([2, 4, 1, 3])).await), [4, 0, 0, 4, 0]);
    assert_eq!(at.deals().await, before, "in whatever order the rows stand");

    let changed = in_order([3, 2, 1, 4]).replace("gagné", "perdu");
    assert_eq!(counts(&import(&at.hub, &changed).await), [4, 0, 1, 3, 0]);
    assert_eq!(told(&at.deals().await), ["rosé prospect", "rouge perdu", "blanc prospect", " prospect"]);

    // The first of them is gone, from the file and from here: the others are who they were.
    at.hub.delete_deal(&Caller::Local, before[0].id).await.unwrap();
    assert_eq!(counts(&import(&at.hub, &in_order([3, 2])).await), [2, 0, 1, 1, 0]);
    assert_eq!(told(&at.deals().await), ["rouge gagné", "blanc prospect", " prospect"]);
    assert_eq!(counts(&import(&at.hub, &in_order([2])).await), [1, 0, 0, 1, 0]);
    at.hub.close().await;
}

fn told(deals: &[DealBody]) -> Vec<String> {
    deals
        .iter()
        .map(|deal| format!("{} {}", deal.notes.as_deref().unwrap_or_default(), deal.statut.word()))
        .collect()
}

/// The lines of the file, numbered from 1, in another order.
fn in_order<const N: usize>(order: [usize; N]) -> String {
    let lines: Vec<&str> = FIRST.lines().collect();
    let mut file = format!("{}\n", lines[0]);
    for line in order {
        file.push_str(lines[line]);
        file.push('\n');
    }
    file
}

async fn import(hub: &Hub, file: &str) -> SyncBody {
    let mut upload = hub.begin_upload("someone", "deals.csv").unwrap();
    upload.write(file.as_bytes()).await.unwrap();
    let run = hub.import_csv(upload.finish().await.unwrap()).await.unwrap();
    hub.wait(run, Lang::Fr).await.unwrap()
}
