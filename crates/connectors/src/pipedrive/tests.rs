//! What is pure: settings, stages, values both ways.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod settings;
mod stages;
mod values;
