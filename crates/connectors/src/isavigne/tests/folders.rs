//! Which folder, which files, and when: allowed, classified, the oldest first, left alone.

use std::os::unix::fs::symlink;

use chrono::{TimeDelta, Utc};
use model::canonical::Entity;

use super::*;
use crate::error::ErrorKind;

#[tokio::test]
async fn only_allowed_folders_are_read() {
    let (allowed, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    std::fs::create_dir(allowed.path().join("cave")).unwrap();
    std::fs::write(other.path().join("clients.csv"), "Code\nC1\n").unwrap();
    std::fs::write(allowed.path().join("file"), "").unwrap();
    symlink(other.path(), allowed.path().join("leads_out")).unwrap();
    let check = async |path: String| {
        let settings =
            Settings { values: [("isavigne_export_path".to_owned(), path)].into(), ..Settings::default() };
        let source = Isavigne.connect(&context(&[allowed.path()]), settings).unwrap();
        source.check().await.unwrap_err().kind
    };
    let at = |path: &str| allowed.path().join(path).display().to_string();
    for (path, kind) in [
        // Allowed, and empty.
        (at("cave"), ErrorKind::NotFound),
        ("cave".to_owned(), ErrorKind::NotFound),
        (at("cave/../cave"), ErrorKind::NotFound),
        (at("file"), ErrorKind::InvalidSettings),
        // Not allowed: what exists and what does not are told alike.
        (at(".."), ErrorKind::Forbidden),
        (at("nowhere"), ErrorKind::Forbidden),
        (at("leads_out"), ErrorKind::Forbidden),
        ("cave/../..".to_owned(), ErrorKind::Forbidden),
        ("cave\0".to_owned(), ErrorKind::Forbidden),
        ("%2e%2e".to_owned(), ErrorKind::Forbidden),
        ("cave/%2e%2e/%2e%2e".to_owned(), ErrorKind::Forbidden),
        ("/proc/self/root/etc".to_owned(), ErrorKind::Forbidden),
        (String::from("."), ErrorKind::NotFound),
        ("/etc".to_owned(), ErrorKind::Forbidden),
        (other.path().display().to_string(), ErrorKind::Forbidden),
    ] {
        assert_eq!(check(path.clone()).await, kind, "{path}");
    }
}

#[tokio::test]
async fn a_link_that_leads_out_is_no_file() {
    let place = Place::new();
    let outside = TempDir::new().unwrap();
    let secret = outside.path().join("clients.csv");
    std::fs::write(&secret, "Code\nSECRET\n").unwrap();
    symlink(&secret, place.folder.path().join("clients.csv")).unwrap();
    assert!(place.read(Entity::Customers).await.rows.is_empty());
    assert_eq!(place.source().check().await.unwrap_err().kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn what_is_no_regular_file_is_passed_over() {
    let place = Place::new();
    let at = |name: &str| place.folder.path().join(name);
    std::fs::create_dir(at("clients_folder.csv")).unwrap();
    symlink("/dev/zero", at("clients_device.csv")).unwrap();
    symlink(at("clients_loop.csv"), at("clients_loop.csv")).unwrap();
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    mknodat(CWD, at("clients_pipe.csv"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    place.file("clients_1\n2.csv", b"Code\nC1\n", 9);
    assert_eq!(place.read(Entity::Customers).await.rows, ["2 C1"]);
}

#[tokio::test]
async fn a_hundred_thousand_files_are_no_trouble() {
    let place = Place::new();
    for n in 0..100_000 {
        std::fs::File::create(place.folder.path().join(format!("note_{n}.txt"))).unwrap();
    }
    place.file("clients.csv", b"Code\nC1\n", 9);
    assert_eq!(place.read(Entity::Customers).await.rows, ["2 C1"]);
}

#[tokio::test]
async fn files_by_their_names_the_oldest_first() {
    let place = Place::new().set("isavigne_file_pattern", "*.csv");
    place.file("Clients_B.CSV", b"Code\nB\n", 20);
    place.file("clients_a.csv", b"Code\nA\n", 10);
    place.file("produits.csv", b"Code;Nom\nP;x\n", 10);
    place.file("clients.txt", b"Code\nX\n", 5);
    place.file("~clients.csv", b"Code\nX\n", 5);
    assert_eq!(place.read(Entity::Customers).await.rows, ["2 B", "2 A"]);
    let tables = place.source().tables().await.unwrap();
    let told: Vec<(Entity, usize)> = tables.iter().map(|table| (table.entity, table.parts.len())).collect();
    assert_eq!(told, [(Entity::Customers, 2), (Entity::ProductCatalog, 1)]);
    assert!(place.source().check().await.unwrap().name.ends_with("(3)"));
}

#[tokio::test]
async fn a_file_is_read_once_until_it_changes() {
    let place = Place::new();
    let path = place.file("clients.csv", b"Code\nA\n", 20);
    let marks = place.read(Entity::Customers).await.marks;
    let again = place.read_again(Entity::Customers, &marks).await;
    assert_eq!(again.skipped, [("clients.csv".to_owned(), Skip::Unchanged)]);
    // Copied anew: the time moved, the bytes did not.
    let file = File::options().write(true).open(&path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(300)).unwrap();
    let again = place.read_again(Entity::Customers, &marks).await;
    assert_eq!(again.skipped.len(), 1);
    // The same size, other bytes.
    place.file("clients.csv", b"Code\nB\n", 5);
    let again = place.read_again(Entity::Customers, &marks).await;
    assert_eq!(again.rows, ["2 B"]);
}

#[tokio::test]
async fn only_what_changed_since_a_moment_is_read() {
    let place = Place::new();
    place.file("clients_old.csv", b"Code\nA\n", 20);
    place.file("clients_new.csv", b"Code\nB\n", 5);
    let since = Some(Utc::now() - TimeDelta::minutes(10));
    let told = Told::of(place.events(Entity::Customers, Before { since, ..Before::default() }).await);
    assert_eq!(told.skipped, [("clients_old.csv".to_owned(), Skip::Older)]);
    assert_eq!(told.rows, ["2 B"]);
}

#[tokio::test]
async fn a_file_that_grows_is_left_for_the_next_run() {
    let place = Place::new();
    let path = place.file("clients.csv", b"Code\nA\n", 0);
    place.file("clients_old.csv", b"Code\nB\n", 9);
    let writer = tokio::spawn(async move {
        let mut file = File::options().append(true).open(&path).unwrap();
        loop {
            file.write_all(b"C\n").unwrap();
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let told = place.read(Entity::Customers).await;
    writer.abort();
    assert_eq!(told.skipped, [("clients.csv".to_owned(), Skip::StillWritten)]);
    assert_eq!(told.rows, ["2 B"]);
}
