//! The people of the workspace, asked for when the first of them is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::Value;
use model::record::FieldKey;
use tokio::sync::Mutex;

use super::api::Api;
use super::people::User;
use super::schema::{Holds, Source};
use crate::http::Failure;

/// Everybody, once known.
#[derive(Default)]
pub(super) struct Directory(Mutex<Option<Arc<Vec<User>>>>);

impl Directory {
    /// The people among whom those of these fields are; nobody is asked for when nobody is written.
    ///
    /// # Errors
    /// What the service says; `Forbidden` when the integration may not see people.
    pub(super) async fn users(
        &self,
        api: &Api,
        source: &Source,
        fields: &BTreeMap<FieldKey, Value>,
    ) -> Result<Arc<Vec<User>>, Failure> {
        let is_for_people =
            |key: &FieldKey| source.property(key).is_some_and(|property| property.holds == Holds::People);
        if !fields.iter().any(|(key, value)| *value != Value::Empty && is_for_people(key)) {
            return Ok(Arc::default());
        }
        // Held while asking: the others wait for this answer instead of asking too.
        let mut known = self.0.lock().await;
        if let Some(users) = &*known {
            return Ok(Arc::clone(users));
        }
        let users = Arc::new(api.users().await?);
        *known = Some(Arc::clone(&users));
        Ok(users)
    }
}
