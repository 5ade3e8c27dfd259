//! What is particular to writing to Salesforce.

use connectors::{ErrorKind, Outcome, Write};
use model::Value;
use sandbox::{Answer, Fault, Kind, Rule};
use serde_json::json;

use super::{SalesforceService, connection, held, sample_with, text};
use crate::fixture::{Fixture, Opened, open};

async fn outcomes(opened: &Opened<SalesforceService>, batch: &[Write]) -> Vec<Outcome> {
    opened.connection.write(&opened.stream, batch).await.expect("outcomes")
}

/// Why each record was refused.
fn reasons(outcomes: &[Outcome]) -> Vec<&str> {
    fn reason(outcome: &Outcome) -> &str {
        match outcome {
            Outcome::Rejected(reason) => &reason.fr,
            other => panic!("{other:?}"),
        }
    }
    outcomes.iter().map(reason).collect()
}

#[tokio::test]
async fn what_does_not_fit_is_refused_before_it_is_sent() {
    let opened = open::<SalesforceService>(1).await;
    let id = opened.service.stored()[0].clone();
    let mut undated = SalesforceService::sample(1);
    undated.remove("CloseDate");
    let mut unnamed = SalesforceService::sample(1);
    unnamed.retain(|field, _| !matches!(*field, "Name" | "AccountId"));
    let batch = [
        opened.create(&sample_with("StageName", text("Signé"))),
        opened.create(&undated),
        opened.create(&sample_with("CloseDate", Value::Empty)),
        opened.create(&unnamed),
        opened.create(&sample_with("Amount", text("beaucoup"))),
        opened.create(&sample_with("Tags__c", Value::List(vec![text("Alpha"), text("Oméga")]))),
        opened.create(&sample_with("AccountId", text("Personne"))),
        opened.create(&sample_with("IsWon", Value::Bool(true))),
        opened.update(&id, &[("CloseDate", Value::Empty)].into()),
    ];
    let outcomes = outcomes(&opened, &batch).await;
    let told = [
        "Les valeurs sont : Prospecting, Qualification",
        "sans « Close Date ». Donnez une échéance",
        "sans « Close Date ». Donnez une échéance",
        "sans « Name »",
        "« beaucoup » ne convient pas",
        "« Oméga » n'est pas une valeur du champ « Tags »",
        "ne connaît pas « Personne » pour le champ « Account ID »",
        "Rien ne peut être écrit dans le champ « Won »",
        "« Close Date » de Salesforce ne peut pas être vide",
    ];
    for (reason, words) in reasons(&outcomes).into_iter().zip(told) {
        assert!(reason.contains(words), "{reason}");
    }
    assert_eq!(opened.service.log().count(Kind::Write), 0);
}

#[tokio::test]
async fn what_the_service_refuses_is_told_in_plain_words() {
    let opened = open::<SalesforceService>(2).await;
    let ids = opened.service.stored();
    opened.service.simulator.remove_stage("Prospecting");
    let deals = opened.service.deals();
    deals.retire_pick("LeadSource", "Web");
    deals.demand("Description", "Décrivez l'affaire en une phrase.");
    deals.freeze(&ids[0]);
    let change = |id: &str, field, value| opened.update(id, &[(field, value)].into());
    let batch = [
        opened.create(&sample_with("StageName", text("Prospecting"))),
        opened.create(&sample_with("LeadSource", text("Web"))),
        opened.create(&sample_with("Name", Value::Text("x".repeat(121)))),
        opened.create(&sample_with("Description", Value::Empty)),
        change(&ids[0], "Amount", Value::Number(1.0)),
    ];
    let outcomes = outcomes(&opened, &batch).await;
    let told = [
        "« Prospecting » n'est plus une valeur du champ « Stage »",
        "« Web » n'est plus une valeur du champ « Lead Source »",
        "dépasse les 120 caractères du champ « Name »",
        "règle de validation de votre Salesforce refuse cet enregistrement : Décrivez l'affaire en une phrase.",
        "n'a pas le droit de modifier cet enregistrement",
    ];
    for (reason, words) in reasons(&outcomes).into_iter().zip(told) {
        assert!(reason.contains(words), "{reason}");
    }
    assert_eq!(
        opened.service.log().count(Kind::Create),
        1,
        "one collection, whatever becomes of its records"
    );
}

