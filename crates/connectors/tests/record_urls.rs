//! Where people find a record in its service.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use connectors::Settings;

const SHEET: &str = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";

fn settings(values: &[(&str, &str)]) -> Settings {
    let values = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Settings { values, ..Settings::default() }
}

fn url(kind: &str, values: &[(&str, &str)], stream: &str, id: &str) -> Option<String> {
    let connector = connectors::all().into_iter().find(|connector| connector.spec().id == kind).unwrap();
    connector.record_url(&settings(values), stream, id)
}

#[test]
fn a_record_is_where_people_open_it() {
    let sheet = format!("https://docs.google.com/spreadsheets/d/{SHEET}/edit#gid=7");
    for (kind, values, stream, id, expected) in [
        ("airtable", ("base_id", "appX"), "tblY", "recZ", "https://airtable.com/appX/tblY/recZ"),
        (
            "notion",
            ("base_id", "x"),
            "source",
            "1a2b3c4d-0000-4000-8000-1234567890ab",
            "https://www.notion.so/1a2b3c4d0000400080001234567890ab",
        ),
        ("pipedrive", ("company_domain", "macave"), "deals", "12", "https://macave.pipedrive.com/deal/12"),
        (
            "pipedrive",
            ("company_domain", "https://macave.pipedrive.com/settings"),
            "organizations",
            "3",
            "https://macave.pipedrive.com/organization/3",
        ),
        (
            "salesforce",
            ("instance_url", "https://macave.lightning.force.com/lightning/page/home"),
            "Opportunity",
            "006Ab00000CdEfGHIJ",
            "https://macave.my.salesforce.com/006Ab00000CdEfGHIJ",
        ),
        (
            "odoo",
            ("odoo_url", "https://macave.odoo.com/web/login"),
            "crm.lead",
            "9",
            "https://macave.odoo.com/web#id=9&model=crm.lead&view_type=form",
        ),
        (
            "odoo",
            ("odoo_url", "https://cave.fr/erp"),
            "crm.lead",
            "9",
            "https://cave.fr/erp/web#id=9&model=crm.lead&view_type=form",
        ),
        ("google_sheets", ("spreadsheet_id", SHEET), "7", "Morel", sheet.as_str()),
    ] {
        assert_eq!(url(kind, &[values], stream, id).as_deref(), Some(expected), "{kind}");
    }
}

#[test]
fn an_address_that_cannot_be_known_is_none() {
    // HubSpot's pages bear the account's number, which no setting holds; the others here have no pages.
    for kind in ["hubspot", "rest_api", "bamboohr", "workday"] {
        assert_eq!(url(kind, &[("url", "https://example.org")], "deals", "1"), None, "{kind}");
    }
    for (kind, key, typed) in [
        ("airtable", "base_id", ""),
        ("pipedrive", "company_domain", "elsewhere.example.org"),
        ("salesforce", "instance_url", "javascript:alert(1)"),
        ("odoo", "odoo_url", "javascript:alert(1)"),
        ("google_sheets", "spreadsheet_id", "short"),
    ] {
        assert_eq!(url(kind, &[(key, typed)], "deals", "1"), None, "{kind}");
        assert_eq!(url(kind, &[], "deals", "1"), None, "{kind} without settings");
    }
}

#[test]
fn an_id_cannot_lead_elsewhere() {
    let page = url("airtable", &[("base_id", "appX")], "tblY", "../../évil?x#y").unwrap();
    assert_eq!(page, "https://airtable.com/appX/tblY/..%2F..%2F%C3%A9vil%3Fx%23y");
}
