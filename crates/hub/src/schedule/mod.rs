//! Schedules: connections that run by themselves.
//!
//! A schedule keeps when its next run is due. Whoever finds it due takes it by a conditional update, so that
//! several servers on one database start it once.

mod due;
mod ended;
mod manage;
mod moments;
mod streak;

pub(crate) use manage::{changed, never};
