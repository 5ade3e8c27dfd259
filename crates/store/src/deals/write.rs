//! Writes deals, each with what is derived from it: what a search looks in, and the history of its status.

use model::fold::plain;
use model::{DealField, DealValues};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyArguments;

use super::{add, client_key};
use crate::sql::CHUNK;
use crate::{Batch, Result};

impl Batch {
    /// Inserts deals and returns their ids, in the order of `deals`.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn insert_deals(&mut self, deals: &[&DealValues], now: &str) -> Result<Vec<i64>> {
        const ROW: [&str; 14] =
            ["?", "?", "?", "? / 100.0", "? / 100.0", "? / 100.0", "?", "?", "?", "?", "?", "?", "?", "?"];
        let mut ids = Vec::with_capacity(deals.len());
        for deals in deals.chunks(CHUNK) {
            let sql = format!(
                "insert into deals (client, client_key, statut, montant_brut, probabilite, valeur_ponderee, secteur, \
                 date_echeance, assignee, notes, client_plain, notes_plain, created_at, updated_at) values {} returning id",
                self.dialect.rows(deals.len(), &ROW)
            );
            let mut arguments = AnyArguments::default();
            for deal in deals {
                bind(&mut arguments, deal)?;
                add(&mut arguments, now.to_owned())?;
                add(&mut arguments, now.to_owned())?;
            }
            let mut new: Vec<i64> =
                sqlx::query_scalar_with(AssertSqlSafe(sql), arguments).fetch_all(&mut *self.tx).await?;
            // Both engines number the rows of one insert in the order of its values, but neither
            // promises to return them in that order.
            new.sort_unstable();
            self.begin_statuses(&new, now).await?;
            ids.append(&mut new);
        }
        Ok(ids)
    }

    /// Replaces the fields of a deal. False when it does not exist.
    ///
    /// # Errors
    /// The database could not write.
    pub async fn update_deal(&mut self, id: i64, values: &DealValues, now: &str) -> Result<bool> {
        let status = values.status().unwrap_or_default();
        let won_after = if status.is_won() { self.first_won_after("$13") } else { "gagne_apres".to_owned() };
        let mut arguments = AnyArguments::default();
        bind(&mut arguments, values)?;
        add(&mut arguments, now.to_owned())?;
        add(&mut arguments, id)?;
        let sql = format!(
            "update deals set client = $1, client_key = $2, statut = $3, montant_brut = $4 / 100.0, \
             probabilite = $5 / 100.0, valeur_ponderee = $6 / 100.0, secteur = $7, date_echeance = $8, \
             assignee = $9, notes = $10, client_plain = $11, notes_plain = $12, updated_at = $13, \
             gagne_apres = {won_after} where id = $14"
        );
        self.follow_status(id, status, now).await?;
        let done = sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut *self.tx).await?;
        Ok(done.rows_affected() > 0)
    }
}

/// Adds the twelve values of a deal in the order of the statements above.
fn bind(arguments: &mut AnyArguments, values: &DealValues) -> Result<()> {
    let text = |field| values.text(field).map(str::to_owned);
    let client = text(DealField::Client).unwrap_or_default();
    let status = values.status().unwrap_or_default();
    let amount = values.money().unwrap_or_default();
    let key = client_key(&client);
    let notes = text(DealField::Notes);
    let plain_texts = (plain(client.trim()), notes.as_deref().map(plain));
    add(arguments, client)?;
    add(arguments, key)?;
    add(arguments, status.word())?;
    add(arguments, amount.cents())?;
    add(arguments, i64::from(status.percent()))?;
    add(arguments, amount.percent(status.percent()).cents())?;
    add(arguments, text(DealField::Secteur))?;
    add(arguments, values.date().map(|d| d.to_string()))?;
    add(arguments, text(DealField::Assignee))?;
    add(arguments, notes)?;
    add(arguments, plain_texts.0)?;
    add(arguments, plain_texts.1)
}
