//! The form of a connection: the same for a new one and for one that is there.

use hub::AccountKind;
use leptos::prelude::*;
use model::access::Right;

use super::destination::DestinationField;
use super::fault_summary::FaultSummary;
use super::name_field::NameField;
use super::test_result::{TestResult, Tested};
use super::{LIST, address};
use crate::components::{Glyph, Icon};
use crate::ledger::say;
use crate::permitted::Permitted;
use crate::sources::{SourceFields, Typed};

/// Name, settings and destination, with what a test of them found above.
#[component]
pub(super) fn ConnectionForm(
    /// Its kind.
    kind: AccountKind,
    /// What was typed or is stored.
    typed: Typed,
    /// Its number, when it is there already.
    #[prop(optional_no_strip)]
    stored: Option<i64>,
    /// What only a connection that is there can be asked.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let AccountKind { spec, guide, .. } = kind.clone();
    let tested = use_context::<Tested>();
    // Below a test the fields say what is to be typed again: nothing is wrong with them.
    let summary =
        tested.is_none().then(|| view! { <FaultSummary spec=spec.clone() typed=typed.clone() /> }.into_any());
    // The rows a request finds can be looked at while it is being written.
    let shows_rows = spec.fields().any(|field| field.key == "data_path");
    let (action, back) = match stored {
        Some(id) => (address(id), address(id)),
        None => (LIST.to_owned(), LIST.to_owned()),
    };
    view! {
        <div id="test-result" class="form-result">
            {summary}
            {tested.map(|Tested(test)| view! { <TestResult test=test /> }.into_any())}
        </div>
        <Permitted right=Right::Change>
            <form class="card source-form" id="connection-form" method="post" action=action data-connection data-follows=shows_rows.to_string()>
                <input type="hidden" name="connection_type" value=spec.id.clone() />
                {stored.map(|id| view! { <input type="hidden" name="connection_id" value=id /> }.into_any())}
                <div class="settings__group">
                    <NameField name=typed.name.clone() example=format!("{} {}", spec.name, say("de l'équipe", "of the team")) fault=typed.fault("name") />
                    {children.map(|children| children())}
                </div>
                <div class="source-form__swap">
                    <SourceFields spec=spec guide=guide typed=typed.clone() />
                </div>
                <div class="source-form__swap">
                    <DestinationField kind=kind typed=typed />
                </div>
                <div class="settings__actions">
                    <button class="button button--primary">
                        <Icon glyph=Glyph::Check />
                        {say("Enregistrer", "Save")}
                    </button>
                    <button class="button" formaction="/connections/test" formnovalidate data-try>
                        <Icon glyph=Glyph::Plug />
                        {say("Tester", "Test")}
                    </button>
                    <a class="button button--quiet" href=back>
                        {say("Annuler", "Cancel")}
                    </a>
                </div>
            </form>
        </Permitted>
    }
    .into_any()
}
