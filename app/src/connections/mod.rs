//! The pages of connections of any kind: their list with the catalogue of kinds, the form for a new one, one
//! with what it did, what its service looks like and its settings.
//!
//! Drawn on the server and whole without script, like the ledger they stand in; `app/browser` makes them
//! livelier. What is particular to deals, or to the canonical tables, has its own pages: these lead there.

mod budget_card;
mod card;
mod catalogue;
mod cells;
mod delete_page;
mod destination;
mod detail_page;
mod facts;
mod fault_summary;
mod form;
mod grant_card;
mod hints_card;
mod history_tab;
mod list_page;
mod mapping_tab;
mod moment;
mod name_field;
mod new_page;
mod recipe_line;
mod recipe_row;
mod recipe_trial;
mod recipes_tab;
mod rule_form;
mod rule_words;
mod rules_tab;
mod run_outcome;
mod schedule_tab;
mod schema_tab;
mod service_said;
mod settings_tab;
mod size;
mod standing;
mod state_tab;
mod test_result;
mod try_buttons;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::RunStatus;
use model::api::ConnectionRunBody;

use crate::format;
use crate::i18n::lang;
use crate::ledger::say;
use crate::sources::{asked, passing};

pub(crate) use delete_page::DeletePage;
pub(crate) use detail_page::DetailPage;
pub(crate) use list_page::ListPage;
pub use mapping_tab::DealsMappingTyped;
pub(crate) use new_page::NewPage;
pub use recipe_line::RecipeLine;
pub use recipes_tab::RecipesTyped;
pub use rules_tab::RulesTyped;
pub use schedule_tab::ScheduleTyped;
pub use service_said::ServiceSaid;
pub use test_result::Tested;

/// The list of connections.
pub(crate) const LIST: &str = "/connections";

/// The page of a connection.
pub(crate) fn address(id: i64) -> String {
    format!("{LIST}/{id}")
}

/// The number in the address; what is none is no connection's.
fn id_in_address() -> i64 {
    use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// What has just been done, said once: the address carries its word.
fn notice() -> Option<AnyView> {
    let title = match asked("notice")?.as_str() {
        "saved" => say("Connexion enregistrée", "Connection saved"),
        "connected" => say("Connexion autorisée", "Connection authorized"),
        "planned" => say("Planification enregistrée", "Schedule saved"),
        "hints" => say("Le service préviendra des changements", "The service will tell of changes"),
        "hints-off" => say("Le service ne prévient plus", "The service does not tell any more"),
        "rules" => say("Règles enregistrées", "Rules saved"),
        "key" => say("Colonne clé enregistrée", "Key column saved"),
        "deleted" => say("Connexion supprimée", "Connection deleted"),
        _ => return None,
    };
    Some(passing(title))
}

/// How a sync stands.
fn status_of(run: &ConnectionRunBody) -> RunStatus {
    RunStatus::from_word(&run.status).unwrap_or(RunStatus::Error)
}

/// How long a sync took, or has been taking.
fn duration(run: &ConnectionRunBody) -> String {
    format::duration((run.duration_seconds.max(0.0) * 1_000.0) as u64, lang())
}
