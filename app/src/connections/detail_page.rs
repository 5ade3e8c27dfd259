//! One connection, in tabs of one address each.

use hub::{AccountKind, AccountView, GrantView, Hub};
use leptos::prelude::*;
use leptos_meta::Title;
use model::access::Right;
use model::api::{ConnectionRunBody, Health, HintsBody};
use model::canonical::Entity;
use model::{Budget, Destination};

use super::hints_card::HintsCard;
use super::history_tab::{HISTORY, HistoryTab};
use super::mapping_tab::MappingTab;
use super::recipes_tab::{RecipesTab, RecipesTold};
use super::rules_tab::RulesTab;
use super::run_outcome::RunOutcome;
use super::schedule_tab::ScheduleTab;
use super::schema_tab::SchemaTab;
use super::settings_tab::SettingsTab;
use super::standing::Standing;
use super::state_tab::StateTab;
use super::test_result::{TestResult, Tested};
use super::try_buttons::TryButtons;
use super::{LIST, address, asked, id_in_address, notice};
use crate::access;
use crate::api::Fault;
use crate::components::{Glyph, Icon};
use crate::i18n::lang;
use crate::ledger::{entries_before, found, hub, say, told};
use crate::sources::ResultDialog;

/// The parts of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    State,
    History,
    Schedule,
    Schema,
    Mapping,
    Rules,
    Recipes,
    Settings,
}

impl Tab {
    const ALL: [Tab; 8] = [
        Tab::State,
        Tab::History,
        Tab::Schedule,
        Tab::Schema,
        Tab::Mapping,
        Tab::Rules,
        Tab::Recipes,
        Tab::Settings,
    ];

    /// The tab of the address.
    fn asked() -> Tab {
        let word = asked("tab");
        let named = Tab::ALL.into_iter().find(|tab| word.as_deref() == Some(tab.word()));
        let turned = || asked("history").map(|_| Tab::History);
        named.or_else(turned).unwrap_or(Tab::State)
    }

    fn word(self) -> &'static str {
        match self {
            Tab::State => "state",
            Tab::History => "history",
            Tab::Schedule => "schedule",
            Tab::Schema => "schema",
            Tab::Mapping => "mapping",
            Tab::Rules => "rules",
            Tab::Recipes => "recipes",
            Tab::Settings => "settings",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Tab::State => say("État", "State"),
            Tab::History => say("Historique", "History"),
            Tab::Schedule => say("Planification", "Schedule"),
            Tab::Schema => say("Schéma", "Schema"),
            Tab::Mapping => "Mapping",
            Tab::Rules => say("Règles", "Rules"),
            Tab::Recipes => "Transformations",
            Tab::Settings => say("Réglages", "Settings"),
        }
    }
}

/// What the page shows.
struct Told {
    account: AccountView,
    kind: AccountKind,
    /// Syncs, newest first; how many come before them.
    runs: Vec<ConnectionRunBody>,
    before: u32,
    /// The sync that was asked for.
    run: Option<ConnectionRunBody>,
    /// Whether deals go both ways, from the tab of its own among the CRM's connectors.
    has_deals: bool,
    /// Whether it is a source of the canonical tables.
    is_source: bool,
    /// The dataset its rows are in.
    dataset: Option<i64>,
    /// The columns of its rows, as far as they are known.
    columns: Vec<String>,
    /// What its service has granted to it.
    grant: Option<GrantView>,
    /// What its service leaves of its allowances.
    budgets: Vec<Budget>,
    /// What its service says of changes.
    hints: HintsBody,
    /// How fields are made of its columns; `None` where its rows have none.
    recipes: Option<RecipesTold>,
}

/// The page of a connection.
#[component]
pub(crate) fn DetailPage() -> impl IntoView {
    let (id, before, tab) = (id_in_address(), entries_before("history"), Tab::asked());
    let run = asked("run").and_then(|run| run.parse().ok());
    found(LIST, load(id, before, run), move |told| view! { <Page told=told tab=tab /> }.into_any())
}

/// The columns of a connection's rows, by name.
async fn columns(hub: &Hub, account: &AccountView) -> hub::Result<Vec<String>> {
    if matches!(account.destination, Destination::Tables | Destination::Table { .. }) {
        return hub.table_columns(&account.provider, &Entity::ALL).await;
    }
    let schema = hub.schema(&account.provider, lang()).await?;
    Ok(schema.columns.into_iter().map(|column| column.name).collect())
}

/// How the fields of the table in the address are made, or of whatever the connection fills.
async fn recipes(hub: &Hub, provider: &str) -> hub::Result<Option<RecipesTold>> {
    let targets = hub.recipe_targets(provider).await?;
    if targets.is_empty() {
        return Ok(None);
    }
    let target = hub.recipe_target(provider, asked("table").as_deref()).await?;
    let stored = hub.recipes(provider, target).await?;
    Ok(Some(RecipesTold { target, targets, stored }))
}

