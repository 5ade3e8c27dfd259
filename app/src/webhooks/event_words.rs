//! Events, as people read them.

use model::Event;

use crate::i18n::lang;

/// The name of an event; the word itself where it is of a later version.
pub(super) fn event_words(word: &str) -> String {
    let event = Event::CHOICES.into_iter().chain([Event::Test]).find(|event| event.word() == word);
    event.map_or_else(|| word.to_owned(), |event| event.label().get(lang()).to_owned())
}
