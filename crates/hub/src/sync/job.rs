//! What a run is to do: with deals, tables or a dataset, and how much of it.

use std::sync::Arc;

use model::{Cause, Direction, Subject};

use super::agreed::Agreed;
use super::run::{Only, Place};
use crate::datasets::DatasetRequest;
use crate::deals_csv::DealsFile;
use crate::sources::LoadRequest;

/// What a run is to do.
pub(crate) struct Job {
    /// The connection.
    pub provider: String,
    /// With what.
    pub task: Task,
    /// Who asked for it.
    pub cause: Cause,
}

/// What a run is about, and how much of it.
pub(crate) enum Task {
    /// The CRM's deals.
    Deals(DealsTask),
    /// The canonical tables of a source.
    Tables(LoadRequest),
    /// A dataset.
    Dataset(DatasetRequest),
}

/// A sync of deals.
pub(crate) struct DealsTask {
    /// Which way.
    pub direction: Direction,
    /// Everything, or only these records.
    pub only: Option<Only>,
    /// Where to go on reading; at the beginning when `None`.
    pub since: Option<Place>,
    /// What a person agreed to; anything when `None`.
    pub agreed: Option<Agreed>,
    /// The file they come from; the service of the connection when `None`.
    pub file: Option<Arc<DealsFile>>,
}

impl DealsTask {
    /// Everything, from the beginning.
    pub(crate) fn all(direction: Direction) -> DealsTask {
        DealsTask { direction, only: None, since: None, agreed: None, file: None }
    }

    /// As a run of that connection.
    pub(crate) fn of(self, provider: impl Into<String>) -> Job {
        Job { provider: provider.into(), task: Task::Deals(self), cause: Cause::Person }
    }
}

impl Task {
    /// What it is about.
    pub(crate) fn subject(&self) -> Subject {
        match self {
            Task::Deals(_) => Subject::Deals,
            Task::Tables(_) => Subject::Tables,
            Task::Dataset(_) => Subject::Dataset,
        }
    }

    pub(super) fn direction(&self) -> Direction {
        match self {
            Task::Deals(deals) => deals.direction,
            Task::Tables(_) | Task::Dataset(_) => Direction::Import,
        }
    }

    /// Whether it goes on with the account of a connection; a file has none.
    pub(super) fn has_account(&self) -> bool {
        !matches!(self, Task::Deals(DealsTask { file: Some(_), .. }))
    }

    /// The plan that is carried out, if one is.
    pub(super) fn plan_id(&self) -> Option<i64> {
        match self {
            Task::Deals(deals) => deals.agreed.as_ref().map(|agreed| agreed.plan_id),
            Task::Tables(_) | Task::Dataset(_) => None,
        }
    }
}
