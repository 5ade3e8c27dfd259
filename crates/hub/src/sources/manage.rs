//! Adds, changes and removes sources.

use std::collections::{BTreeMap, BTreeSet};

use connectors::DealsHome;
use model::spec::FieldFault;
use model::{ConnectorSpec, Text};
use store::ConfigRow;

use super::watch::WATCH;
use crate::connections::{PROVIDERS, form_values};
use crate::forms::{Stored, Typed, fault};
use crate::oauth::is_another_client;
use crate::{Error, Hub, Result};

/// The keys of a form beside those of its kind's own fields.
const NAME: &str = "connector_name";
const KIND: &str = "connector_type";

/// Words that are addresses already.
pub(crate) const RESERVED: [&str; 4] = ["new", "api", "example", crate::deals_csv::CSV];

/// The longest name, in characters.
const LONGEST: usize = 64;

/// A new source, as a form describes it.
#[derive(Clone, Default)]
pub struct SourceDraft {
    /// The unique name it is to have.
    pub name: String,
    /// Its kind, such as `odoo`.
    pub kind: String,
    /// The form's values, by key; secrets too.
    pub values: BTreeMap<String, String>,
}

/// Why settings were not stored.
#[derive(Debug)]
pub enum NotSaved {
    /// What is wrong with which field; nothing was stored.
    Faults(Vec<FieldFault>),
    /// It could not be done.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NotSaved {
    fn from(error: E) -> NotSaved {
        NotSaved::Failed(error.into())
    }
}

impl Hub {
    /// Adds a source.
    ///
    /// # Errors
    /// Every fault of the form: a name that is taken or cannot stand in an address, an unknown kind, a
    /// field without what it needs. The database does not answer.
    pub async fn create_source(&self, draft: SourceDraft) -> std::result::Result<(), NotSaved> {
        let name = draft.name.trim();
        let mut faults: Vec<FieldFault> = self.name_fault(name).await?.into_iter().collect();
        let Some(connector) = self.inner.sources.get(&draft.kind) else {
            faults.push(fault(KIND, unknown_kind(&draft.kind)));
            return Err(NotSaved::Faults(faults));
        };
        let deals = self.inner.connectors.get(&draft.kind).and_then(|connector| connector.deals());
        let row = new_row(name, &draft.kind, deals);
        let spec = connector.spec();
        let typed = Typed::of(&spec, &draft.values);
        faults.extend(typed.faults(&spec, &Stored { values: &row.settings, secrets: BTreeSet::new() }));
        if faults.is_empty() {
            self.store_source(row, &spec, typed).await
        } else {
            Err(NotSaved::Faults(faults))
        }
    }

    /// Changes a source's settings; the next sync reads everything anew. What is not among the values stays
    /// as it is, and so does a secret that is left empty or given as `***`.
    ///
    /// # Errors
    /// As [`Hub::create_source`]; `NotFound`; `AlreadyRunning`, unless all that changes is whether it is watched.
    pub async fn update_source(
        &self,
        name: &str,
        values: BTreeMap<String, String>,
    ) -> std::result::Result<(), NotSaved> {
        let row = self.source_row(name).await?;
        let spec = self.source_connector(&row)?.spec();
        let before = form_values(&row, &spec);
        let mut all = before.clone();
        all.extend(values);
        let typed = Typed::of(&spec, &all);
        let secrets = self.secrets(&row, &spec).await?.into_keys().collect();
        let faults = typed.faults(&spec, &Stored { values: &before, secrets });
        if faults.is_empty() {
            self.store_source(row, &spec, typed).await
        } else {
            Err(NotSaved::Faults(faults))
        }
    }

    /// Removes a source: its settings and its secret; with `with_rows`, also every row it brought into the
    /// canonical tables. Its history stays. Returns how many rows were deleted.
    ///
    /// # Errors
    /// `NotFound`; `AlreadyRunning`; the database does not answer.
    pub async fn delete_source(&self, name: &str, with_rows: bool) -> Result<u64> {
        self.source_row(name).await?;
        let scope = self.source_scope(name).await?;
        let (_none_begins, mut batch) = self.idle_batch(name).await?;
        let deleted = if with_rows { batch.delete_rows(scope).await? } else { 0 };
        batch.forget_columns(scope).await?;
        batch.delete_config(name).await?;
        batch.commit().await?;
        Ok(deleted)
    }

