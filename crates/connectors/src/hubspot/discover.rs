//! Finds out what an account offers: its types of objects, their properties, stages and people.

use chrono_tz::Europe;
use futures_util::future::join_all;

use super::api::Api;
use super::auth::HubspotSettings;
use super::labels::Labels;
use super::schema::{Known, Object};
use super::stages::Stages;
use super::streams::{DEALS, STANDARD, Standard};
use super::texts;
use super::wire::{RawOwner, RawProperty};
use crate::error::{Error, ErrorKind, Result};
use crate::http::Failure;

/// Every type the token may see.
///
/// # Errors
/// What keeps it from seeing any, or the type that the connection is about; properties that the form names and
/// that type does not have.
pub(super) async fn objects(api: &Api, settings: &HubspotSettings) -> Result<Vec<Object>> {
    let object_type = &settings.object_type;
    let standard = join_all(STANDARD.iter().map(|standard| api.properties(standard.name)));
    let (account, owners, pipelines, schemas, standard) =
        futures_util::join!(api.account(), api.owners(), api.pipelines(DEALS), api.schemas(), standard);
    let zone = seen(account)?.and_then(|account| account.time_zone?.parse().ok());
    let known = Known {
        owners: seen(owners)?.map(people),
        stages: seen(pipelines)?.map(|pipelines| Stages::new(&pipelines)).unwrap_or_default(),
        // The product's readers are in France.
        zone: zone.unwrap_or(Europe::Paris),
    };

    let mut refused: Option<Error> = None;
    let mut readable: Vec<(&Standard, Vec<RawProperty>)> = Vec::new();
    for (standard, properties) in STANDARD.iter().zip(standard) {
        match properties {
            Ok(properties) => readable.push((standard, properties)),
            Err(failure) if failure.error.kind != ErrorKind::Forbidden => return Err(*failure.error),
            Err(failure) if standard.name == *object_type => return Err(*failure.error),
            Err(failure) => {
                tracing::warn!(object = standard.name, "the token may not see this type of object");
                refused.get_or_insert(*failure.error);
            }
        }
    }
    let names: Vec<&str> = readable.iter().map(|(standard, _)| standard.name).collect();
    let custom = seen(schemas)?.unwrap_or_default();
    let wanted_of = |id: &str| -> &[String] { if id == object_type { &settings.properties } else { &[] } };
    let key_of = |id: &str| settings.key.as_deref().filter(|_| id == object_type);
    let mut objects = Vec::new();
    for (standard, properties) in readable {
        all_there(&properties, wanted_of(standard.name))?;
        is_unique(&properties, key_of(standard.name))?;
        let links = standard.links.iter().copied().filter(|to| names.contains(to));
        let wanted = wanted_of(standard.name);
        objects.push(Object::new(standard.name, standard.label, properties, wanted, links, &known));
    }
    for schema in custom {
        let id = schema.object_type_id;
        all_there(&schema.properties, wanted_of(&id))?;
        is_unique(&schema.properties, key_of(&id))?;
        let label = schema.labels.plural.unwrap_or(schema.name);
        objects.push(Object::new(&id, &label, schema.properties, wanted_of(&id), std::iter::empty(), &known));
    }
    match refused {
        Some(error) if objects.is_empty() => Err(texts::nothing_to_read(error)),
        _ => Ok(objects),
    }
}

/// What was answered; `None` where the token may not see it.
fn seen<T>(answer: std::result::Result<T, Failure>) -> Result<Option<T>> {
    match answer {
        Ok(told) => Ok(Some(told)),
        Err(failure) if failure.error.kind == ErrorKind::Forbidden => Ok(None),
        Err(failure) => Err(*failure.error),
    }
}

fn all_there(properties: &[RawProperty], wanted: &[String]) -> Result<()> {
    let is_there = |name: &str| properties.iter().any(|property| property.name == name);
    let missing: Vec<&str> = wanted.iter().map(String::as_str).filter(|name| !is_there(name)).collect();
    if missing.is_empty() { Ok(()) } else { Err(texts::no_such_properties(&missing)) }
}

/// What no two records hold the same of; among contacts, that is the address too.
fn is_unique(properties: &[RawProperty], key: Option<&str>) -> Result<()> {
    let Some(key) = key else { return Ok(()) };
    let property = properties.iter().find(|property| property.name == key);
    match property.ok_or_else(|| texts::no_such_properties(&[key]))? {
        property if property.has_unique_value || key == "email" => Ok(()),
        property => Err(texts::not_unique(&property.label)),
    }
}

/// People by name, or by address where they have none.
fn people(owners: Vec<RawOwner>) -> Labels {
    Labels::new(owners.into_iter().map(|owner| {
        let names = [owner.first_name, owner.last_name].into_iter().flatten();
        let name = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        let label = if name.is_empty() { owner.email.unwrap_or_else(|| owner.id.clone()) } else { name };
        (owner.id, label)
    }))
}
