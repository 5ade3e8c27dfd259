//! The status words a run did not know: say what each stands for, and run again.

use leptos::prelude::*;
use model::Status;
use model::access::Right;

use super::texts::say;
use crate::components::{Glyph, Icon};
use crate::permitted::Permitted;

/// A form with a line per word; nothing when every word was known.
#[component]
pub(super) fn WordsForm(
    /// The run that met them.
    run_id: i64,
    /// The words, as the service writes them.
    words: Vec<String>,
) -> impl IntoView {
    (!words.is_empty()).then(|| {
        let rows = words.into_iter().enumerate().map(|(number, word)| row(number, word));
        view! {
            <section class="card" id="words">
                <h2>{say("Statuts inconnus", "Unknown statuses")}</h2>
                <p class="ledger__lead">
                    {say(
                        "Ces mots ont été lus comme « prospect ». Dites à quel statut chacun correspond : l'import est relancé avec eux.",
                        "These words were read as “prospect”. Say which status each stands for: the import is run again with them.",
                    )}
                </p>
                <Permitted right=Right::Change>
                    <form class="mapping" method="post" action=format!("/runs/{run_id}/words")>
                        {rows.collect_view()}
                        <button class="button button--primary">
                            <Icon glyph=Glyph::Import />
                            {say("Associer et relancer l'import", "Map them and import again")}
                        </button>
                    </form>
                </Permitted>
            </section>
        }
        .into_any()
    })
}

fn row(number: usize, word: String) -> AnyView {
    let id = format!("status-{number}");
    let options =
        Status::ALL.map(|status| view! { <option value=status.word()>{status.word()}</option> }.into_any());
    view! {
        <div class="mapping__row">
            <input type="hidden" name="word" value=word.clone() />
            <label class="mapping__crm" for=id.clone()>
                {word}
            </label>
            <span class="mapping__arrow">
                <Icon glyph=Glyph::ArrowRight />
            </span>
            <span class="field__select">
                <select class="field__input" id=id name="status">
                    {options.collect_view()}
                </select>
                <Icon glyph=Glyph::ChevronDown />
            </span>
        </div>
    }
    .into_any()
}
