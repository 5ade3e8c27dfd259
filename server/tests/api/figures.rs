//! `/api/kpis`, `/api/analytics`, `/api/filters/options` and `/api/settings`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use hub::{Clock, HubOptions};
use serde_json::{Value, json};

use crate::harness::{TestApp, request, with_header};

/// A program whose day the test says: day 0 is 1 November 2026, at noon.
struct Calendar {
    app: TestApp,
    hours: Arc<AtomicI64>,
}

impl Calendar {
    async fn start() -> Calendar {
        let hours = Arc::new(AtomicI64::new(0));
        let told = hours.clone();
        let begin: DateTime<Utc> = "2026-11-01T12:00:00Z".parse().unwrap();
        let clock = Clock::of(move || begin + TimeDelta::hours(told.load(Ordering::SeqCst)));
        let app = TestApp::start_as(|options| HubOptions { clock, ..options }).await;
        Calendar { app, hours }
    }

    fn is_day(&self, day: i64) {
        self.hours.store(day * 24, Ordering::SeqCst);
    }

    async fn create(&self, deal: Value) -> i64 {
        let answer = self.app.post("/api/deals", deal).await;
        assert_eq!(answer.status.as_u16(), 201, "{}", answer.text);
        answer.data()["id"].as_i64().unwrap()
    }

    async fn becomes(&self, id: i64, statut: &str) {
        let answer = self.app.put(&format!("/api/deals/{id}"), json!({"statut": statut})).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
    }

    async fn data(&self, path: &str) -> Value {
        self.app.get(path).await.data()
    }
}

/// Six deals, on day 20.
async fn a_month() -> Calendar {
    let calendar = Calendar::start().await;
    let deal = |client: &str,
                statut: &str,
                amount: f64,
                sector: Option<&str>,
                due: Option<&str>,
                who: &str| {
        json!({
            "client": client, "statut": statut, "montant_brut": amount, "secteur": sector, "date_echeance": due,
            "assignee": who
        })
    };
    let quick = calendar.create(deal("Élan", "prospect", 1000.10, Some("Santé"), None, "Anne")).await;
    let slow = calendar.create(deal("Brun", "négociation", 2000.20, Some("Énergie"), None, "Anne")).await;
    calendar.create(deal("Vieux", "qualifié", 0.35, None, Some("2026-11-20"), "Bruno")).await;
    calendar.create(deal("Signé", "gagné", 500.0, Some("Santé"), None, "Bruno")).await;
    calendar.is_day(3);
    calendar.becomes(quick, "gagné").await;
    calendar.is_day(10);
    calendar.becomes(slow, "perdu").await;
    calendar.becomes(slow, "gagné - en cours").await;
    calendar.is_day(20);
    // What is changed after it was won is as fast as it was.
    calendar.becomes(quick, "gagné - en cours").await;
    calendar.create(deal("Neuf", "prospect", 100.0, Some("Énergie"), Some("2026-11-21"), "Anne")).await;
    calendar.create(deal("Perdu", "perdu", 99.99, Some("Énergie"), Some("2026-01-01"), "Anne")).await;
    calendar
}

#[tokio::test]
async fn the_figures_at_the_top_follow_the_filter_and_the_language() {
    let calendar = a_month().await;
    let kpis = calendar.data("/api/kpis").await;
    assert_eq!(
        kpis,
        json!({
            // 1000.10 + 2000.20 + 0.11 (30 % of 0.35, to the cent) + 500 + 10
            "pipeline_pondere": 3510.41, "pipeline_pondere_formatted": "3\u{202f}510,41\u{a0}€",
            "panier_moyen": 616.77, "panier_moyen_formatted": "616,77\u{a0}€",
            "nombre_deals": 6, "nombre_deals_formatted": "6",
            "deals_gagnes": 3, "deals_gagnes_formatted": "3",
            "taux_conversion": 50.0, "taux_conversion_formatted": "50\u{a0}%",
            // 3 and 10 days; nobody knows it of the deal that came in won.
            "vitesse_vente_moyenne": 6.5, "vitesse_vente_moyenne_formatted": "6,5\u{a0}jours",
            "nb_cold_deals": 1, "nb_cold_deals_formatted": "1",
        })
    );
    let english = request(Method::GET, "/api/kpis?secteur=Sant%C3%A9&secteur=");
    let kpis = calendar.app.send(with_header(english, "accept-language", "en")).await.data();
    assert_eq!(kpis["nombre_deals"], 3);
    assert_eq!(kpis["taux_conversion_formatted"], "66.7%");
    assert_eq!(kpis["panier_moyen_formatted"], "€500.15");
    let none = calendar.data("/api/kpis?search=personne").await;
    assert_eq!((&none["vitesse_vente_moyenne"], &none["panier_moyen"]), (&Value::Null, &json!(0.0)));
    assert_eq!(none["vitesse_vente_moyenne_formatted"], "—");
}

#[tokio::test]
async fn sectors_people_and_times_are_told() {
    let calendar = a_month().await;
    let sectors = calendar.data("/api/analytics/sectors").await;
    assert_eq!(
        sectors,
        json!([
            {"secteur": "Énergie", "nombre_deals": 3, "montant_brut": 2200.19, "valeur_ponderee": 2010.2},
            {"secteur": "Santé", "nombre_deals": 2, "montant_brut": 1500.1, "valeur_ponderee": 1500.1},
            {"secteur": null, "nombre_deals": 1, "montant_brut": 0.35, "valeur_ponderee": 0.11},
        ])
    );
    let people = calendar.data("/api/analytics/performance").await;
    assert_eq!(
        people[0],
        json!({
            "assignee": "Anne", "nombre_deals": 4, "deals_gagnes": 2, "taux_conversion": 50.0,
            "montant_brut": 3200.29, "montant_gagne": 3000.3
        })
    );
    assert_eq!((&people[1]["assignee"], &people[1]["taux_conversion"]), (&json!("Bruno"), &json!(50.0)));
    let velocity = calendar.data("/api/analytics/velocity").await;
    assert_eq!(
        velocity,
        json!([
            {"secteur": "Santé", "deals_gagnes": 1, "jours": 3.0},
            {"secteur": "Énergie", "deals_gagnes": 1, "jours": 10.0},
        ])
    );
    assert_eq!(calendar.data("/api/analytics/velocity?assignee=Bruno").await, json!([]));
}

