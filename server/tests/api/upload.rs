//! `/api/upload/csv`: deals from CSV files, as people and their tools write them.

use axum::body::{Body, Bytes};
use axum::http::{Method, Request};
use futures_util::stream;
use hub::HubOptions;
use serde_json::{Value, json};

use crate::harness::{Answer, TestApp, request};

const BOUNDARY: &str = "----a-boundary";

/// A form with a file, as a browser sends it.
pub(crate) fn with_file(path: &str, name: &str, content: &[u8]) -> Request<Body> {
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    form(path, body)
}

fn form(path: &str, body: impl Into<Body>) -> Request<Body> {
    let mut request = request(Method::POST, path);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    request.headers_mut().insert("content-type", kind.parse().unwrap());
    *request.body_mut() = body.into();
    request
}

async fn send(app: &TestApp, content: &[u8]) -> Answer {
    app.send(with_file("/api/upload/csv", "deals.csv", content)).await
}

/// Counts of an import: created, updated, unchanged, refused.
fn counts(data: &Value) -> [u64; 4] {
    ["nb_created", "nb_updated", "nb_unchanged", "nb_errors"].map(|key| data[key].as_u64().unwrap())
}

#[tokio::test]
async fn a_french_export_comes_in_once() {
    let app = TestApp::start().await;
    let text = "Client;Statut;Montant;Secteur;Échéance;Responsable;Notes\r\n\
                Château Éloi;gagné;1.234,50 €;Vin;21/11/2026;Zoé;\"deux\nlignes; et un point-virgule\"\r\n\
                Bière & Co;négociation;12 000,00;;;;\r\n";
    let windows: Vec<u8> = text
        .chars()
        .flat_map(|letter| match letter {
            '€' => vec![0x80],
            letter => vec![u8::try_from(u32::from(letter)).unwrap()],
        })
        .collect();
    let told = send(&app, &windows).await.data();
    assert_eq!(counts(&told), [2, 0, 0, 0], "{told}");
    assert_eq!((&told["nb_imported"], &told["errors"]), (&json!(2), &json!([])));

    let deals = app.get("/api/deals?sort=id").await.data();
    assert_eq!(deals[0]["client"], "Château Éloi");
    assert_eq!(deals[0]["montant_brut"], 1234.5);
    assert_eq!(deals[0]["date_echeance"], "2026-11-21");
    assert_eq!(deals[0]["notes"], "deux\nlignes; et un point-virgule");
    assert_eq!(deals[1]["statut"], "négociation");

    assert_eq!(counts(&send(&app, &windows).await.data()), [0, 0, 2, 0]);
    // The same rows in another order, with another status: a change of the same deal.
    let later = "client,montant_brut,date_echeance,statut\nBière & Co,12000.00,,perdu\nChâteau Éloi,1234.50,2026-11-21,gagné\n";
    assert_eq!(counts(&send(&app, later.as_bytes()).await.data()), [0, 1, 1, 0]);
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "2");

    let run = told["run_id"].as_i64().unwrap();
    let told = app.get(&format!("/api/sync/runs/{run}")).await.data();
    assert_eq!((&told["provider"], &told["status"]), (&json!("csv"), &json!("success")));
    let changes = app.get(&format!("/api/sync/runs/{run}/changes")).await.data();
    assert_eq!(changes.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn the_example_comes_in_whole() {
    let app = TestApp::start().await;
    let example = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../public/exemple-deals.csv")).unwrap();
    let told = send(&app, &example).await.data();
    assert_eq!((counts(&told), &told["unknown_statuses"]), ([22, 0, 0, 0], &json!([])), "{told}");
    assert_eq!(told["warnings"], json!([]));
    let deals = app.get("/api/deals?search=rivi%C3%A8res").await.data();
    assert_eq!(deals[0]["montant_brut"], 41_750.0);
    assert!(deals[0]["notes"].as_str().unwrap().contains("\n- 3 dépôts"), "{deals}");
}

#[tokio::test]
async fn a_bad_row_is_refused_alone_with_its_line_its_field_and_why() {
    let app = TestApp::start().await;
    let rows = [
        ("Client;Montant;Échéance;Statut;Notes", None),
        ("Bon;100;;lead;", None),
        (";100;;;", Some(("client", "Client manquant"))),
        ("Sans montant;;;;", Some(("montant_brut", "Montant brut manquant"))),
        ("Négatif;-5;;;", Some(("montant_brut", "doit être supérieur à 0"))),
        ("Absurde;99999999999999999;;;", Some(("montant_brut", "n'est pas un nombre"))),
        ("Trop;9999999999999;;;", Some(("montant_brut", "hors limites"))),
        ("Février;100;30/02/2026;;", Some(("date_echeance", "« 30/02/2026 » n'est pas une date"))),
        ("<b>Gras</b>;100;;bloqué;<script>", None),
        ("Court;100", Some(("", "2 cellules"))),
        ("Long;100;;;;;x", Some(("", "7 cellules"))),
        ("Guillemet;100;;;\"ouvert", Some(("", "guillemet"))),
    ];
    let text = rows.map(|(row, _)| row).join("\n");
    let told = send(&app, text.as_bytes()).await.data();
    assert_eq!(counts(&told), [2, 0, 0, 9], "{told}");
    assert_eq!(told["unknown_statuses"], json!(["bloqué"]));
    let errors = told["errors"].as_array().unwrap();
    let expected = rows.iter().zip(1..).filter_map(|((_, fault), line)| Some((line, (*fault)?)));
    for ((line, (field, words)), error) in expected.zip(errors) {
        assert_eq!(error["line"], json!(line), "{error}");
        assert_eq!(error["field"].as_str().unwrap_or_default(), field, "{error}");
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("Ligne {line} : ")) && message.contains(words), "{message}");
    }
    // Corrected and sent again, only what was corrected is new.
    let corrected = text.replace("Négatif;-5", "Négatif;5");
    assert_eq!(counts(&send(&app, corrected.as_bytes()).await.data()), [1, 0, 2, 8]);
    let run = told["run_id"].as_i64().unwrap();
    app.call(&format!("/api/sync/runs/{run}/replay")).await.refusal(400, "invalid");
}

