//! The status of a deal and the words services use for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fold::fold;
use crate::text::Text;

/// Where a deal stands. The probability of winning follows from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// A first contact.
    #[default]
    #[serde(rename = "prospect")]
    Prospect,
    /// The need and the budget are known.
    #[serde(rename = "qualifié")]
    Qualified,
    /// An offer is being discussed.
    #[serde(rename = "négociation")]
    Negotiation,
    /// Signed.
    #[serde(rename = "gagné")]
    Won,
    /// Signed and being delivered.
    #[serde(rename = "gagné - en cours")]
    InProgress,
    /// Lost.
    #[serde(rename = "perdu")]
    Lost,
}

impl Status {
    /// Every status, in the order of a sale.
    pub const ALL: [Status; 6] = [
        Status::Prospect,
        Status::Qualified,
        Status::Negotiation,
        Status::Won,
        Status::InProgress,
        Status::Lost,
    ];

    /// The CRM's own word, the same in SQL, JSON and on screen.
    pub fn word(self) -> &'static str {
        match self {
            Status::Prospect => "prospect",
            Status::Qualified => "qualifié",
            Status::Negotiation => "négociation",
            Status::Won => "gagné",
            Status::InProgress => "gagné - en cours",
            Status::Lost => "perdu",
        }
    }

    /// The chance of winning, in hundredths.
    pub fn percent(self) -> u8 {
        match self {
            Status::Prospect => 10,
            Status::Qualified => 30,
            Status::Negotiation => 70,
            Status::Won | Status::InProgress => 100,
            Status::Lost => 0,
        }
    }

    /// Whether the deal is signed.
    pub fn is_won(self) -> bool {
        matches!(self, Status::Won | Status::InProgress)
    }

    /// Whether it is neither won nor lost.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Prospect | Status::Qualified | Status::Negotiation)
    }

    /// The status of a stage that the service itself describes: one that closes a deal is won or lost, an open
    /// one is where its chance of winning, in hundredths, is nearest to a status's own.
    pub fn of_stage(closes: Option<bool>, percent: f64) -> Status {
        let open = [Status::Prospect, Status::Qualified, Status::Negotiation];
        let far = |status: &Status| (f64::from(status.percent()) - percent).abs();
        match closes {
            Some(true) => Status::Won,
            Some(false) => Status::Lost,
            None => open.into_iter().min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or_default(),
        }
    }

    /// The status named by exactly the CRM's word.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|s| s.word() == word)
    }

    /// The status a service's word stands for, whatever its case, accents, spaces and hyphens.
    ///
    /// `None` for a word that is not in the table; the caller decides what that means.
    pub fn from_service_word(word: &str) -> Option<Status> {
        match fold(word).as_str() {
            "prospect" | "lead" | "new" => Some(Status::Prospect),
            "qualifie" | "qualified" => Some(Status::Qualified),
            "negociation" | "negotiation" => Some(Status::Negotiation),
            "gagne" | "won" | "closedwon" => Some(Status::Won),
            "gagneencours" | "inprogress" => Some(Status::InProgress),
            "perdu" | "lost" | "closedlost" => Some(Status::Lost),
            _ => None,
        }
    }
}

/// A person's own words for statuses, beside the table that everyone has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusWords(BTreeMap<String, Status>);

impl StatusWords {
    /// Reads the object people save: their words to the CRM's; words without a status are left out.
    ///
    /// # Errors
    /// Every fault: a status the CRM does not have, a word without a letter, one word for two statuses.
    pub fn parse(entries: &BTreeMap<String, String>) -> Result<StatusWords, Vec<Text>> {
        let mut words = BTreeMap::new();
        let mut faults = Vec::new();
        for (word, status) in entries.iter().filter(|(_, status)| !status.trim().is_empty()) {
            let Some(status) = Status::from_word(status.trim()) else {
                let known = Status::ALL.map(Status::word).join(", ");
                faults.push(Text::new(
                    format!("« {status} » n'est pas un statut du CRM. Statuts possibles : {known}."),
                    format!("“{status}” is not a status of the CRM. Possible statuses: {known}."),
                ));
                continue;
            };
            let folded = fold(word);
            if folded.is_empty() {
                faults.push(Text::new(
                    format!("« {word} » n'est pas un mot : écrivez le statut tel que le service l'affiche."),
                    format!("“{word}” is not a word: write the status as the service shows it."),
                ));
            } else if words.insert(folded, status).is_some_and(|other| other != status) {
                faults.push(Text::new(
                    format!("« {word} » est associé à deux statuts. Gardez-en un."),
                    format!("“{word}” stands for two statuses. Keep one."),
                ));
            }
        }
        if faults.is_empty() { Ok(StatusWords(words)) } else { Err(faults) }
    }