#[tokio::test]
async fn what_is_due_turns_on_the_day() {
    let calendar = a_month().await;
    let clients = |deals: &Value| -> Vec<String> {
        deals.as_array().unwrap().iter().map(|deal| deal["client"].as_str().unwrap().to_owned()).collect()
    };
    for (day, overdue, soon) in [
        (18, vec![], vec!["Vieux", "Neuf"]),
        (19, vec![], vec!["Vieux", "Neuf"]),
        (20, vec!["Vieux"], vec!["Neuf"]),
        (21, vec!["Vieux", "Neuf"], vec![]),
    ] {
        calendar.is_day(day);
        let due = calendar.data("/api/analytics/deadlines").await;
        assert_eq!(clients(&due["en_retard"]), overdue, "day {day}");
        assert_eq!(clients(&due["prochains_30_jours"]), soon, "day {day}");
        assert_eq!(due["nb_en_retard"], overdue.len(), "day {day}");
        assert_eq!(due["nb_prochains_30_jours"], soon.len(), "day {day}");
        assert_eq!(due["part_avec_date"], 50.0);
    }
}

#[tokio::test]
async fn the_threshold_of_cold_deals_is_set() {
    let calendar = a_month().await;
    assert_eq!(calendar.data("/api/settings").await, json!({"cold_days": 10}));
    let cold = calendar.data("/api/analytics/cold-deals").await;
    assert_eq!((&cold["seuil_jours"], &cold["nb_cold_deals"]), (&json!(10), &json!(1)));
    assert_eq!(cold["deals"][0]["client"], "Vieux");

    let set = calendar.app.put("/api/settings", json!({"cold_days": 20})).await;
    assert_eq!(set.data(), json!({"cold_days": 20}));
    assert_eq!(calendar.data("/api/kpis").await["nb_cold_deals"], 0, "20 days are not more than 20");
    calendar.is_day(21);
    assert_eq!(calendar.data("/api/kpis").await["nb_cold_deals"], 1);
    assert_eq!(calendar.data("/api/kpis?assignee=Anne").await["nb_cold_deals"], 0);

    for (wrong, part) in [
        (json!({}), "« cold_days » manquant"),
        (json!({"cold_days": 0}), "de 1 à 365"),
        (json!({"cold_days": 366}), "de 1 à 365"),
        (json!({"cold_days": -1}), "un nombre entier de jours de 1 à 365 attendu"),
        (json!({"cold_days": 1.5}), "un nombre entier de jours de 1 à 365 attendu"),
        (json!({"cold_days": "10"}), "un texte reçu"),
        (json!({"cold_days": 10, "x": 1}), "« x » n'existe pas"),
    ] {
        let error = calendar.app.put("/api/settings", wrong).await.refusal(400, "invalid");
        assert!(error.contains(part), "{error}");
    }
    assert_eq!(calendar.data("/api/settings").await, json!({"cold_days": 20}));
}

#[tokio::test]
async fn filters_offer_what_deals_have() {
    let calendar = a_month().await;
    let options = calendar.data("/api/filters/options").await;
    assert_eq!(options["statut"][4], "gagné - en cours");
    assert_eq!(
        (&options["secteur"], &options["assignee"]),
        (&json!(["Énergie", "Santé"]), &json!(["Anne", "Bruno"]))
    );
    let options = calendar.data("/api/filters/options?search=elan").await;
    assert_eq!((&options["secteur"], &options["assignee"]), (&json!(["Santé"]), &json!(["Anne"])));
}

#[tokio::test]
async fn one_screen_tells_the_same_as_its_parts() {
    let calendar = a_month().await;
    let filter = hub::DealFilter { assignee: vec!["Anne".to_owned()], ..hub::DealFilter::default() };
    let hub = &calendar.app.hub;
    let overview = hub.overview(&filter, hub.moment().await.unwrap()).await.unwrap();
    assert_eq!(overview.page.deals.len() as u64, overview.page.total);
    let screen = json!(overview.dashboard);
    for (part, path) in [
        ("secteurs", "sectors"),
        ("performance", "performance"),
        ("velocite", "velocity"),
        ("echeances", "deadlines"),
    ] {
        assert_eq!(
            screen[part],
            calendar.data(&format!("/api/analytics/{path}?assignee=Anne")).await,
            "{part}"
        );
    }
    let kpis = calendar.data("/api/kpis?assignee=Anne").await;
    for (name, value) in screen["kpis"].as_object().unwrap() {
        assert_eq!(&kpis[name], value, "{name}");
    }
    assert_eq!(screen["seuil_cold"], 10);
    assert_eq!(screen["options"], calendar.data("/api/filters/options").await, "of all deals");
    let sum = |part: &str| {
        screen[part].as_array().unwrap().iter().map(|row| row["nombre_deals"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!((sum("statuts"), sum("secteurs"), sum("performance")), (4, 4, 4));
    assert_eq!(screen["paniers"][0]["client"], "Brun");
}