#[tokio::test]
async fn a_long_note_is_refused_and_the_longest_is_not() {
    let app = TestApp::start().await;
    let text = format!("Client;Montant;Notes\na;1;{}\nb;1;{}\n", "é".repeat(100_000), "é".repeat(100_001));
    let told = send(&app, text.as_bytes()).await.data();
    assert_eq!(counts(&told), [1, 0, 0, 1]);
    assert!(told["errors"][0]["message"].as_str().unwrap().contains("la limite est de 100000"));
}

#[tokio::test]
async fn what_is_no_csv_of_deals_is_told_with_what_to_do() {
    let app = TestApp::start().await;
    for (content, words, remedy) in [
        (&b""[..], "vide", "Exportez-le"),
        (b"PK\x03\x04\x14\0\x06\0", "classeur Excel (.xlsx)", "CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Excel 97", "CSV UTF-8"),
        (b"a;b\n1;2\n", "Client, Montant brut", "Task Name"),
        (b"Client;Secteur\nx;y\n", "reconnue comme : Montant brut", "Montant Deal"),
        (b"Client;Montant\n", "ligne d'en-tête", "avec ses lignes"),
        (b"Client;Montant\n\0\0\0", "octets nuls", "CSV"),
        (b"\"Client;Montant\nx;1\n", "guillemet", "première ligne"),
    ] {
        let answer = send(&app, content).await;
        let error = answer.refusal(400, "invalid");
        let hint = answer.json()["hint"].as_str().unwrap().to_owned();
        assert!(error.contains(words) && hint.contains(remedy), "{error} {hint}");
    }
    assert_eq!(app.get("/api/deals").await.header("x-total-count"), "0");
    assert_eq!(app.get("/api/sync/logs").await.data(), json!([]), "nothing was begun");
}

#[tokio::test]
async fn a_file_of_more_rows_than_an_import_takes_is_refused_with_their_number() {
    let app = TestApp::start().await;
    let text = format!("Client;Montant\n{}", "x;1\n".repeat(200_001));
    let error = send(&app, text.as_bytes()).await.refusal(400, "invalid");
    assert!(error.contains("200001 lignes") && error.contains("200000 au plus"), "{error}");
    assert_eq!(app.get("/api/sync/logs").await.data(), json!([]), "nothing was begun");
}

