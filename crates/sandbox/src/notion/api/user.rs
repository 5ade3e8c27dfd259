//! Users: the integration itself, and the people of the workspace.

use serde_json::{Value, json};

use super::list::{self, Paging};
use super::{Request, read_id};
use crate::notion::state::World;
use crate::notion::{Id, Refusal, Users, render};

/// The integration behind the token.
pub(super) fn me(world: &World, request: &Request<'_>) -> Value {
    json!({
        "object": "user", "id": request.grant.bot(), "name": request.grant.name, "avatar_url": null, "type": "bot",
        "bot": {
            "owner": {"type": "workspace", "workspace": true},
            "workspace_id": Id::named(&format!("workspace/{}", world.workspace)),
            "workspace_name": world.workspace,
            "workspace_limits": {"max_file_upload_size_in_bytes": 5_242_880},
        },
    })
}

pub(super) fn list(world: &mut World, request: &Request<'_>) -> Result<Value, Refusal> {
    Request::needs(request.grant.users > Users::Nothing)?;
    let paging = Paging::from_query(request)?;
    let users = world.users.iter().map(|user| render::user(user, request.with_email())).collect();
    list::page(world, request, &paging, "user", "users", users)
}

pub(super) fn get(world: &World, request: &Request<'_>, id: &str) -> Result<Value, Refusal> {
    Request::needs(request.grant.users > Users::Nothing)?;
    let id = read_id(id, "user_id")?;
    let user = world.user(id).ok_or_else(|| Refusal::not_found("user", id))?;
    Ok(render::user(user, request.with_email()))
}
