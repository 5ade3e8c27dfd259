//! What the rows of a connection look like, as its service has just said.

use leptos::prelude::*;
use model::Lang;
use model::api::{ConnectionSchemaBody, StreamBody, StreamFieldBody};

use super::address;
use super::service_said::ServiceSaid;
use crate::components::{Notice, Tone};
use crate::format;
use crate::i18n::lang;
use crate::ledger::say;

/// The tab: tables and columns, or why they cannot be told.
#[component]
pub(super) fn SchemaTab(
    /// The connection.
    id: i64,
) -> impl IntoView {
    let told = match use_context::<ServiceSaid<ConnectionSchemaBody>>() {
        Some(ServiceSaid(Ok(schema))) if schema.streams.is_empty() => {
            view! { <p class="sources__lead">{say("Le service n'a aucune table.", "The service has no table.")}</p> }
                .into_any()
        }
        Some(ServiceSaid(Ok(schema))) => {
            schema.streams.into_iter().map(stream).collect_view().into_any()
        }
        Some(ServiceSaid(Err(fault))) => {
            let title = say("Le schéma n'a pas pu être lu", "The schema could not be read");
            view! { <Notice tone=Tone::Bad title=title lines=fault.lines() /> }.into_any()
        }
        // Drawn as the answer to a form: the service was not asked.
        None => view! {
            <a class="button" href=format!("{}?tab=schema", address(id))>
                {say("Demander au service", "Ask the service")}
            </a>
        }
        .into_any(),
    };
    view! {
        <section class="card schema">
            <div>
                <h2>{say("Schéma", "Schema")}</h2>
                <p class="sources__lead">
                    {say("Tel que le service le décrit à l'instant.", "As the service describes it right now.")}
                </p>
            </div>
            {told}
        </section>
    }
    .into_any()
}

fn stream(stream: StreamBody) -> AnyView {
    let StreamBody { id, name, fields } = stream;
    let number = format::number(fields.len() as u64, lang());
    let columns = match lang() {
        Lang::Fr => format!("{number} colonnes"),
        Lang::En => format!("{number} columns"),
    };
    let title = if name.is_empty() { id.clone() } else { name };
    let lines = fields.into_iter().map(field).collect_view();
    view! {
        <details class="unfold schema__stream" id=format!("stream-{id}") open>
            <summary class="unfold__head">{title}</summary>
            <div class="unfold__body">
                <p class="sources__lead">{columns}</p>
                <table class="table schema-table" role="table">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">{say("Colonne", "Column")}</th>
                            <th role="columnheader" scope="col">"Type"</th>
                            <th role="columnheader" scope="col">{say("Écriture", "Writing")}</th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{lines}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn field(field: StreamFieldBody) -> AnyView {
    let StreamFieldBody { name, kind, writable } = field;
    let writing = if writable { say("lue et écrite", "read and written") } else { say("lue", "read") };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{name}</th>
            <td role="cell">
                <code>{kind}</code>
            </td>
            <td role="cell" class:table__faint=!writable>
                {writing}
            </td>
        </tr>
    }
    .into_any()
}