#[tokio::test]
async fn links_are_looked_up_at_once_whatever_their_names() {
    let opened = open::<SalesforceService>(0).await;
    let accounts = opened.service.simulator.table("Account");
    let names: Vec<String> =
        (0..150).map(|number| format!("L'Éts \\ n° {number} « é' OR Name != '»")).collect();
    let ids = accounts.make(names.iter().map(|name| json!({"Name": name})));
    accounts.make([json!({"Name": "Jumeaux"}), json!({"Name": "jumeaux"})]);
    let twin = accounts.ids().pop().expect("an account");
    let mut batch: Vec<Write> =
        names.iter().map(|name| opened.create(&sample_with("AccountId", text(name)))).collect();
    batch.push(opened.create(&sample_with("AccountId", text("Jumeaux"))));
    batch.push(opened.create(&sample_with("AccountId", text(&twin))));
    batch.push(opened.create(&sample_with("OwnerId", text("PASSERELLE@example.com"))));
    opened.service.log().clear();
    let outcomes = outcomes(&opened, &batch).await;
    for (outcome, account) in outcomes.iter().zip(&ids) {
        let Outcome::Written(id) = outcome else { panic!("{outcome:?}") };
        assert_eq!(held(&opened, id, "AccountId"), json!(account));
    }
    assert!(reasons(&outcomes[150..151])[0].contains("Plusieurs enregistrements"));
    let Outcome::Written(id) = &outcomes[151] else { panic!("{:?}", outcomes[151]) };
    assert_eq!(held(&opened, id, "AccountId"), json!(twin));
    assert!(matches!(outcomes[152], Outcome::Written(_)), "{:?}", outcomes[152]);
    let asked = opened.service.log().count(Kind::List);
    assert!(asked <= 5, "{asked} queries for 152 names");
}

#[tokio::test]
async fn an_opportunity_without_a_name_takes_that_of_its_account() {
    let opened = open::<SalesforceService>(0).await;
    let mut record = SalesforceService::sample(1);
    record.remove("Name");
    let outcomes = outcomes(&opened, &[opened.create(&record)]).await;
    let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_eq!(held(&opened, id, "Name"), json!("L'Île d'Yeu"));
}

#[tokio::test]
async fn what_is_locked_is_tried_again_and_nothing_else_is() {
    let opened = open::<SalesforceService>(3).await;
    let ids = opened.service.stored();
    let accounts = opened.service.simulator.table("Account");
    opened.service.deals().lock(&ids[1], 2);
    // Records that belong to a locked account find it locked.
    accounts.lock(&accounts.ids()[0], 3);
    let mut batch: Vec<Write> =
        ids.iter().map(|id| opened.update(id, &[("Amount", Value::Number(9.0))].into())).collect();
    batch.extend((0..4).map(|number| opened.create(&SalesforceService::sample(number))));
    let written = outcomes(&opened, &batch).await;
    assert!(written.iter().all(|outcome| matches!(outcome, Outcome::Written(_))), "{written:?}");
    assert_eq!(opened.service.stored().len(), 7);
    assert!(ids.iter().all(|id| held(&opened, id, "Amount") == json!(9)));

    opened.service.deals().lock(&ids[0], 1_000);
    let outcomes = outcomes(&opened, &[opened.update(&ids[0], &SalesforceService::sample(1))]).await;
    assert!(reasons(&outcomes)[0].contains("Relancez dans un instant"));
}