    async fn store_source(
        &self,
        mut row: ConfigRow,
        spec: &ConnectorSpec,
        typed: Typed,
    ) -> std::result::Result<(), NotSaved> {
        let sealed = self.resealed(&row, spec, typed.secrets).await?;
        let before = form_values(&row, spec);
        self.set_plain_values(&mut row, typed.values);
        row.updated_at = self.at();
        let is_another_client = is_another_client(spec, &before, &form_values(&row, spec));
        // What was read by other settings may have been misread; what a removed source left was not.
        let is_read_anew = !before.is_empty() && is_read_otherwise(before, form_values(&row, spec));
        let (_none_begins, mut batch) = if is_read_anew {
            let scope = self.source_scope(&row.provider).await?;
            let (none_begins, mut batch) = self.idle_batch(&row.provider).await?;
            batch.forget_all_marks(scope).await?;
            (Some(none_begins), batch)
        } else {
            (None, self.store().begin().await?)
        };
        batch.put_config(&row).await?;
        if is_another_client {
            batch.forget_grant(&row.provider).await?;
        }
        if let Some(sealed) = &sealed {
            batch.put_secret(self.store(), &row.provider, Some(sealed)).await?;
        }
        batch.commit().await?;
        Ok(self.resume_schedule(&row.provider).await?)
    }

    async fn name_fault(&self, name: &str) -> Result<Option<FieldFault>> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let lower = name.to_ascii_lowercase();
        let text = if name.is_empty() {
            Text::fixed("Donnez un nom au connecteur.", "Give the connector a name.")
        } else if !name.chars().all(fits) || name.len() > LONGEST {
            Text::fixed(
                "64 caractères au plus : lettres sans accent, chiffres, _ et -. Par exemple : isavigne_prod.",
                "At most 64 characters: letters without accents, digits, _ and -. For example: isavigne_prod.",
            )
        } else if RESERVED.contains(&lower.as_str()) || PROVIDERS.contains(&lower.as_str()) {
            Text::new(
                format!("« {name} » est un nom réservé. Choisissez-en un autre."),
                format!("“{name}” is a reserved name. Choose another one."),
            )
        } else if self.store().configs().await?.iter().any(|row| row.provider.to_ascii_lowercase() == lower) {
            Text::new(
                format!("Un connecteur « {name} » existe déjà. Choisissez un autre nom."),
                format!("There is a connector “{name}” already. Choose another name."),
            )
        } else {
            return Ok(None);
        };
        Ok(Some(fault(NAME, text)))
    }
}

/// A connection that is not stored yet. Where the service decides where its deals are, that is known.
pub(crate) fn new_row(name: &str, kind: &str, deals: Option<DealsHome>) -> ConfigRow {
    ConfigRow {
        provider: name.to_owned(),
        connector_type: Some(kind.to_owned()),
        table_name: deals.map(|deals| deals.stream.to_owned()),
        field_mapping: deals.map(|deals| {
            deals.fields.iter().map(|(field, id)| (field.key().to_owned(), (*id).to_owned())).collect()
        }),
        is_active: true,
        ..ConfigRow::default()
    }
}

/// Whether other settings may make other rows of the same files and tables.
fn is_read_otherwise(mut before: BTreeMap<String, String>, mut after: BTreeMap<String, String>) -> bool {
    before.remove(WATCH);
    after.remove(WATCH);
    before != after
}

fn unknown_kind(kind: &str) -> Text {
    if kind.is_empty() {
        return Text::fixed("Choisissez un type de connecteur.", "Choose a type of connector.");
    }
    let kind = model::parse::shorten(kind);
    Text::new(
        format!("« {kind} » n'est pas un type de connecteur. Choisissez-en un dans la liste."),
        format!("“{kind}” is not a type of connector. Choose one from the list."),
    )
}