async fn load(id: i64, before: u32, run: Option<i64>) -> Result<Told, Fault> {
    let (hub, lang) = (hub()?, lang());
    let account = hub.account(id, lang).await.map_err(told)?;
    let kind = hub.account_kind(&account.kind).map_err(told)?;
    let runs = hub.account_history(id, HISTORY, before, lang).await.map_err(told)?;
    let latest = account.last.iter().chain(&runs);
    let run = run.and_then(|asked| latest.into_iter().find(|known| known.run_id == asked).cloned());
    let has_deals = hub.config(&account.provider).await.is_ok();
    let is_source = hub.source(&account.provider, lang).await.is_ok();
    let dataset = match &account.destination {
        Destination::Dataset { name } => {
            let datasets = hub.datasets_of(&account.provider, lang).await.map_err(told)?;
            datasets.into_iter().find(|dataset| dataset.name == *name).map(|dataset| dataset.id)
        }
        _ => None,
    };
    let columns = columns(&hub, &account).await.map_err(told)?;
    let grant = hub.grant(&account.provider).await.map_err(told)?;
    let budgets = hub.budgets(&account.provider).await.map_err(told)?;
    // It holds what a person types elsewhere, which is nothing for those who only read.
    let hints = if access::may(Right::Change) {
        hub.hints(id, lang).await.map_err(told)?
    } else {
        HintsBody::default()
    };
    let recipes = recipes(&hub, &account.provider).await.map_err(told)?;
    Ok(Told {
        account,
        kind,
        runs,
        before,
        run,
        has_deals,
        is_source,
        dataset,
        columns,
        grant,
        budgets,
        hints,
        recipes,
    })
}

#[component]
fn Page(told: Told, tab: Tab) -> impl IntoView {
    let Told {
        account,
        kind,
        runs,
        before,
        run,
        has_deals,
        is_source,
        dataset,
        columns,
        grant,
        budgets,
        hints,
        recipes,
    } = told;
    let (id, title) = (account.id, account.title.clone());
    let is_busy = account.health == Health::Syncing;
    // While one goes on its progress stands above every tab.
    let run = run.or_else(|| account.last.clone().filter(|_| is_busy));
    // A test of the settings is told where they are.
    let tested = use_context::<Tested>().filter(|_| tab != Tab::Settings);
    view! {
        <Title text=title.clone() />
        <div class="page-head source-head">
            <a class="link" href=LIST>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Connexions", "Connections")}
            </a>
            <div class="sources__head">
                <div>
                    <h1 id="connection-name">{title.clone()}</h1>
                    <p class="source-head__kind">
                        <span class="tag">{account.kind_name.clone()}</span>
                        <span id="standing" data-live data-busy=is_busy.to_string()>
                            <Standing account=account.clone() />
                        </span>
                    </p>
                </div>
                <div class="source__actions">
                    <TryButtons id=id title=title described_by="connection-name".to_owned() leads=true />
                </div>
            </div>
        </div>
        {notice()}
        {tested.map(|Tested(test)| view! { <TestResult test=test /> }.into_any())}
        {run.map(|run| view! { <RunOutcome account=account.clone() run=run /> }.into_any())}
        <Tabs id=id open=tab makes_fields=recipes.is_some() />
        {match tab {
            Tab::State => {
                view! {
                    <StateTab
                        account=account
                        has_deals=has_deals
                        is_source=is_source
                        dataset=dataset
                        grant=grant
                        budgets=budgets
                    />
                }
                .into_any()
            }
            Tab::History => view! { <HistoryTab id=id runs=runs before=before /> }.into_any(),
            Tab::Schedule => {
                view! {
                    <ScheduleTab account=account exports=has_deals />
                    <HintsCard id=id hints=hints />
                }
                .into_any()
            }
            Tab::Schema => view! { <SchemaTab id=id /> }.into_any(),
            Tab::Mapping => view! { <MappingTab account=account /> }.into_any(),
            Tab::Rules => view! { <RulesTab account=account columns=columns /> }.into_any(),
            Tab::Recipes => view! { <RecipesTab id=id told=recipes /> }.into_any(),
            Tab::Settings => view! { <SettingsTab account=account kind=kind /> }.into_any(),
        }}
        <ResultDialog />
    }
    .into_any()
}

/// Links to the parts of the page.
#[component]
fn Tabs(id: i64, open: Tab, makes_fields: bool) -> impl IntoView {
    let shown = Tab::ALL.into_iter().filter(|tab| makes_fields || *tab != Tab::Recipes);
    let links = shown.map(|tab| {
        let here = (tab == open).then_some("page");
        view! {
            <a class="tab" href=format!("{}?tab={}", address(id), tab.word()) aria-current=here>
                {tab.label()}
            </a>
        }
        .into_any()
    });
    view! {
        <nav class="tabs tabs--parts" aria-label=say("Pages de cette connexion", "Pages of this connection")>
            {links.collect_view()}
        </nav>
    }
    .into_any()
}
