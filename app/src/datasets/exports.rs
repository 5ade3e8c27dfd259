//! The files a version is taken away in.

use hub::{DatasetQuery, ExportFormat};
use leptos::prelude::*;

use super::address;
use crate::components::{Glyph, Icon};
use crate::ledger::say;

/// A link per format; the files hold the rows that are asked for.
#[component]
pub(super) fn Exports(
    /// The dataset.
    id: i64,
    /// Which rows.
    query: DatasetQuery,
) -> impl IntoView {
    let links = ExportFormat::ALL.into_iter().map(|format| {
        let name = match format {
            ExportFormat::Csv => "CSV",
            ExportFormat::Json => "JSON",
            ExportFormat::Ndjson => "NDJSON",
            ExportFormat::Parquet => "Parquet",
        };
        view! {
            <a class="button" href=address::export(id, &query, format) download="">
                <Icon glyph=Glyph::Export />
                {name}
            </a>
        }
        .into_any()
    });
    view! {
        <div class="exports" role="group" aria-label=say("Exporter ces lignes", "Export these rows")>
            {links.collect_view()}
        </div>
    }
    .into_any()
}
