//! A run: one import or export, from its start to its account.

use serde::{Deserialize, Serialize};

/// Which way the deals go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the service into the CRM.
    Import,
    /// From the CRM into the service.
    Export,
}

impl Direction {
    /// The word in paths, tables and commands.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Import => "import",
            Direction::Export => "export",
        }
    }

    /// The direction of that word.
    pub fn from_word(word: &str) -> Option<Direction> {
        [Direction::Import, Direction::Export].into_iter().find(|d| d.word() == word)
    }
}

/// What a run is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The CRM's deals.
    Deals,
    /// The canonical tables of a source of data.
    Tables,
    /// A dataset.
    Dataset,
}

impl Subject {
    /// The word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Subject::Deals => "deals",
            Subject::Tables => "tables",
            Subject::Dataset => "dataset",
        }
    }

    /// The subject of that word.
    pub fn from_word(word: &str) -> Option<Subject> {
        [Subject::Deals, Subject::Tables, Subject::Dataset].into_iter().find(|s| s.word() == word)
    }
}

/// Who asked for a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Somebody: a person, a program, a watched folder.
    #[default]
    Person,
    /// A schedule.
    Schedule,
    /// The service, which said that something changed.
    Service,
}

impl Cause {
    /// The word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Person => "person",
            Cause::Schedule => "schedule",
            Cause::Service => "service",
        }
    }

    /// The cause of that word.
    pub fn from_word(word: &str) -> Option<Cause> {
        [Cause::Person, Cause::Schedule, Cause::Service].into_iter().find(|cause| cause.word() == word)
    }
}

/// How a run stands or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RunStatus {
    /// Going on.
    Running,
    /// Every record seen was created, updated or unchanged.
    Success,
    /// Some records were refused; the others are in.
    Partial,
    /// It could not be carried through, or every record was refused.
    Error,
    /// A person stopped it; what was committed stays.
    Cancelled,
    /// The program ended under it; what was committed stays.
    Interrupted,
}

impl RunStatus {
    const ALL: [RunStatus; 6] = [
        RunStatus::Running,
        RunStatus::Success,
        RunStatus::Partial,
        RunStatus::Error,
        RunStatus::Cancelled,
        RunStatus::Interrupted,
    ];

    /// The word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            RunStatus::Running => "running",
            RunStatus::Success => "success",
            RunStatus::Partial => "partial",
            RunStatus::Error => "error",
            RunStatus::Cancelled => "cancelled",
            RunStatus::Interrupted => "interrupted",
        }
    }

    /// The status of that word.
    pub fn from_word(word: &str) -> Option<RunStatus> {
        RunStatus::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// What became of the records of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records seen on the side they come from.
    pub processed: u64,
    /// Created on the other side.
    pub created: u64,
    /// Changed on the other side.
    pub updated: u64,
    /// Found as they should be; not written.
    pub unchanged: u64,
    /// Refused, each with its reason.
    pub failed: u64,
}

impl Counts {
    /// How a run that came to its end stands: green only when every record is accounted for.
    pub fn outcome(&self) -> RunStatus {
        let done = self.created + self.updated + self.unchanged;
        if self.failed == 0 && done == self.processed {
            RunStatus::Success
        } else if done == 0 {
            RunStatus::Error
        } else {
            RunStatus::Partial
        }
    }

    /// Adds the counts of a page.
    pub fn add(&mut self, page: Counts) {
        self.processed += page.processed;
        self.created += page.created;
        self.updated += page.updated;
        self.unchanged += page.unchanged;
        self.failed += page.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn green_means_proven() {
        let counts = |processed, created, failed| Counts { processed, created, failed, ..Counts::default() };
        assert_eq!(counts(0, 0, 0).outcome(), RunStatus::Success);
        assert_eq!(counts(3, 3, 0).outcome(), RunStatus::Success);
        assert_eq!(counts(3, 2, 1).outcome(), RunStatus::Partial);
        assert_eq!(counts(3, 0, 3).outcome(), RunStatus::Error);
        // A record that nobody accounts for is never green.
        assert_eq!(counts(3, 2, 0).outcome(), RunStatus::Partial);
    }
}
