//! The settings of one kind of source, as its description draws them: the same for a new source and for
//! one that is there.

use leptos::prelude::*;
use model::ConnectorSpec;

use super::expected_files::ExpectedFiles;
use super::field::Field;
use super::guide::Guide;
use super::setup_steps::SetupSteps;
use super::typed::Typed;
use crate::components::FieldGroup;
use crate::i18n::lang;

/// The fields of a kind, with what helps to fill them in.
#[component]
pub(crate) fn SourceFields(
    /// What the kind is and what it asks for.
    spec: ConnectorSpec,
    /// Its guide, Markdown in both languages.
    guide: &'static str,
    /// What was typed or is stored.
    typed: Typed,
) -> impl IntoView {
    let lang = lang();
    let ConnectorSpec { id, name, summary, groups, .. } = spec;
    let groups = groups.into_iter().map(|group| {
        let fields = group.fields.into_iter().map(|field| {
            let (value, fault) = (typed.value(&field), typed.fault(&field.key));
            view! { <Field field=field value=value fault=fault /> }.into_any()
        });
        let fields = fields.collect_view();
        view! {
            <FieldGroup title=group.title.get(lang).to_owned()>{fields}</FieldGroup>
        }
        .into_any()
    });
    view! {
        <section class="source-form__kind" aria-labelledby="kind-title">
            <div>
                <h2 id="kind-title">{format!("Configuration {name}")}</h2>
                <p class="sources__lead">{summary.get(lang).to_owned()}</p>
            </div>
            <div class="source-form__groups">{groups.collect_view()}</div>
            <ExpectedFiles kind=id.clone() />
            <SetupSteps kind=id />
            <Guide markdown=guide />
        </section>
    }
    .into_any()
}
