//! Sources of data as a person uses them: configured, tested, loaded, watched, removed.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod bad_input;
mod configured;
mod data;
mod from_odoo;
mod ground;
mod loads;
mod recipes;
mod rules;
mod watched;
