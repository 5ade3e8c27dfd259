//! The account of a run while it goes on.

use std::collections::BTreeSet;

use model::run::Counts;
use model::{RunStatus, Text};
use store::Ending;
use tokio::sync::watch;

/// How many unknown status words a run remembers.
const WORDS: usize = 50;

/// Where a run stands, for whoever watches it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Live {
    /// What became of the records so far.
    pub counts: Counts,
    /// What it is doing.
    pub phase: Phase,
    /// How many records it will have seen at its end, where that is known.
    pub total: Option<u64>,
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Finding the table, reading the service.
    #[default]
    Reading,
    /// Writing to the service.
    Writing,
    /// It has ended and is in the history.
    Done,
}

impl Phase {
    /// The word in JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Phase::Reading => "reading",
            Phase::Writing => "writing",
            Phase::Done => "done",
        }
    }
}

/// What a run has to tell at its end.
pub(crate) struct Tally {
    /// What became of the records.
    pub counts: Counts,
    /// Status words that are not in the table.
    pub unknown_statuses: BTreeSet<String>,
    /// What to know although it went through.
    pub warnings: Vec<Text>,
    /// The first refused record and its reason.
    pub first_failure: Option<(Option<String>, Text)>,
    live: watch::Sender<Live>,
}

impl Tally {
    /// An empty account, told to `live` as it grows.
    pub(crate) fn new(live: watch::Sender<Live>) -> Tally {
        Tally {
            counts: Counts::default(),
            unknown_statuses: BTreeSet::new(),
            warnings: Vec::new(),
            first_failure: None,
            live,
        }
    }

    /// Adds a page whose changes are committed.
    pub(crate) fn add(&mut self, page: Counts) {
        self.counts.add(page);
        let counts = self.counts;
        self.live.send_modify(|live| live.counts = counts);
    }

    /// Says how many records there will be.
    pub(crate) fn total(&self, records: u64) {
        self.live.send_modify(|live| live.total = Some(records));
    }

    /// Says what the run is doing.
    pub(crate) fn phase(&self, phase: Phase) {
        self.live.send_modify(|live| live.phase = phase);
    }

    /// Remembers a status word that is not in the table.
    pub(crate) fn unknown_status(&mut self, word: &str) {
        // A text that long is no word: its beginning tells which column was taken for the status.
        let word = &model::parse::shorten(word);
        if self.unknown_statuses.len() < WORDS && !self.unknown_statuses.contains(word) {
            self.unknown_statuses.insert(word.clone());
        }
    }

    /// How a run that came to its end stands, and what is said about it.
    pub(crate) fn ending(&self) -> (RunStatus, Ending) {
        let status = self.counts.outcome();
        let failed = self.counts.failed;
        let Some((client, reason)) = self.first_failure.as_ref().filter(|_| failed > 0) else {
            return (status, Ending::default());
        };
        let client = client.as_deref().unwrap_or("?");
        let (plural, lead_fr, lead_en) = match failed {
            1 => ("", "", ""),
            _ => ("s", "Premier : ", "First: "),
        };
        let code = if status == RunStatus::Error { "all_refused" } else { "some_refused" };
        let ending = Ending {
            code: Some(code.to_owned()),
            message: Some(Text::new(
                format!("{failed} enregistrement{plural} refusé{plural}. {lead_fr}{client} — {}", reason.fr),
                format!("{failed} record{plural} refused. {lead_en}{client} — {}", reason.en),
            )),
            hint: None,
        };
        (status, ending)
    }
}
