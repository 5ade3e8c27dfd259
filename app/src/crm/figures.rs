//! The figures at the top; all of them follow the filters.

use leptos::prelude::*;
use model::access::Right;
use model::dashboard::Dashboard;

use super::SETTINGS;
use super::back::leading_back;
use super::numbers::days;
use super::query::Query;
use crate::access::may;
use crate::data::percent;
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// One figure: its name, its value, how it is computed in a few words and in a sentence.
struct Figure {
    name: &'static str,
    value: String,
    note: String,
    help: &'static str,
}

/// The six figures.
#[component]
pub(super) fn Figures(
    /// What there is to tell.
    dashboard: Dashboard,
    /// What is asked for.
    query: Query,
) -> impl IntoView {
    let kpis = &dashboard.kpis;
    let figures = [
        Figure {
            name: say("Pipeline pondéré", "Weighted pipeline"),
            value: kpis.pipeline_pondere.display(lang()),
            note: say("montant × probabilité", "amount × probability").to_owned(),
            help: say(
                "La somme, sur tous les deals qui correspondent, du montant multiplié par la probabilité de son statut.",
                "The sum, over all deals that match, of the amount times the probability of its status.",
            ),
        },
        Figure {
            name: say("Panier moyen", "Average deal"),
            value: kpis.panier_moyen.display(lang()),
            note: say("montant moyen d'un deal", "mean amount of a deal").to_owned(),
            help: say(
                "La somme des montants bruts divisée par le nombre de deals qui correspondent.",
                "The sum of gross amounts divided by the number of deals that match.",
            ),
        },
        Figure {
            name: say("Nombre de deals", "Number of deals"),
            value: format::number(kpis.nombre_deals, lang()),
            note: if query.is_filtered() {
                say("avec ces filtres", "with these filters").to_owned()
            } else {
                say("en tout", "in all").to_owned()
            },
            help: say("Tous les deals qui correspondent aux filtres.", "All deals that match the filters."),
        },
        Figure {
            name: say("Taux de conversion", "Conversion rate"),
            value: percent(kpis.taux_conversion),
            note: won(kpis.deals_gagnes, kpis.nombre_deals),
            help: say(
                "Les deals gagnés (« gagné » et « gagné - en cours ») divisés par tous les deals qui correspondent.",
                "Won deals (“gagné” and “gagné - en cours”) divided by all deals that match.",
            ),
        },
        Figure {
            name: say("Vitesse de vente", "Sales velocity"),
            value: kpis.vitesse_vente_moyenne.map_or_else(|| "—".to_owned(), days),
            note: match kpis.vitesse_vente_moyenne {
                Some(_) => {
                    say("du début au gain, en moyenne", "from beginning to won, on average").to_owned()
                }
                None => say("aucun passage à «\u{a0}gagné\u{a0}» observé", "no move to “gagné” seen yet")
                    .to_owned(),
            },
            help: say(
                "La moyenne, sur les deals gagnés, des jours entre leur début et le changement de statut qui les a gagnés.",
                "The mean, over won deals, of the days from their beginning to the change of status that won them.",
            ),
        },
    ];
    let figures = figures.into_iter().map(figure).collect_view();
    view! {
        <dl
            class="kpis"
            id="figures"
            data-part
            data-pipeline=kpis.pipeline_pondere.cents()
            data-basket=kpis.panier_moyen.cents()
            aria-label=say("Chiffres clés", "Key figures")
        >
            {figures}
            {cold(kpis.nb_cold_deals, dashboard.seuil_cold, &query)}
        </dl>
    }
}

fn figure(figure: Figure) -> AnyView {
    let Figure { name, value, note, help } = figure;
    view! {
        <div class="kpi" title=help>
            <dt class="kpi__name">{name}</dt>
            <dd class="kpi__value">{value}</dd>
            <dd class="kpi__note">
                {note} <span class="visually-hidden">{help}</span>
            </dd>
        </div>
    }
    .into_any()
}

/// The counter of cold deals leads to their list.
fn cold(count: u64, threshold: u32, query: &Query) -> AnyView {
    let shown = format::number(count, lang());
    let threshold = format::number(threshold.into(), lang());
    let note = match lang() {
        model::Lang::Fr => format!("sans changement depuis {threshold} jours"),
        model::Lang::En => format!("without change for {threshold} days"),
    };
    let help = say(
        "Les deals ni gagnés ni perdus dont rien n'a changé depuis ce nombre de jours.",
        "Deals neither won nor lost of which nothing has changed for that many days.",
    );
    let value = if count == 0 {
        view! { <dd class="kpi__value">{shown}</dd> }.into_any()
    } else {
        let list = Query { cold: true, ..query.at_first_page() }.address();
        view! {
            <dd class="kpi__value">
                <a class="kpi__counter" id="cold" href=list>
                    {shown}
                    <span class="visually-hidden">{say("deals froids : voir la liste", "cold deals: see the list")}</span>
                </a>
            </dd>
        }
        .into_any()
    };
    view! {
        <div class="kpi" title=help>
            <dt class="kpi__name">{say("Deals froids", "Cold deals")}</dt>
            {value}
            <dd class="kpi__note">
                {threshold_note(note, query)} <span class="visually-hidden">{help}</span>
            </dd>
        </div>
    }
    .into_any()
}

/// What is said of the threshold; whoever may change it is led to its form.
fn threshold_note(note: String, query: &Query) -> AnyView {
    if !may(Right::Change) {
        return note.into_any();
    }
    view! {
        <a id="cold-days-link" href=leading_back(SETTINGS, &query.address()) data-opens>
            {note}
        </a>
    }
    .into_any()
}

/// `5 gagnés sur 22`.
fn won(count: u64, all: u64) -> String {
    let [shown, all] = [count, all].map(|number| format::number(number, lang()));
    let word = if count > 1 { say("gagnés", "won") } else { say("gagné", "won") };
    format!("{shown}\u{a0}{word} {} {all}", say("sur", "of"))
}
