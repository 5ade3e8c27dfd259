//! Creations by a field that is the key of its records.

use connectors::{ErrorKind, Outcome, Write};
use sandbox::salesforce::{Field, FieldType};
use sandbox::{Fault, Kind, Rule};
use serde_json::{Value, json};

use super::{SalesforceService, connection, held, sample_with, text, with};
use crate::fixture::{Fixture, Opened, open_keyed};

async fn keyed() -> Opened<SalesforceService> {
    open_keyed::<SalesforceService>().await.expect("a key")
}

fn without_key(opened: &Opened<SalesforceService>, number: usize) -> Write {
    let mut sample = SalesforceService::sample(number);
    sample.remove("Key__c");
    opened.create(&sample)
}

#[tokio::test]
async fn an_unclear_creation_is_repeated_without_looking() {
    let opened = keyed().await;
    for fault in [Fault::DoneThenStatus(502), Fault::DoneThenDropped, Fault::CutJson, Fault::Dropped] {
        opened.script(Rule::new(Kind::Upsert, fault));
    }
    // None of the records says its key: each gets one.
    let batch: Vec<Write> = (0..230).map(|number| without_key(&opened, number)).collect();
    opened.service.log().clear();
    let outcomes = opened.connection.write(&opened.stream, &batch).await.expect("outcomes");
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Written(_))));
    assert_eq!(opened.service.stored().len(), 230);
    assert_eq!(opened.service.log().count(Kind::Upsert), 2 + 4);
    let lookups = opened.service.log().of(Kind::List);
    assert!(lookups.iter().all(|entry| !entry.query.contains("CreatedDate")), "nothing was looked for");
    let Outcome::Written(id) = &outcomes[0] else { panic!("{:?}", outcomes[0]) };
    assert_eq!(held(&opened, id, "Key__c").as_str().map(str::len), Some(43));
}

#[tokio::test]
async fn one_key_is_one_record() {
    let opened = keyed().await;
    let create = |amount: f64| opened.create(&sample_with("Amount", model::Value::Number(amount)));
    let outcomes =
        opened.connection.write(&opened.stream, &[create(1.0), create(2.0)]).await.expect("outcomes");
    let [Outcome::Written(id), Outcome::Rejected(reason)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert!(reason.fr.contains("clé-1"), "{reason:?}");
    let again = opened.connection.write(&opened.stream, &[create(3.0)]).await.expect("outcomes");
    assert_eq!(again, [Outcome::Written(id.clone())]);
    assert_eq!(held(&opened, id, "Amount"), json!(3));
    // A record refused for itself leaves the others alone.
    let long = opened.create(&sample_with("Name", text(&"x".repeat(121))));
    let outcomes =
        opened.connection.write(&opened.stream, &[long, without_key(&opened, 2)]).await.expect("outcomes");
    assert!(matches!(outcomes[..], [Outcome::Rejected(_), Outcome::Written(_)]), "{outcomes:?}");
}

#[tokio::test]
async fn a_key_that_cannot_be_made_is_looked_up_as_without_one() {
    let service = SalesforceService::start(false).await;
    service.deals().add_field(Field::new("Number__c", "Numéro", FieldType::Double).external_id());
    let settings = with(service.settings(), "external_id_field", "Number__c");
    let connection = connection(&service, settings);
    let stream = crate::fixture::stream_of(&*connection, SalesforceService::STREAM).await;
    let opened = Opened { service, connection, stream };
    opened.script(Rule::new(Kind::Create, Fault::DoneThenDropped));
    let outcomes =
        opened.connection.write(&opened.stream, &[without_key(&opened, 1)]).await.expect("outcomes");
    let [Outcome::Written(id)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_eq!((opened.service.stored().len(), held(&opened, id, "Number__c")), (1, Value::Null));
}

#[tokio::test]
async fn a_field_that_is_no_key_is_refused_with_those_that_are() {
    let service = SalesforceService::start(false).await;
    for (object, field, words) in [("Opportunity", "Name", "Key__c"), ("Account", "Key__c", "ID externe")] {
        let settings = with(with(service.settings(), "external_id_field", field), "object_type", object);
        let error = connection(&service, settings).check().await.expect_err("no key");
        assert_eq!(error.kind, ErrorKind::InvalidSettings);
        assert!(error.message.fr.contains(field), "{error}");
        let hint = error.hint.expect("a hint");
        assert!(hint.fr.contains(words), "{hint:?}");
    }
}
