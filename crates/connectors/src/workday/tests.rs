//! Addresses, columns and cells.

use model::{Value, ValueKind};
use serde_json::json;

use super::address::{is_version, report, report_name, tenant};
use super::columns::{self, Columns, value};
use super::key::Key;
use super::settings::{Access, Wanted, WorkdaySettings};
use super::xsd;
use crate::common::cell::{Cell, Cells};
use crate::connector::Settings;
use crate::error::ErrorKind;

const HOST: &str = "https://wd2-impl-services1.workday.com";

#[test]
fn the_tenant_in_whatever_is_pasted() {
    for (path, version) in [
        ("/ccx/api/v1/acme_preview", Some("v1")),
        ("/ccx/api/v4/acme_preview/workers?limit=1", Some("v4")),
        ("/ccx/api/staffing/v6/acme_preview/workers", Some("staffing/v6")),
        ("/ccx/api/wql/v1/acme_preview/data", None),
        ("/ccx/oauth2/acme_preview/token", None),
        ("/ccx/service/acme_preview/Human_Resources/v45.2", None),
        ("/ccx/service/customreport2/acme_preview/lmcneil/Workers?format=json", None),
        ("/ccx/acme_preview/", None),
        ("/acme_preview", None),
    ] {
        let found = tenant(&format!("{HOST}{path}")).unwrap_or_else(|| panic!("{path}"));
        assert_eq!((found.name.as_str(), found.version.as_deref()), ("acme_preview", version), "{path}");
        let token = found.url(&["oauth2", &found.name, "token"]);
        assert_eq!(token.as_str(), format!("{HOST}/ccx/oauth2/acme_preview/token"));
    }
    for path in
        ["", "/ccx", "/ccx/api", "/ccx/api/v1", "/acme/d/home.htmld", "/ccx/oauth2", "/ccx/api/v1/a%20b"]
    {
        assert_eq!(tenant(&format!("{HOST}{path}")), None, "{path}");
    }
    assert_eq!(tenant("https://me:secret@wd2.workday.com/ccx/acme"), None);
    assert!(is_version("v45.2") && !is_version("v") && !is_version("staffing") && !is_version("v1/.."));
}

#[test]
fn a_report_is_of_the_tenant_and_comes_as_json() {
    let tenant = tenant(&format!("{HOST}/ccx/api/v1/acme_preview")).expect("a tenant");
    let own = format!("{HOST}/ccx/service/customreport2/acme_preview/lmcneil/All%20Workers");
    for (pasted, query) in [
        (own.clone(), "format=json"),
        (format!("{own}?format=simplexml"), "format=json"),
        (format!("{own}?xsds"), "format=json"),
        (own.replace("https://", " "), "format=json"),
        (format!("{own}?Organization!WID=0a1b&format=csv#x"), "Organization%21WID=0a1b&format=json"),
    ] {
        let url = report(&pasted, &tenant).expect("a report");
        assert_eq!((url.query(), url.fragment()), (Some(query), None), "{pasted}");
        assert_eq!(report_name(&url), "All Workers");
    }
    for (pasted, told) in [
        (own.replace("wd2-impl", "wd5"), "Les identifiants ne vont qu'au serveur"),
        (own.replace("acme_preview", "acme"), "deux tenants"),
        (own.replace("customreport2", "Human_Resources"), "View URLs"),
        ("Workers".to_owned(), "View URLs"),
        (own.replace("https://", "http://"), "Les identifiants"),
    ] {
        let error = report(&pasted, &tenant).expect_err(&pasted);
        assert_eq!(error.kind, ErrorKind::InvalidSettings);
        assert!(error.hint.as_ref().is_some_and(|hint| hint.fr.contains(told)), "{pasted}: {error:?}");
    }
}

fn parsed(values: &[(&str, &str)], secrets: &[(&str, &str)]) -> crate::Result<WorkdaySettings> {
    let mut all = vec![("tenant_url", "https://wd2-impl-services1.workday.com/ccx/api/v2/acme")];
    all.extend(values);
    WorkdaySettings::parse(&Settings {
        values: all.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        secrets: secrets.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())).collect(),
    })
}

