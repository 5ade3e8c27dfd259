//! What is told once: a token, an invitation.

use axum::http::header;
use hub::Hub;
use leptos::prelude::*;
use model::api::{InvitedBody, NewTokenBody};

use crate::components::{Notice, Tone};
use crate::context::request_header;
use crate::ledger::{bound, say};

/// A token that was just made; in the context of the one answer that tells it, the page shows it.
#[derive(Clone)]
pub struct NewToken(pub NewTokenBody);

/// A member who was just invited; in the context of the one answer that tells the link, the page shows it.
#[derive(Clone)]
pub struct Invited(pub InvitedBody);

/// The token.
pub(super) fn token(new: NewTokenBody) -> AnyView {
    let line = say(
        "Copiez-le maintenant : il ne sera plus affiché. À envoyer dans l'en-tête « Authorization: Bearer ».",
        "Copy it now: it is not shown again. To be sent in the header “Authorization: Bearer”.",
    );
    secret(say("Votre nouveau jeton", "Your new token"), line, new.token)
}

/// The link of an invitation.
pub(super) fn invitation(invited: InvitedBody) -> AnyView {
    let line = say(
        "Remettez ce lien à la personne invitée. Il sert une fois, pendant sept jours.",
        "Hand this link to the person you invite. It is good once, for seven days.",
    );
    secret(
        say("Le lien d'invitation", "The invitation link"),
        line,
        format!("{}{}", site(), invited.invitation),
    )
}

/// Where the site is: as the operator says, else as this page was asked for.
fn site() -> String {
    let public = use_context::<Hub>().and_then(|hub| hub.public_url().cloned());
    match public {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("http://{}", request_header(header::HOST).unwrap_or_default()),
    }
}

fn secret(title: &'static str, line: &str, secret: String) -> AnyView {
    view! {
        <div class="access__notice" role="status">
            <Notice tone=Tone::Warning title=title lines=vec![bound(line)]>
                <code class="webhook-secret" id="secret" tabindex="0">
                    {secret}
                </code>
            </Notice>
        </div>
    }
    .into_any()
}
