//! `passerelle sync`: an import or an export, or only the plan of one.

use hub::Hub;
use model::api::{PlanBody, RecordErrorBody, SyncBody};
use model::{Direction, Lang, Text};

use super::Fault;
use super::out::{complain, say};
use crate::Config;

pub(super) async fn sync(config: Config, connection: &str, direction: Direction) -> Result<(), Fault> {
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    let run_id = hub.start_sync(connection, direction).await?;
    wait(&hub, run_id, lang).await
}

/// Waits for a run and tells how it went.
pub(super) async fn wait(hub: &Hub, run_id: i64, lang: Lang) -> Result<(), Fault> {
    cancel_on_request(hub, run_id, hub.wait(run_id, lang)).await;
    let body = hub.wait(run_id, lang).await?;
    report(&body.errors, &body.warnings, &body.unknown_statuses, lang);
    say(&account(&body, lang));
    if body.success {
        return Ok(());
    }
    let words = [body.error.or(body.message), body.hint];
    Err(Fault::Failed(Text::same(words.into_iter().flatten().collect::<Vec<_>>().join("\n"))))
}

/// Waits for the end of a run; Ctrl+C asks it to stop after the page it is at.
pub(super) async fn cancel_on_request<T>(hub: &Hub, run_id: i64, ended: impl Future<Output = T>) {
    tokio::select! {
        _ = ended => {}
        _ = tokio::signal::ctrl_c() => {
            // It may have ended in the meantime.
            let _ = hub.cancel(run_id).await;
        }
    }
}

pub(super) async fn preview(config: Config, connection: &str, direction: Direction) -> Result<(), Fault> {
    let lang = config.lang;
    let hub = config.open_hub().await.map_err(Fault::Failed)?;
    let plan = hub.preview(connection, direction, lang).await?;
    for change in &plan.changes {
        let fields: Vec<&str> = change.fields.iter().map(|field| field.field.as_str()).collect();
        let client = change.client.as_deref().unwrap_or("?");
        say(&format!("{:<6} {client} ({})", change.action, fields.join(", ")));
    }
    report(&plan.errors, &plan.warnings, &plan.unknown_statuses, lang);
    say(&forecast(&plan, lang));
    Ok(())
}

/// What a person should know although the deals came through.
fn report(errors: &[RecordErrorBody], warnings: &[String], unknown: &[String], lang: Lang) {
    for warning in warnings {
        complain(warning);
    }
    if !unknown.is_empty() {
        let words = unknown.join(", ");
        let text = Text::new(
            format!("Statuts inconnus, pris pour « prospect » : {words}"),
            format!("Unknown statuses, taken for “prospect”: {words}"),
        );
        complain(text.get(lang));
    }
    for error in errors {
        let record = error.client.as_ref().or(error.external_id.as_ref());
        complain(&format!("{} : {}", record.map_or("?", String::as_str), error.message));
    }
}

fn account(body: &SyncBody, lang: Lang) -> String {
    let (created, updated) = (body.records_created, body.records_updated);
    let (unchanged, failed) = (body.records_unchanged, body.records_failed);
    let text = Text::new(
        format!("{created} créés, {updated} mis à jour, {unchanged} inchangés, {failed} erreurs"),
        format!("{created} created, {updated} updated, {unchanged} unchanged, {failed} errors"),
    );
    format!("{} · {}", text.get(lang), body.status)
}

fn forecast(plan: &PlanBody, lang: Lang) -> String {
    let (id, created, updated) = (plan.plan_id, plan.to_create, plan.to_update);
    let (unchanged, refused) = (plan.unchanged, plan.refused);
    let text = Text::new(
        format!(
            "{created} à créer, {updated} à mettre à jour, {unchanged} inchangés, {refused} refusés · aperçu n° {id}"
        ),
        format!(
            "{created} to create, {updated} to update, {unchanged} unchanged, {refused} refused · preview {id}"
        ),
    );
    text.get(lang).to_owned()
}
