//! The form of a deal: the same for a new one and for one that is there, on a page and in a dialog.

use leptos::prelude::*;
use model::{DealField, Status};

use super::back::next_field;
use super::deal_typed::DealTyped;
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::sources::{complaint, label};

/// What deals hold already, offered while one types.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Sectors.
    pub(super) sectors: Vec<String>,
    /// Assignees.
    pub(super) assignees: Vec<String>,
}

/// The seven fields, each with what is wrong with it beside it.
#[component]
pub(super) fn DealForm(
    /// What the form says it does, above it in a dialog.
    heading: String,
    /// What is stored, or what a new deal begins with; what was sent stands before it.
    stored: DealTyped,
    /// What deals hold already.
    known: Known,
    /// Where it is sent to.
    action: String,
    /// Where it leads back to.
    back: String,
    /// What its button says.
    save: &'static str,
) -> impl IntoView {
    let typed = use_context().unwrap_or(stored);
    // The first thing to do: what is wrong, else the beginning.
    let first = typed.first_wrong().unwrap_or(DealField::Client);
    let fields = DealField::ALL.map(|field| {
        let fault = typed.faults.get(&field).map(|fault| fault.get(lang()).to_owned());
        let input = input(field, typed.value(field), field == first, fault.is_some());
        let id = id(field);
        view! {
            <div class=format!("field deal-form__{}", field.key()) class:field--wrong=fault.is_some()>
                {label(id.clone(), field.label().get(lang()).to_owned(), field.required())}
                {input}
                <div class="field__help" id=format!("{id}-help")>
                    {complaint(fault.as_deref())}
                    {help(field).map(|help| view! { <p>{help}</p> }.into_any())}
                </div>
            </div>
        }
        .into_any()
    });
    let overtaken = typed.overtaken.as_ref().map(|by| {
        let lines = vec![
            bound(by.get(lang())),
            say(
                "Enregistrez de nouveau pour mettre votre saisie à la place.",
                "Save again to put what you typed in its place.",
            )
            .to_owned(),
        ];
        let title = say("Ce deal a changé entre-temps", "This deal has changed meanwhile");
        view! {
            <div class="deal-form__told" role="alert">
                <Notice tone=Tone::Warning title=title lines=lines />
            </div>
        }
        .into_any()
    });
    view! {
        <form class="deal-form" method="post" action=action data-dialog-part data-title=heading>
            {next_field(back.clone())}
            <input type="hidden" name="seen" value=typed.seen.clone() />
            {overtaken}
            {fields.into_iter().collect_view()}
            {choices("known-sectors", known.sectors)}
            {choices("known-assignees", known.assignees)}
            <div class="deal-form__actions">
                <button class="button button--primary">
                    <Icon glyph=Glyph::Check />
                    {save}
                </button>
                <a class="button button--quiet" href=back data-close>
                    {say("Annuler", "Cancel")}
                </a>
            </div>
        </form>
    }
    .into_any()
}

fn id(field: DealField) -> String {
    format!("deal-{}", field.key())
}

fn help(field: DealField) -> Option<&'static str> {
    (field == DealField::MontantBrut)
        .then(|| say("En euros, par exemple 1\u{202f}234,56", "In euros, such as 1234.56"))
}

fn input(field: DealField, value: String, is_first: bool, is_wrong: bool) -> AnyView {
    let id = id(field);
    let help = format!("{id}-help");
    let invalid = is_wrong.then_some("true");
    match field {
        DealField::Statut => {
            let options = Status::ALL.map(|status| {
                let is_chosen = status.word() == value;
                view! {
                    <option value=status.word() selected=is_chosen>
                        {status.word()}
                    </option>
                }
                .into_any()
            });
            view! {
                <span class="field__select">
                    <select
                        class="field__input"
                        id=id
                        name=field.key()
                        lang="fr"
                        autofocus=is_first
                        aria-describedby=help
                        aria-invalid=invalid
                    >
                        {options.into_iter().collect_view()}
                    </select>
                    <Icon glyph=Glyph::ChevronDown />
                </span>
            }
            .into_any()
        }
        DealField::Notes => view! {
            <textarea
                class="field__input deal-form__lines"
                id=id
                name=field.key()
                rows="4"
                autofocus=is_first
                aria-describedby=help
                aria-invalid=invalid
            >
                {value}
            </textarea>
        }
        .into_any(),
        _ => {
            let list = match field {
                DealField::Secteur => Some("known-sectors"),
                DealField::Assignee => Some("known-assignees"),
                _ => None,
            };
            // What a browser's calendar cannot hold is shown as it was typed.
            let is_day = field == DealField::DateEcheance && !is_wrong;
            view! {
                <input
                    class="field__input"
                    id=id
                    name=field.key()
                    type=if is_day { "date" } else { "text" }
                    inputmode=(field == DealField::MontantBrut).then_some("decimal")
                    value=value
                    list=list
                    required=field.required()
                    autocomplete="off"
                    autofocus=is_first
                    aria-describedby=help
                    aria-invalid=invalid
                />
            }
            .into_any()
        }
    }
}

fn choices(id: &'static str, values: Vec<String>) -> AnyView {
    let options = values.into_iter().map(|value| view! { <option value=value></option> }.into_any());
    view! { <datalist id=id>{options.collect_view()}</datalist> }.into_any()
}
