//! Before the first record: the account opened, the table found, the mapping matched with its fields.

use std::collections::BTreeMap;
use std::sync::Arc;

use connectors::{Connection, ErrorKind};
use model::made::Made;
use model::mapping::{Resolved, not_found};
use model::recipe::Target;
use model::spec::Capabilities;
use model::{DealField, Mapping, StatusWords, StreamField, StreamSchema, Text};
use store::{ConfigRow, Scope};

use super::judge::Judge;
use super::stop::Stop;
use crate::Hub;
use crate::connections::entries_of;

/// Everything a run needs to read and write.
pub(crate) struct Prepared {
    /// The open account.
    pub connection: Arc<dyn Connection>,
    /// What its service can do.
    pub capabilities: Capabilities,
    /// The table.
    pub stream: StreamSchema,
    /// The mapping, matched with the table's fields.
    pub mapping: Resolved,
    /// Where links hold: connection, container and table.
    pub scope: Scope,
    /// What its records must hold to come in.
    pub judge: Arc<Judge>,
    /// What to know although the run can begin.
    pub warnings: Vec<Text>,
}

/// A mapping that can be used, and what to know about it.
pub(crate) struct Found {
    /// The mapping, matched with the table's fields.
    pub mapping: Resolved,
    /// Fields that are not there, or have another name now.
    pub warnings: Vec<Text>,
}

/// Opens the account and finds the table and its fields.
pub(crate) async fn prepare(hub: &Hub, provider: &str) -> Result<Prepared, Stop> {
    let row = hub.config_row(provider).await?;
    let account = hub.connect(&row).await?;
    let stream = find_stream(account.connection.as_ref(), &row).await?;
    let found = resolve(&row, &stream).map_err(unusable)?;
    let judge = Judge::of(&row.rules, &stream, &found.mapping).map_err(unusable)?;
    if row.stream.as_ref() != Some(&stream) {
        hub.store_config(follow_renames(&row, &stream), None).await?;
    }
    Ok(Prepared {
        scope: hub.store().scope(&scope_name(&row, &stream)).await?,
        connection: account.connection,
        capabilities: account.capabilities,
        stream,
        mapping: found.mapping,
        judge: Arc::new(judge),
        warnings: found.warnings,
    })
}

/// Settings that no run can begin with.
fn unusable(faults: Vec<Text>) -> connectors::Error {
    let join = |lang| faults.iter().map(|f| f.get(lang)).collect::<Vec<_>>().join(" ");
    let message = Text::new(join(model::Lang::Fr), join(model::Lang::En));
    connectors::Error::new(ErrorKind::InvalidSettings, message)
}

/// The name of the scope in which the links of a table hold.
pub(crate) fn scope_name(row: &ConfigRow, stream: &StreamSchema) -> String {
    format!("{}/{}/{}", row.provider, row.base_id.as_deref().unwrap_or_default(), stream.id)
}

/// The configured table, by the id it had when last seen, else by the name or id people gave; the only
/// one there is when they gave none.
pub(crate) async fn find_stream(
    connection: &dyn Connection,
    row: &ConfigRow,
) -> connectors::Result<StreamSchema> {
    let mut streams = connection.discover().await?;
    let wanted = row.table_name.as_deref().unwrap_or_default().trim();
    let by_pin = |s: &StreamSchema| row.stream.as_ref().is_some_and(|seen| seen.id == s.id);
    let by_word = |s: &StreamSchema| s.id == wanted || s.name == wanted;
    let lower = wanted.to_lowercase();
    let by_word_but_case = |s: &StreamSchema| s.name.to_lowercase() == lower || s.id.to_lowercase() == lower;
    let only = wanted.is_empty() && streams.len() == 1;
    let found = streams
        .iter()
        .position(by_pin)
        .or_else(|| streams.iter().position(by_word))
        .or_else(|| streams.iter().position(by_word_but_case))
        .or_else(|| only.then_some(0));
    if let Some(index) = found {
        return Ok(streams.swap_remove(index));
    }
    let names: Vec<&str> = streams.iter().map(|s| s.name.as_str()).take(20).collect();
    let names = names.join(", ");
    if wanted.is_empty() {
        return Err(connectors::Error::new(
            ErrorKind::InvalidSettings,
            Text::new(
                format!("Cette base contient plusieurs tables : {names}."),
                format!("This base holds several tables: {names}."),
            ),
        )
        .hint(Text::fixed("Indiquez laquelle synchroniser.", "Say which one to sync.")));
    }
    Err(connectors::Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("La table « {wanted} » est introuvable dans cette base."),
            format!("The table “{wanted}” is not in this base."),
        ),
    )
    .hint(Text::new(
        format!("Corrigez le nom de la table. Tables présentes : {names}."),
        format!("Correct the table's name. Tables there: {names}."),
    )))
}

