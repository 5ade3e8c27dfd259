//! What may be typed into the form.

use std::collections::BTreeMap;

use crate::connector::{Connector, Context, Settings};
use crate::error::ErrorKind;
use crate::http::{Http, Policy};
use crate::pipedrive::Pipedrive;
use crate::pipedrive::settings::company;

#[test]
fn a_company_is_found_in_whatever_is_typed() {
    for (typed, found) in [
        ("acme", Some("acme")),
        (" Acme-2 ", Some("acme-2")),
        ("acme.pipedrive.com", Some("acme")),
        ("https://acme.pipedrive.com", Some("acme")),
        ("https://acme.pipedrive.com/pipeline/1/user/everyone?x=1#y", Some("acme")),
        ("http://acme.pipedrive.com/", Some("acme")),
        ("", None),
        ("-acme", None),
        ("ma cave", None),
        ("acme.example.com", None),
        ("https://acme.pipedrive.com.example.com", None),
        ("https://acme@evil.example/.pipedrive.com", None),
        ("a.b.pipedrive.com", None),
        ("https://app.pipedrive.com/deal/1", None),
        ("acme/../x", None),
    ] {
        assert_eq!(company(typed).as_deref(), found, "{typed}");
    }
}

fn form(values: &[(&str, &str)], secrets: &[(&str, &str)]) -> Settings {
    let own = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    let secrets = own(secrets).into_iter().map(|(key, secret)| (key, secret.into())).collect();
    Settings { values: own(values), secrets }
}

const COMPANY: (&str, &str) = ("company_domain", "acme");
const OAUTH: (&str, &str) = ("auth_type", "oauth2");
const CLIENT: (&str, &str) = ("client_id", "me");

#[test]
fn each_way_of_access_asks_for_its_own() {
    let http = Http::new(Policy::without_waiting()).unwrap();
    let context = Context { http, base_url: None, tokens: None };
    let secret = ("client_secret", "s3cret");
    let refresh = ("oauth_grant", "refresh_token");
    for (settings, lacks) in [
        (form(&[COMPANY], &[("api_token", "0123")]), None),
        (form(&[COMPANY], &[]), Some("Token d'API")),
        (form(&[], &[("api_token", "0123")]), Some("Entreprise")),
        (form(&[("company_domain", "ma cave")], &[("api_token", "0123")]), Some("Entreprise")),
        (form(&[COMPANY, ("object_type", "leads")], &[("api_token", "0123")]), Some("Objet")),
        (form(&[COMPANY, OAUTH, CLIENT], &[secret]), None),
        (form(&[COMPANY, OAUTH], &[secret]), Some("Identifiant de l'application")),
        (form(&[COMPANY, OAUTH, CLIENT, refresh], &[secret]), Some("Jeton de renouvellement")),
    ] {
        let connected = Pipedrive.connect(&context, settings).err();
        let message = connected.as_ref().map(|error| error.message.fr.as_ref());
        assert_eq!(connected.as_ref().map(|error| error.kind), lacks.map(|_| ErrorKind::InvalidSettings));
        assert!(lacks.is_none_or(|label| message.is_some_and(|said| said.contains(label))), "{message:?}");
    }
}

#[test]
fn a_person_agrees_at_pipedrive_and_nowhere_else() {
    let http = Http::new(Policy::without_waiting()).unwrap();
    let context = Context { http, base_url: None, tokens: None };
    assert!(Pipedrive.oauth2(&context, &form(&[COMPANY], &[("api_token", "0123")])).is_none());
    let settings = form(&[COMPANY, OAUTH, CLIENT], &[("client_secret", "s3cret")]);
    let client = Pipedrive.oauth2(&context, &settings).unwrap().unwrap();
    assert_eq!(client.token_url.as_str(), "https://oauth.pipedrive.com/oauth/token");
    let page = client.authorize("http://127.0.0.1:3000/oauth/callback", "s", "c").unwrap();
    assert!(
        page.as_str()
            .starts_with("https://oauth.pipedrive.com/oauth/authorize?response_type=code&client_id=me")
    );
}
