//! A backup taken in the middle of a run, and what it becomes elsewhere.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use hub::{DealFilter, Hub};
use model::{Direction, Lang};
use sandbox::{Fault, Kind, Rule};

use crate::ground::{Ground, Held, Service};
use crate::program::Program;
use crate::server::exchange;

/// Sixteen pages: more than are read ahead and committed together.
fn records() -> Held {
    (0..1_600).map(|number| (format!("C{number:04}"), 100 + number)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_during_an_import_and_gone_on_with_elsewhere() {
    let mut ground = Ground::new(Service::Airtable, &records()).await;
    let serving = ground.program.serve(&[]);
    ground.controls().fault(Rule::new(Kind::List, Fault::Hang).from_nth(14));
    let addr = serving.addr.clone();
    let import = std::thread::spawn(move || exchange(&addr, "POST", "/api/sync/airtable/import", ""));
    let reading = ground.controls().log().wait_for(Kind::List, 14);
    tokio::time::timeout(Duration::from_secs(60), reading).await.unwrap();

    let backup = tempfile::tempdir().unwrap();
    let file = backup.path().join("passerelle.backup");
    let path = file.display().to_string();
    let run = |program: &Program, args: &[&str]| tokio::task::block_in_place(|| program.run(args));
    let taken = run(&ground.program, &["backup", &path]);
    assert!(taken.code == 0 && taken.err.contains("La clé de chiffrement n'est pas"), "{taken:?}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let again = run(&ground.program, &["backup", &path]);
    assert!(again.code == 1 && again.err.contains("existe déjà"), "{again:?}");
    let busy = run(&ground.program, &["restore", &path, "--force"]);
    assert!(busy.code == 1 && busy.err.contains("travaille sur cette base"), "{busy:?}");
    drop(serving);
    import.join().unwrap();

    // Another machine: the backup and the key are all that came along.
    ground.controls().faults().clear();
    ground.program.folder = tempfile::tempdir().unwrap();
    let restored = run(&ground.program, &["restore", &path]);
    assert_eq!(restored.code, 0, "{restored:?}");
    let doctor = run(&ground.program, &["doctor"]);
    assert_eq!(doctor.code, 0, "{doctor:?}");
    let refused = run(&ground.program, &["restore", &path]);
    assert!(refused.code == 1 && refused.err.contains("--force"), "{refused:?}");

    let hub = ground.opened().await;
    let held = total(&hub).await;
    let interrupted = hub.runs(None, 1, Lang::Fr).await.unwrap().remove(0);
    assert!(held > 0 && held < 1_600, "{held}");
    assert_eq!((interrupted.status.as_str(), interrupted.resumable), ("interrupted", true));
    assert_eq!(interrupted.records_processed, held);
    hub.wait(hub.resume(interrupted.id).await.unwrap(), Lang::Fr).await.unwrap();
    assert_eq!(total(&hub).await, 1_600, "none lost, none doubled");
    let idle = hub.sync(ground.provider, Direction::Import, Lang::Fr).await.unwrap();
    assert_eq!((idle.status.as_str(), idle.records_unchanged), ("success", 1_600));
}

/// How many deals there are.
async fn total(hub: &Hub) -> u64 {
    hub.deals(&DealFilter { limit: Some(1), ..DealFilter::default() }).await.unwrap().total
}
