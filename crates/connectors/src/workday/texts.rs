//! The sentences of this connector.

use model::Text;

use super::address::Tenant;
use crate::error::{Error, ErrorKind, Retry};

fn settings(message: Text, hint: Text) -> Error {
    Error::new(ErrorKind::InvalidSettings, message).hint(hint)
}

const WHERE_REPORTS_ARE: Text = Text::fixed(
    "Dans Workday : le rapport, « Actions », « Web Service », « View URLs ». L'adresse contient /ccx/service/customreport2/.",
    "In Workday: the report, “Actions”, “Web Service”, “View URLs”. The address holds /ccx/service/customreport2/.",
);

/// What was pasted is no report's address.
pub(super) fn no_report_address(text: &str) -> Error {
    let text = model::parse::shorten(text);
    let message = Text::new(
        format!("Workday : « {text} » n'est pas l'adresse d'un rapport."),
        format!("Workday: “{text}” is not a report's address."),
    );
    settings(message, WHERE_REPORTS_ARE)
}

/// The report is on another server than the tenant.
pub(super) fn report_elsewhere(host: &str, tenant: &Tenant) -> Error {
    let own = tenant.server.host_str().unwrap_or_default();
    settings(
        Text::new(
            format!("Workday : le rapport est sur {host}, le tenant sur {own}."),
            format!("Workday: the report is on {host}, the tenant on {own}."),
        ),
        Text::fixed(
            "Les identifiants ne vont qu'au serveur du tenant : donnez deux adresses du même serveur.",
            "The credentials go to the tenant's server only: give two addresses of the same server.",
        ),
    )
}

/// The report belongs to another tenant.
pub(super) fn report_of_another(name: &str, tenant: &Tenant) -> Error {
    let (name, own) = (model::parse::shorten(name), &tenant.name);
    settings(
        Text::new(
            format!("Workday : le rapport est du tenant « {name} », la connexion du tenant « {own} »."),
            format!("Workday: the report is of the tenant “{name}”, the connection of the tenant “{own}”."),
        ),
        Text::fixed(
            "L'essai (preview) et la production sont deux tenants : donnez deux adresses du même.",
            "Preview and production are two tenants: give two addresses of the same one.",
        ),
    )
}

/// An integration user cannot read workers.
pub(super) fn user_without_report() -> Error {
    settings(
        Text::fixed(
            "Workday : un utilisateur d'intégration ne lit que des rapports, et l'« Adresse du rapport » est vide.",
            "Workday: an integration user reads reports only, and the “Report address” is empty.",
        ),
        Text::fixed(
            "Donnez l'adresse d'un rapport, ou choisissez le client d'API (OAuth2) pour lire les collaborateurs.",
            "Give a report's address, or choose the API client (OAuth2) to read the workers.",
        ),
    )
}

/// Who reads is not known, or no longer.
pub(super) fn bad_credentials() -> Error {
    Error::new(
        ErrorKind::Unauthorized,
        Text::fixed("Workday refuse les identifiants.", "Workday refuses the credentials."),
    )
    .hint(Text::fixed(
        "Vérifiez le nom et le mot de passe de l'utilisateur d'intégration, ou le client d'API et son jeton : mot de passe \
         expiré, compte verrouillé, jeton révoqué.",
        "Check the integration user's name and password, or the API client and its token: password expired, account locked, \
         token revoked.",
    ))
}

/// Who reads is known and may not see this.
pub(super) fn not_allowed(report: Option<&str>) -> Error {
    let (message, hint) = match report {
        Some(name) => (
            Text::new(
                format!("Workday n'autorise pas ce compte à lire le rapport « {name} »."),
                format!("Workday does not allow this account to read the report “{name}”."),
            ),
            Text::fixed(
                "Partagez le rapport avec ce compte, et donnez-lui accès aux domaines de sécurité de ses colonnes.",
                "Share the report with this account, and give it access to the security domains of its columns.",
            ),
        ),
        None => (
            Text::fixed(
                "Workday n'autorise pas ce compte à lire les collaborateurs.",
                "Workday does not allow this account to read the workers.",
            ),
            Text::fixed(
                "Ajoutez au client d'API les domaines fonctionnels (« Staffing »), et au compte le droit de les lire.",
                "Add the functional areas (“Staffing”) to the API client, and the right to read them to the account.",
            ),
        ),
    };
    Error::new(ErrorKind::Forbidden, message).hint(hint)
}

