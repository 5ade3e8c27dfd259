//! What the account is and has: its number, its people, its types of objects, their properties, its pipelines.

use serde_json::{Value, json};

use super::Handled;
use crate::faults::Answer;
use crate::hubspot::owner::Owner;
use crate::hubspot::refusal::Refusal;
use crate::hubspot::state::World;
use crate::service::Job;

pub(super) fn account(world: &World) -> Answer {
    let told = json!({
        "portalId": world.portal, "accountType": "STANDARD", "timeZone": world.time_zone, "companyCurrency": "EUR",
        "additionalCurrencies": [], "utcOffset": "+01:00", "utcOffsetMilliseconds": 3_600_000,
        "uiDomain": "app-eu1.hubspot.com", "dataHostingLocation": "eu1",
    });
    Answer::json(200, &told)
}

pub(super) fn owners(world: &World, job: &Job<'_, World>) -> Handled {
    let asked = job.asked.pairs();
    let given = |name: &str| asked.iter().find(|(key, _)| key == name).map(|(_, value)| value.parse::<u64>());
    let wrong = |_| Refusal::invalid("limit and after take numbers");
    let limit = given("limit").transpose().map_err(wrong)?.unwrap_or(100).min(500);
    let after = given("after").transpose().map_err(wrong)?.unwrap_or(0);
    let limit = usize::try_from(limit).unwrap_or(100);
    let wants_archived = asked.iter().any(|(key, value)| key == "archived" && value == "true");
    let those = |owner: &&Owner| owner.id > after && owner.is_archived == wants_archived;
    let mut rest = world.owners.iter().filter(those);
    let page: Vec<_> = rest.by_ref().take(limit).collect();
    let mut told = json!({"results": page.iter().map(|owner| owner.json()).collect::<Vec<_>>()});
    if let (Some(last), Some(_)) = (page.last(), rest.next()) {
        told["paging"] = json!({"next": {"after": last.id.to_string()}});
    }
    Ok(Answer::json(200, &told))
}

/// The account's own types of objects; those that every account has are not told here.
pub(super) fn schemas(world: &World) -> Answer {
    let schema = |object: &crate::hubspot::state::Object| {
        let properties: Vec<Value> = object
            .properties
            .iter()
            .enumerate()
            .map(|(place, property)| property.json(place, &world.pipelines))
            .collect();
        json!({
            "id": object.type_id.trim_start_matches("2-"), "objectTypeId": object.type_id, "name": object.name,
            "fullyQualifiedName": format!("p{}_{}", world.portal, object.name), "archived": false,
            "labels": {"singular": object.label, "plural": object.label}, "properties": properties,
            "primaryDisplayProperty": object.primary, "requiredProperties": [object.primary],
            "searchableProperties": [object.primary], "secondaryDisplayProperties": [], "associations": [],
        })
    };
    let custom = world.objects.iter().filter(|object| object.is_custom());
    Answer::json(200, &json!({"results": custom.map(schema).collect::<Vec<_>>()}))
}

pub(super) fn properties(world: &World, object: &str) -> Handled {
    let properties = world.object(object)?.properties.iter().enumerate();
    let told: Vec<Value> = properties.map(|(place, known)| known.json(place, &world.pipelines)).collect();
    Ok(Answer::json(200, &json!({"results": told})))
}

pub(super) fn pipelines(world: &World, object: &str) -> Handled {
    let is_deals = world.object(object)?.name == "deals";
    let pipelines = world.pipelines.iter().filter(|_| is_deals).enumerate();
    let told: Vec<Value> = pipelines.map(|(place, pipeline)| pipeline.json(place)).collect();
    Ok(Answer::json(200, &json!({"results": told})))
}
