//! The program as visitors meet it: protected, behind a proxy of this machine, connected to a base of deals.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::json;

use crate::process::Listening;
use crate::visitor::{Asked, Visitor};

/// The owner's password.
pub(crate) const PASSWORD: &str = "un-mot-de-passe-pour-mesurer";
const FORM: &str = "application/x-www-form-urlencoded";

/// Where it is, and the session of its owner.
pub(crate) struct Site {
    url: String,
    cookie: String,
}

impl Site {
    /// Logs in as the owner.
    ///
    /// # Errors
    /// The program does not answer, or does not let the owner in.
    pub(crate) async fn enter(url: &str) -> anyhow::Result<Site> {
        let mut stranger = Visitor::new(url, None)?;
        let answer = stranger.ask(login(&credentials("owner", PASSWORD))).await?;
        ensure!(answer.status == 303, "the owner is not let in: {}", answer.status);
        Ok(Site { url: url.to_owned(), cookie: answer.cookie.context("no session")? })
    }

    /// Somebody who is logged in.
    pub(crate) fn member(&self) -> anyhow::Result<Visitor> {
        Visitor::new(&self.url, Some(&self.cookie))
    }

    /// Somebody who is not.
    pub(crate) fn stranger(&self) -> anyhow::Result<Visitor> {
        Visitor::new(&self.url, None)
    }

    /// Connects it to a base.
    ///
    /// # Errors
    /// It refuses.
    pub(crate) async fn connect(&self, token: &str, base: &str, table: &str) -> anyhow::Result<()> {
        let settings = json!({"api_token": token, "base_id": base, "table_name": table}).to_string();
        let body = Some((settings.as_str(), "application/json"));
        let path = "/api/connectors/config/airtable";
        let answer = self.member()?.ask(Asked { method: "PUT", path, body, from: None }).await?;
        ensure!(answer.status == 200, "{}", String::from_utf8_lossy(&answer.body));
        Ok(())
    }

    /// Imports the deals; how long that took.
    ///
    /// # Errors
    /// The import was no success.
    pub(crate) async fn import(&self) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let asked = Asked { method: "POST", path: "/api/sync/airtable/import", ..Asked::default() };
        let answer = self.member()?.ask(asked).await?;
        ensure!(answer.status == 200, "{}", String::from_utf8_lossy(&answer.body));
        Ok(begun.elapsed())
    }
}

/// Starts the program on a folder of its own, with the service at that address.
///
/// # Errors
/// It is not built, or does not start.
pub(crate) fn start(folder: &std::path::Path, service: &str) -> anyhow::Result<Listening> {
    Listening::start("passerelle", |command| {
        command
            .current_dir(folder)
            .env("PASSERELLE_ADDR", "127.0.0.1:0")
            .env("PASSERELLE_OWNER_PASSWORD", PASSWORD)
            .env("PASSERELLE_TRUSTED_PROXIES", "127.0.0.1")
            .env("AIRTABLE_API_URL", service);
    })
}

/// What somebody types to log in. Neither needs escaping.
pub(crate) fn credentials(name: &str, password: &str) -> String {
    format!("name={name}&password={password}")
}

/// The form, sent.
pub(crate) fn login(credentials: &str) -> Asked<'_> {
    Asked { method: "POST", path: "/login", from: None, body: Some((credentials, FORM)) }
}
