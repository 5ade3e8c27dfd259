//! Views people keep, on both engines.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use model::access::Role;
use store::{Keys, SavedViewRow, Store};

const NOW: &str = "2026-11-21T08:00:00.000Z";
const LATER: &str = "2026-11-21T09:00:00.000Z";

store::on_both_engines!(tell);

async fn save(store: &Store, who: Option<i64>, name: &str, query: &str, most: u64) -> Option<SavedViewRow> {
    let mut batch = store.begin().await.unwrap();
    let saved = batch.save_view(who, name, query, LATER, most).await.unwrap();
    // As the hub does: what would be too many is not kept.
    if saved.is_some() {
        batch.commit().await.unwrap();
    }
    saved
}

async fn names(store: &Store, who: Option<i64>) -> Vec<(String, String)> {
    store.saved_views(who).await.unwrap().into_iter().map(|view| (view.name, view.query)).collect()
}

async fn tell(url: &str) {
    let store = Store::open(url, Keys::parse(&Keys::generate()).unwrap()).await.unwrap();
    let mut batch = store.begin().await.unwrap();
    let anne = batch.add_user("anne", Role::Editor, NOW).await.unwrap();
    batch.commit().await.unwrap();

    let first = save(&store, anne, "À relancer", "statut=prospect", 2).await.unwrap();
    save(&store, None, "À relancer", "search=x", 2).await.unwrap();
    let again = save(&store, anne, "À relancer", "statut=perdu", 2).await.unwrap();
    assert_eq!(again.id, first.id, "one name, one view");
    save(&store, anne, "Gros", "sort=montant_brut", 2).await.unwrap();
    assert_eq!(save(&store, anne, "De trop", "", 2).await, None);
    assert!(save(&store, anne, "Gros", "", 2).await.is_some(), "one there is can be replaced");
    let expected = [("Gros".to_owned(), String::new()), ("À relancer".to_owned(), "statut=perdu".to_owned())];
    let mut hers = names(&store, anne).await;
    hers.sort();
    assert_eq!(hers, expected);
    assert_eq!(names(&store, None).await, [("À relancer".to_owned(), "search=x".to_owned())]);

    let mut batch = store.begin().await.unwrap();
    assert!(!batch.delete_view(None, first.id).await.unwrap(), "it is somebody else's");
    assert!(batch.delete_view(anne, first.id).await.unwrap());
    assert!(!batch.delete_view(anne, first.id).await.unwrap());
    batch.adopt_views(anne.unwrap()).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(names(&store, None).await, []);
    assert_eq!(names(&store, anne).await.len(), 2, "what was kept without an account is hers now");
    save(&store, None, "Gros", "search=y", 2).await.unwrap();
    let mut batch = store.begin().await.unwrap();
    batch.adopt_views(anne.unwrap()).await.unwrap();
    batch.commit().await.unwrap();
    assert_eq!(names(&store, anne).await.len(), 2, "of two with one name hers stays");
    store.close().await;
}