    /// The same, and for the labels that neither the person nor the table knows, what the service says of them.
    #[must_use]
    pub fn with_stages(mut self, stages: &BTreeMap<String, Status>) -> StatusWords {
        for (label, status) in stages {
            if self.status(label).is_none() {
                self.0.insert(fold(label), *status);
            }
        }
        self
    }

    /// The status a service's word stands for: the person's own words first, then the table.
    pub fn status(&self, word: &str) -> Option<Status> {
        self.0.get(&fold(word)).copied().or_else(|| Status::from_service_word(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_words_are_understood() {
        for (word, status) in [
            ("Lead", Some(Status::Prospect)),
            ("NEW", Some(Status::Prospect)),
            ("Qualifié", Some(Status::Qualified)),
            ("qualifie\u{301}", Some(Status::Qualified)),
            ("Négociation", Some(Status::Negotiation)),
            ("negotiation ", Some(Status::Negotiation)),
            ("Closed-Won", Some(Status::Won)),
            ("closed won", Some(Status::Won)),
            ("In progress", Some(Status::InProgress)),
            ("Gagné – en cours", Some(Status::InProgress)),
            ("CLOSED LOST", Some(Status::Lost)),
            ("Qualif", None),
            ("", None),
        ] {
            assert_eq!(Status::from_service_word(word), status, "{word}");
        }
    }

    #[test]
    fn own_words_come_before_the_table() {
        let entries = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(word, status)| ((*word).to_owned(), (*status).to_owned())).collect()
        };
        let words =
            StatusWords::parse(&entries(&[("Qualif", "qualifié"), ("won", "perdu"), ("x", "")])).unwrap();
        for (word, status) in [
            ("qualif.", Some(Status::Qualified)),
            ("WON", Some(Status::Lost)),
            ("Closed won", Some(Status::Won)),
            ("x", None),
        ] {
            assert_eq!(words.status(word), status, "{word}");
        }
        for wrong in [[("Qualif", "signé")], [("…", "perdu")]] {
            assert_eq!(StatusWords::parse(&entries(&wrong)).unwrap_err().len(), 1, "{wrong:?}");
        }
        let two = StatusWords::parse(&entries(&[("Qualif", "qualifié"), ("QUALIF", "perdu")]));
        assert_eq!(two.unwrap_err().len(), 1);
    }

    #[test]
    fn every_own_word_reads_back() {
        for status in Status::ALL {
            assert_eq!(Status::from_word(status.word()), Some(status));
            assert_eq!(Status::from_service_word(status.word()), Some(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.word());
        }
    }

    #[test]
    fn a_stage_is_what_the_service_says_of_it() {
        for (closes, percent, status) in [
            (Some(true), 100.0, Status::Won),
            (Some(false), 0.0, Status::Lost),
            (None, 0.0, Status::Prospect),
            (None, 19.9, Status::Prospect),
            (None, 30.0, Status::Qualified),
            (None, 51.0, Status::Negotiation),
            (None, 100.0, Status::Negotiation),
            (None, f64::NAN, Status::Prospect),
        ] {
            assert_eq!(Status::of_stage(closes, percent), status, "{closes:?} {percent}");
        }
    }

    #[test]
    fn the_person_and_the_table_come_before_what_the_service_says() {
        let mine = BTreeMap::from([("Devis".to_owned(), "qualifié".to_owned())]);
        let stages = ["Devis", "Négociation", "Signé"].map(|label| (label.to_owned(), Status::Won)).into();
        let words = StatusWords::parse(&mine).expect("words").with_stages(&stages);
        let read = ["Devis", "negociation", "SIGNE", "Autre"].map(|word| words.status(word));
        assert_eq!(read, [Some(Status::Qualified), Some(Status::Negotiation), Some(Status::Won), None]);
    }
}
