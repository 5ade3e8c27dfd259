//! `/api/data/{table}` and `/api/sources/{name}/quality`: what sources have brought, and how good it is.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use hub::{DataRow, DataValue};
use model::Text;
use model::api::QualityBody;
use model::canonical::{Entity, FieldType};
use serde_json::{Map, Value, json};
use utoipa::IntoParams;

use super::docs::Source;
use crate::envelope::{Data, Failure};
use crate::extract::{FromParams, Query};
use crate::params::{Params, day, from_one, from_zero};
use crate::reader::Reader;
use crate::{ApiError, AppState, data_query};

/// How many rows fit, on all pages.
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// The rows of a canonical table: each has its `source` and the table's fields; amounts are whole cents,
/// days `YYYY-MM-DD`.
#[utoipa::path(
    get, path = "/api/data/{table}", tag = "data", params(TableDoc, RowQueryDoc),
    responses(
        (status = 200, body = Data<Vec<Object>>, headers(("X-Total-Count" = u64, description = "Rows that fit, on all pages"))),
        (status = 400, body = Failure), (status = 404, body = Failure)
    )
)]
pub(super) async fn list_rows(
    State(state): State<AppState>,
    Path(table): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let entity = Entity::from_name(&table).ok_or_else(|| no_such_table(&table))?;
    let query = data_query::of_program(entity, &query.unwrap_or_default())?;
    let page = state.hub.data(&query).await?;
    let rows: Vec<Value> = page.rows.iter().map(|row| body(entity, row)).collect();
    Ok(([(TOTAL, page.total)], Data::of(rows)))
}

fn body(entity: Entity, row: &DataRow) -> Value {
    let mut fields = Map::new();
    fields.insert("source".to_owned(), json!(row.source));
    for (field, value) in entity.fields().iter().zip(&row.values) {
        let value = match value {
            DataValue::Empty => Value::Null,
            DataValue::Text(text) => json!(text),
            DataValue::Int(yes) if field.kind == FieldType::YesNo => json!(*yes != 0),
            DataValue::Int(number) => json!(number),
            DataValue::Real(number) => json!(number),
        };
        fields.insert(field.name.to_owned(), value);
    }
    Value::Object(fields)
}

fn no_such_table(name: &str) -> ApiError {
    let name = model::parse::shorten(name);
    let tables = Entity::ALL.map(Entity::table).join(", ");
    ApiError::new(
        StatusCode::NOT_FOUND,
        "not_found",
        Text::new(
            format!("La table « {name} » n'existe pas. Tables : {tables}."),
            format!("There is no table “{name}”. Tables: {tables}."),
        ),
    )
}

/// The run a report is asked of.
pub(super) struct QualityQuery(Option<u32>);

impl FromParams for QualityQuery {
    fn from_params(params: &mut Params) -> QualityQuery {
        QualityQuery(params.number("run", 1))
    }
}

/// How good the rows of a source are: per table a score, the checks with what they found, and how far each
/// field is filled. `null` before the first sync.
#[utoipa::path(
    get, path = "/api/sources/{name}/quality", tag = "data", params(Source, QualityQueryDoc),
    responses((status = 200, body = Data<Option<QualityBody>>), (status = 404, body = Failure))
)]
pub(super) async fn find_quality(
    State(state): State<AppState>,
    Reader(lang): Reader,
    Path(name): Path<String>,
    Query(QualityQuery(run)): Query<QualityQuery>,
) -> Result<Json<Data<Option<QualityBody>>>, ApiError> {
    state.hub.source(&name, lang).await?;
    Ok(Data::of(state.hub.quality(&name, run.map(i64::from), lang).await?))
}

/// A canonical table in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "its fields are read by the documentation only")]
struct TableDoc {
    /// `customers`, `product_catalog`, `sales_lines`, `stock_levels` or `contact_history`.
    #[param(example = "sales_lines")]
    table: String,
}

/// What narrows rows down. Each table can also be filtered by some of its own fields, such as `category`
/// or `channel`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "its fields are read by the documentation only")]
struct RowQueryDoc {
    /// Only rows of this source.
    source: Option<String>,
    /// Only rows this quality check finds, such as `orphan_product`.
    check: Option<String>,
    /// Words that all stand in the row's codes and names, whatever their case and accents.
    search: Option<String>,
    /// On that day or later, `YYYY-MM-DD`; not for products.
    #[param(schema_with = day)]
    date_from: Option<String>,
    /// On that day or earlier, `YYYY-MM-DD`; not for products.
    #[param(schema_with = day)]
    date_to: Option<String>,
    /// A field's name, after `-` for the largest first; by source and key when absent.
    sort: Option<String>,
    /// At most that many: 100 when absent, 1,000 at most.
    #[param(schema_with = from_one)]
    limit: Option<u64>,
    /// After that many.
    #[param(schema_with = from_zero)]
    offset: Option<u64>,
}

/// The run a report is asked of.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "its fields are read by the documentation only")]
struct QualityQueryDoc {
    /// A run of this source; the last one when absent.
    #[param(schema_with = from_one)]
    run: Option<u64>,
}
