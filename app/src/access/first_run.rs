//! The offer to protect the access, while nobody has to log in.

use leptos::prelude::*;
use leptos_meta::Title;

use super::fault::FaultNotice;
use super::password_field::{For, PasswordField};
use super::text_field::TextField;
use crate::ledger::{bound, say};

/// Code and password of the first owner.
#[component]
pub(super) fn FirstRun() -> impl IntoView {
    let title = say("Protéger l'accès", "Protect the access");
    view! {
        <Title text=title />
        <div class="page-head ledger__head">
            <h1>{title}</h1>
            <p class="page-head__lead">
                {bound(say(
                    "Aujourd'hui, Passerelle ne répond qu'à cette machine, sans mot de passe. Choisissez-en un : chacun \
                     devra alors se connecter, vous pourrez inviter des membres et créer des jetons, et le serveur pourra \
                     répondre à d'autres machines.",
                    "Today Passerelle answers this machine only, without a password. Choose one: everybody then has to log \
                     in, you can invite members and make tokens, and the server may answer other machines.",
                ))}
            </p>
        </div>
        <FaultNotice />
        <form class="card access-form" method="post" action="/access/protect">
            <input type="hidden" name="username" value="owner" autocomplete="username" />
            <TextField
                name="code"
                text=say("Code d'installation", "Setup code")
                help=say(
                    "La console l'affiche au démarrage du serveur (setup_code). Sans elle : passerelle user set-password.",
                    "The console shows it when the server starts (setup_code). Without it: passerelle user set-password.",
                )
                longest="40"
                capitals="characters"
                placeholder="XXXX-XXXX-XXXX"
            />
            <PasswordField name="password" text=say("Mot de passe", "Password") purpose=For::Choosing />
            <div class="settings__actions">
                <button class="button button--primary">{title}</button>
            </div>
        </form>
    }
    .into_any()
}
