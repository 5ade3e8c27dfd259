//! The whole hub's configuration as one TOML file without secrets: written, and applied again.
//!
//! A secret stands in it as the name of the environment variable it is taken from. Applied twice, the second
//! time changes nothing; what the file does not name is left alone.

mod apply;
mod document;
mod wanted;
mod write;

pub use apply::Applied;
