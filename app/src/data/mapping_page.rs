//! Which column of a source is which field: recognised, chosen, unused, new.

use std::collections::BTreeMap;

use hub::{Hub, TableMapping};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::Lang;
use model::access::Right;
use model::canonical::Entity;

use super::drawn;
use super::mapping_lists::MappingLists;
use super::mapping_table::MappingTable;
use super::source_head::SourceHead;
use super::texts::{label, source_page};
use crate::api::Fault;
use crate::components::{EmptyState, Glyph, Icon, Notice, Tone};
use crate::i18n::lang;
use crate::ledger::{action, say, told};
use crate::permitted::Permitted;

/// A form that was not stored: in the context, it is shown again as it was filled in.
#[derive(Clone)]
pub struct MappingTyped {
    /// The table.
    pub entity: Entity,
    /// By field name what was chosen; an empty text for none.
    pub choices: BTreeMap<String, String>,
    /// What is wrong with it.
    pub faults: Vec<String>,
}

/// What the page shows.
struct Told {
    source: String,
    /// Why there are none: the source itself cannot be read.
    tables: Result<Vec<TableMapping>, Fault>,
    typed: Option<MappingTyped>,
    /// The table that has just been stored.
    saved: Option<Entity>,
}

/// The page of a source's columns.
#[component]
pub(crate) fn MappingPage() -> impl IntoView {
    let source = use_params_map().read_untracked().get("name").unwrap_or_default();
    let typed = use_context::<MappingTyped>();
    let saved = use_query_map().read_untracked().get("saved").and_then(|name| Entity::from_name(&name));
    let load = move |hub: Hub| async move {
        let tables = match hub.source_mapping(&source).await {
            Err(error) if matches!(error.kind, hub::Kind::Service(_)) => Err(told(error)),
            answer => Ok(answer?),
        };
        Ok(Told { source, tables, typed, saved })
    };
    drawn(crate::sources::LIST, load, page)
}

fn page(told: Told) -> AnyView {
    let Told { source, tables, typed, saved } = told;
    let title = match lang() {
        Lang::Fr => format!("Colonnes de «\u{a0}{source}\u{a0}»"),
        Lang::En => format!("Columns of “{source}”"),
    };
    let lead = say(
        "Chaque champ est lu dans une colonne de la source. Ce que vous ne choisissez pas est reconnu à son nom.",
        "Each field is read from a column of the source. What you do not choose is recognised by its name.",
    );
    let content = match tables {
        Err(fault) => not_readable(&source, fault),
        Ok(tables) if tables.is_empty() => view! {
            <EmptyState
                title=say("Aucune table trouvée", "No table found")
                text=say(
                    "La source ne contient pour l'instant rien qui aille dans l'une des cinq tables. Vérifiez ses réglages : dossier, noms des fichiers, ou droits sur le service.",
                    "The source holds nothing yet that goes into one of the five tables. Check its settings: folder, file names, or rights on the service.",
                )
            />
        }
        .into_any(),
        Ok(tables) => {
            let ways = tables
                .iter()
                .map(|table| {
                    let href = format!("#{}", table.entity.table());
                    view! { <a class="link" href=href>{label(table.entity)}</a> }.into_any()
                })
                .collect_view();
            let sections = tables
                .into_iter()
                .map(|table| {
                    let typed = typed.clone().filter(|typed| typed.entity == table.entity);
                    let is_saved = saved == Some(table.entity) && typed.is_none();
                    section(&source, table, typed, is_saved)
                })
                .collect_view();
            view! {
                <nav class="jump" aria-label=say("Tables de cette source", "Tables of this source")>
                    {ways}
                </nav>
                {sections}
            }
            .into_any()
        }
    };
    view! {
        <SourceHead source=source title=title lead=lead />
        {content}
    }
    .into_any()
}

/// Why the source cannot be read, with the test that tells when it can.
fn not_readable(source: &str, fault: Fault) -> AnyView {
    let title = say("Cette source ne peut pas être lue", "This source cannot be read");
    let label = say("Tester la connexion", "Test the connection");
    let test = action(source_page(source, "/test"), Glyph::Plug, label);
    view! {
        <Notice tone=Tone::Bad title=title lines=fault.lines()>
            {test}
        </Notice>
    }
    .into_any()
}

fn section(source: &str, table: TableMapping, typed: Option<MappingTyped>, is_saved: bool) -> AnyView {
    let entity = table.entity;
    let (choices, faults) = typed.map_or((None, Vec::new()), |typed| (Some(typed.choices), typed.faults));
    let parts = table
        .parts
        .iter()
        .map(|(name, fault)| {
            let fault = fault.as_ref().map(|fault| fault.get(lang()).to_owned());
            view! {
                <li>
                    <strong>{name.clone()}</strong>
                    {fault.map(|fault| view! { <span class="parts__fault">" — " {fault}</span> }.into_any())}
                </li>
            }
            .into_any()
        })
        .collect_view();
    let notice = if !faults.is_empty() {
        let title = say("Rien n'a été enregistré", "Nothing was stored");
        Some(view! { <div role="alert"><Notice tone=Tone::Bad title=title lines=faults /></div> }.into_any())
    } else if is_saved {
        let lines = vec![
            say(
                "La table sera relue en entier à la prochaine synchronisation.",
                "The table is read anew at the next sync.",
            )
            .to_owned(),
        ];
        let title = say("Enregistré", "Stored");
        Some(view! { <div role="status"><Notice tone=Tone::Good title=title lines=lines /></div> }.into_any())
    } else {
        None
    };
    let read = table.clone();
    let action = format!("{}#{}", source_page(source, "/mapping"), entity.table());
    view! {
        <section class="card columns" id=entity.table()>
            <h2>{label(entity)}</h2>
            <ul class="parts">{parts}</ul>
            <p>{sum(&table)}</p>
            {notice}
            <Permitted right=Right::Change>
                <form method="post" action=action>
                    <input type="hidden" name="entity" value=entity.table() />
                    <MappingTable table=read choices=choices />
                    <button class="button button--primary">
                        <Icon glyph=Glyph::Check />
                        {say("Enregistrer ces colonnes", "Store these columns")}
                    </button>
                </form>
            </Permitted>
            <MappingLists table=table />
        </section>
    }
    .into_any()
}

/// `12 champs sur 20 ont une colonne ; 2 colonnes de la source ne sont pas lues.`
fn sum(table: &TableMapping) -> String {
    let all = table.fields.len();
    let read = table.fields.iter().filter(|field| field.column.is_some()).count();
    let unused = table.unused.len();
    match (lang(), unused) {
        (Lang::Fr, 0) => format!("{read} champs sur {all} ont une colonne ; toutes les colonnes sont lues."),
        (Lang::Fr, 1) => {
            format!("{read} champs sur {all} ont une colonne ; 1 colonne de la source n'est pas lue.")
        }
        (Lang::Fr, _) => {
            format!(
                "{read} champs sur {all} ont une colonne ; {unused} colonnes de la source ne sont pas lues."
            )
        }
        (Lang::En, 0) => format!("{read} of {all} fields have a column; every column is read."),
        (Lang::En, 1) => format!("{read} of {all} fields have a column; 1 column of the source is not read."),
        (Lang::En, _) => {
            format!("{read} of {all} fields have a column; {unused} columns of the source are not read.")
        }
    }
}
