//! Finds the records that names stand for, and remembers them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::json;

use super::api::{Api, Query};
use super::decode::whole;
use super::streams::USERS;
use crate::common::cell::Cells;
use crate::http::Failure;

/// Names remembered at most; then all are forgotten, and asked for again.
const REMEMBERED: usize = 20_000;
/// Records looked through for one whose name differs only in its case.
const SIMILAR: usize = 100;

/// What a name leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Found {
    One(i64),
    Several,
    Nobody,
}

/// Names and the ids they stand for, by model.
#[derive(Default)]
pub(super) struct Directory(Mutex<HashMap<(String, String), i64>>);

impl Directory {
    /// The record of that name; of a user, the login does too.
    pub(super) async fn find(&self, api: &Api, model: &str, name: &str) -> Result<Found, Failure> {
        let key = (model.to_owned(), name.to_lowercase());
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        if let Some(id) = known {
            return Ok(Found::One(id));
        }
        let found = if model == USERS { user(api, name).await? } else { record(api, model, name).await? };
        if let Found::One(id) = found {
            let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(key, id);
        }
        Ok(found)
    }
}

async fn record(api: &Api, model: &str, name: &str) -> Result<Found, Failure> {
    let lower = name.to_lowercase();
    for (operator, limit) in [("=", 3), ("ilike", SIMILAR)] {
        let mut named = api.names(model, name, operator, limit).await?;
        // The service also finds by reference, by e-mail and by part of the name.
        named.retain(|(_, found)| found.trim().to_lowercase() == lower);
        match named.as_slice() {
            [] => {}
            [(id, _)] => return Ok(Found::One(*id)),
            _ => return Ok(Found::Several),
        }
    }
    Ok(Found::Nobody)
}

/// A login is one user's alone; a name may be that of several.
async fn user(api: &Api, name: &str) -> Result<Found, Failure> {
    let pattern = name.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let domain =
        json!(["&", ["active", "=", true], "|", ["login", "=ilike", pattern], ["name", "=ilike", pattern]]);
    let fields = ["name".to_owned(), "login".to_owned()];
    let query = Query { domain, fields: &fields, order: "id asc", limit: SIMILAR };
    let keep = |cells: Cells| {
        let id = cells.get("id").and_then(whole).unwrap_or_default();
        (id, cells.text("login").is_some_and(|login| login.eq_ignore_ascii_case(name)))
    };
    let found = api.search(USERS, query, keep).await?;
    let by_login = found.iter().find(|(_, by_login)| *by_login);
    Ok(match (by_login, found.as_slice()) {
        (Some((id, _)), _) | (None, [(id, _)]) => Found::One(*id),
        (None, []) => Found::Nobody,
        (None, _) => Found::Several,
    })
}
