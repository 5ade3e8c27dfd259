//! The sentences for listings that do not come to their end, whatever the service.

use model::Text;

use crate::error::{Error, ErrorKind, Retry};

/// The paging tokens kept expiring.
pub(crate) fn listing_lost(service: &str) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::new(
            format!("{service} a perdu plusieurs fois le fil de la lecture de la table."),
            format!("{service} has lost its place in reading the table several times."),
        ),
    )
    .retry(Retry::Backoff)
    .hint(Text::fixed(
        "Relancez plus tard : ce qui a été lu est gardé.",
        "Start again later: what was read is kept.",
    ))
}

/// The pages lead in a circle.
pub(super) fn listing_loops(service: &str) -> Error {
    Error::new(
        ErrorKind::UnexpectedReply,
        Text::new(
            format!("{service} renvoie sans fin les mêmes pages : la lecture a été arrêtée."),
            format!("{service} sends the same pages without end: the reading was stopped."),
        ),
    )
    .retry(Retry::Backoff)
    .hint(Text::fixed("Relancez dans quelques minutes.", "Start again in a few minutes."))
}

/// A page without rows stands where others are said to follow.
pub(super) fn listing_gap(service: &str) -> Error {
    Error::new(
        ErrorKind::UnexpectedReply,
        Text::new(
            format!("{service} a envoyé une page vide au milieu de la liste : la lecture a été arrêtée."),
            format!("{service} sent an empty page in the middle of the list: the reading was stopped."),
        ),
    )
    .retry(Retry::Backoff)
    .hint(start_again())
}

/// Fewer rows came than there are.
pub(super) fn listing_short(service: &str, came: u64, total: u64) -> Error {
    Error::new(
        ErrorKind::UnexpectedReply,
        Text::new(
            format!("{service} annonce {total} lignes et en a envoyé {came} : la liste est incomplète."),
            format!("{service} announces {total} rows and sent {came}: the list is incomplete."),
        ),
    )
    .retry(Retry::Backoff)
    .hint(start_again())
}

fn start_again() -> Text {
    Text::fixed(
        "Relancez dans quelques minutes : rien n'est perdu, et rien ne passe pour supprimé.",
        "Start again in a few minutes: nothing is lost, and nothing passes for deleted.",
    )
}

/// The task that reads ahead ended before the listing did.
pub(crate) fn reading_broke_off(service: &str) -> Error {
    Error::new(
        ErrorKind::Unavailable,
        Text::new(
            format!("La lecture de {service} s'est interrompue."),
            format!("The reading of {service} broke off."),
        ),
    )
    .retry(Retry::Backoff)
    .hint(Text::fixed("Relancez : ce qui a été lu est gardé.", "Start again: what was read is kept."))
}
