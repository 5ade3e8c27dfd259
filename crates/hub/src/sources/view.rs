//! How sources stand.

use model::api::{Health, LoadBody};
use model::{Lang, Subject, Text};
use store::{CheckRow, ConfigRow, RunRow, RunTableRow};

use super::account::load_body;
use crate::connections::PROVIDERS;
use crate::{Hub, Result};

/// A source as lists and pages show it.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceView {
    /// Its unique name.
    pub name: String,
    /// Its kind, such as `odoo`.
    pub kind: String,
    /// What people call its kind.
    pub kind_name: String,
    /// How it stands.
    pub health: Health,
    /// The sync that began last.
    pub last: Option<LoadBody>,
    /// How the last test went.
    pub checked: Option<Checked>,
    /// Why it does not stand well, with what to do.
    pub trouble: Option<String>,
    /// The run that is going on.
    pub running: Option<i64>,
}

/// How a test went.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Whether it passed.
    pub success: bool,
    /// When; RFC 3339, UTC.
    pub at: String,
    /// What was found, or what is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Hub {
    /// Every source, by name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn sources(&self, lang: Lang) -> Result<Vec<SourceView>> {
        let rows = self.source_rows().await?;
        let runs = self.as_they_stand(self.store().last_runs(Subject::Tables).await?);
        let ids: Vec<i64> = runs.iter().map(|run| run.id).collect();
        let tables = self.store().run_tables(&ids).await?;
        let view = |row: ConfigRow| {
            let last = runs.iter().find(|run| run.provider == row.provider);
            self.source_view(row, last, &tables, lang)
        };
        rows.into_iter().map(view).collect()
    }

    /// One source.
    ///
    /// # Errors
    /// `NotFound`; the database does not answer.
    pub async fn source(&self, name: &str, lang: Lang) -> Result<SourceView> {
        let row = self.source_row(name).await?;
        let runs = self.run_rows(Some(name), Some(Subject::Tables), 1, 0).await?;
        let ids: Vec<i64> = runs.iter().map(|run| run.id).collect();
        let tables = self.store().run_tables(&ids).await?;
        self.source_view(row, runs.first(), &tables, lang)
    }

    /// Whether there are sources, while none of the connections that are there from the beginning was ever
    /// configured.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn has_only_sources(&self) -> Result<bool> {
        for provider in PROVIDERS {
            if self.config(provider).await?.configured {
                return Ok(false);
            }
        }
        Ok(!self.source_rows().await?.is_empty())
    }

    /// A source whose last run is that one, with its own among these tables.
    fn source_view(
        &self,
        row: ConfigRow,
        last: Option<&RunRow>,
        tables: &[RunTableRow],
        lang: Lang,
    ) -> Result<SourceView> {
        let spec = self.source_connector(&row)?.spec();
        let last = last.map(|run| load_body(run, tables, &spec.id, lang));
        let running = last.as_ref().filter(|load| load.status == "running").map(|load| load.run_id);
        let checked = row.last_check.map(|check| checked(check, lang));
        let (health, trouble) = match running {
            Some(_) => (Health::Syncing, None),
            None => standing(checked.as_ref(), last.as_ref()),
        };
        Ok(SourceView {
            name: row.provider,
            kind: spec.id,
            kind_name: spec.name,
            health,
            last,
            checked,
            trouble,
            running,
        })
    }
}

/// How a source stands by the later of its last test and its last sync, and why it does not stand well.
fn standing(checked: Option<&Checked>, last: Option<&LoadBody>) -> (Health, Option<String>) {
    let by_test = |check: &Checked| match check.success {
        true => (Health::Healthy, None),
        false => (Health::Error, Some(sentences([Some(&check.message), check.hint.as_ref()]))),
    };
    let by_sync = |load: &LoadBody| match load.status.as_str() {
        "success" => (Health::Healthy, None),
        _ => (Health::Error, Some(sentences([load.errors.first(), load.hint.as_ref()]))),
    };
    match (checked, last) {
        (None, None) => (Health::Idle, None),
        (Some(check), None) => by_test(check),
        (None, Some(load)) => by_sync(load),
        (Some(check), Some(load)) if check.at > load.timestamp => by_test(check),
        (Some(_), Some(load)) => by_sync(load),
    }
}

fn sentences(told: [Option<&String>; 2]) -> String {
    told.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn checked(check: CheckRow, lang: Lang) -> Checked {
    let text = |text: Text| text.get(lang).to_owned();
    Checked { success: check.success, at: check.at, message: text(check.message), hint: check.hint.map(text) }
}