/// The report is not there, or not for this account.
pub(super) fn no_report(name: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Workday ne trouve pas le rapport « {name} »."),
            format!("Workday does not find the report “{name}”."),
        ),
    )
    .hint(Text::fixed(
        "Il a été renommé ou supprimé, n'est plus activé comme service web, ou n'est pas partagé avec ce compte.",
        "It was renamed or deleted, is no longer enabled as a web service, or is not shared with this account.",
    ))
}

/// The workers are not there, or not for this account.
pub(super) fn no_workers(tenant: &str, version: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Workday ne trouve pas les collaborateurs du tenant « {tenant} » (version {version})."),
            format!("Workday does not find the workers of the tenant “{tenant}” (version {version})."),
        ),
    )
    .hint(Text::fixed(
        "Vérifiez le tenant et la version ; sans le droit de lire ce domaine, Workday répond aussi qu'il ne trouve rien.",
        "Check the tenant and the version; without the right to read this domain Workday says that it finds nothing, too.",
    ))
}

/// Nobody gives tokens for that tenant.
pub(super) fn no_tenant(tenant: &Tenant) -> Error {
    let (name, host) = (&tenant.name, tenant.server.host_str().unwrap_or_default());
    Error::new(
        ErrorKind::NotFound,
        Text::new(
            format!("Workday ne connaît pas le tenant « {name} » sur {host}."),
            format!("Workday does not know the tenant “{name}” on {host}."),
        ),
    )
    .hint(Text::fixed(
        "Collez de nouveau l'adresse du tenant : l'essai et la production ont d'autres noms et d'autres serveurs.",
        "Paste the tenant's address again: preview and production have other names and other servers.",
    ))
}

/// The server sends elsewhere; the credentials do not follow.
pub(super) fn moved(to: &str) -> Error {
    Error::new(
        ErrorKind::UnexpectedReply,
        Text::new(
            format!("Workday renvoie à une autre adresse ({to}), qui n'est pas suivie."),
            format!("Workday sends to another address ({to}), which is not followed."),
        ),
    )
    .hint(Text::fixed(
        "C'est peut-être l'adresse pour les personnes. Celle des services contient « services » et /ccx/.",
        "This may be the address for people. That of the services holds “services” and /ccx/.",
    ))
}

/// The report was sent in another form.
pub(super) fn no_json() -> Error {
    Error::new(
        ErrorKind::UnexpectedReply,
        Text::fixed(
            "Workday a envoyé le rapport en XML au lieu de JSON.",
            "Workday sent the report as XML instead of JSON.",
        ),
    )
    .hint(Text::fixed(
        "Le rapport doit être de type « Advanced » et activé comme service web.",
        "The report must be of the type “Advanced” and enabled as a web service.",
    ))
}

/// What was read before a break is not what comes now.
pub(super) fn changed() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::fixed(
            "Ce que montre Workday a changé pendant la lecture.",
            "What Workday shows changed while it was read.",
        ),
    )
    .retry(Retry::Backoff)
    .hint(Text::fixed("Relancez la lecture.", "Start the reading again."))
}

/// Nothing is ever written.
pub(super) fn read_only() -> Error {
    Error::new(
        ErrorKind::Rejected,
        Text::fixed("Cette connexion à Workday lit seulement.", "This connection to Workday only reads."),
    )
    .hint(Text::fixed(
        "Modifiez les données dans Workday : la prochaine lecture le verra.",
        "Change the data in Workday: the next reading will see it.",
    ))
}
