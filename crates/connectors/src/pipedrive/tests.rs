//! What is pure: settings, stages, values both ways.

mod settings;
mod stages;
mod values;
