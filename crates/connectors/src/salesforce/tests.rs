//! What can be told without a service.

use std::collections::BTreeMap;

use model::Status;
use secrecy::SecretString;

use super::choices::Choices;
use super::links::Link;
use super::schema::{Object, RawObject};
use super::settings::{Access, SalesforceSettings, site};
use crate::connector::Settings;
use crate::error::ErrorKind;

fn settings(values: &[(&str, &str)], secrets: &[(&str, &str)]) -> Settings {
    let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    let values: BTreeMap<String, String> = values.iter().map(owned).collect();
    let secret = |pair: &(&str, &str)| (pair.0.to_owned(), SecretString::from(pair.1));
    Settings { values, secrets: secrets.iter().map(secret).collect() }
}

const SITE: (&str, &str) = ("instance_url", "https://macave.my.salesforce.com");
const ID: (&str, &str) = ("client_id", "3MVG9");
const SECRET: (&str, &str) = ("client_secret", "s3");

#[test]
fn an_address_is_that_of_the_organisation_s_api() {
    for (typed, read) in [
        ("https://macave.my.salesforce.com", "https://macave.my.salesforce.com/"),
        ("https://macave.my.salesforce.com/home/home.jsp?x=1#a", "https://macave.my.salesforce.com/"),
        ("https://macave.lightning.force.com/lightning/page/home", "https://macave.my.salesforce.com/"),
        ("https://macave--sbx.sandbox.lightning.force.com", "https://macave--sbx.sandbox.my.salesforce.com/"),
        ("https://macave.my.salesforce-setup.com/lightning/setup", "https://macave.my.salesforce.com/"),
    ] {
        assert_eq!(site(typed).unwrap().as_str(), read, "{typed}");
    }
    for wrong in ["https://login.salesforce.com", "https://test.salesforce.com/", "ftp://macave", "macave"] {
        assert_eq!(site(wrong).unwrap_err().kind, ErrorKind::InvalidSettings, "{wrong}");
    }
}

#[test]
fn what_is_given_tells_how_one_is_known() {
    type Pairs<'a> = &'a [(&'a str, &'a str)];
    type Is = fn(&Access) -> bool;
    let cases: [(Pairs, Pairs, Is); 6] = [
        (&[SITE], &[("access_token", "00D")], |access| matches!(access, Access::Token(_))),
        (&[SITE, ID], &[SECRET], |access| matches!(access, Access::ClientCredentials(_))),
        (&[SITE, ID], &[SECRET, ("refresh_token", "5A")], |access| {
            matches!(access, Access::RefreshToken(..))
        }),
        (&[SITE, ID, ("username", "a@b.fr")], &[("private_key", "x")], |access| {
            matches!(access, Access::Jwt { .. })
        }),
        (&[SITE, ID, ("auth_type", "authorization_code")], &[], |access| {
            matches!(access, Access::AuthorizationCode(_))
        }),
        (&[SITE, ID, ("auth_type", "client_credentials")], &[SECRET, ("access_token", "00D")], |access| {
            matches!(access, Access::ClientCredentials(_))
        }),
    ];
    for (values, secrets, is) in cases {
        let read = SalesforceSettings::parse(&settings(values, secrets)).unwrap();
        assert!(is(&read.access), "{values:?}");
        assert_eq!((read.object.as_str(), read.version.as_str()), ("Opportunity", "v62.0"));
    }
    for (values, secrets) in [
        (&[][..], &[("access_token", "00D")][..]),
        (&[SITE], &[]),
        (&[SITE, ID], &[]),
        (&[SITE], &[SECRET]),
        (&[SITE, ID], &[("private_key", "x")]),
        (&[SITE, ("api_version", "latest")], &[("access_token", "00D")]),
        (&[SITE, ID, ("auth_type", "refresh_token")], &[SECRET]),
    ] {
        let error =
            SalesforceSettings::parse(&settings(values, secrets)).err().expect("something is missing");
        assert_eq!(error.kind, ErrorKind::InvalidSettings, "{values:?}");
    }
    for version in ["62", "62.0", "V62.0"] {
        let read =
            SalesforceSettings::parse(&settings(&[SITE, ("api_version", version)], &[("access_token", "0")]));
        assert_eq!(read.unwrap().version, "v62.0");
    }
}