#[test]
fn the_way_in_is_chosen_or_follows_from_what_is_given() {
    let report = "https://wd2-impl-services1.workday.com/ccx/service/customreport2/acme/x/Y";
    let user = [("username", "ISU"), ("report_url", report)];
    let by_user = parsed(&user, &[("password", "p w")]).expect("settings");
    assert!(matches!(by_user.access, Access::User { name, .. } if name == "ISU"));
    let client = [("client_secret", " s "), ("refresh_token", "r")];
    let by_client = parsed(&[("client_id", "c")], &client).expect("settings");
    assert!(matches!(by_client.access, Access::Client { id, .. } if id == "c"));
    assert_eq!(by_client.wanted, Wanted::Workers("v2".to_owned()), "the version of the tenant's address");
    for (typed, version) in [
        ("3", "v3"),
        ("V4", "v4"),
        ("staffing/v6", "staffing/v6"),
        ("absenceManagement/v2", "absenceManagement/v2"),
    ] {
        let wanted =
            parsed(&[("client_id", "c"), ("api_version", typed)], &client).map(|settings| settings.wanted);
        assert_eq!(wanted, Ok(Wanted::Workers(version.to_owned())), "{typed}");
    }
    for (values, secrets, named) in [
        (&[][..], &[][..], "Identifiant du client"),
        (&[("client_id", "c")], &[("client_secret", "s")], "Jeton de renouvellement"),
        (&[("auth_type", "basic")], &[], "Utilisateur"),
        (&[("auth_type", "basic"), ("username", "ISU")], &[("password", "p")], "Adresse du rapport"),
        (&[("client_id", "c"), ("api_version", "latest")], &client, "Version de l'API"),
    ] {
        let error = parsed(values, secrets).expect_err(named);
        assert_eq!(error.kind, ErrorKind::InvalidSettings);
        assert!(error.message.fr.contains(named) && error.hint.is_some(), "{error}");
    }
}

#[test]
fn the_columns_of_a_schema() {
    let schema = r#"<?xml version="1.0"?><xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:wd="urn:x">
        <xsd:element name="Report_Data" type="wd:Report_DataType"/>
        <xsd:complexType name="GroupType"><xsd:sequence><xsd:element name="Skill" type="xsd:string"/></xsd:sequence></xsd:complexType>
        <!-- <xsd:complexType name="Report_EntryType"><xsd:element name="Ghost" type="xsd:string"/></xsd:complexType> -->
        <xsd:complexType name="Report_EntryType"><xsd:sequence>
            <xsd:element name="Employee_ID" type="xsd:string" minOccurs="0"/>
            <xsd:element name="Hire_Date" type="xsd:date"></xsd:element>
            <xsd:element name="Salary" type="xsd:decimal"/><xsd:element name="Active" type="xsd:boolean"/>
            <xsd:element name="Updated" type="xsd:dateTime"/>
            <xsd:element name="Group" type="wd:GroupType" minOccurs="0" maxOccurs="unbounded"/>
            <xsd:element name="Dates" type="xsd:date" maxOccurs="unbounded"/>
        </xsd:sequence></xsd:complexType></xsd:schema>"#;
    let fields = xsd::fields(schema).expect("columns");
    let kinds: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("Employee_ID", ValueKind::Text),
            ("Hire_Date", ValueKind::Date),
            ("Salary", ValueKind::Number),
            ("Active", ValueKind::Bool),
            ("Updated", ValueKind::DateTime),
            ("Group", ValueKind::Text),
            ("Dates", ValueKind::Text),
        ]
    );
    for text in
        ["", "{}", "<html>", "<?xml version=\"1.0\"?><a/>", "<xsd:complexType name=\"Report_EntryType\"><"]
    {
        assert_eq!(xsd::fields(text), None, "{text}");
    }
}

