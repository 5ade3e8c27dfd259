//! `/deals/export.csv` and `/deals/export.xlsx`: the deals of a filter, and back again.

use axum::body::to_bytes;
use axum::http::Method;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::{TestApp, request, with_header};
use crate::upload::with_file;

/// Client, amount, status; then what may be empty.
type Sample =
    (&'static str, f64, &'static str, Option<&'static str>, Option<&'static str>, Option<&'static str>);

/// Deals that are hard to write down.
const DEALS: [Sample; 6] = [
    (
        "=HYPERLINK(\"x\")",
        1234.56,
        "gagné - en cours",
        Some("Vin; spiritueux"),
        Some("2026-11-21"),
        Some("a\nb\r\nc \"d\""),
    ),
    ("'=déjà", 0.1, "prospect", None, None, Some("  espaces  ")),
    ("+33 1 02", 1_000.0, "perdu", Some("-5"), Some("2024-02-29"), None),
    ("Même nom", 10.0, "qualifié", None, None, None),
    ("Même nom", 20.0, "qualifié", None, None, Some("@autre")),
    (
        "L'Œnothèque €",
        999_999_999.99,
        "négociation",
        Some("[Vin]"),
        Some("1980-01-02"),
        Some("\ttab,virgule|barre"),
    ),
];

async fn filled() -> TestApp {
    let app = TestApp::start().await;
    for (client, montant_brut, statut, secteur, date_echeance, notes) in DEALS {
        let deal = json!({
            "client": client, "montant_brut": montant_brut, "statut": statut, "secteur": secteur,
            "date_echeance": date_echeance, "assignee": Value::Null, "notes": notes
        });
        let answer = app.post("/api/deals", deal).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.text);
    }
    app
}

/// The deals of a program without what differs between two programs.
async fn deals(app: &TestApp) -> Vec<Value> {
    let mut deals = app.get("/api/deals?sort=id").await.data().as_array().unwrap().clone();
    for deal in &mut deals {
        for key in ["id", "created_at", "updated_at"] {
            deal.as_object_mut().unwrap().remove(key);
        }
    }
    deals
}

#[tokio::test]
async fn what_goes_out_comes_back_as_it_was() {
    for lang in ["fr", "en"] {
        let app = filled().await;
        let asked = with_header(request(Method::GET, "/deals/export.csv"), "accept-language", lang);
        let file = app.send(asked).await;
        assert!(file.text.starts_with('\u{feff}'), "{}", file.text);
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"deals-"));
        let back = |app: &TestApp| {
            let (router, content) = (app.router(), file.text.clone());
            async move {
                let sent = with_file("/api/upload/csv", "deals.csv", content.as_bytes());
                let answer = router.oneshot(sent).await.unwrap();
                let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
                serde_json::from_slice::<Value>(&bytes).unwrap()["data"].clone()
            }
        };
        let before = deals(&app).await;
        let told = back(&app).await;
        assert_eq!((&told["nb_unchanged"], &told["nb_errors"]), (&json!(6), &json!(0)), "{lang} {told}");
        assert_eq!(deals(&app).await, before);
        let other = TestApp::start().await;
        assert_eq!(back(&other).await["nb_created"], 6);
        assert_eq!(deals(&other).await, before, "{lang}");
    }
}

#[tokio::test]
async fn a_packed_answer_comes_to_its_end() {
    let app = filled().await;
    for path in ["/deals/export.csv", "/deals/export.xlsx"] {
        let asked = with_header(request(Method::GET, path), "accept-encoding", "gzip");
        let answer = app.router().oneshot(asked).await.unwrap();
        assert!(!to_bytes(answer.into_body(), 1 << 20).await.unwrap().is_empty(), "{path}");
    }
}

#[tokio::test]
async fn the_filter_of_the_list_is_the_filter_of_the_file() {
    let app = filled().await;
    let file = app.get("/deals/export.csv?statut=qualifi%C3%A9&limit=1&sort=montant_brut").await;
    let lines: Vec<&str> = file.text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines,
        [
            "Client;Statut;Montant brut;Secteur;Date d'échéance;Responsable;Notes",
            "Même nom;qualifié;10,00;;;;",
            "Même nom;qualifié;20,00;;;;'@autre",
        ]
    );
    assert_eq!(app.get("/deals/export.csv?statut=x").await.status.as_u16(), 400);
    let log = app.get("/api/access/audit").await.text;
    assert!(log.contains("GET /deals/export.csv"), "{log}");
}

#[tokio::test]
async fn a_workbook_holds_texts_numbers_and_days() {
    let app = filled().await;
    let answer = app.router().oneshot(request(Method::GET, "/deals/export.xlsx")).await.unwrap();
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut book.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet)
        .unwrap();
    assert_eq!(sheet.matches("<row>").count(), 7);
    for part in [
        "<t xml:space=\"preserve\">=HYPERLINK(\"x\")</t>",
        "<c s=\"1\"><v>1234.56</v></c>",
        "<c s=\"2\"><v>46347</v></c>",
        "<t xml:space=\"preserve\">L'Œnothèque €</t>",
    ] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
}
