//! What a handler gets from a request: body, path and query, refused in the API's own words.
//!
//! Each body and query says how it is read by [`FromFields`]; nothing here knows which fields there are.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, RawPathParams, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use model::Text;
use serde_json::Value;

use crate::fields::Fields;
use crate::params::Params;
use crate::{ApiError, AppState};

/// Something that is read from the fields of a JSON object; faults are left with the fields.
pub(crate) trait FromFields: Sized {
    /// Reads what it knows; `None`, or a value that does not count, when a fault was left.
    fn from_fields(fields: &mut Fields) -> Option<Self>;
}

/// Something that is read from the parameters of a query; faults are left with the parameters.
pub(crate) trait FromParams: Sized {
    /// Reads what it knows. The value counts only if no fault was left.
    fn from_params(params: &mut Params) -> Self;
}

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

/// The parameters after the `?`.
pub(crate) struct Query<T>(pub(crate) T);

/// The number in a path such as `/api/deals/{id}`.
pub(crate) struct Id(pub(crate) i64);

/// The number of a message in a path such as `/api/webhooks/{id}/deliveries/{delivery}`.
pub(crate) struct DeliveryId(pub(crate) i64);

impl<T: FromFields> FromRequest<AppState> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Body<T>, Response> {
        if !request.headers().get(CONTENT_TYPE).is_some_and(is_json) {
            return Err(not_json().into_response());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(BytesRejection::into_response)?;
        read(&bytes).map(Body).map_err(ApiError::into_response)
    }
}

/// A body that may be left out.
impl<T: FromFields> OptionalFromRequest<AppState> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Option<Body<T>>, Response> {
        let is_json = request.headers().get(CONTENT_TYPE).is_some_and(is_json);
        let bytes = Bytes::from_request(request, state).await.map_err(BytesRejection::into_response)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if !is_json {
            return Err(not_json().into_response());
        }
        // Programs that always send a body write `null` for none.
        if bytes.trim_ascii() == b"null" {
            return Ok(None);
        }
        read(&bytes).map(|value| Some(Body(value))).map_err(ApiError::into_response)
    }
}

fn read<T: FromFields>(bytes: &[u8]) -> Result<T, ApiError> {
    let object = match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => object,
        Ok(_) => {
            return Err(ApiError::invalid(Text::fixed(
                "Le corps de la requête doit être un objet JSON.",
                "The body of the request must be a JSON object.",
            )));
        }
        Err(error) => return Err(bad_json(&error)),
    };
    let mut fields = Fields::new(object);
    let value = T::from_fields(&mut fields);
    fields.finish(value)
}

/// Says where the fault is, not what stands there: that may be a secret.
fn bad_json(error: &serde_json::Error) -> ApiError {
    let (line, column) = (error.line(), error.column());
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "invalid_json",
        Text::new(
            format!("JSON invalide, ligne {line}, colonne {column}."),
            format!("Invalid JSON at line {line}, column {column}."),
        ),
    )
}

fn is_json(kind: &HeaderValue) -> bool {
    let kind = kind.to_str().unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

fn not_json() -> ApiError {
    ApiError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported_media_type",
        Text::fixed(
            "Le corps doit être du JSON, avec l'en-tête « Content-Type: application/json ».",
            "The body must be JSON, with the header “Content-Type: application/json”.",
        ),
    )
}

impl<T: FromParams> FromRequestParts<AppState> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Query<T>, ApiError> {
        let mut params = Params::parse(parts.uri.query().unwrap_or_default());
        let value = T::from_params(&mut params);
        params.finish().map(|()| Query(value))
    }
}

impl FromRequestParts<AppState> for Id {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Id, ApiError> {
        number_in_path(parts, state, "id").await.map(Id)
    }
}

impl FromRequestParts<AppState> for DeliveryId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<DeliveryId, ApiError> {
        number_in_path(parts, state, "delivery").await.map(DeliveryId)
    }
}

async fn number_in_path(parts: &mut Parts, state: &AppState, wanted: &str) -> Result<i64, ApiError> {
    let params = RawPathParams::from_request_parts(parts, state).await;
    let text = params.iter().flatten().find(|(name, _)| *name == wanted).map_or("", |(_, value)| value);
    text.parse().map_err(|_| {
        let shown = model::parse::shorten(text);
        ApiError::invalid(Text::new(
            format!("« {shown} » n'est pas un identifiant : un nombre entier est attendu."),
            format!("“{shown}” is not an id: a whole number is expected."),
        ))
    })
}
