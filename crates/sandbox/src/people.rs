//! The people of a company: the same at every start, for services that keep employees.

use chrono::{Days, NaiveDate};

/// One of the company's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) title: &'static str,
    pub(crate) department: &'static str,
    pub(crate) town: &'static str,
    pub(crate) hired: NaiveDate,
    /// A year, in euros.
    pub(crate) salary: u64,
}

const FIRST: [&str; 13] = [
    "Aïcha",
    "Benoît",
    "Chloé",
    "Dorothée",
    "Émile",
    "Françoise",
    "Gaël",
    "Hélène",
    "Inès",
    "Jérôme",
    "Loïc",
    "Maëlle",
    "Théo",
];
const LAST: [&str; 11] = [
    "Lefèvre",
    "Müller",
    "N'Diaye",
    "Roussel",
    "Kermarrec",
    "Garçon",
    "Benali",
    "Dübois",
    "Petit",
    "L'Hôte",
    "Œillet",
];
const WORK: [(&str, &str); 5] = [
    ("Caviste", "Ventes"),
    ("Responsable des ventes", "Ventes"),
    ("Maître de chai", "Production"),
    ("Comptable", "Finances"),
    ("Ingénieure logiciel", "Informatique"),
];
const TOWNS: [&str; 4] = ["Beaune", "Épernay", "Nîmes", "Saint-Émilion"];

impl Person {
    /// The person of that number.
    pub(crate) fn of(number: u64) -> Self {
        let place = usize::try_from(number).unwrap_or_default();
        let (title, department) = WORK[place % WORK.len()];
        Self {
            first: FIRST[place % FIRST.len()],
            last: LAST[place % LAST.len()],
            title,
            department,
            town: TOWNS[place % TOWNS.len()],
            hired: NaiveDate::default() + Days::new(14_600 + number * 7 % 5_000),
            salary: 30_000 + number * 137 % 40_000,
        }
    }

    /// First and last name.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}
