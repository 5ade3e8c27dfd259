//! The program as people start it: its commands, its words, its exit codes.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod access;
mod backup;
mod canary;
mod cave;
mod commands;
mod config_file;
mod dataset;
mod disk;
mod doctor;
mod ground;
mod keys;
mod killed;
mod migrating;
mod program;
mod second;
mod server;
