//! Where a file of deals is chosen or dropped.

use leptos::prelude::*;
use leptos_meta::Title;
use model::access::Right;

use super::waiting::WaitingFiles;
use super::{CsvRefused, IMPORT};
use crate::components::{Glyph, Icon, Notice, Tone};
use crate::ledger::{bound, say};
use crate::permitted::Permitted;

/// The file shipped as an example.
const EXAMPLE: &str = "/exemple-deals.csv";

/// The page: a form that a file can be dropped on.
#[component]
pub(crate) fn ImportPage() -> impl IntoView {
    let title = say("Importer des deals", "Import deals");
    let lead = say(
        "Un fichier CSV, de votre tableur ou de votre outil. Rien n'est écrit avant que vous l'ayez vérifié.",
        "A CSV file, from your spreadsheet or your tool. Nothing is written before you have checked it.",
    );
    let needs = say(
        "Il faut une colonne pour le client (« Client », « Task Name ») et une pour le montant (« Montant », \
         « Montant Deal »). Les autres colonnes sont facultatives. 200 Mo et 200 000 lignes au plus.",
        "It needs a column for the client (“Client”, “Task Name”) and one for the amount (“Montant”, \
         “Montant Deal”). The other columns are optional. 200 MB and 200,000 rows at most.",
    );
    let refused = use_context::<CsvRefused>().map(|CsvRefused { fault, .. }| {
        let title = say("Ce fichier n'a pas pu être lu", "This file could not be read");
        view! {
            <div role="alert" tabindex="-1" autofocus data-outcome>
                <Notice tone=Tone::Bad title=title lines=fault.lines() />
            </div>
        }
        .into_any()
    });
    view! {
        <Title text=title />
        <div class="page-head">
            <a class="link" href="/">
                <Icon glyph=Glyph::ChevronLeft />
                "Deals"
            </a>
            <h1>{title}</h1>
            <p class="page-head__lead">{bound(lead)}</p>
        </div>
        <section class="card import">
            <div data-refusal>{refused}</div>
            <Permitted right=Right::Change>
                <form class="import__form" method="post" action=IMPORT enctype="multipart/form-data" data-drop>
                    <label class="import__zone" data-zone>
                        <strong>{say("Fichier CSV", "CSV file")}</strong>
                        <span hidden data-drop-hint>
                            {say("Déposez-le ici, ou choisissez-le.", "Drop it here, or choose it.")}
                        </span>
                        <input
                            class="import__file"
                            type="file"
                            name="file"
                            accept=".csv,.txt,.tsv,text/csv,text/plain"
                            required
                            aria-describedby="import-needs"
                        />
                    </label>
                    <p id="import-needs" class="import__needs">{bound(needs)}</p>
                    <div class="import__progress" hidden data-progress>
                        <progress max="100" value="0" aria-label=say("Envoi du fichier", "Sending the file")></progress>
                        <p role="status" data-checking hidden>
                            {say("Fichier envoyé. Vérification de ses lignes…", "File sent. Checking its rows…")}
                        </p>
                    </div>
                    <div class="import__actions">
                        <button class="button button--primary">
                            <Icon glyph=Glyph::ArrowRight />
                            {say("Vérifier le fichier", "Check the file")}
                        </button>
                        <a class="link" href=EXAMPLE download="exemple-deals.csv">
                            {say("Télécharger un exemple de 22 deals", "Download an example of 22 deals")}
                        </a>
                    </div>
                </form>
            </Permitted>
            <template data-unreachable>
                <div role="alert">
                    <Notice
                        tone=Tone::Bad
                        title=say("Le fichier n'a pas pu être envoyé", "The file could not be sent")
                        lines=vec![
                            say("Vérifiez votre connexion, puis réessayez.", "Check your connection, then try again.")
                                .to_owned(),
                        ]
                    />
                </div>
            </template>
        </section>
        <WaitingFiles />
    }
    .into_any()
}
