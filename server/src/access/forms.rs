//! What the forms about access share: their fields, and a refusal shown where it was typed.

use std::collections::BTreeMap;

use app::AccessFault;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use hub::Kind;
use leptos::prelude::provide_context;
use secrecy::SecretString;

use crate::drawing::{Sender, Shell};
use crate::{ApiError, AppState, form};

/// A form as it was sent.
pub(super) struct Sent(BTreeMap<String, String>);

impl Sent {
    pub(super) fn read(bytes: &[u8]) -> Sent {
        Sent(form::read(bytes))
    }

    /// A field; empty when it is not there.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A password.
    pub(super) fn secret(&self, name: &str) -> SecretString {
        self.text(name).to_owned().into()
    }
}

/// The page of a form again with why it could not be carried out, or that there is nothing.
pub(super) async fn again(
    state: &AppState,
    sender: &Sender,
    sent: &Sent,
    error: hub::Error,
    path: &str,
) -> Response {
    let seconds = match error.kind {
        Kind::TooMany { seconds } => Some(seconds),
        Kind::NotFound | Kind::Internal => return sender.refused(state, error, "/access").await,
        _ => None,
    };
    let fault = AccessFault {
        message: error.message(sender.lang).to_owned(),
        name: sent.text("name").to_owned(),
        choice: [sent.text("scope"), sent.text("role")].concat(),
    };
    let status = match ApiError::from(error).status {
        StatusCode::BAD_REQUEST => StatusCode::UNPROCESSABLE_ENTITY,
        status => status,
    };
    let provide = move || provide_context(fault.clone());
    let mut page = sender.shown(state, Shell::Still, path, status, provide).await;
    page.headers_mut().extend(seconds.map(|seconds| (RETRY_AFTER, HeaderValue::from(seconds))));
    page
}
