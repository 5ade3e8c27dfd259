//! Figures of the deals that fit a filter, all of one moment.
//!
//! One pass over an index that holds everything gives counts and sums per status, sector and assignee, in whole
//! cents; every figure follows from these groups.

use std::sync::LazyLock;

use chrono::NaiveDate;
use model::{Deal, Money, Status};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, Arguments, AssertSqlSafe, Row, Transaction};

use super::fit::Fit;
use super::memo::Known;
use super::statuses::open_words;
use super::texts::DealTexts;
use super::{COLUMNS, DealFilter, add, deal, list};
use crate::sql::{Dialect, count};
use crate::{Error, Result, Store};

/// The table, with the index that holds everything. Left alone, SQLite's planner would take a narrower index, and
/// go from each of its entries to the table.
pub(super) const FIGURES_INDEX: &str = "deals indexed by deals_figures";

/// An amount in whole cents, as the index has it.
const CENTS: &str = "cast(round(montant_brut * 100) as bigint)";
/// The largest amount first, by that.
static LARGEST_CENTS: LazyLock<String> = LazyLock::new(|| format!("{CENTS} desc, id desc"));

/// The days that figures turn on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureDays {
    /// What was due before is overdue.
    pub today: NaiveDate,
    /// What is due up to and with that day is due soon.
    pub soon: NaiveDate,
    /// What has not changed since that instant, as tables keep it, is cold.
    pub cold: String,
}

/// The deals of one status, sector and assignee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureGroup {
    /// Their status.
    pub statut: Status,
    /// Their sector.
    pub secteur: Option<String>,
    /// Who follows them.
    pub assignee: Option<String>,
    /// How many there are.
    pub deals: u64,
    /// Their amounts.
    pub amount: Money,
    /// Their amounts × probability, each rounded to the cent.
    pub weighted: Money,
    /// How many have a due date.
    pub dated: u64,
    /// How many are due before today, whatever their status.
    pub overdue: u64,
    /// How many are due today or soon.
    pub soon: u64,
    /// How many have not changed for long, whatever their status.
    pub cold: u64,
    /// Of how many it is known how long it took to win them.
    pub timed: u64,
    /// How long that took, of these together, in seconds.
    pub seconds: i64,
}

/// The first few deals of some kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Few {
    /// Open and due before today, the oldest first.
    Overdue,
    /// Open and due today or soon, the soonest first.
    Soon,
    /// Open and unchanged for long, the longest first.
    Cold,
    /// With the largest amounts, the largest first.
    Largest,
}

/// The deals that fit a filter, as they are at one moment.
pub struct Figures<'f> {
    tx: Transaction<'static, Any>,
    dialect: Dialect,
    filter: &'f DealFilter,
    fit: Fit<'f>,
    known: Known,
    days: FigureDays,
}

impl Store {
    /// Looks at the deals that fit a filter; its limit, offset and order are those of lists.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn figures<'f>(&self, filter: &'f DealFilter, days: FigureDays) -> Result<Figures<'f>> {
        let mut tx = self.begin_reading().await?;
        let fit = Fit::of(filter, self.dialect, &self.memo, &mut tx).await?;
        let known = self.memo.at(self.dialect, &mut tx).await?;
        Ok(Figures { tx, dialect: self.dialect, filter, fit, known, days })
    }
}

