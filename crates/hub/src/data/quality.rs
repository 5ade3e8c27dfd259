//! How good the rows of a source are, after each of its loads.

use std::collections::BTreeMap;

use model::api::{CoverageBody, QualityBody, QualityCheckBody, QualityTableBody};
use model::canonical::Entity;
use model::quality::{Found, Score, Weight, dropped, percent};
use model::{Lang, Text};
use store::{Assessed, Check, Scope};

use crate::{Error, Hub, Kind, Result};

/// Looks at what a load has left in these tables and keeps what was found: to be called once, after the
/// last portion and what follows from other rows. It reads every row the source has there; nobody waits
/// for it to write.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn assess(hub: &Hub, scope: Scope, run_id: i64, entities: &[Entity]) -> Result<()> {
    let today = hub.time().date_naive();
    let mut tables = Vec::with_capacity(entities.len());
    for entity in entities {
        tables.push(hub.store().assess(scope, run_id, *entity, today).await?);
    }
    Ok(hub.store().keep_assessed(run_id, &tables).await?)
}

/// Keeps for a run that wrote and refused nothing what was found the last time, if that still holds: rows
/// were not refused then either, and it was today, since what is in the future now may not be tomorrow.
/// Returns whether it does.
///
/// # Errors
/// The database does not answer.
pub(crate) async fn repeat(hub: &Hub, source: &str, run_id: i64) -> Result<bool> {
    let Some((last, _)) = hub.store().assessed_runs(source, 1).await?.pop() else { return Ok(false) };
    let Some(run) = hub.store().run(last).await? else { return Ok(false) };
    let today = hub.time().date_naive().to_string();
    let holds = run.counts.failed == 0 && run.started_at.starts_with(&today);
    if holds {
        hub.store().keep_assessed_again(run_id, last).await?;
    }
    Ok(holds)
}

impl Hub {
    /// What a run of a source left behind, or its last one; `None` before the first.
    ///
    /// # Errors
    /// `NotFound`: that run is not one of this source's, or nothing was looked at after it. The database
    /// does not answer.
    pub async fn quality(&self, source: &str, run: Option<i64>, lang: Lang) -> Result<Option<QualityBody>> {
        let runs = self.quality_runs(source).await?;
        let run = match run {
            None => runs.first(),
            Some(wanted) => {
                let found = runs.iter().find(|(id, _)| *id == wanted);
                Some(found.ok_or_else(|| no_report(source, wanted))?)
            }
        };
        let Some((run_id, started_at)) = run else { return Ok(None) };
        let mut tables = Vec::new();
        for assessed in self.store().assessed(*run_id).await? {
            let before = self.store().assessed_before(source, *run_id, assessed.entity).await?;
            let earlier = match before {
                Some(before) => self.store().assessed(before).await?,
                None => Vec::new(),
            };
            let earlier = earlier.into_iter().find(|table| table.entity == assessed.entity);
            tables.push(table_body(source, *run_id, &assessed, before.zip(earlier), lang));
        }
        let (source, started_at) = (source.to_owned(), started_at.clone());
        Ok(Some(QualityBody { source, run_id: *run_id, started_at, tables }))
    }

    /// The runs of a source that there is a report of, with the moment each began; newest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn quality_runs(&self, source: &str) -> Result<Vec<(i64, String)>> {
        Ok(self.store().assessed_runs(source, RUNS).await?)
    }
}

/// Runs that can be chosen from.
const RUNS: u32 = 200;

fn no_report(source: &str, run: i64) -> Error {
    Error::new(
        Kind::NotFound,
        Text::new(
            format!("Il n'y a pas de rapport de qualité n° {run} pour « {source} »."),
            format!("There is no quality report no. {run} for “{source}”."),
        ),
    )
}

fn table_body(
    source: &str,
    run_id: i64,
    assessed: &Assessed,
    before: Option<(i64, Assessed)>,
    lang: Lang,
) -> QualityTableBody {
    let entity = assessed.entity;
    let in_address: String = url::form_urlencoded::byte_serialize(source.as_bytes()).collect();
    let (compared_with, before) = before.unzip();
    let earlier: BTreeMap<&str, f64> = before
        .iter()
        .flat_map(|table| &table.filled)
        .filter(|(.., total)| *total > 0)
        .map(|(field, filled, total)| (*field, percent(*filled, *total)))
        .collect();
    let coverage: Vec<CoverageBody> = assessed
        .filled
        .iter()
        .map(|(name, filled, total)| {
            let (percent, before) = (percent(*filled, *total), earlier.get(name).copied());
            CoverageBody {
                field: (*name).to_owned(),
                label: entity.field(name).map_or(*name, |field| field.meaning.get(lang)).to_owned(),
                filled: *filled,
                total: *total,
                percent,
                before,
                dropped: *total > 0 && before.is_some_and(|before| dropped(before, percent)),
            }
        })
        .collect();
    let found: Vec<(&Check, u64, u64)> = assessed
        .found
        .iter()
        .filter_map(|(code, rows, checked)| Some((Check::of(entity, code)?, *rows, *checked)))
        .collect();
    let weighed: Vec<Found> = found
        .iter()
        .map(|(check, rows, checked)| Found { weight: check.weight, rows: *rows, checked: *checked })
        .collect();
    let lost = coverage.iter().filter(|field| field.dropped).count() as u64;
    let score = Score::of(&weighed, lost);
    QualityTableBody {
        table: entity.name().to_owned(),
        rows: assessed.filled.first().map_or(0, |(.., total)| *total),
        score: score.map(Score::points),
        verdict: score.map(|score| score.verdict().word().to_owned()),
        checks: found
            .into_iter()
            .map(|(check, rows, checked)| QualityCheckBody {
                code: check.code.to_owned(),
                label: check.label.get(lang).to_owned(),
                advice: check.advice.get(lang).to_owned(),
                grave: check.weight == Weight::Grave,
                rows,
                checked,
                href: if check.is_in_table() {
                    format!("/data/{}?source={}&check={}", entity.table(), in_address, check.code)
                } else {
                    format!("/runs/{run_id}#refused")
                },
            })
            .collect(),
        coverage,
        compared_with,
    }
}

#[cfg(test)]
mod tests {
    use store::checks;

    use super::*;

    fn sales(filled: u64) -> Assessed {
        Assessed {
            entity: Entity::SalesLines,
            found: checks(Entity::SalesLines).map(|check| (check.code, 0, 100)).collect(),
            filled: vec![("line_key", 100, 100), ("channel", filled, 100)],
        }
    }

    #[test]
    fn a_field_that_is_no_longer_filled_is_told_and_counts() {
        let body = table_body("cave à vin", 7, &sales(40), Some((3, sales(90))), Lang::Fr);
        let told = (body.score, body.compared_with, body.coverage[1].before, body.coverage[1].dropped);
        assert_eq!(told, (Some(95), Some(3), Some(90.0), true));
        assert_eq!(body.checks[0].href, "/runs/7#refused");
        let orphan = body.checks.iter().find(|check| check.code == "orphan_product").unwrap();
        assert_eq!(orphan.href, "/data/sales_lines?source=cave+%C3%A0+vin&check=orphan_product");
        let first = table_body("cave", 7, &sales(40), None, Lang::Fr);
        assert_eq!((first.score, first.coverage[1].before), (Some(100), None));
    }
}
