//! The settings of the CRM: after how many days without change a deal counts as cold.

use leptos::prelude::*;

use super::back::{DEALS, back, next_field};
use super::dialog::DealDialog;
use super::frame::FormPage;
use super::notice::notice;
use crate::api::Fault;
use crate::i18n::lang;
use crate::ledger::{bound, found, hub, say, told};
use crate::sources::{complaint, label};

/// The setting as it was sent, with what is wrong with it; in the context, the form shows it.
#[derive(Clone)]
pub struct ColdDaysTyped {
    /// What was typed.
    pub days: String,
    /// What is wrong with it.
    pub fault: model::Text,
}

/// The form of the settings.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let back = back();
    found(DEALS, load(), |days| view! { <Page days=days back=back /> }.into_any())
}

async fn load() -> Result<u32, Fault> {
    hub()?.cold_days().await.map_err(told)
}

#[component]
fn Page(days: u32, back: String) -> impl IntoView {
    let heading = say("Deals froids", "Cold deals");
    let typed = use_context::<ColdDaysTyped>();
    let fault = typed.as_ref().map(|typed| typed.fault.get(lang()).to_owned());
    let value = typed.map_or_else(|| days.to_string(), |typed| typed.days);
    let help = say(
        "Un deal ni gagné ni perdu, sans changement depuis ce nombre de jours, compte comme froid.",
        "A deal that is neither won nor lost and has not changed for that many days counts as cold.",
    );
    view! {
        <FormPage heading=heading.to_owned() back=back.clone()>
            {notice()}
            <form class="deal-form" method="post" action=super::SETTINGS data-dialog-part data-title=heading>
                {next_field(back.clone())}
                <div class="field deal-form__notes" class:field--wrong=fault.is_some()>
                    {label("cold-days".to_owned(), say("Jours sans changement", "Days without change").to_owned(), true)}
                    <input
                        class="field__input"
                        id="cold-days"
                        name="days"
                        inputmode="numeric"
                        value=value
                        required
                        autocomplete="off"
                        autofocus
                        aria-describedby="cold-days-help"
                        aria-invalid=fault.is_some().then_some("true")
                    />
                    <div class="field__help" id="cold-days-help">
                        {complaint(fault.as_deref())}
                        <p>{bound(help)}</p>
                    </div>
                </div>
                <div class="deal-form__actions">
                    <button class="button button--primary">{say("Enregistrer", "Save")}</button>
                    <a class="button button--quiet" href=back data-close>
                        {say("Annuler", "Cancel")}
                    </a>
                </div>
            </form>
        </FormPage>
        <DealDialog />
    }
    .into_any()
}
