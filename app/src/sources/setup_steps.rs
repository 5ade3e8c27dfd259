//! What must be done on the other side before a source can be connected.

use leptos::prelude::*;

use crate::ledger::say;

/// The steps of a kind of source; nothing for one that needs none.
#[component]
pub(super) fn SetupSteps(
    /// The kind.
    kind: String,
) -> impl IntoView {
    (kind == "odoo").then(|| {
        let steps = odoo().map(|(title, text)| {
            view! {
                <li>
                    <strong>{title}</strong>
                    <span>{text}</span>
                </li>
            }
            .into_any()
        });
        view! {
            <div class="setup">
                <h3>{say("Setup requis", "Required set-up")}</h3>
                <ol class="setup__steps">{steps.into_iter().collect_view()}</ol>
            </div>
        }
        .into_any()
    })
}

fn odoo() -> [(&'static str, &'static str); 4] {
    [
        (
            say("Créer utilisateur technique", "Create a technical user"),
            say(
                "Paramètres → Utilisateurs → Nouveau, par exemple crm_sync_bot.",
                "Settings → Users → New, for example crm_sync_bot.",
            ),
        ),
        (
            say("Générer API Key", "Generate an API key"),
            say(
                "Connecté comme cet utilisateur : Préférences → Sécurité du compte → Nouvelle clé API.",
                "Logged in as that user: Preferences → Account security → New API key.",
            ),
        ),
        (
            say("Attribuer droits", "Grant rights"),
            say(
                "Lecture des ventes, de l'inventaire et des contacts ; écriture sur le CRM pour y renvoyer les deals.",
                "Read sales, inventory and contacts; write CRM to send deals back.",
            ),
        ),
        (
            say("Vérifier HTTPS + firewall", "Check HTTPS and firewall"),
            say(
                "L'adresse commence par https:// et le pare-feu laisse passer la machine de Passerelle.",
                "The address begins with https:// and the firewall lets the machine of Passerelle through.",
            ),
        ),
    ]
}