#[tokio::test]
async fn mixed_encodings_are_read_and_told_with_the_line() {
    let app = TestApp::start().await;
    let told = send(&app, b"Client;Montant\nCh\xc3\xa2teau;1\nplain;2\nCh\xe2teau;3\n").await.data();
    assert_eq!(counts(&told), [3, 0, 0, 0]);
    assert!(told["warnings"][0].as_str().unwrap().contains("à partir de la ligne 4"), "{told}");
    let deals = app.get("/api/deals?search=ch%C3%A2teau").await;
    assert_eq!(deals.header("x-total-count"), "2");
}

#[tokio::test]
async fn a_file_says_its_own_ids_marks_and_orders() {
    let app = TestApp::start().await;
    let clickup = "Task ID,Task Name,Status,Montant Deal,Tags,Due Date,Assignees,Task Content\n\
                   86c1,Alpha,in progress,\"1,234.50\",[Vin],\"Friday, November 21st 2026\",[Zoé],\n\
                   86c2,Beta,Closed Won,\"12,000\",[],11/22/2026,[],note\n\
                   86c1,Double,new,1.00,,,,\n";
    let told = send(&app, clickup.as_bytes()).await.data();
    assert_eq!(counts(&told), [2, 0, 0, 1], "{told}");
    assert!(told["errors"][0]["message"].as_str().unwrap().contains("« 86c1 »"));
    let deals = app.get("/api/deals?sort=id").await.data();
    assert_eq!((&deals[0]["montant_brut"], &deals[1]["montant_brut"]), (&json!(1234.5), &json!(12000.0)));
    assert_eq!((&deals[0]["secteur"], &deals[1]["secteur"]), (&json!("Vin"), &Value::Null));
    assert_eq!(
        (&deals[0]["date_echeance"], &deals[1]["date_echeance"]),
        (&json!("2026-11-21"), &json!("2026-11-22"))
    );
    // Known by its id, whatever else changed.
    let renamed = clickup.replace("Alpha", "Alpha & Fils").replace("1,234.50", "2,000.00");
    assert_eq!(counts(&send(&app, renamed.as_bytes()).await.data()), [0, 1, 1, 1]);
}

#[tokio::test]
async fn a_form_that_is_none_is_refused() {
    let app = TestApp::start().await;
    app.post("/api/upload/csv", json!({})).await.refusal(415, "unsupported_media_type");
    let empty = form("/api/upload/csv", format!("--{BOUNDARY}--\r\n"));
    assert!(app.send(empty).await.refusal(400, "invalid").contains("« file »"));
    let cut = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nClient;Mon");
    assert!(app.send(form("/api/upload/csv", cut)).await.refusal(400, "invalid").contains("jusqu'au bout"));
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_refused_by_what_it_says_and_by_what_comes() {
    let folder = tempfile::tempdir().unwrap();
    let uploads = folder.path().to_owned();
    let app = TestApp::start_as(|options| HubOptions { upload_limit: 3 << 20, uploads, ..options }).await;
    let mut said = with_file("/api/upload/csv", "deals.csv", b"Client;Montant\nx;1\n");
    said.headers_mut().insert("content-length", (4 << 20).into());
    assert!(app.send(said).await.refusal(413, "too_large").contains("3 Mo au plus"));

    let head =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nClient;Montant\n");
    let row = Bytes::from("x;1\n".repeat(16 * 1024));
    let pieces = std::iter::once(Bytes::from(head)).chain(std::iter::repeat_n(row, 100));
    let endless = Body::from_stream(stream::iter(pieces.map(Ok::<_, std::io::Error>)));
    assert!(
        app.send(form("/api/upload/csv", endless)).await.refusal(413, "too_large").contains("3 Mo au plus")
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");

    // What is larger than other bodies may be comes in.
    let rows: String = (0..60_000).map(|n| format!("client {n};1;{}\n", "x".repeat(25))).collect();
    let text = format!("Client;Montant;Notes\n{rows}");
    assert!(text.len() > 2 << 20);
    assert_eq!(counts(&send(&app, text.as_bytes()).await.data()), [60_000, 0, 0, 0]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the file is deleted after its run");
}
