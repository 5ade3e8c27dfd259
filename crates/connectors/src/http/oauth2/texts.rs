//! The sentences for what goes wrong between a connection and its authorization server.

use model::Text;

use crate::error::{Error, ErrorKind};

/// What to do when only a person's consent helps.
const RECONNECT: Text = Text::fixed(
    "Reconnectez cette connexion : « Reconnecter » sur sa page, ou un nouveau jeton d'actualisation dans ses réglages.",
    "Connect it again: “Reconnect” on its page, or a new refresh token among its settings.",
);

/// A grant that is gone, with the reason that was learned when it was lost.
pub fn lost(why: Text) -> Error {
    Error::new(ErrorKind::Unauthorized, why).hint(RECONNECT)
}

/// The grant is void.
pub(super) fn gone() -> Error {
    lost(Text::fixed(
        "L'autorisation a expiré ou a été révoquée.",
        "The authorization has expired or was revoked.",
    ))
}

/// The tokens have ended, and the server gave nothing to renew them with.
pub(super) fn ended() -> Error {
    lost(Text::fixed(
        "L'autorisation a pris fin, et le service n'a pas donné de quoi la renouveler.",
        "The authorization has ended, and the service gave nothing to renew it with.",
    ))
}

/// Nobody has agreed yet.
pub(super) fn not_connected() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed(
            "Personne n'a encore autorisé cette connexion auprès du service.",
            "Nobody has authorized this connection at the service yet.",
        ),
    )
    .hint(Text::fixed(
        "Enregistrez-la, puis choisissez « Connecter » sur sa page.",
        "Save it, then choose “Connect” on its page.",
    ))
}

/// What was pasted is no key.
pub(super) fn no_key() -> Error {
    Error::new(
        ErrorKind::InvalidSettings,
        Text::fixed(
            "La clé privée ne peut pas être lue : ce n'est pas une clé RSA au format PEM.",
            "The private key cannot be read: it is not an RSA key in PEM.",
        ),
    )
    .hint(Text::fixed(
        "Collez-la entière, de -----BEGIN PRIVATE KEY----- à -----END PRIVATE KEY-----.",
        "Paste all of it, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.",
    ))
}

/// The server does not accept what the client signed.
pub(super) fn word_refused(said: &str) -> Error {
    let message = Text::fixed(
        "Le serveur d'autorisation refuse la clé, ou le compte au nom duquel elle signe.",
        "The authorization server refuses the key, or the account it signs for.",
    );
    Error::new(ErrorKind::Unauthorized, with_words(&message, said)).hint(Text::fixed(
        "Créez une nouvelle clé dans le service, collez-la dans les réglages, et vérifiez l'heure de cette machine.",
        "Make a new key at the service, paste it among the settings, and check this machine's clock.",
    ))
}

/// The client is not who it says.
pub(super) fn unknown_client() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed(
            "Le serveur d'autorisation ne reconnaît pas l'application (identifiant ou secret du client).",
            "The authorization server does not recognise the application (client id or secret).",
        ),
    )
    .hint(Text::fixed(
        "Copiez de nouveau l'identifiant et le secret du client depuis le service.",
        "Copy the client id and the client secret again from the service.",
    ))
}

/// The client may not get tokens by this grant.
pub(super) fn not_this_way() -> Error {
    Error::new(
        ErrorKind::Forbidden,
        Text::fixed(
            "Le service n'accorde pas de jetons à cette application de cette manière.",
            "The service does not give this application tokens in this way.",
        ),
    )
    .hint(Text::fixed(
        "Autorisez ce type d'accès dans les réglages de l'application chez le service, ou choisissez-en un autre ici.",
        "Allow this type of access in the application's settings at the service, or choose another one here.",
    ))
}

/// The rights asked for cannot be had.
pub(super) fn not_these_rights() -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::fixed("Le service refuse les droits demandés.", "The service refuses the rights asked for."),
    )
    .hint(Text::fixed(
        "Corrigez les droits (scope) dans les réglages de la connexion.",
        "Correct the rights (scope) among the connection's settings.",
    ))
}

/// An answer without a token.
pub(super) fn no_token() -> Error {
    Error::new(
        ErrorKind::UnexpectedReply,
        Text::fixed("La réponse ne contient pas de jeton.", "The answer holds no token."),
    )
    .hint(Text::fixed(
        "Vérifiez l'adresse des jetons dans la documentation du service.",
        "Check the address of the tokens in the service's documentation.",
    ))
}

/// Tokens that are used in another way than these here.
pub(super) fn unknown_kind(kind: &str) -> Error {
    let kind = model::parse::shorten(kind);
    Error::new(
        ErrorKind::UnexpectedReply,
        Text::new(
            format!("Le service donne des jetons de type « {kind} », qui ne sont pas pris en charge."),
            format!("The service gives tokens of the type “{kind}”, which are not supported."),
        ),
    )
    .hint(Text::fixed("Demandez des jetons de type « Bearer ».", "Ask for tokens of the type “Bearer”."))
}

/// The answer took longer than a turn lasts.
pub(super) fn too_slow() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed(
            "Le serveur d'autorisation n'a pas donné de jeton à temps.",
            "The authorization server gave no token in time.",
        ),
    )
    .hint(Text::fixed(
        "Réessayez dans quelques minutes ; si cela dure, consultez la page d'état du service.",
        "Try again in a few minutes; if it lasts, look at the service's status page.",
    ))
}

/// The task that renews was broken off with the program.
pub(super) fn broken_off() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed(
            "Le renouvellement de l'autorisation a été interrompu.",
            "The renewal of the authorization was broken off.",
        ),
    )
    .hint(Text::fixed("Réessayez.", "Try again."))
}

/// The sentence with what the server said besides.
pub(super) fn with_words(message: &Text, said: &str) -> Text {
    if said.is_empty() {
        return message.clone();
    }
    Text::new(
        format!("{} Le serveur dit : « {said} »", message.fr),
        format!("{} The server says: “{said}”", message.en),
    )
}
