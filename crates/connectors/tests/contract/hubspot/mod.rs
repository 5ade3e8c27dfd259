//! HubSpot against its simulator.

mod changes;
mod oauth;
mod reading;
mod refusals;
mod writing;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate};
use connectors::http::{Http, Policy};
use connectors::{Connection, Connector, Settings};
use model::Value;
use sandbox::hubspot::{Options, Property, PropertyType, Records, Simulator};
use sandbox::{Answer, Fault, Faults, Log};
use secrecy::SecretString;
use serde_json::json;

use crate::fixture::{Fixture, connect};

/// An account with an empty pipeline and some properties of its own.
pub(crate) struct HubspotService {
    pub(crate) simulator: Simulator,
}

impl HubspotService {
    pub(crate) fn deals(&self) -> Records {
        self.simulator.records("deals")
    }

    /// A connection with these settings beside the token.
    pub(crate) fn connected(&self, values: &[(&str, &str)]) -> Arc<dyn Connection> {
        let mut settings = self.settings();
        settings.values.extend(values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        let http = Http::new(Policy::without_waiting()).expect("a client");
        connect(self, &http, settings)
    }

    /// A connection by another token.
    pub(crate) fn by_token(&self, token: &str) -> Arc<dyn Connection> {
        let http = Http::new(Policy::without_waiting()).expect("a client");
        connect(self, &http, settings(token, "deals"))
    }
}

impl Fixture for HubspotService {
    const PER_SECOND: usize = 10;
    const PENALTY: Duration = Duration::from_secs(10);
    const STREAM: &str = "Deals";
    const TEXT: Option<&str> = Some("description");

    fn connector() -> Box<dyn Connector> {
        Box::new(connectors::hubspot::Hubspot)
    }

    async fn start(limited: bool) -> Self {
        let options = if limited { Options::default() } else { Options::unlimited() };
        let simulator = Simulator::start(options).await.expect("a free port");
        let deals = simulator.records("deals");
        deals.add_property(Property::new(
            "tags",
            "Tags",
            PropertyType::choices(&[("a", "Rouge"), ("b", "Blanc")]),
        ));
        deals.add_property(Property::new("reference", "Référence", PropertyType::Text));
        deals.add_property(Property::new("signed", "Signé", PropertyType::Bool));
        deals.add_property(Property::new("signed_on", "Signé le", PropertyType::Date));
        simulator.add_owner("Camille", "Martin", "camille@example.com");
        HubspotService { simulator }
    }

    fn base_url(&self) -> String {
        self.simulator.url().to_owned()
    }

    fn settings(&self) -> Settings {
        settings(self.simulator.token(), "deals")
    }

    fn settings_elsewhere(&self) -> Settings {
        settings(self.simulator.token(), "nulle_part")
    }

    fn keyed_settings(&self) -> Option<Settings> {
        let reference = Property::new("reference", "Référence", PropertyType::Text);
        self.deals().remove_property("reference");
        self.deals().add_property(reference.unique());
        let mut settings = self.settings();
        settings.values.insert("unique_property".to_owned(), "reference".to_owned());
        Some(settings)
    }

    fn revoke(&self) {
        self.simulator.revoke(self.simulator.token());
    }

    fn faults(&self) -> &Faults {
        self.simulator.faults()
    }

    fn log(&self) -> &Log {
        self.simulator.log()
    }

    fn fill(&self, records: usize) {
        let deal = |number: usize| {
            json!({
                "dealname": format!("Affaire n° {number}"), "dealstage": "qualifiedtobuy", "amount": number as f64 / 4.0,
                "tags": "b", "signed": false, "closedate": "2027-03-28T10:00:00.000Z", "description": "Ligne 1\nLigne 2",
            })
        };
        self.deals().add((0..records).map(deal)).expect("deals");
    }

    fn delete(&self, id: &str) {
        assert!(self.deals().delete(id));
    }

    fn stored(&self) -> Vec<String> {
        self.deals().ids()
    }

