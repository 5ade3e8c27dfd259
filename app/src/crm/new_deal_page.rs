//! A new deal.

use leptos::prelude::*;

use super::NEW;
use super::back::back;
use super::deal_form::DealForm;
use super::deal_typed::DealTyped;
use super::frame::FormPage;
use super::known::known;
use crate::ledger::say;

/// The form for a new deal.
#[component]
pub(crate) fn NewDealPage() -> impl IntoView {
    let heading = say("Nouveau deal", "New deal");
    let back = back();
    view! {
        <Suspense>
            {Suspend::new(async move {
                let known = known().await;
                view! {
                    <FormPage heading=heading.to_owned() back=back.clone()>
                        <DealForm
                            heading=heading.to_owned()
                            stored=DealTyped::blank()
                            known=known
                            action=NEW.to_owned()
                            back=back.clone()
                            save=say("Créer le deal", "Create the deal")
                        />
                    </FormPage>
                }
            })}
        </Suspense>
    }
}
