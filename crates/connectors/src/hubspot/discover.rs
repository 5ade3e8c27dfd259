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
    let (account, owners, who_left, pipelines, schemas, standard) = futures_util::join!(
        api.account(),
        api.owners(false),
        api.owners(true),
        api.pipelines(DEALS),
        api.schemas(),
        standard
    );
    let who_left = seen(who_left)?.unwrap_or_default();
    let zone = seen(account)?.and_then(|account| account.time_zone?.parse().ok());
    let known = Known {
        owners: seen(owners)?.map(|owners| Labels::new(people(owners)).with_former(people(who_left))),
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
    let mut objects = Vec::new();
    for (standard, properties) in readable {
        fits_the_form(settings, standard.name, &properties)?;
        let links = standard.links.iter().copied().filter(|to| names.contains(to));
        let wanted = wanted_of(standard.name);
        objects.push(Object::new(standard.name, standard.label, properties, wanted, links, &known));
    }
    for schema in custom {
        let id = schema.object_type_id;
        fits_the_form(settings, &id, &schema.properties)?;
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

/// Whether the properties that the form names are there, and the one that records are found by is fit for it: no
/// two records hold the same. Among contacts, that is the address too.
fn fits_the_form(settings: &HubspotSettings, id: &str, properties: &[RawProperty]) -> Result<()> {
    if id != settings.object_type {
        return Ok(());
    }
    let named = |name: &str| properties.iter().find(|property| property.name == name);
    let wanted = settings.properties.iter().chain(&settings.key).map(String::as_str);
    let missing: Vec<&str> = wanted.filter(|name| named(name).is_none()).collect();
    if !missing.is_empty() {
        return Err(texts::no_such_properties(&missing));
    }
    match settings.key.as_deref().and_then(named) {
        Some(key) if !key.has_unique_value && key.name != "email" => Err(texts::not_unique(&key.label)),
        _ => Ok(()),
    }
}

/// People by name, or by address where they have none.
fn people(owners: Vec<RawOwner>) -> impl Iterator<Item = (String, String)> {
    owners.into_iter().map(|owner| {
        let names = [owner.first_name, owner.last_name].into_iter().flatten();
        let name = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        let label = if name.is_empty() { owner.email.unwrap_or_else(|| owner.id.clone()) } else { name };
        (owner.id, label)
    })
}
