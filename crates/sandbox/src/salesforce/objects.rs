//! The objects every organisation has, with the fields that matter here.

use super::field::{Field, FieldType, Pick};
use super::state::Object;

/// The key prefix of users, and of the objects below.
pub(super) const USER: &str = "User";
/// The object that holds the stages of opportunities.
pub(super) const STAGE: &str = "OpportunityStage";
/// What is sold to.
pub(super) const OPPORTUNITY: &str = "Opportunity";

const INDUSTRIES: [&str; 6] =
    ["Agriculture", "Consulting", "Energy", "Food & Beverage", "Healthcare", "Retail"];
const SOURCES: [&str; 5] = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];

/// All of them, without records.
pub(super) fn standard() -> Vec<Object> {
    vec![account(), contact(), lead(), opportunity(), product(), stage(), user()]
}

fn text(name: &str, label: &str, length: usize) -> Field {
    Field::new(name, label, FieldType::Text(length))
}

fn picklist(name: &str, label: &str, values: &[&str]) -> Field {
    Field::new(name, label, FieldType::Picklist(Pick::all(values)))
}

fn owner(objects: &[&str]) -> Field {
    let objects = objects.iter().map(|object| (*object).to_owned()).collect();
    Field::new("OwnerId", "Owner ID", FieldType::Reference(objects, "Owner".to_owned())).defaulted()
}

/// What every object has.
pub(super) fn system() -> Vec<Field> {
    let moment = |name, label| Field::new(name, label, FieldType::DateTime).required().read_only();
    vec![
        Field::new("IsDeleted", "Deleted", FieldType::Boolean).required().read_only(),
        moment("CreatedDate", "Created Date"),
        Field::to("CreatedById", "Created By ID", USER, "CreatedBy").required().read_only(),
        moment("LastModifiedDate", "Last Modified Date"),
        Field::to("LastModifiedById", "Last Modified By ID", USER, "LastModifiedBy").required().read_only(),
        moment("SystemModstamp", "System Modstamp"),
    ]
}

fn account() -> Object {
    Object::new("Account", "Account", "Accounts", "001").with([
        text("Name", "Account Name", 255).required(),
        picklist("Type", "Account Type", &["Prospect", "Customer", "Partner"]),
        picklist("Industry", "Industry", &INDUSTRIES),
        Field::to("ParentId", "Parent Account ID", "Account", "Parent"),
        text("BillingCity", "Billing City", 40),
        Field::new("BillingAddress", "Billing Address", FieldType::Address).read_only(),
        Field::new("Phone", "Account Phone", FieldType::Phone),
        Field::new("Website", "Website", FieldType::Url),
        Field::new("AnnualRevenue", "Annual Revenue", FieldType::Currency),
        Field::new("NumberOfEmployees", "Employees", FieldType::Int),
        Field::new("Description", "Account Description", FieldType::TextArea(32_000)),
        owner(&[USER]),
    ])
}

/// The parts of a person's name; the whole is put together by the service.
fn person() -> [Field; 3] {
    [
        text("LastName", "Last Name", 80).required(),
        text("FirstName", "First Name", 40),
        text("Name", "Full Name", 121).required().read_only(),
    ]
}

fn contact() -> Object {
    Object::new("Contact", "Contact", "Contacts", "003").with(person()).with([
        Field::to("AccountId", "Account ID", "Account", "Account"),
        Field::new("Email", "Email", FieldType::Email),
        Field::new("Phone", "Business Phone", FieldType::Phone),
        text("Title", "Title", 128),
        Field::new("Birthdate", "Birthdate", FieldType::Date),
        Field::new("HasOptedOutOfEmail", "Email Opt Out", FieldType::Boolean).defaulted(),
        owner(&[USER]),
    ])
}

fn lead() -> Object {
    Object::new("Lead", "Lead", "Leads", "00Q").with(person()).with([
        text("Company", "Company", 255).required(),
        Field::new("Email", "Email", FieldType::Email),
        picklist("Status", "Status", &["Open - Not Contacted", "Working - Contacted", "Closed - Converted"])
            .defaulted(),
        picklist("LeadSource", "Lead Source", &SOURCES),
        // A lead may wait in a queue, which is a group.
        owner(&["Group", USER]),
    ])
}

fn opportunity() -> Object {
    Object::new(OPPORTUNITY, "Opportunity", "Opportunities", "006").with([
        text("Name", "Name", 120).required(),
        Field::to("AccountId", "Account ID", "Account", "Account"),
        Field::new("StageName", "Stage", FieldType::Stage).required().restricted(),
        Field::new("Amount", "Amount", FieldType::Currency),
        Field::new("Probability", "Probability (%)", FieldType::Percent),
        Field::new("CloseDate", "Close Date", FieldType::Date).required(),
        picklist("Type", "Opportunity Type", &["Existing Business", "New Business"]),
        picklist("LeadSource", "Lead Source", &SOURCES).restricted(),
        text("NextStep", "Next Step", 255),
        Field::new("Description", "Description", FieldType::TextArea(32_000)),
        Field::new("IsPrivate", "Private", FieldType::Boolean).defaulted(),
        Field::new("IsClosed", "Closed", FieldType::Boolean).required().calculated(),
        Field::new("IsWon", "Won", FieldType::Boolean).required().calculated(),
        owner(&[USER]),
    ])
}

fn product() -> Object {
    Object::new("Product2", "Product", "Products", "01t").with([
        text("Name", "Product Name", 255).required(),
        text("ProductCode", "Product Code", 255),
        Field::new("IsActive", "Active", FieldType::Boolean).defaulted(),
        Field::new("Description", "Product Description", FieldType::TextArea(4_000)),
    ])
}

fn stage() -> Object {
    let read_only = |name, label, kind| Field::new(name, label, kind).required().read_only();
    Object::new(STAGE, "Opportunity Stage", "Opportunity Stages", "01J").read_only().with([
        read_only("MasterLabel", "Master Label", FieldType::Text(255)),
        read_only("ApiName", "API Name", FieldType::Text(255)),
        read_only("IsActive", "Is Active", FieldType::Boolean),
        read_only("SortOrder", "Sort Order", FieldType::Int),
        read_only("IsClosed", "Closed", FieldType::Boolean),
        read_only("IsWon", "Won", FieldType::Boolean),
        read_only("DefaultProbability", "Probability (%)", FieldType::Percent),
    ])
}

fn user() -> Object {
    Object::new(USER, "User", "Users", "005").read_only().with([
        text("Username", "Username", 80).required(),
        text("LastName", "Last Name", 80).required(),
        text("FirstName", "First Name", 40),
        text("Name", "Full Name", 121).required().read_only(),
        Field::new("Email", "Email", FieldType::Email),
        Field::new("IsActive", "Active", FieldType::Boolean).defaulted(),
    ])
}
