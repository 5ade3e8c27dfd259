//! One run of a dataset: rows are read, written into the next version page by page, and published.

use model::Text;
use model::dataset::{KeyBy, Row};
use model::rule::Checker;
use model::run::Counts;
use store::{ConfigRow, DatasetRow, Writing};
use tokio_util::sync::CancellationToken;

use super::intake::{Intake, Portion};
use super::reading::{self, Read, Step};
use super::words;
use crate::sync::prepare::find_stream;
use crate::sync::{Phase, Stop, Tally, unless_asked};
use crate::{Error, Hub, Result, fault_point};

/// How many warnings of the pages a run keeps.
const TOLD: usize = 100;

/// Refused rows looked at again together.
const AGAIN: u32 = 1_000;

/// What to bring into a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetRequest {
    /// The dataset's name.
    pub dataset: String,
    /// Everything is read, and rows that are not there any more are taken out however many they are.
    pub accept_removals: bool,
    /// Only the rows that this run refused.
    pub(crate) replay_of: Option<i64>,
}

/// A run of a dataset at work.
pub(crate) struct DatasetLoading<'a> {
    /// The program.
    pub hub: &'a Hub,
    /// Its run.
    pub run_id: i64,
    /// The account so far.
    pub tally: Tally,
    /// Says when to stop.
    pub asked: CancellationToken,
}

impl DatasetLoading<'_> {
    /// Carries it out, from the first look at the service to the new version.
    pub(crate) async fn run(
        &mut self,
        provider: &str,
        request: DatasetRequest,
    ) -> std::result::Result<(), Stop> {
        let config = self.hub.connection_row(provider).await?;
        let rules = Checker::new(&config.rules).map_err(|faults| Error::faults(&faults))?;
        let dataset = self.dataset(&request.dataset, provider).await?;
        let mut writing = self.hub.store().dataset_writing(dataset.id).await?;
        let chosen = config.key_column.clone().map(KeyBy::Column);
        let intake = Intake::new(chosen.or_else(|| dataset.key.clone()), dataset.are_texts, rules);
        let read = match request.replay_of {
            Some(run_id) => self.again(run_id, &mut writing, intake).await?,
            None => self.read(&config, &dataset, &request, &mut writing, intake).await?,
        };
        self.tally.phase(Phase::Writing);
        let settings = settings_word(&config);
        self.publish(&dataset, &writing, read, request.accept_removals, &settings).await
    }

    async fn dataset(&self, name: &str, provider: &str) -> Result<DatasetRow> {
        let mut batch = self.hub.store().begin().await?;
        let dataset = batch.dataset_for(name, provider, &self.hub.at()).await?;
        if dataset.provider != provider {
            return Err(words::taken(name, &dataset.provider));
        }
        batch.commit().await?;
        Ok(dataset)
    }

    /// Reads the service and writes what it shows.
    async fn read(
        &mut self,
        config: &ConfigRow,
        dataset: &DatasetRow,
        request: &DatasetRequest,
        writing: &mut Writing,
        intake: Intake,
    ) -> std::result::Result<Read, Stop> {
        let account = self.hub.connect(config).await?;
        let connection = account.connection;
        let stream = unless_asked(&self.asked, find_stream(connection.as_ref(), config)).await??;
        // A mark holds for the settings and the keys it was made with.
        let same = intake.key.is_some() && intake.key == dataset.key && !request.accept_removals;
        let settings = settings_word(config);
        let mark =
            dataset.mark.as_ref().filter(|(_, of)| same && *of == settings).map(|(mark, _)| mark.clone());
        let mut steps = reading::begin(connection, stream, mark, intake);
        while let Some(step) = unless_asked(&self.asked, steps.next()).await? {
            match step? {
                Step::Portion(portion) => self.write(writing, portion).await?,
                Step::End(read) => return Ok(read),
            }
        }
        // The reader ends without a word only when it breaks.
        Err(crate::sync::broken())
    }

    /// Looks at the rows a run refused once more.
    async fn again(
        &mut self,
        refused_by: i64,
        writing: &mut Writing,
        mut intake: Intake,
    ) -> std::result::Result<Read, Stop> {
        let mut after = 0;
        loop {
            let refused = self.hub.store().dataset_refusals_after(refused_by, after, AGAIN).await?;
            let Some((last, _)) = refused.last() else { break };
            after = *last;
            let portion = intake.take_again(refused.into_iter().map(|(_, row)| row).collect());
            unless_asked(&self.asked, std::future::ready(())).await?;
            self.write(writing, portion).await?;
        }
        let Intake { key, shape, are_texts, .. } = intake;
        Ok(Read { key, shape, are_texts, only_changes: true, mark: None })
    }

    /// Writes a portion: its rows, its refusals and the counts together.
    async fn write(&mut self, writing: &mut Writing, portion: Portion) -> std::result::Result<(), Stop> {
        let Portion { rows, refused, bytes, warnings } = portion;
        fault_point::reached("page-read").await;
        let mut batch = self.hub.store().begin().await?;
        let mut counts = batch.put_dataset_rows(writing, &rows).await?;
        if !refused.is_empty() {
            let keys: Vec<&str> = refused.iter().filter_map(|row| row.key.as_deref()).collect();
            batch.keep_dataset_rows(writing, &keys).await?;
            batch.add_dataset_refusals(self.run_id, writing, &refused).await?;
            let failed = refused.len() as u64;
            counts.add(Counts { processed: failed, failed, ..Counts::default() });
        }
        batch.advance_run(self.run_id, counts, None).await?;
        batch.add_bytes(self.run_id, bytes).await?;
        fault_point::reached("page-written").await;
        batch.commit().await?;
        fault_point::reached("page-committed").await;
        self.tally.add(counts);
        if let (None, Some(first)) = (&self.tally.first_failure, refused.first()) {
            self.tally.first_failure = Some((Some(words::row_name(first)), first.reason.clone()));
        }
        let room = TOLD.saturating_sub(self.tally.warnings.len());
        let new = warnings.into_iter().filter(|text| !self.tally.warnings.contains(text)).take(room);
        let new: Vec<Text> = new.collect();
        self.tally.warnings.extend(new);
        Ok(())
    }
}

/// A word for what decides what a service shows.
fn settings_word(config: &ConfigRow) -> String {
    let settings = serde_json::json!([config.base_id, config.table_name, config.settings]).to_string();
    format!("{:x}", Row::fingerprint(&settings))
}
