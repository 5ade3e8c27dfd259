//! Which field of the service holds which field of a deal.

use leptos::prelude::*;
use model::DealField;

use super::mapping_row::MappingRow;
use crate::api::connectors::ConnectionView;
use crate::i18n::texts;

/// The mapping: the CRM's names stand still, the service's can be changed.
#[component]
pub(super) fn MappingFields(
    /// The connection as stored.
    stored: ConnectionView,
    /// The service's name.
    service: String,
) -> impl IntoView {
    let t = &texts().mapping;
    let help = if stored.fields.is_empty() { t.help_typed } else { t.help_chosen };
    let rows = DealField::ALL
        .map(|field| {
            let name = stored.config.field_mapping.get(field.key()).cloned().unwrap_or_default();
            let (provider, choices) = (stored.config.provider.clone(), stored.fields.clone());
            view! { <MappingRow provider=provider field=field name=name choices=choices service=service.clone() /> }
                .into_any()
        })
        .collect_view();
    view! {
        <fieldset class="settings__group mapping">
            <legend class="settings__legend">{t.title}</legend>
            <p class="mapping__help">{help(&service)}</p>
            <div class="mapping__head" aria-hidden="true">
                <span>{t.crm_column}</span>
                <span>{service}</span>
            </div>
            {rows}
        </fieldset>
    }
    .into_any()
}
