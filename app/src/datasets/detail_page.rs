//! One dataset, in tabs of one address each.

use axum::http::StatusCode;
use hub::{DatasetQuery, Kind};
use leptos::prelude::*;
use leptos_meta::Title;
use model::Lang;
use model::api::{ColumnBody, DatasetBody, DatasetVersionBody};

use super::columns_tab::ColumnsTab;
use super::differences_tab::{Differences, DifferencesTab};
use super::rows_tab::{Found, RowsTab};
use super::version_choice::VersionChoice;
use super::versions_tab::VersionsTab;
use super::{DatasetAsked, LIST, address, id_in_address};
use crate::components::{Glyph, Icon};
use crate::connections;
use crate::data::{drawn, row_count};
use crate::i18n::lang;
use crate::ledger::{say, told};
use crate::pages::NotFound;

/// What the page shows.
struct Told {
    dataset: DatasetBody,
    /// Number and title of its connection, unless that is gone.
    connection: Option<(i64, String)>,
    /// Its versions, the newest first.
    versions: Vec<DatasetVersionBody>,
    /// The version the page is about.
    version: i64,
    part: Part,
}

/// The part of the page that is open.
enum Part {
    Rows(Found),
    Columns(Vec<ColumnBody>),
    Versions { limit: u32, offset: u32 },
    Differences(Differences),
}

/// The page of a dataset; the server has put what is [asked](DatasetAsked) into the context.
#[component]
pub(crate) fn DetailPage() -> impl IntoView {
    let (id, lang) = (id_in_address(), lang());
    let Some(asked) = use_context::<DatasetAsked>() else {
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(StatusCode::NOT_FOUND);
        }
        return view! { <NotFound /> }.into_any();
    };
    drawn(LIST, move |hub| load(hub, id, asked, lang), page).into_any()
}

async fn load(hub: hub::Hub, id: i64, asked: DatasetAsked, lang: Lang) -> hub::Result<Told> {
    let dataset = hub.dataset(id, lang).await?;
    let versions = hub.dataset_versions(id, lang).await?;
    let accounts = hub.accounts(lang).await?;
    let connection = accounts.into_iter().find(|account| account.provider == dataset.provider);
    let connection = connection.map(|account| (account.id, account.title));
    let (version, part) = match asked {
        DatasetAsked::Rows(query) => {
            let found = find(&hub, id, query).await?;
            (found.query.version, Part::Rows(found))
        }
        DatasetAsked::Columns { version } => {
            let whole = DatasetQuery { version, ..DatasetQuery::default() };
            let version = hub.dataset_rows(id, &whole).await?.version;
            let known = versions.iter().find(|known| known.version == version);
            let columns = known.map(|known| known.columns.clone()).unwrap_or_default();
            (Some(version), Part::Columns(columns))
        }
        DatasetAsked::Versions { limit, offset } => (None, Part::Versions { limit, offset }),
        DatasetAsked::Differences { version, limit, offset } => {
            let number = version.unwrap_or(dataset.version);
            // Before the first version there is none to compare.
            let rows = match number {
                0 => Vec::new(),
                number => hub.dataset_differences(id, number, limit, offset).await?,
            };
            let version = versions.iter().find(|known| known.version == number).cloned();
            (Some(number), Part::Differences(Differences { version, rows, limit, offset }))
        }
    };
    let version = version.unwrap_or(dataset.version);
    Ok(Told { dataset, connection, versions, version, part })
}

/// The rows that are asked for. What does not fit the columns is told beside the filters.
async fn find(hub: &hub::Hub, id: i64, query: DatasetQuery) -> hub::Result<Found> {
    let whole = DatasetQuery { version: query.version, ..DatasetQuery::default() };
    let columns = hub.dataset_rows(id, &whole).await?.columns;
    let page = match hub.dataset_rows(id, &query).await {
        Ok(page) => Ok(page),
        Err(error) if error.kind == Kind::Invalid => Err(told(error)),
        Err(error) => return Err(error),
    };
    Ok(Found { query, columns, page })
}

fn page(told: Told) -> AnyView {
    let Told { dataset, connection, versions, version, part } = told;
    let DatasetBody { id, name, row_count: present_rows, version: present, .. } = dataset;
    let rows = versions.iter().find(|known| known.version == version).map_or(present_rows, |v| v.row_count);
    let open = match &part {
        Part::Rows(_) => "rows",
        Part::Columns(_) => "columns",
        Part::Versions { .. } => "versions",
        Part::Differences(_) => "differences",
    };
    if let (Part::Rows(Found { page: Err(_), .. }), Some(response)) =
        (&part, use_context::<leptos_axum::ResponseOptions>())
    {
        response.set_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    // What is chosen among versions stays chosen from one tab to the next.
    let kept = Some(version).filter(|version| *version != present);
    // All versions are none in particular: choosing one leads to its rows.
    let choice = if open == "versions" { "rows" } else { open };
    let head = versions.clone();
    view! {
        <Title text=name.clone() />
        <div class="page-head source-head">
            <a class="link" href=LIST>
                <Icon glyph=Glyph::ChevronLeft />
                {say("Jeux de données", "Datasets")}
            </a>
            <div class="sources__head">
                <div>
                    <h1 class="dataset__name">{name}</h1>
                    <p class="source-head__kind">
                        {row_count(rows)}
                        {kept.map(|version| view! { " · " {format!("Version {version}")} }.into_any())}
                        {connection
                            .map(|(id, title)| {
                                view! {
                                    " · "
                                    <a class="link" href=connections::address(id)>
                                        {title}
                                    </a>
                                }
                                .into_any()
                            })}
                    </p>
                </div>
                <VersionChoice id=id tab=choice versions=head shown=version />
            </div>
        </div>
        <Tabs id=id open=open version=kept />
        {match part {
            Part::Rows(found) => view! { <RowsTab id=id found=found /> }.into_any(),
            Part::Columns(columns) => view! { <ColumnsTab columns=columns /> }.into_any(),
            Part::Versions { limit, offset } => {
                view! { <VersionsTab id=id versions=versions limit=limit offset=offset /> }.into_any()
            }
            Part::Differences(differences) => view! { <DifferencesTab id=id differences=differences /> }.into_any(),
        }}
        <p class="source-end">
            <a class="button button--quiet source-end__delete" href=format!("{}/delete", address::page(id))>
                {say("Supprimer ce jeu de données", "Delete this dataset")}
            </a>
        </p>
    }
    .into_any()
}

/// Links to the parts of the page.
#[component]
fn Tabs(id: i64, open: &'static str, version: Option<i64>) -> impl IntoView {
    let tabs = [
        ("rows", say("Lignes", "Rows"), version),
        ("columns", say("Colonnes", "Columns"), version),
        ("versions", "Versions", None),
        ("differences", say("Différences", "Differences"), version),
    ];
    let links = tabs.into_iter().map(|(word, label, version)| {
        let here = (word == open).then_some("page");
        view! {
            <a class="tab" href=address::tab(id, word, version) aria-current=here>
                {label}
            </a>
        }
        .into_any()
    });
    view! {
        <nav class="tabs tabs--parts" aria-label=say("Pages de ce jeu de données", "Pages of this dataset")>
            {links.collect_view()}
        </nav>
    }
    .into_any()
}