#[tokio::test]
async fn what_was_created_keeps_its_id_when_the_locked_rest_fails() {
    let opened = open::<SalesforceService>(0).await;
    let accounts = opened.service.simulator.table("Account");
    accounts.lock(&accounts.ids()[0], 1);
    // The second call is the one that sends what was locked again.
    opened.script(Rule::new(Kind::Create, Fault::Status(500)).from_nth(2));
    let batch: Vec<Write> = (0..2).map(|number| opened.create(&SalesforceService::sample(number))).collect();
    let outcomes = outcomes(&opened, &batch).await;
    let [Outcome::NotWritten(error), Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_eq!(error.kind, ErrorKind::Unavailable);
    assert_eq!(opened.service.stored(), std::slice::from_ref(id));
}

#[tokio::test]
async fn a_twin_that_was_locked_is_not_taken_for_the_one_that_was_created() {
    let opened = open::<SalesforceService>(0).await;
    let accounts = opened.service.simulator.table("Account");
    accounts.lock(&accounts.ids()[1], 1);
    // The first twin finds its account locked, and its second sending is done without an answer.
    opened.script(Rule::new(Kind::Create, Fault::DoneThenDropped).nth(2));
    let twin = opened.create(&SalesforceService::sample(1));
    let outcomes = outcomes(&opened, &[twin.clone(), twin]).await;
    let [Outcome::Written(first), Outcome::Written(second)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_ne!(first, second);
    assert_eq!(opened.service.stored(), [second.clone(), first.clone()]);
}

#[tokio::test]
async fn what_was_created_keeps_its_id_beside_a_field_that_went_away() {
    let opened = open::<SalesforceService>(0).await;
    let keyed = opened.service.keyed_settings().expect("settings with a key");
    let missing = "No such column 'Tags__c' on sobject of type Opportunity";
    let fault = json!({"statusCode": "INVALID_FIELD", "message": missing, "fields": []});
    let answer = json!([
        {"success": false, "errors": [fault]},
        {"id": "006D000000IqhSLIAZ", "success": true, "errors": []},
    ]);
    let batch = [1, 2].map(|number| opened.create(&SalesforceService::sample(number)));
    for settings in [opened.service.settings(), keyed] {
        let connection = connection(&opened.service, settings);
        opened.script(Rule::new(Kind::Write, Fault::Answer(Answer::json(200, &answer))));
        let outcomes = connection.write(&opened.stream, &batch).await.expect("outcomes");
        let [Outcome::NotWritten(error), Outcome::Written(id)] = &outcomes[..] else {
            panic!("{outcomes:?}")
        };
        assert!(error.message.fr.contains("« Tags »"), "{error}");
        assert_eq!(id, "006D000000IqhSLIAZ");
        assert_eq!(opened.service.faults().pending(), 0);
    }
}

#[tokio::test]
async fn a_name_that_came_with_an_address_is_not_taken_for_the_only_one() {
    let opened = open::<SalesforceService>(0).await;
    opened.service.simulator.table("User").make(["un", "deux"].map(|number| {
        let address = format!("{number}@example.com");
        json!({
            "Username": address, "FirstName": "Camille", "LastName": "Martin", "Email": address,
            "IsActive": true,
        })
    }));
    let owned_by = |owner: &str| [opened.create(&sample_with("OwnerId", text(owner)))];
    let by_address = outcomes(&opened, &owned_by("un@example.com")).await;
    assert!(matches!(by_address[..], [Outcome::Written(_)]), "{by_address:?}");
    let by_name = outcomes(&opened, &owned_by("Camille Martin")).await;
    assert!(reasons(&by_name)[0].contains("Plusieurs enregistrements"), "{by_name:?}");
}

#[tokio::test]
async fn gone_is_what_is_not_there_however_it_is_said() {
    let opened = open::<SalesforceService>(4).await;
    let ids = opened.service.stored();
    let deals = opened.service.deals();
    assert!(deals.delete(&ids[0]) && deals.purge(&ids[1]));
    let accounts = opened.service.simulator.table("Account");
    let account = accounts.make([json!({"Name": "Éphémère"})]).remove(0);
    let change = opened.update(&ids[2], &[("AccountId", text("Éphémère"))].into());
    outcomes(&opened, std::slice::from_ref(&change)).await;
    accounts.delete(&account);
    let amount = |id: &str| opened.update(id, &[("Amount", Value::Number(1.0))].into());
    let batch = [amount(&ids[0]), amount(&ids[1]), amount("nonsense"), change, amount(&ids[3])];
    let outcomes = outcomes(&opened, &batch).await;
    assert_eq!(outcomes[..3], [Outcome::Gone, Outcome::Gone, Outcome::Gone]);
    assert!(
        matches!(outcomes[3], Outcome::Rejected(_)),
        "the account is gone, not the record: {:?}",
        outcomes[3]
    );
    assert_eq!(outcomes[4], Outcome::Written(ids[3].clone()));
}

#[tokio::test]
async fn a_record_that_another_made_meanwhile_is_not_taken() {
    let opened = open::<SalesforceService>(0).await;
    // Somebody made the same minutes ago.
    let other = outcomes(&opened, &[opened.create(&SalesforceService::sample(1))]).await;
    opened.service.simulator.clock().advance(std::time::Duration::from_secs(120));
    opened.script(Rule::new(Kind::Create, Fault::Dropped));
    let mine = outcomes(&opened, &[opened.create(&SalesforceService::sample(1))]).await;
    assert_ne!(mine, other);
    assert_eq!(opened.service.stored().len(), 2);
}
