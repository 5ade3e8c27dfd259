//! What is pure: settings, stages, values both ways.

mod hints;
mod settings;
mod stages;
mod values;