/// Matches the mapping with the table's fields. A field known before is found by its id, so that a
/// renamed one is still the same.
///
/// A mapped field that is not there is a fault, because leaving it out would look like success. Only a
/// default name that never existed in this table is passed over, with a warning.
pub(crate) fn resolve(row: &ConfigRow, stream: &StreamSchema) -> Result<Found, Vec<Text>> {
    // What was seen first suggested the names: a field renamed since is followed, not found anew.
    let mapping = mapping_of(row, row.stream.as_ref().or(Some(stream)));
    let defaults = Mapping::default();
    let mut pinned = BTreeMap::new();
    if let Some(seen) = &row.stream {
        for (field, name) in &mapping.0 {
            if let Some(known) = seen.find(name) {
                pinned.insert(*field, known.id.clone());
            }
        }
    }
    let recipes = row.recipes.iter().filter(|(key, _)| !Target::is_tables(key));
    let recipes = recipes.map(|(key, recipe)| (key.clone(), recipe.clone())).collect();
    let made = Made::of(&recipes, stream, |name| followed(row, stream, name).cloned())?;
    let mut resolved = mapping.resolve(stream, &pinned, made)?;
    // They were read once when they were saved.
    let words = StatusWords::parse(&row.status_words).unwrap_or_default();
    resolved.status_words = match resolved.field(DealField::Statut) {
        Some(stage) => words.with_stages(&stage.stands_for),
        None => words,
    };
    let (mut warnings, mut faults) = (Vec::new(), Vec::new());
    for (field, name) in &resolved.not_found {
        let never_there = defaults.0.get(field) == Some(name) && !pinned.contains_key(field);
        let text = not_found(*field, name, stream);
        if never_there { &mut warnings } else { &mut faults }.push(text);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    for (field, found) in &resolved.fields {
        let name = mapping.0.get(field).map(String::as_str).unwrap_or_default();
        if found.id != name && found.name.to_lowercase() != name.to_lowercase() {
            warnings.push(renamed(name, found));
        }
    }
    if row.stream.as_ref().is_some_and(|seen| seen.name != stream.name) {
        let (old, new) = (row.table_name.as_deref().unwrap_or_default(), &stream.name);
        warnings.push(Text::new(
            format!(
                "La table « {old} » s'appelle maintenant « {new} » : la configuration a été mise à jour."
            ),
            format!("The table “{old}” is now called “{new}”: the settings were updated."),
        ));
    }
    Ok(Found { mapping: resolved, warnings })
}

/// The field a recipe calls by a name: the one that had it when the table was last seen.
fn followed<'a>(row: &ConfigRow, stream: &'a StreamSchema, name: &str) -> Option<&'a StreamField> {
    let known = row.stream.as_ref().and_then(|seen| seen.find(name));
    known.and_then(|known| stream.find(&known.id)).or_else(|| stream.find(name))
}

fn renamed(name: &str, found: &StreamField) -> Text {
    let new = &found.name;
    Text::new(
        format!("Le champ « {name} » s'appelle maintenant « {new} » : le mapping a été mis à jour."),
        format!("The field “{name}” is now called “{new}”: the mapping was updated."),
    )
}

/// The settings with the names the table and its fields have now, and the fields remembered.
pub(crate) fn follow_renames(row: &ConfigRow, stream: &StreamSchema) -> ConfigRow {
    let mut followed = row.clone();
    if let Some(seen) = &row.stream {
        if row.table_name.as_deref() != Some(stream.id.as_str()) {
            followed.table_name = Some(stream.name.clone());
        }
        let mut mapping = mapping_of(row, Some(seen));
        for name in mapping.0.values_mut() {
            let now = seen.find(name).filter(|old| old.id != *name).and_then(|old| stream.find(&old.id));
            if let Some(now) = now {
                name.clone_from(&now.name);
            }
        }
        if mapping != mapping_of(row, Some(seen)) {
            followed.field_mapping = Some(entries_of(&mapping));
        }
        let of_deals = followed.recipes.iter_mut().filter(|(key, _)| !Target::is_tables(key));
        for name in of_deals.flat_map(|(_, recipe)| &mut recipe.from) {
            let now = seen.find(name).filter(|old| old.id != *name).and_then(|old| stream.find(&old.id));
            if let Some(now) = now {
                name.clone_from(&now.name);
            }
        }
    }
    followed.stream = Some(stream.clone());
    followed
}

/// The mapping a person saved; before that, the one the table's own fields suggest.
pub(crate) fn mapping_of(row: &ConfigRow, stream: Option<&StreamSchema>) -> Mapping {
    let saved = row.field_mapping.as_ref().and_then(|entries| Mapping::parse(entries).ok());
    saved.unwrap_or_else(|| stream.map_or_else(Mapping::default, Mapping::suggested))
}
