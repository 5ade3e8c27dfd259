//! The fields every company has, as far as answers hold them.
//!
//! Names are those of a company in English. Times have the type `date` here, as days do: that is how
//! version 1 tells them; for version 2 it is unverified.

use super::Entity;
use super::field::{Choice, Field, Form, Target};

const STATUS: &[&str] = &["open", "won", "lost", "deleted"];
const USER: Form = Form::Link(Target::User);

/// Who may do what with a built-in field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// The service makes it.
    Read,
    /// It can be written and cleared.
    Write,
    /// It can be written, not cleared.
    Needed,
}

#[rustfmt::skip]
const DEALS: &[(&str, &str, &str, Form, Use)] = &[
    ("id", "ID", "int", Form::Made, Use::Read),
    ("title", "Title", "varchar", Form::Text(255), Use::Needed),
    ("creator_user_id", "Creator", "user", USER, Use::Read),
    ("owner_id", "Owner", "user", USER, Use::Needed),
    ("value", "Value", "monetary", Form::Number, Use::Write),
    ("currency", "Currency", "varchar", Form::Currency, Use::Needed),
    ("person_id", "Contact person", "people", Form::Link(Target::Record(Entity::Persons)), Use::Write),
    ("org_id", "Organization", "org", Form::Link(Target::Record(Entity::Organizations)), Use::Write),
    ("pipeline_id", "Pipeline", "double", Form::Link(Target::Pipeline), Use::Needed),
    ("stage_id", "Stage", "stage", Form::Link(Target::Stage), Use::Needed),
    ("status", "Status", "status", Form::Word(STATUS), Use::Needed),
    ("probability", "Probability", "int", Form::Whole, Use::Write),
    ("lost_reason", "Lost reason", "varchar_options", Form::Text(150), Use::Write),
    ("visible_to", "Visible to", "visible_to", Form::Whole, Use::Needed),
    ("expected_close_date", "Expected close date", "date", Form::Day, Use::Write),
    ("label_ids", "Labels", "set", Form::Choices, Use::Write),
    ("add_time", "Deal created", "date", Form::Moment, Use::Read),
    ("update_time", "Update time", "date", Form::Moment, Use::Read),
    ("stage_change_time", "Last stage change", "date", Form::Moment, Use::Read),
    ("close_time", "Deal closed on", "date", Form::Moment, Use::Write),
    ("won_time", "Won time", "date", Form::Moment, Use::Write),
    ("lost_time", "Lost time", "date", Form::Moment, Use::Write),
];

#[rustfmt::skip]
const PERSONS: &[(&str, &str, &str, Form, Use)] = &[
    ("id", "ID", "int", Form::Made, Use::Read),
    ("name", "Name", "varchar", Form::Text(255), Use::Needed),
    ("first_name", "First name", "varchar", Form::Made, Use::Read),
    ("last_name", "Last name", "varchar", Form::Made, Use::Read),
    ("emails", "Email", "varchar", Form::Contacts, Use::Write),
    ("phones", "Phone", "phone", Form::Contacts, Use::Write),
    ("org_id", "Organization", "org", Form::Link(Target::Record(Entity::Organizations)), Use::Write),
    ("owner_id", "Owner", "user", USER, Use::Needed),
    ("visible_to", "Visible to", "visible_to", Form::Whole, Use::Needed),
    ("label_ids", "Labels", "set", Form::Choices, Use::Write),
    ("add_time", "Person created", "date", Form::Moment, Use::Read),
    ("update_time", "Update time", "date", Form::Moment, Use::Read),
];

#[rustfmt::skip]
const ORGANIZATIONS: &[(&str, &str, &str, Form, Use)] = &[
    ("id", "ID", "int", Form::Made, Use::Read),
    ("name", "Name", "varchar", Form::Text(255), Use::Needed),
    ("address", "Address", "address", Form::Address, Use::Write),
    ("website", "Website", "varchar", Form::Text(255), Use::Write),
    ("employee_count", "Number of employees", "int", Form::Whole, Use::Write),
    ("annual_revenue", "Annual revenue", "double", Form::Number, Use::Write),
    ("owner_id", "Owner", "user", USER, Use::Needed),
    ("visible_to", "Visible to", "visible_to", Form::Whole, Use::Needed),
    ("label_ids", "Labels", "set", Form::Choices, Use::Write),
    ("add_time", "Organization created", "date", Form::Moment, Use::Read),
    ("update_time", "Update time", "date", Form::Moment, Use::Read),
];

/// The labels a new company begins with. Every entity has options of its own.
const LABELS: [(i64, &str); 3] = [(1, "Hot"), (2, "Warm"), (3, "Cold")];

/// The built-in fields of an entity.
pub(super) fn built_in(entity: Entity) -> Vec<Field> {
    let (table, labels) = match entity {
        Entity::Deals => (DEALS, 0),
        Entity::Persons => (PERSONS, 10),
        Entity::Organizations => (ORGANIZATIONS, 20),
    };
    let field = |(code, name, word, form, used): &(&str, &str, &'static str, Form, Use)| Field {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        word,
        form: *form,
        options: match form {
            Form::Choices => {
                LABELS.map(|(id, label)| Choice { id: labels + id, label: label.to_owned() }).into()
            }
            _ => Vec::new(),
        },
        is_custom: false,
        is_writable: *used != Use::Read,
        is_needed: *used == Use::Needed,
    };
    table.iter().map(field).collect()
}
