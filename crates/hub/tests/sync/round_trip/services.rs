//! Each service with a place for deals: every status as a stage, the sectors as a list where it has lists, and
//! the people who follow deals.

use std::any::Any;

use model::{DealField, Status};
use sandbox::{Log, Options, airtable, hubspot, notion, odoo, pipedrive, salesforce, sheets};
use serde_json::json;

use super::deals::{PEOPLE, SECTORS};

/// A running service, and what one must know of it to keep deals there.
pub(crate) struct Service {
    pub(crate) kind: &'static str,
    pub(crate) url: String,
    pub(crate) log: Log,
    /// What its form is filled with.
    pub(crate) values: Vec<(&'static str, String)>,
    /// The fields it has no usual place for, and what they are called here.
    pub(crate) own_fields: &'static [(DealField, &'static str)],
    /// The fields that no new record is without: the service requires them, or fills them itself.
    pub(crate) always_holds: &'static [DealField],
    _simulator: Box<dyn Any + Send + Sync>,
}

/// A name in two parts.
fn parts(name: &str) -> (&str, &str) {
    name.split_once(' ').unwrap()
}

fn address(place: usize) -> String {
    format!("personne{place}@example.com")
}

fn words() -> [&'static str; 6] {
    Status::ALL.map(Status::word)
}

pub(crate) async fn airtable() -> Service {
    use airtable::{Field, FieldType};
    const BASE: &str = "appPasserelleTest";
    let simulator = airtable::Simulator::start(Options::unlimited()).await.unwrap();
    simulator.base(BASE, "CRM").unwrap().table(
        "Deals",
        [
            Field::text("Name"),
            Field::new("Status", FieldType::single_select(&words())),
            Field::new("Amount", FieldType::currency(2, "€")),
            Field::new("Sector", FieldType::single_select(&SECTORS)),
            Field::new("Due Date", FieldType::date()),
            Field::text("Assignee"),
            Field::new("Notes", FieldType::MultilineText),
            Field::new("Last Modified", FieldType::last_modified_time()),
        ],
    );
    Service {
        kind: "airtable",
        url: simulator.url().to_owned(),
        log: simulator.log().clone(),
        values: vec![
            ("api_token", simulator.token().to_owned()),
            ("base_id", BASE.to_owned()),
            ("table_name", "Deals".to_owned()),
        ],
        own_fields: &[],
        always_holds: &[],
        _simulator: Box::new(simulator),
    }
}

pub(crate) async fn google_sheets() -> Service {
    use sheets::Cell;
    const BOOK: &str = "1ThereAndBackAbCdEfGhIjKlMnOpQrStUvWxYz01234";
    let simulator = sheets::Simulator::start(Options::unlimited()).await.unwrap();
    simulator.spreadsheet(BOOK, "CRM", "fr_FR", "Europe/Paris");
    let header = ["Client", "Statut", "Montant brut", "Secteur", "Échéance", "Responsable", "Notes"];
    simulator.tab(BOOK, 1_204_567_890, "Deals").add([header.map(Cell::text).to_vec()]);
    Service {
        kind: "google_sheets",
        url: simulator.url().to_owned(),
        log: simulator.log().clone(),
        values: vec![
            ("spreadsheet_id", BOOK.to_owned()),
            ("worksheet_name", "Deals".to_owned()),
            ("auth_type", "refresh_token".to_owned()),
            ("client_id", simulator.client_id().to_owned()),
            ("client_secret", simulator.client_secret().to_owned()),
            ("refresh_token", simulator.refresh_token()),
        ],
        own_fields: &[],
        always_holds: &[],
        _simulator: Box::new(simulator),
    }
}

pub(crate) async fn hubspot() -> Service {
    use hubspot::{Pipeline, Property, PropertyType};
    let simulator = hubspot::Simulator::start(Options::unlimited()).await.unwrap();
    let stages =
        Status::ALL.map(|status| (status.word(), status.word(), f64::from(status.percent()) / 100.0));
    simulator.change_pipelines(|pipelines| *pipelines = vec![Pipeline::new("default", "Ventes", &stages)]);
    let sectors = SECTORS.map(|sector| (sector, sector));
    let sector = Property::new("secteur", "Secteur", PropertyType::choice(&sectors));
    simulator.records("deals").add_property(sector);
    for (place, name) in PEOPLE.iter().enumerate() {
        let (first, last) = parts(name);
        simulator.add_owner(first, last, &address(place));
    }
    Service {
        kind: "hubspot",
        url: simulator.url().to_owned(),
        log: simulator.log().clone(),
        values: vec![("access_token", simulator.token().to_owned())],
        own_fields: &[(DealField::Secteur, "secteur")],
        always_holds: &[],
        _simulator: Box::new(simulator),
    }
}

