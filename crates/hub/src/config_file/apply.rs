//! Applies a configuration file: everything in it, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use model::spec::FieldFault;
use model::{Lang, Mapping, StatusWords, Text};
use secrecy::{ExposeSecret, SecretString};
use store::ConfigRow;

use super::document::{Connection, Document};
use crate::connections::{PROVIDERS, form_values, kind_of, set_plain_values};
use crate::forms::{Stored, Typed};
use crate::sources::new_row;
use crate::{Error, Hub, Result, now};

/// What became of the connections of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Those that were not there.
    pub created: Vec<String>,
    /// Those that were otherwise.
    pub updated: Vec<String>,
    /// Those that were as the file has them.
    pub unchanged: Vec<String>,
}

/// A connection as it is to be, with the secrets that are to be sealed; `None` to leave what is sealed.
struct Wanted {
    row: ConfigRow,
    sealed: Option<SecretString>,
    is_new: bool,
}

impl Hub {
    /// Makes the hub as a file has it. `variable` gives the value of an environment variable. What the file
    /// does not name is left alone.
    ///
    /// # Errors
    /// `Invalid` with every fault of the file, and nothing is changed: unknown keys, another version, a
    /// kind that is not there, a form with faults, a variable that is not set for a secret that is not
    /// stored yet; `AlreadyRunning` when a connection that would change is syncing.
    pub async fn apply_config(
        &self,
        text: &str,
        variable: impl Fn(&str) -> Option<SecretString>,
    ) -> Result<Applied> {
        let document = Document::parse(text)?;
        let mut applied = Applied::default();
        let (mut wanted, mut faults) = (Vec::new(), Vec::new());
        for (name, connection) in document.connections {
            let stored = self.store().config(&name).await?;
            match self.wanted(&name, connection, stored.as_ref(), &variable).await? {
                Ok(wish) if !wish.is_new && wish.sealed.is_none() && stored.as_ref() == Some(&wish.row) => {
                    applied.unchanged.push(name);
                }
                Ok(wish) => {
                    if wish.is_new { &mut applied.created } else { &mut applied.updated }.push(name);
                    wanted.push(wish);
                }
                Err(wrong) => faults.extend(wrong),
            }
        }
        if !faults.is_empty() {
            let join =
                |lang| faults.iter().map(|fault: &Text| fault.get(lang)).collect::<Vec<_>>().join("\n");
            return Err(Error::invalid(Text::new(join(Lang::Fr), join(Lang::En))));
        }
        self.carry_out(wanted).await?;
        Ok(applied)
    }

    /// A connection of the file, or everything that is wrong with it.
    async fn wanted(
        &self,
        name: &str,
        connection: Connection,
        stored: Option<&ConfigRow>,
        variable: &impl Fn(&str) -> Option<SecretString>,
    ) -> Result<std::result::Result<Wanted, Vec<Text>>> {
        let at = |text: &Text| Text::new(format!("{name} : {}", text.fr), format!("{name}: {}", text.en));
        let kind = match self.account_kind(&connection.kind) {
            Ok(kind) => kind,
            Err(error) => return Ok(Err(vec![at(&error.message)])),
        };
        let mut faults = Vec::new();
        let (mut row, is_new) = match stored {
            Some(row) => (row.clone(), false),
            None => {
                let deals =
                    self.inner.connectors.get(&connection.kind).and_then(|connector| connector.deals());
                (new_row(name, &connection.kind, deals), true)
            }
        };
        if kind_of(&row) != connection.kind {
            faults.push(at(&Text::fixed(
                "cette connexion existe déjà et est d'un autre type.",
                "this connection is there already and of another kind.",
            )));
        }
        // The CRM's first ones are told by their name.
        if PROVIDERS.contains(&name) {
            row.connector_type = stored.and_then(|row| row.connector_type.clone());
        }
        let held = if is_new { BTreeMap::new() } else { self.secrets(&row, &kind.spec).await? };
        let mut sent = connection.settings;
        for (key, reference) in connection.credentials {
            match variable(&reference.env) {
                Some(secret) => drop(sent.insert(key, secret.expose_secret().to_owned())),
                None if held.contains_key(&key) => {}
                None => faults.push(at(&Text::new(
                    format!(
                        "la variable {} n'est pas définie (elle doit contenir « {key} »).",
                        reference.env
                    ),
                    format!("the variable {} is not set (it is to hold “{key}”).", reference.env),
                ))),
            }
        }
        let unknown: Vec<&String> =
            sent.keys().filter(|key| !kind.spec.fields().any(|field| field.key == **key)).collect();
        faults.extend(unknown.into_iter().map(|key| {
            at(&Text::new(
                format!("« {key} » n'est pas un réglage de {}.", kind.spec.name),
                format!("“{key}” is not a setting of {}.", kind.spec.name),
            ))
        }));
        let typed = Typed::of(&kind.spec, &sent);
        let before = if is_new { BTreeMap::new() } else { form_values(&row, &kind.spec) };
        let stored_keys: BTreeSet<String> = held.keys().cloned().collect();
        let told = |fault: FieldFault| {
            let (key, text) = (fault.key, fault.text);
            at(&Text::new(format!("{key} : {}", text.fr), format!("{key}: {}", text.en)))
        };
        faults.extend(
            typed.faults(&kind.spec, &Stored { values: &before, secrets: stored_keys }).into_iter().map(told),
        );
        if let Some(destination) = &connection.destination {
            faults.extend(self.destination_fault(&kind, destination).map(|text| at(&text)));
        }
        if let Some(Err(wrong)) = connection.field_mapping.as_ref().map(Mapping::parse) {
            faults.extend(wrong.iter().map(at));
        }
        if let Err(wrong) = StatusWords::parse(&connection.status_words) {
            faults.extend(wrong.iter().map(at));
        }
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        let changed = typed.secrets.iter().any(|(key, secret)| {
            held.get(key).is_none_or(|held| held.expose_secret() != secret.expose_secret())
        });
        let sealed = if changed { self.resealed(&row, &kind.spec, typed.secrets).await? } else { None };
        let is_read_anew = before != typed.values || row.destination != connection.destination;
        set_plain_values(&mut row, typed.values);
        row.title = connection.title;
        row.is_active = connection.active;
        row.key_column = connection.key_column;
        row.destination = connection.destination;
        row.field_mapping = connection.field_mapping;
        row.status_words = connection.status_words;
        row.column_mapping = connection.columns;
        row.recipes = connection.recipes;
        row.rules = connection.rules;
        if is_read_anew {
            row.stream = None;
            row.row_mark = None;
        }
        Ok(Ok(Wanted { row, sealed, is_new }))
    }

    /// Stores all of it together.
    async fn carry_out(&self, wanted: Vec<Wanted>) -> Result<()> {
        let mut scopes = Vec::new();
        for wish in &wanted {
            scopes.push(self.source_scope(&wish.row.provider).await?);
        }
        let names: Vec<&str> = wanted.iter().map(|wish| wish.row.provider.as_str()).collect();
        let (_none_begins, mut batch) = self.idle_batches(&names).await?;
        for (Wanted { mut row, sealed, .. }, scope) in wanted.into_iter().zip(scopes) {
            row.updated_at = now();
            batch.put_config(&row).await?;
            batch.forget_all_marks(scope).await?;
            if let Some(sealed) = &sealed {
                batch.put_secret(self.store(), &row.provider, Some(sealed)).await?;
            }
        }
        Ok(batch.commit().await?)
    }
}
