//! Synchronisation: `read → map → plan → apply → account`.
//!
//! [`plan`] and [`merge`] are pure. [`import`] and [`export`] are the two loops around them; [`run`]
//! holds what both need, [`agreed`] what a person saw of it before; [`start`], [`carried_through`] and [`watching`]
//! begin, end and watch them; [`preview`] is the same loops with their plan kept instead of carried out.

mod again;
mod agreed;
mod carried_through;
mod export;
mod import;
mod job;
mod judge;
mod merge;
mod outbox;
mod plan;
pub(crate) mod prepare;
mod preview;
#[cfg(test)]
mod properties;
mod run;
mod running;
mod seen;
mod start;
mod stop;
mod tally;
mod unrecorded;
mod watching;

pub(crate) use again::nothing_refused;
pub(crate) use agreed::Agreed;
pub(crate) use import::{MappedPage, Pages, Table, content_of, take_in};
pub(crate) use job::{DealsTask, Job, Task};
pub(crate) use plan::{Remote, base_of};
pub(crate) use prepare::{find_stream, mapping_of, scope_name};
pub(crate) use run::{Only, Work};
pub(crate) use running::Running;
pub(crate) use start::already_running;
pub(crate) use stop::{Stop, broken, interrupted, unless_asked};
pub(crate) use tally::{NOT_ALL_READ, Phase, Tally};