#[test]
fn a_label_leads_to_its_value_and_back() {
    let raw = r#"[
        {"active": true, "label": "Gagnée", "value": "Closed Won"},
        {"active": false, "label": "Ancienne", "value": "Old"},
        {"active": true, "label": null, "value": "Web"},
        {"active": true, "label": "Autre", "value": "Other"},
        {"active": true, "label": "Autre", "value": "Else"}
    ]"#;
    let choices = Choices::read(serde_json::from_str(raw).unwrap());
    assert_eq!(choices.labels(), ["Gagnée", "Web", "Autre (Other)", "Autre (Else)"]);
    for (text, value) in [
        ("Gagnée", Some("Closed Won")),
        (" gagnée ", Some("Closed Won")),
        ("closed won", Some("Closed Won")),
        ("Autre (Else)", Some("Else")),
        ("Autre", None),
        ("Ancienne", None),
        ("", None),
    ] {
        assert_eq!(choices.value(text), value, "{text}");
    }
    assert_eq!((choices.label("Old"), choices.label("Gone")), ("Ancienne", "Gone"));
}

#[test]
fn a_link_is_followed_where_the_name_is_known() {
    let read = |to: &[&str]| {
        let to = to.iter().map(|object| (*object).to_owned()).collect();
        Link::read(Some("There".to_owned()), to).map(|link| (link.path(), link.target().map(str::to_owned)))
    };
    let found = |path: &str, target: Option<&str>| Some((path.to_owned(), target.map(str::to_owned)));
    assert_eq!(read(&["Account"]), found("There.Name", Some("Account")));
    assert_eq!(read(&["Vigne__c"]), found("There.Name", Some("Vigne__c")));
    assert_eq!(read(&["Case"]), found("There.CaseNumber", Some("Case")));
    assert_eq!(read(&["Group", "User"]), found("There.Name", Some("User")));
    assert_eq!(read(&["Account", "Contact"]), found("There.Name", None));
    assert_eq!(read(&["FeedItem"]), None);
    assert_eq!(Link::read(None, vec!["Account".to_owned()]), None);
}

#[test]
fn stages_stand_for_what_the_organisation_says() {
    let raw: RawObject = serde_json::from_str(
        r#"{"name": "Opportunity", "labelPlural": "Opportunités", "createable": true, "updateable": true, "fields": [
            {"name": "StageName", "label": "Étape", "type": "picklist", "nillable": false, "createable": true,
             "updateable": true, "relationshipName": null, "picklistValues": [
                {"active": true, "label": "Gagnée", "value": "Closed Won"},
                {"active": true, "label": "Devis", "value": "Quote"},
                {"active": true, "label": "Perdue", "value": "Closed Lost"}]}]}"#,
    )
    .unwrap();
    let mut object = Object::read(raw);
    let stages = r#"[
        {"ApiName": "Closed Won", "IsClosed": true, "IsWon": true, "DefaultProbability": 100.0},
        {"ApiName": "Quote", "IsClosed": false, "IsWon": false, "DefaultProbability": 75.0},
        {"ApiName": "Closed Lost", "IsClosed": true, "IsWon": false, "DefaultProbability": null}
    ]"#;
    object.set_stages(&serde_json::from_str::<Vec<_>>(stages).unwrap());
    let told = [("Devis", Status::Negotiation), ("Gagnée", Status::Won), ("Perdue", Status::Lost)];
    let told = told.map(|(label, status)| (label.to_owned(), status)).into();
    assert_eq!(object.stream().fields[0].stands_for, told);
}
