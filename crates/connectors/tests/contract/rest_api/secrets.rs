//! What is refused in the form, and what never comes out of it.

use connectors::http::{Http, Policy};
use connectors::rest_api::RestApi;
use connectors::{Connector, Context, ErrorKind, Settings};
use secrecy::SecretString;

use super::{filled, open, rows};

fn refused(values: &[(&str, &str)], secrets: &[(&str, &str)]) -> connectors::Error {
    let mut all = vec![("url", "https://api.example.com/v1/rows")];
    all.extend(values);
    let settings = Settings {
        values: all.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        secrets: secrets.iter().map(|(key, value)| ((*key).to_owned(), SecretString::from(*value))).collect(),
    };
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: None, tokens: None };
    match RestApi.connect(&context, settings) {
        Err(error) => error,
        Ok(_) => panic!("{values:?} is accepted"),
    }
}

#[tokio::test]
async fn every_field_that_is_wrong_is_told() {
    for (values, secrets, words) in [
        (&[("headers", "Authorization: Bearer x")][..], &[][..], "ne serait pas chiffrée"),
        (&[("headers", r#"{"cookie": "a=b"}"#)], &[], "ne serait pas chiffrée"),
        (&[("headers", "X-API-Key: x")], &[], "ne serait pas chiffrée"),
        (&[("headers", "Host: x")], &[], "fixé par Passerelle"),
        (&[("headers", "Accept-Encoding: gzip")], &[], "fixé par Passerelle"),
        (&[("headers", "no colon")], &[], "En-têtes"),
        (&[("headers", "é: x")], &[], "en-tête"),
        (&[("params", "[1]")], &[], "Paramètres"),
        (&[("method", "DELETE")], &[], "GET, POST"),
        (&[("url", "ftp://x")], &[], "Adresse"),
        (&[("data_path", "a..b")], &[], "n'est pas un chemin"),
        (&[("data_path", "$.[[")], &[], "n'est pas un chemin"),
        (&[("paging", "cursor")], &[], "Paramètre du curseur"),
        (&[("paging", "cursor"), ("cursor_param", "c"), ("cursor_path", "a.")], &[], "n'est pas un chemin"),
        (&[("paging", "page"), ("page_size", "0")], &[], "entre 1 et"),
        (&[("paging", "page"), ("first_page", "one")], &[], "entre 0 et"),
        (&[("method", "POST"), ("paging_in", "body"), ("body", "[]")], &[], "objet JSON"),
        (&[("since_param", "since")], &[], "Colonne de modification"),
        (&[("since_path", "at")], &[], "Paramètre de modification"),
        (&[("auth_type", "api_key")], &[], "Clé d'API"),
        (&[("auth_type", "bearer")], &[("token", "two words")], "Jeton"),
        (&[("auth_type", "basic")], &[("password", "x")], "Identifiant"),
        (&[("auth_type", "oauth2")], &[], "Adresse des jetons"),
        (
            &[("auth_type", "oauth2"), ("token_url", "https://a.example.com/t"), ("client_id", "c")],
            &[],
            "Secret de l'application",
        ),
    ] {
        let error = refused(values, secrets);
        assert_eq!(error.kind, ErrorKind::InvalidSettings, "{values:?}: {error}");
        assert!(error.message.fr.contains(words), "{values:?}: {error}");
        assert!(error.hint.is_some(), "{values:?}");
    }
}

#[tokio::test]
async fn an_address_of_the_private_network_is_refused() {
    let simulator = filled(1).await;
    let mut settings = super::settings(&simulator, "all", &[]);
    settings.values.insert("url".to_owned(), format!("{}/all", simulator.url()));
    let http = Http::new(Policy::without_waiting()).expect("a client");
    let context = Context { http, base_url: None, tokens: None };
    let connection = RestApi.connect(&context, settings).expect("a connection");
    let error = connection.check().await.expect_err("loopback");
    assert_eq!(error.kind, ErrorKind::InvalidSettings, "{error}");
    assert_eq!(simulator.log().entries().len(), 0);
}

#[tokio::test]
async fn what_is_left_over_in_hidden_fields_does_nothing() {
    let simulator = filled(3).await;
    let values = [("paging", "none"), ("page_size", "many"), ("cursor_path", "a."), ("max_pages", "1")];
    assert_eq!(rows(&*open(&simulator, "all", &values)).await.expect("rows").len(), 3);
}
