//! What every connector must do, checked against a simulator of its service, and what each service
//! asks for besides.

#![expect(clippy::panic, clippy::print_stdout, reason = "this program is a test; it fails by panicking")]

mod airtable;
mod bamboohr;
mod fixture;
mod google_sheets;
mod hinted;
mod hubspot;
mod notion;
mod odoo;
mod pipedrive;
mod rest_api;
mod salesforce;
mod suite;
mod table;
mod workday;
