//! Which deals are meant, and in which order.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use model::Status;
use model::api::instant;
use model::fold::plain;
use sqlx::Arguments;
use sqlx::any::AnyArguments;

use super::add;
use super::statuses::open_words;
use crate::Result;
use crate::sql::{self, Dialect};

/// Which deals, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DealFilter {
    /// Any of these statuses (CRM words); all when empty.
    pub statut: Vec<String>,
    /// Any of these sectors, an empty text for deals without one; all when empty.
    pub secteur: Vec<String>,
    /// Any of these assignees, an empty text for deals nobody follows; all when empty.
    pub assignee: Vec<String>,
    /// Due on that day or later.
    pub date_from: Option<NaiveDate>,
    /// Due on that day or earlier.
    pub date_to: Option<NaiveDate>,
    /// A part of the client's name or of the notes, without case and accents.
    pub search: Option<String>,
    /// Only deals that are neither won nor lost and have not changed since then.
    pub cold_since: Option<DateTime<Utc>>,
    /// At most that many; 100 by default, 1,000 at most.
    pub limit: Option<u32>,
    /// After that many.
    pub offset: u32,
    /// In which order.
    pub sort: DealSort,
    /// The other way round. What has no value stands last either way.
    pub reversed: bool,
}

/// The order of deals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DealSort {
    /// Last changed first.
    #[default]
    Recent,
    /// By id.
    Id,
    /// By client, in the order of the alphabet.
    Client,
    /// In the order of a sale.
    Status,
    /// Largest amount first.
    Amount,
    /// Largest amount × probability first.
    Weighted,
    /// By sector.
    Sector,
    /// Soonest due first, undated last.
    Due,
    /// By assignee.
    Assignee,
}

impl DealSort {
    /// The `order by` of this order, or of its reverse. What is equal is told apart by its id in the same
    /// direction, so that one index gives the whole order.
    pub(super) fn sql(self, reversed: bool) -> String {
        let (key, largest_first) = match self {
            DealSort::Recent => ("updated_at", true),
            DealSort::Id => ("id", false),
            DealSort::Client => ("client_plain", false),
            DealSort::Status => (RANK.as_str(), false),
            DealSort::Amount => ("montant_brut", true),
            DealSort::Weighted => ("valeur_ponderee", true),
            DealSort::Sector => ("secteur", false),
            DealSort::Due => ("date_echeance", false),
            DealSort::Assignee => ("assignee", false),
        };
        let way = if largest_first == reversed { "asc" } else { "desc" };
        // Only where there may be none: PostgreSQL would not take the index of the others.
        let last = match self {
            DealSort::Sector | DealSort::Due | DealSort::Assignee => " nulls last",
            _ => "",
        };
        format!("{key} {way}{last}, id {way}")
    }
}

/// A status as its place in a sale.
static RANK: LazyLock<String> = LazyLock::new(|| {
    let places = Status::ALL.iter().zip(0..).map(|(s, place)| format!(" when '{}' then {place}", s.word()));
    format!("case statut{} end", places.collect::<String>())
});

impl DealFilter {
    /// What is looked for, as [`plain`] writes it; none where nothing is.
    pub(super) fn searched(&self) -> Option<String> {
        self.search.as_deref().map(str::trim).filter(|s| !s.is_empty()).map(plain)
    }

    /// Whether every deal fits.
    pub(super) fn is_open(&self) -> bool {
        let lists = [&self.statut, &self.secteur, &self.assignee];
        lists.iter().all(|values| values.is_empty())
            && self.date_from.is_none()
            && self.date_to.is_none()
            && self.cold_since.is_none()
            && self.searched().is_none()
    }

    /// The same without place and order: which deals fit.
    pub(super) fn which(&self) -> DealFilter {
        DealFilter { limit: None, offset: 0, sort: DealSort::default(), reversed: false, ..self.clone() }
    }

    /// The condition of the filter, with its values after those that are there already.
    ///
    /// # Errors
    /// A value cannot be sent.
    pub(super) fn condition(&self, dialect: Dialect, arguments: &mut AnyArguments) -> Result<String> {
        let mut parts = vec!["1 = 1".to_owned()];
        for (column, values) in
            [("statut", &self.statut), ("secteur", &self.secteur), ("assignee", &self.assignee)]
        {
            parts.extend(any_of(column, values, arguments)?);
        }
        for (comparison, day) in [(">=", self.date_from), ("<=", self.date_to)] {
            if let Some(day) = day {
                parts.push(format!("date_echeance {comparison} ${}", arguments.len() + 1));
                add(arguments, day.to_string())?;
            }
        }
        if let Some(since) = self.cold_since {
            let place = arguments.len() + 1;
            parts.push(format!("updated_at < ${place} and statut in ({})", open_words()));
            add(arguments, instant(since))?;
        }
        if let Some(searched) = self.searched() {
            let (place, within) = (arguments.len() + 1, dialect.position());
            parts.push(format!(
                "({within}(client_plain, ${place}) > 0 or {within}(notes_plain, ${place}) > 0)"
            ));
            add(arguments, searched)?;
        }
        Ok(parts.join(" and "))
    }
}

/// That a column holds one of these values, or none where one of them is empty; `None` when all are meant.
fn any_of(column: &str, values: &[String], arguments: &mut AnyArguments) -> Result<Option<String>> {
    let (named, unnamed): (Vec<&String>, Vec<&String>) = values.iter().partition(|v| !v.is_empty());
    let mut ways = Vec::new();
    if !named.is_empty() {
        ways.push(format!("{column} in ({})", sql::numbered(arguments.len() + 1, named.len())));
    }
    if !unnamed.is_empty() {
        ways.push(format!("{column} is null"));
    }
    for value in named {
        add(arguments, value.clone())?;
    }
    Ok((!ways.is_empty()).then(|| format!("({})", ways.join(" or "))))
}
