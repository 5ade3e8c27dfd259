//! What a service answered while somebody waited for a page.

use model::{Lang, Text};

use crate::api::Fault;

/// Asked before the page is drawn: the answer, or why there is none. In the context, the tab that needs it
/// shows it.
#[derive(Clone)]
pub struct ServiceSaid<T>(pub(super) Result<T, Fault>);

impl<T> ServiceSaid<T> {
    /// The answer, or the refusal in the reader's language.
    pub fn new(asked: hub::Result<T>, lang: Lang) -> ServiceSaid<T> {
        ServiceSaid(asked.map_err(|error| crate::api::server::fault(&error, lang)))
    }

    /// A service that takes longer than somebody waits for a page.
    pub fn late(lang: Lang) -> ServiceSaid<T> {
        let text = |fr: &'static str, en: &'static str| Text::fixed(fr, en).get(lang).to_owned();
        ServiceSaid(Err(Fault {
            message: text(
                "Le service met trop de temps à décrire ses tables.",
                "The service takes too long to describe its tables.",
            ),
            hint: Some(text(
                "Rechargez la page dans un moment, ou testez la connexion.",
                "Load the page again in a moment, or test the connection.",
            )),
            running: None,
        }))
    }
}
