//! The test that a connection works.

use connectors::Count;
use model::api::TestBody;
use model::{Lang, StreamSchema, Text};
use store::ConfigRow;

use super::ConnectedAccount;
use crate::sync::prepare;
use crate::{Error, Hub, Result};

/// How many records a test counts before it says "more than": 20 requests, 4 s at Airtable's limit.
const COUNT_LIMIT: u64 = 2_000;

impl Hub {
    /// Tests a connection: proves the token, finds the table, counts its records. A service that says
    /// no is an answer, not an error.
    ///
    /// # Errors
    /// `UnknownProvider`, `NotConfigured`; the database does not answer.
    pub async fn test(&self, provider: &str, lang: Lang) -> Result<TestBody> {
        let row = self.config_row(provider).await?;
        let account = self.connect(&row).await?;
        match self.look(&row, &account).await {
            Ok((stream, count, warnings)) => {
                let (number, is_minimum) = match count {
                    Count::Exactly(n) => (n, false),
                    Count::MoreThan(n) => (n, true),
                };
                let warnings = warnings.iter().map(|w| w.get(lang).to_owned()).collect();
                let message = found(&stream.name, number, is_minimum).get(lang).to_owned();
                Ok(TestBody {
                    success: true,
                    message,
                    table_name: Some(stream.name),
                    record_count: Some(number),
                    record_count_is_minimum: is_minimum,
                    warnings,
                    fields: stream.fields,
                    ..TestBody::default()
                })
            }
            Err(error) => {
                let error = Error::from(error);
                let message = error.message(lang).to_owned();
                Ok(TestBody {
                    error: Some(message.clone()),
                    message,
                    hint: error.hint.map(|h| h.get(lang).to_owned()),
                    code: Some(error.kind.code().to_owned()),
                    ..TestBody::default()
                })
            }
        }
    }

    async fn look(
        &self,
        row: &ConfigRow,
        account: &ConnectedAccount,
    ) -> connectors::Result<(StreamSchema, Count, Vec<Text>)> {
        let connection = &account.connection;
        connection.check().await?;
        let stream = prepare::find_stream(connection.as_ref(), row).await?;
        let warnings = match prepare::resolve(row, &stream) {
            Ok(found) => found.warnings,
            Err(faults) => faults,
        };
        let count = connection.count(&stream, COUNT_LIMIT).await?;
        if row.stream.as_ref() != Some(&stream) {
            let row = prepare::follow_renames(row, &stream);
            // The test has told what it found; what is remembered of it is a convenience.
            if let Err(error) = self.store_config(row, None).await {
                tracing::warn!(%error, "the discovered fields could not be kept");
            }
        }
        Ok((stream, count, warnings))
    }
}

fn found(table: &str, count: u64, more: bool) -> Text {
    let (fr_more, en_more) = if more { ("plus de ", "more than ") } else { ("", "") };
    let plural = if count > 1 { "s" } else { "" };
    Text::new(
        format!("Connecté : table « {table} », {fr_more}{count} enregistrement{plural}."),
        format!("Connected: table “{table}”, {en_more}{count} record{plural}."),
    )
}
