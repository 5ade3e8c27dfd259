//! What must not break a load.

use hub::Kind;
use model::Lang;

use crate::ground::{Ground, counts};

#[tokio::test]
async fn a_folder_that_cannot_be_read_says_why() {
    let ground = Ground::with_cave().await;
    // Empty.
    let empty = ground.load().await;
    assert_eq!((empty.success, empty.status.as_str()), (false, "error"));
    assert!(!empty.errors.is_empty() && empty.code.is_some(), "{empty:?}");
    // Outside of what is allowed.
    let outside = [("isavigne_export_path".to_owned(), "/etc/../etc".to_owned())].into();
    ground.hub.update_source("cave", outside).await.unwrap();
    let refused = ground.load().await;
    assert!(!refused.success && refused.errors[0].contains("/etc"), "{refused:?}");
}

#[tokio::test]
async fn files_of_every_bad_kind_beside_a_good_one() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &["Code;Nom", "C1;Dupont"]);
    ground.file("clients_vide.csv", &[]);
    ground.file("produits.csv", &["\u{0}\u{1}\u{2}PK\u{3}\u{4}", "\u{0}\u{0}"]);
    ground.file("stocks.csv", &["Produit;Quantité", "\"P1;3"]);
    let load = ground.load().await;
    assert_eq!(load.status, "partial", "{load:?}");
    assert_eq!(counts(&load, "CUSTOMERS"), [1, 1, 0, 0, 0]);
    assert!(load.errors.len() >= 2, "{load:?}");
    // Told at every run until it is put right.
    let again = ground.load().await;
    assert!(!again.errors.is_empty() && again.status != "success", "{again:?}");
}

/// What stands in the wrong columns is refused; who sees nothing loaded is told why.
#[tokio::test]
async fn files_of_a_damaged_shape_are_refused_where_their_cells_have_moved() {
    // The lines, and how many rows were processed, created and refused.
    for (damage, lines, expected) in [
        ("no header", &["C1;Dupont", "C2;Durand"][..], [0, 0, 0]),
        (
            "words above the header",
            &["Export du 21/11/2026;", ";", "Code client;Nom", "C1;Dupont"],
            [0, 0, 0],
        ),
        ("spaces for delimiters", &["\"Code client\" \"Nom\"", "\"C1\" \"Dupont\""], [0, 0, 0]),
        ("a delimiter too many", &["Code client;Nom", "C1;;Dupont", ";C2;Durand", "C3;Petit"], [3, 1, 2]),
        ("a wider table below", &["Code client;Nom", "C1;Dupont", "Ligne;Prix;Date", "L1;1;x"], [3, 1, 2]),
        ("carriage returns alone", &["Code client;Nom\rC1;Dupont\rC2;Durand\r"], [2, 2, 0]),
        ("quotes behind spaces", &["\"Code client\", \"Nom\"", "\"C1\", \"Dupont, fils\""], [1, 1, 0]),
    ] {
        let ground = Ground::with_cave().await;
        ground.file("clients.csv", lines);
        let load = ground.load().await;
        let [processed, created, _, _, refused] = counts(&load, "CUSTOMERS");
        assert_eq!([processed, created, refused], expected, "{damage}: {load:?}");
        let is_whole = created > 0 && refused == 0;
        assert_eq!(
            (load.status == "success", load.errors.is_empty()),
            (is_whole, is_whole),
            "{damage}: {load:?}"
        );
    }
}

#[tokio::test]
async fn a_run_of_tables_is_no_run_of_deals() {
    let ground = Ground::with_cave().await;
    ground.file("clients.csv", &["Code;Nom", "C1;Dupont"]);
    let load = ground.load().await;
    assert_eq!(ground.hub.run(load.run_id, Lang::Fr).await.unwrap().subject, "tables");
    let sync = ground.hub.start_sync("cave", model::Direction::Import).await;
    assert_eq!(sync.unwrap_err().kind, Kind::UnknownProvider);
    assert_eq!(ground.hub.resume(load.run_id).await.unwrap_err().kind, Kind::Invalid);
    assert_eq!(ground.hub.replay(load.run_id).await.unwrap_err().kind, Kind::Invalid);
    assert_eq!(
        ground.hub.start_load("nobody", hub::LoadRequest::default()).await.unwrap_err().kind,
        Kind::NotFound
    );
}