impl Figures<'_> {
    /// Whether they are of every deal there is.
    pub fn are_of_all(&self) -> bool {
        matches!(self.fit, Fit::All)
    }

    /// Counts and sums, per sector, assignee and status; in no order.
    ///
    /// # Errors
    /// The database does not answer, a row is not what this program writes, or a sum is beyond what 64 bits
    /// hold (more than 92,000 deals of the largest amount there is).
    pub async fn groups(&mut self) -> Result<Vec<FigureGroup>> {
        let asked = (self.filter.which(), self.days.clone());
        if let Some(groups) = self.known.found(|kept| &mut kept.groups, &asked) {
            return Ok(groups);
        }
        let mut arguments = AnyArguments::default();
        add(&mut arguments, self.days.today.to_string())?;
        add(&mut arguments, self.days.soon.to_string())?;
        add(&mut arguments, self.days.cold.clone())?;
        let mut condition = self.fit.condition(self.dialect, &mut arguments)?;
        if matches!(self.fit, Fit::Search(_)) {
            // The texts are read in the order of the table; the figures still come from the index alone.
            condition = format!("id in (select id from deals where {condition})");
        }
        let sql = format!(
            "select statut, secteur, assignee, count(*) as deals, cast(sum({CENTS}) as bigint) as amount, \
             cast(sum(cast(round(valeur_ponderee * 100) as bigint)) as bigint) as weighted, \
             count(date_echeance) as dated, count(*) filter (where date_echeance < $1) as overdue, \
             count(*) filter (where date_echeance >= $1 and date_echeance <= $2) as soon, \
             count(*) filter (where updated_at < $3) as cold, \
             count(gagne_apres) as timed, cast(coalesce(sum(gagne_apres), 0) as bigint) as seconds \
             from {} where {condition} group by secteur, assignee, statut",
            self.whole_table(),
        );
        let rows = sqlx::query_with(AssertSqlSafe(sql), arguments)
            .persistent(false)
            .fetch_all(&mut *self.tx)
            .await?;
        let groups: Vec<FigureGroup> = rows.iter().map(group).collect::<Result<_>>()?;
        self.known.keep(|kept| &mut kept.groups, asked, &groups);
        Ok(groups)
    }

    /// At most `limit` deals of that kind.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn few(&mut self, which: Few, limit: u32) -> Result<Vec<Deal>> {
        let mut arguments = AnyArguments::default();
        let mut parts = vec![self.fit.condition(self.dialect, &mut arguments)?];
        let mut compare = |comparison: &str, value: String| {
            parts.push(format!("{comparison} ${}", arguments.len() + 1));
            add(&mut arguments, value)
        };
        let order = match which {
            Few::Overdue => {
                compare("date_echeance <", self.days.today.to_string())?;
                "date_echeance, id"
            }
            Few::Soon => {
                compare("date_echeance >=", self.days.today.to_string())?;
                compare("date_echeance <=", self.days.soon.to_string())?;
                "date_echeance, id"
            }
            Few::Cold => {
                compare("updated_at <", self.days.cold.clone())?;
                "updated_at, id"
            }
            // Each in the words of the index it is looked for in.
            Few::Largest if self.table() == FIGURES_INDEX => LARGEST_CENTS.as_str(),
            Few::Largest => "montant_brut desc, id desc",
        };
        if which != Few::Largest {
            parts.push(format!("statut in ({})", open_words()));
        }
        let sql = format!(
            "select {COLUMNS} from deals where id in (select id from {} where {} order by {order} limit {limit}) \
             order by {order}",
            self.table(),
            parts.join(" and ")
        );
        let rows = sqlx::query_with(AssertSqlSafe(sql), arguments)
            .persistent(false)
            .fetch_all(&mut *self.tx)
            .await?;
        rows.iter().map(deal).collect()
    }

    /// The page of the deals that the filter asks for, in its order.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn page(&mut self) -> Result<Vec<Deal>> {
        list::page(&self.fit, self.filter, self.dialect, &mut self.tx).await
    }

    /// The first deals of each of these statuses in the filter's order, at most `limit` of each; in no other order
    /// than that.
    ///
    /// # Errors
    /// The database does not answer, or a row is not what this program writes.
    pub async fn heads(&mut self, statuses: &[Status], limit: u32) -> Result<Vec<Deal>> {
        if statuses.is_empty() {
            return Ok(Vec::new());
        }
        let order = self.filter.sort.sql(self.filter.reversed);
        let mut arguments = AnyArguments::default();
        let condition = self.fit.condition(self.dialect, &mut arguments)?;
        let heads = statuses.iter().map(|status| {
            let word = status.word();
            format!(
                "select id from (select id from deals where {condition} and statut = '{word}' \
                 order by {order} limit {limit}) as head"
            )
        });
        let sql = format!(
            "select {COLUMNS} from deals where id in ({}) order by {order}",
            heads.collect::<Vec<_>>().join(" union all ")
        );
        let rows = sqlx::query_with(AssertSqlSafe(sql), arguments)
            .persistent(false)
            .fetch_all(&mut *self.tx)
            .await?;
        rows.iter().map(deal).collect()
    }

    /// The sectors and the assignees of all deals, whether they fit or not.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn texts_of_all(&mut self) -> Result<DealTexts> {
        DealTexts::of_all(self.dialect, &mut self.tx).await
    }

    /// Ends the looking, so that the connection serves the next at once.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn end(self) -> Result<()> {
        Ok(self.tx.commit().await?)
    }

    /// The table, where each of its deals is looked at once.
    fn whole_table(&self) -> &'static str {
        match (self.dialect, &self.fit) {
            (Dialect::Sqlite, Fit::All | Fit::Search(_)) => FIGURES_INDEX,
            _ => self.table(),
        }
    }

    /// The table, where some of its deals are looked for: where every deal fits, or many do, they stand at the
    /// beginning of the index that has the order.
    fn table(&self) -> &'static str {
        match (self.dialect, &self.fit) {
            (Dialect::Sqlite, Fit::Fields(_)) => FIGURES_INDEX,
            _ => "deals",
        }
    }
}

fn group(row: &AnyRow) -> Result<FigureGroup> {
    let number = |name: &str| -> Result<u64> { Ok(count(row.try_get(name)?)) };
    let cents = |name: &str| -> Result<Money> { Ok(Money::from_cents(row.try_get(name)?)) };
    let status: String = row.try_get("statut")?;
    Ok(FigureGroup {
        statut: Status::from_word(&status).ok_or(Error::Corrupt { what: "statut", value: status })?,
        secteur: row.try_get("secteur")?,
        assignee: row.try_get("assignee")?,
        deals: number("deals")?,
        amount: cents("amount")?,
        weighted: cents("weighted")?,
        dated: number("dated")?,
        overdue: number("overdue")?,
        soon: number("soon")?,
        cold: number("cold")?,
        timed: number("timed")?,
        seconds: row.try_get("seconds")?,
    })
}
