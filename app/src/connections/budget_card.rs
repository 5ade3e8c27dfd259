//! What the service of a connection leaves of its allowances.

use leptos::prelude::*;
use model::budget::Window;
use model::{Budget, Lang};

use crate::format::number;
use crate::i18n::lang;
use crate::ledger::{bound, say};
use crate::sources::When;

/// The allowances that still count; nothing where the service says nothing.
#[component]
pub(super) fn BudgetCard(
    /// What the service said last.
    budgets: Vec<Budget>,
) -> impl IntoView {
    if budgets.is_empty() {
        return ().into_any();
    }
    let lines = budgets.into_iter().map(line).collect_view();
    let reserve = say(
        "Les synchronisations planifiées laissent un cinquième de la journée à ce que vous lancez vous-même.",
        "Scheduled syncs leave a fifth of the day to what you start yourself.",
    );
    view! {
        <section class="card budget">
            <h2>{say("Requêtes que le service accorde encore", "Requests that the service still grants")}</h2>
            <dl class="facts facts--wide">{lines}</dl>
            <p class="sources__lead">{bound(reserve)}</p>
        </section>
    }
    .into_any()
}

fn line(budget: Budget) -> AnyView {
    let window = match (budget.window, lang()) {
        (Window::Day, _) => say("Par jour", "A day").to_owned(),
        (Window::Seconds(1), _) => say("Par seconde", "A second").to_owned(),
        (Window::Seconds(seconds), Lang::Fr) => format!("Par {seconds} secondes"),
        (Window::Seconds(seconds), Lang::En) => format!("In {seconds} seconds"),
    };
    let left = number(budget.left, lang());
    let left = match (budget.limit.map(|limit| number(limit, lang())), lang()) {
        (Some(limit), Lang::Fr) => format!("{left} sur {limit}"),
        (Some(limit), Lang::En) => format!("{left} of {limit}"),
        (None, _) => left,
    };
    let seen = model::api::instant(budget.seen_at);
    view! {
        <div class="fact">
            <dt>{window}</dt>
            <dd>{left}</dd>
        </div>
        <div class="fact">
            <dt>{say("Dit par le service", "As the service said")}</dt>
            <dd>
                <When instant=seen />
            </dd>
        </div>
    }
    .into_any()
}