    fn sample(number: usize) -> BTreeMap<&'static str, Value> {
        let moment = DateTime::parse_from_rfc3339("2028-02-29T13:37:42.123+01:00").expect("a moment");
        BTreeMap::from([
            ("dealname", Value::Text(format!("« Affaire » n° {number} — \"été\""))),
            ("dealstage", text(["Appointment Scheduled", "Closed Won", "Closed Lost"][number % 3])),
            ("amount", Value::Number(number as f64 + 0.25)),
            ("closedate", Value::DateTime(moment)),
            ("hubspot_owner_id", text("Camille Martin")),
            ("description", text("Première ligne\nDeuxième, avec une virgule ; et un 😀")),
            ("dealtype", text("New Business")),
            ("reference", Value::Text(format!("R-{number}"))),
            ("tags", Value::List(vec![text("Blanc"), text("Rouge")])),
            ("signed", Value::Bool(number.is_multiple_of(2))),
            ("signed_on", Value::Date(NaiveDate::from_ymd_opt(2028, 2, 29).expect("a leap day"))),
        ])
    }

    /// A deal has a stage as long as it is in a pipeline.
    fn cleared(field: &str) -> Option<Value> {
        (field != "dealstage").then_some(Value::Empty)
    }

    fn refused() -> BTreeMap<&'static str, Value> {
        let mut record = Self::sample(0);
        record.insert("description", Value::Text("x".repeat(65_537)));
        record
    }

    fn echo(status: u16, text: &str) -> Fault {
        let body = json!({"status": "error", "message": text, "category": "VALIDATION_ERROR"});
        Fault::Answer(Answer::json(status, &body))
    }
}

pub(crate) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Settings as the form gives them.
pub(crate) fn settings(token: &str, object_type: &str) -> Settings {
    Settings {
        values: BTreeMap::from([("object_type".to_owned(), object_type.to_owned())]),
        secrets: BTreeMap::from([("access_token".to_owned(), SecretString::from(token))]),
    }
}

crate::suite::contract!(crate::hubspot::HubspotService:
    describes {
        the_spec_is_complete,
        missing_settings_are_named,
        the_guide_speaks_both_languages,
    }
    honest {
        a_deletion_is_seen_where_it_says_so,
        moments_are_as_fine_as_it_says,
        texts_are_as_long_as_it_says,
        links_are_written_where_it_says_so,
        a_creation_by_key_sent_twice_makes_one_record_where_it_says_so,
    }
    secrets {
        debug_and_errors_hold_no_secret,
    }
    reads {
        every_page_and_no_record_twice,
        an_empty_stream_is_one_empty_page,
        a_reading_resumes_where_it_stood,
        values_have_the_kinds_that_were_discovered,
        counting_stops_at_the_limit,
        a_large_stream_is_read_whole,
        a_reading_runs_a_few_pages_ahead_and_stops_when_dropped,
    }
    writes {
        one_outcome_for_each_write_in_order,
        what_was_written_reads_back,
        a_refused_record_does_not_sink_its_batch,
        the_same_update_twice_is_harmless,
        empty_clears_and_absent_stays,
        a_deleted_record_is_gone,
        an_unclear_creation_is_looked_up_before_it_is_repeated,
        twins_of_an_unclear_creation_are_both_kept,
        a_twin_whose_answer_is_on_its_way_is_not_taken,
        a_lossy_service_gets_every_record_once,
        a_fault_after_some_were_written_keeps_their_ids,
    }
    faults {
        a_revoked_token_is_unauthorized,
        an_unknown_container_is_told,
        passing_faults_are_repeated_when_reading,
        lasting_faults_end_with_their_kind,
        answers_of_another_shape_are_told_apart,
        an_unreachable_service_is_told,
    }
    limits {
        retry_after_is_obeyed,
        an_outage_that_says_how_long_is_waited_for,
        a_penalty_is_kept_by_every_connection,
        a_long_retry_after_is_not_waited_for,
        careless_retry_afters_do_not_stop_the_reading,
        a_used_up_quota_is_not_tried_again,
        eight_writers_stay_within_the_window,
        cancelling_ends_a_silence_at_once,
    }
);