#[test]
fn cells_of_every_kind() {
    let text = |text: &str| Value::Text(text.to_owned());
    let day = "2024-05-01".parse().map_or(Value::Empty, Value::Date);
    for (kind, json, expected) in [
        (ValueKind::Date, json!("2024-05-01"), day.clone()),
        (ValueKind::Date, json!("2024-05-01-07:00"), day.clone()),
        (ValueKind::Date, json!("2024-05-01Z"), day),
        (ValueKind::Date, json!("2024-05-01 07:00"), text("2024-05-01 07:00")),
        (ValueKind::Date, json!("2024-05-0é"), text("2024-05-0é")),
        (ValueKind::Number, json!("50000"), Value::Number(50_000.0)),
        (ValueKind::Number, json!(12.5), Value::Number(12.5)),
        (ValueKind::Number, json!("1,5"), text("1,5")),
        (ValueKind::Bool, json!("1"), Value::Bool(true)),
        (ValueKind::Bool, json!("0"), Value::Bool(false)),
        (ValueKind::Bool, json!(true), Value::Bool(true)),
        (ValueKind::DateTime, json!("soon"), text("soon")),
        (ValueKind::Text, json!(""), Value::Empty),
        (ValueKind::Text, json!([{"Skill": "SQL"}, {"Skill": "Rust"}]), text("SQL, Rust")),
        (ValueKind::Text, json!({"value": 50000, "currency": "USD"}), text("50000 USD")),
    ] {
        let json = json.to_string();
        let cell: Cell<'_> = serde_json::from_str(&json).expect("JSON");
        assert_eq!(value(&cell, kind), expected, "{json}");
    }
}

#[test]
fn a_worker_is_taken_apart_and_a_reference_is_not() {
    let worker = json!({
        "id": "w1", "descriptor": "Ann Lee", "team": {"id": "t1", "descriptor": "IT", "href": "https://x"},
        "primaryJob": {
            "id": "j1", "descriptor": "CTO", "businessTitle": "Chief",
            "location": {"id": "l1", "descriptor": "Paris", "country": {"id": "c1", "descriptor": "France"}},
        },
        "additionalJobs": [{"id": "a", "descriptor": "A"}, {"id": "b", "descriptor": "B"}], "isManager": true,
    })
    .to_string();
    let row: Cells<'_> = serde_json::from_str(&worker).expect("JSON");
    let fields = columns::shown(std::slice::from_ref(&row), true);
    let record = Columns::of(&fields, true).record("w1".to_owned(), &row);
    for (column, expected) in [
        ("id", "w1"),
        ("descriptor", "Ann Lee"),
        ("team", "IT"),
        ("primaryJob", "CTO"),
        ("primaryJob.businessTitle", "Chief"),
        ("primaryJob.location", "Paris"),
        ("primaryJob.location.country", "France"),
        ("additionalJobs", "A, B"),
    ] {
        assert_eq!(record.fields.get(column), Some(&Value::Text(expected.to_owned())), "{column}");
    }
    assert_eq!(record.fields.get("isManager"), Some(&Value::Bool(true)));
    assert_eq!(record.fields.len(), 9);
}

#[test]
fn rows_are_known_by_the_surest_column_that_tells_them_apart() {
    for (rows, expected) in [
        (json!([{"WID": "a", "Employee_ID": "1"}, {"WID": "b", "Employee_ID": "2"}]), ["1", "2"]),
        (json!([{"WID": "a", "Employee_ID": "1"}, {"WID": "b", "Employee_ID": "1"}]), ["a", "b"]),
        (json!([{"WID": "a", "employee_id": "1"}, {"WID": "b"}]), ["a", "b"]),
        (json!([{"Name": "x"}, {"Name": "y"}]), ["n1", "n2"]),
    ] {
        let text = rows.to_string();
        let rows: Vec<Cells<'_>> = serde_json::from_str(&text).expect("JSON");
        let key = Key::among(&rows);
        assert_eq!(Key::read(key.write()), key);
        let ids: Vec<String> = (1..).zip(&rows).map(|(place, row)| key.of(row, place)).collect();
        assert_eq!(ids, expected, "{text}");
    }
}
