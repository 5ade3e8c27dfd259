//! Services with a name of their own are asked at their own hosts, whatever is typed into their forms.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use model::ConnectorSpec;
use model::spec::FieldKind;
use reqwest::dns::{Name, Resolve, Resolving};
use secrecy::SecretString;

use super::{Http, Policy};
use crate::connector::{Connector, Context, Settings};

/// A service that is where its makers say.
struct Named {
    id: &'static str,
    /// Its hosts; it may have others below them.
    hosts: &'static [&'static str],
    /// The way in that is tried, where the form has several.
    way: &'static [(&'static str, &'static str)],
}

const fn named(id: &'static str, hosts: &'static [&'static str]) -> Named {
    Named { id, hosts, way: &[] }
}

const SERVICES: [Named; 6] = [
    named("airtable", &["api.airtable.com"]),
    named("bamboohr", &["bamboohr.com"]),
    Named {
        id: "google_sheets",
        hosts: &["sheets.googleapis.com", "oauth2.googleapis.com"],
        way: &[("auth_type", "refresh_token")],
    },
    named("hubspot", &["api.hubapi.com"]),
    named("notion", &["api.notion.com"]),
    named("pipedrive", &["pipedrive.com"]),
];

/// Those that are wherever their users say.
const ANYWHERE: [&str; 4] = ["odoo", "rest_api", "salesforce", "workday"];

/// What could lead elsewhere from the place of a word in an address.
const HOSTILE: [&str; 9] = [
    "evil.example",
    "https://evil.example/",
    "//evil.example/",
    "evil.example/#",
    "evil.example?",
    "x@evil.example",
    "evil.example\\",
    "../../@evil.example:443/",
    "acme.evil.example",
];

/// Keeps what it is asked for, and knows no name.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<BTreeSet<String>>>);

impl Asked {
    /// The names since this was asked last.
    fn names(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Resolve for Asked {
    fn resolve(&self, name: Name) -> Resolving {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.as_str().to_owned());
        Box::pin(async { Err("nobody has that name".into()) })
    }
}

/// The form filled in as its examples say, where nothing is to be chosen.
fn filled(spec: &ConnectorSpec, way: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for field in
        spec.fields().filter(|field| !matches!(field.kind, FieldKind::Toggle | FieldKind::Choice { .. }))
    {
        let example = field.example.clone();
        if field.kind.is_secret() {
            settings.secrets.insert(field.key.clone(), example.into());
        } else {
            settings.values.insert(field.key.clone(), example);
        }
    }
    settings.values.extend(way.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    settings
}

/// The program's way out, and who is asked for every name.
struct Out {
    http: Http,
    asked: Asked,
}

impl Out {
    fn new() -> Out {
        let asked = Asked::default();
        let policy = Policy { attempts: 1, ..Policy::without_waiting() };
        let http = Http::with_names(policy, Arc::new(asked.clone())).expect("clients");
        Out { http, asked }
    }

    /// The names that are looked up while such an account is tried.
    async fn looked_up(&self, connector: &dyn Connector, settings: Settings) -> BTreeSet<String> {
        let context = Context { http: self.http.clone(), base_url: None, tokens: None };
        if let Ok(connection) = connector.connect(&context, settings) {
            assert!(connection.check().await.is_err() && connection.discover().await.is_err());
        }
        self.asked.names()
    }
}

#[tokio::test]
async fn a_named_service_is_asked_at_its_own_hosts() {
    let (out, mut anywhere) = (Out::new(), Vec::new());
    for connector in crate::all() {
        let spec = connector.spec();
        let Some(Named { hosts, way, .. }) = SERVICES.iter().find(|named| named.id == spec.id) else {
            anywhere.push(spec.id);
            continue;
        };
        let is_its_own = |name: &String| {
            hosts
                .iter()
                .any(|host| name == host || name.strip_suffix(host).is_some_and(|word| word.ends_with('.')))
        };
        let names = out.looked_up(&*connector, filled(&spec, way)).await;
        assert!(!names.is_empty() && names.iter().all(is_its_own), "{}: {names:?}", spec.id);
        for field in spec.fields() {
            assert_ne!(field.kind, FieldKind::Url, "{} takes an address: {}", spec.id, field.key);
            for typed in HOSTILE {
                let mut settings = filled(&spec, way);
                if field.kind.is_secret() {
                    settings.secrets.insert(field.key.clone(), SecretString::from(typed));
                } else {
                    settings.values.insert(field.key.clone(), typed.to_owned());
                }
                let names = out.looked_up(&*connector, settings).await;
                assert!(names.iter().all(is_its_own), "{} {} {typed}: {names:?}", spec.id, field.key);
            }
        }
    }
    assert_eq!(anywhere, ANYWHERE);
}