pub(crate) async fn notion() -> Service {
    use notion::{Property, PropertyType};
    let simulator = notion::Simulator::start(Options::unlimited()).await.unwrap();
    let [prospect, qualified, negotiation, won, in_progress, lost] = words();
    let status = PropertyType::status(&[prospect], &[qualified, negotiation, in_progress], &[won, lost]);
    let database = simulator.database("CRM");
    database.data_source(
        "Deals",
        [
            Property::title("Name"),
            Property::new("Status", status),
            Property::new("Amount", PropertyType::euro()),
            Property::new("Sector", PropertyType::select(&SECTORS)),
            Property::new("Due Date", PropertyType::Date),
            Property::new("Assignee", PropertyType::People),
            Property::text("Notes"),
        ],
    );
    for (place, name) in PEOPLE.iter().enumerate() {
        simulator.person(&address(place), name);
    }
    Service {
        kind: "notion",
        url: simulator.url().to_owned(),
        log: simulator.log().clone(),
        values: vec![
            ("api_token", simulator.token().to_owned()),
            ("base_id", database.id().to_string()),
            ("table_name", "Deals".to_owned()),
        ],
        own_fields: &[],
        always_holds: &[],
        _simulator: Box::new(simulator),
    }
}

pub(crate) async fn odoo() -> Service {
    use odoo::{Field, FieldType};
    let simulator = odoo::Simulator::start(odoo::Options::default()).await.unwrap();
    let stages = ["Prospect", "Négociation", "Gagné - en cours", "Perdu"];
    simulator.table("crm.stage").make(stages.map(|name| json!({"name": name, "sequence": 9})));
    simulator.table("crm.lead").add_field(Field::new("x_sector", "Sector", "Secteur", FieldType::Char));
    let user = |(place, name)| json!({"name": name, "login": address(place), "active": true});
    simulator.table("res.users").make(PEOPLE.into_iter().enumerate().map(user));
    Service {
        kind: "odoo",
        url: simulator.url().to_owned(),
        log: simulator.log().clone(),
        values: vec![
            ("odoo_url", "https://odoo.example.com".to_owned()),
            ("odoo_db", simulator.database()),
            ("odoo_user", simulator.login().to_owned()),
            ("odoo_api_key", simulator.key().to_owned()),
        ],
        own_fields: &[(DealField::Secteur, "x_sector")],
        // An opportunity nobody is given is that of whoever made it.
        always_holds: &[DealField::Assignee],
        _simulator: Box::new(simulator),
    }
}

pub(crate) async fn pipedrive() -> Service {
    use pipedrive::{Entity, FieldType};
    let simulator = pipedrive::Simulator::start(pipedrive::Options::unlimited()).await.unwrap();
    // Won and lost are a status of the service, every other stage is one of the pipeline.
    let [_, _, (proposition, _), _] = simulator.stages().try_into().unwrap();
    simulator.rename_stage(proposition, "Gagné - en cours");
    let deals = simulator.table(Entity::Deals);
    deals.add_field("Secteur", &FieldType::choice(&SECTORS));
    deals.add_field("Notes", &FieldType::Text);
    for (place, name) in PEOPLE.iter().enumerate() {
        simulator.add_user(name, &address(place));
    }
    Service {
        kind: "pipedrive",
        url: simulator.url().to_owned(),
        log: simulator.log().clone(),
        values: vec![
            ("company_domain", simulator.domain().to_owned()),
            ("api_token", simulator.token().to_owned()),
        ],
        own_fields: &[(DealField::Secteur, "Secteur"), (DealField::Notes, "Notes")],
        // A deal nobody is given is that of whoever made it.
        always_holds: &[DealField::Assignee],
        _simulator: Box::new(simulator),
    }
}

pub(crate) async fn salesforce() -> Service {
    use salesforce::{CLIENT_ID, CLIENT_SECRET, Field, FieldType, Pick};
    let simulator = salesforce::Simulator::start(Options::unlimited()).await.unwrap();
    simulator.add_stage("Gagné - en cours", 100, true, true);
    let sector = Field::new("Sector__c", "Secteur", FieldType::Picklist(Pick::all(&SECTORS)));
    simulator.table("Opportunity").add_field(sector);
    let user = |name| {
        let (first, last) = parts(name);
        json!({"FirstName": first, "LastName": last, "IsActive": true})
    };
    simulator.table("User").make(PEOPLE.map(user));
    Service {
        kind: "salesforce",
        url: simulator.url().to_owned(),
        log: simulator.log().clone(),
        values: vec![
            ("instance_url", "https://macave.my.salesforce.com".to_owned()),
            ("client_id", CLIENT_ID.to_owned()),
            ("client_secret", CLIENT_SECRET.to_owned()),
        ],
        own_fields: &[(DealField::Secteur, "Sector__c")],
        // An opportunity always has a day, and is that of whoever made it where nobody is given.
        always_holds: &[DealField::DateEcheance, DealField::Assignee],
        _simulator: Box::new(simulator),
    }
}
