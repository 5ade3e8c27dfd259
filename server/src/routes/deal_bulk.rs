//! `/api/deals/bulk`: one change to many deals.

use std::borrow::Cow;

use axum::Json;
use axum::extract::State;
use hub::{BulkChange, DealSelection, Deletion};
use model::access::Action;
use model::{Status, Text};
use serde::Serialize;
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type,
};
use utoipa::{PartialSchema, ToSchema};

use super::deal_input::words;
use crate::access::CurrentUser;
use crate::envelope::{Data, Failure};
use crate::extract::{Body, FromFields};
use crate::fields::Fields;
use crate::{ApiError, AppState, faults};

/// How many ids one call may name.
const MOST: usize = 10_000;

/// What is done with which deals.
pub(super) struct Bulk {
    ids: Vec<i64>,
    wish: Wish,
}

enum Wish {
    Status(Status),
    Delete,
}

impl FromFields for Bulk {
    fn from_fields(fields: &mut Fields) -> Option<Bulk> {
        let ids = ids(fields);
        let status = status(fields);
        let delete = fields.flag("delete");
        let wish = match (status, delete) {
            (Some(status), None) => status.map(Wish::Status),
            (None, Some(true)) => Some(Wish::Delete),
            _ => {
                fields.fault(Text::fixed(
                    "Indiquez soit « statut », soit « delete » : true.",
                    "Give either “statut” or “delete”: true.",
                ));
                None
            }
        };
        Some(Bulk { ids: ids?, wish: wish? })
    }
}

/// The ids; `None` when a fault was left.
fn ids(fields: &mut Fields) -> Option<Vec<i64>> {
    let list = Text::fixed("une liste d'identifiants", "a list of ids");
    let items = match fields.take("ids") {
        Some(Value::Array(items)) => items,
        found => return fields.wrong_type("ids", &found.unwrap_or_default(), &list),
    };
    if items.is_empty() || items.len() > MOST {
        let count = items.len();
        fields.fault(Text::new(
            format!("« ids » : {count} identifiants reçus, de 1 à {MOST} attendus."),
            format!("“ids”: got {count} ids, expected 1 to {MOST}."),
        ));
        return None;
    }
    let id = Text::fixed("un identifiant (nombre entier)", "an id (a whole number)");
    let mut ids = Vec::with_capacity(items.len());
    for (item, place) in items.iter().zip(1..) {
        match whole(item) {
            Some(id) => ids.push(id),
            None => return fields.wrong_type(&format!("ids[{place}]"), item, &id),
        }
    }
    Some(ids)
}

/// The largest id a JSON number tells for certain: beyond it decimals no longer tell one whole from the next.
const LARGEST: i64 = (1 << 53) - 1;

/// An id; JSON writes a whole number with or without decimals.
fn whole(item: &Value) -> Option<i64> {
    let decimal = || item.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= LARGEST as f64);
    item.as_i64().or_else(|| decimal().map(|number| number as i64)).filter(|id| (1..=LARGEST).contains(id))
}

/// The status, if the body has one; inside, `None` when it is none and a fault was left.
fn status(fields: &mut Fields) -> Option<Option<Status>> {
    let word = fields.text("statut")?;
    let status = Status::from_word(word.trim());
    if status.is_none() {
        fields.fault(faults::not_a_choice("statut", &word, &words()));
    }
    Some(status)
}

/// What a change to many deals did.
#[derive(Serialize, ToSchema)]
pub(super) struct BulkBody {
    /// How many deals have another status now.
    changed: u64,
    /// How many had it already.
    unchanged: u64,
    /// How many deals were deleted.
    deleted: u64,
    /// How many ids are no deal's.
    missing: u64,
    /// The number that takes the deletion back within 24 hours.
    deletion: Option<i64>,
}

/// Gives many deals one status, or deletes them. Ids that are no deal's are counted, and hinder nothing.
#[utoipa::path(
    post, path = "/api/deals/bulk", tag = "deals", request_body = Bulk,
    responses((status = 200, body = Data<BulkBody>), (status = 400, body = Failure))
)]
pub(super) async fn change_deals(
    State(state): State<AppState>,
    CurrentUser(visitor): CurrentUser,
    Body(Bulk { ids, wish }): Body<Bulk>,
) -> Result<Json<Data<BulkBody>>, ApiError> {
    let which = DealSelection::Ids(ids);
    let done = match wish {
        Wish::Status(status) => {
            let done = state.hub.update_deals(&visitor.caller, which, status).await?;
            let BulkChange { changed, unchanged, missing } = done;
            BulkBody { changed, unchanged, deleted: 0, missing, deletion: None }
        }
        Wish::Delete => {
            let done = state.hub.delete_deals(&visitor.caller, which).await?;
            let Deletion { number, deleted, missing } = done;
            state.hub.note_action(&visitor, Action::Deleted, &format!("deals ({deleted})")).await;
            BulkBody { changed: 0, unchanged: 0, deleted, missing, deletion: number }
        }
    };
    Ok(Data::of(done))
}

impl PartialSchema for Bulk {
    fn schema() -> RefOr<Schema> {
        let with = |key: &str, wish: ObjectBuilder| {
            let id = ObjectBuilder::new()
                .schema_type(Type::Integer)
                .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
                .minimum(Some(1))
                .maximum(Some(LARGEST));
            let ids = ArrayBuilder::new().items(id).min_items(Some(1)).max_items(Some(MOST));
            ObjectBuilder::new()
                .property("ids", ids)
                .property(key, wish)
                .required("ids")
                .required(key)
                .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        };
        let status = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words()));
        let delete = ObjectBuilder::new().schema_type(Type::Boolean).enum_values(Some([true]));
        OneOfBuilder::new().item(with("statut", status)).item(with("delete", delete)).into()
    }
}

impl ToSchema for Bulk {
    fn name() -> Cow<'static, str> {
        "DealsBulk".into()
    }
}
