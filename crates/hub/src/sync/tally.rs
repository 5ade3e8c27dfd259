//! The account of a run while it goes on.

use std::collections::BTreeSet;

use model::run::Counts;
use model::{Lang, RunStatus, Text};
use store::Ending;
use tokio::sync::watch;

/// The word for a run that could read one thing and not another.
pub(crate) const NOT_ALL_READ: &str = "not_all_read";

/// How many unknown status words a run remembers.
const WORDS: usize = 50;

/// How many things that could not be read the end of a run tells.
const FAULTS: usize = 3;

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
    /// What could not be read at all, while other things were.
    pub faults: Vec<Text>,
    /// The first refused record and its reason.
    pub first_failure: Option<(Option<Text>, Text)>,
    live: watch::Sender<Live>,
}

impl Tally {
    /// An empty account, told to `live` as it grows.
    pub(crate) fn new(live: watch::Sender<Live>) -> Tally {
        Tally {
            counts: Counts::default(),
            unknown_statuses: BTreeSet::new(),
            warnings: Vec::new(),
            faults: Vec::new(),
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
        if !self.faults.is_empty() {
            return self.faulty();
        }
        let status = self.counts.outcome();
        let failed = self.counts.failed;
        let Some((who, reason)) = self.first_failure.as_ref().filter(|_| failed > 0) else {
            return (status, Ending::default());
        };
        let nobody = Text::fixed("?", "?");
        let Text { fr: fr_who, en: en_who } = who.as_ref().unwrap_or(&nobody);
        let (plural, lead_fr, lead_en) = match failed {
            1 => ("", "", ""),
            _ => ("s", "Premier : ", "First: "),
        };
        let code = if status == RunStatus::Error { "all_refused" } else { "some_refused" };
        let ending = Ending {
            code: Some(code.to_owned()),
            message: Some(Text::new(
                format!("{failed} enregistrement{plural} refusé{plural}. {lead_fr}{fr_who} — {}", reason.fr),
                format!("{failed} record{plural} refused. {lead_en}{en_who} — {}", reason.en),
            )),
            hint: None,
        };
        (status, ending)
    }

    /// The end of a run that could read one thing and not another.
    fn faulty(&self) -> (RunStatus, Ending) {
        let status = match self.counts.outcome() {
            RunStatus::Success if self.counts.processed > 0 => RunStatus::Partial,
            RunStatus::Success => RunStatus::Error,
            other => other,
        };
        let join = |lang| self.faults.iter().take(FAULTS).map(|f| f.get(lang)).collect::<Vec<_>>().join(" ");
        let message = Some(Text::new(join(Lang::Fr), join(Lang::En)));
        (status, Ending { code: Some(NOT_ALL_READ.to_owned()), message, hint: None })
    }
}
