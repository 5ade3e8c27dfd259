//! What can be told to other programs when it happens.

use crate::text::Text;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A run came to its end; some records may have been refused.
    RunFinished,
    /// A run failed or was interrupted.
    RunFailed,
    /// The first run that came to its end after some that had not, of one connection, subject and direction.
    RunRecovered,
    /// The service no longer takes the credentials of a connection.
    TokenExpired,
    /// A schedule stopped by itself after failures.
    SchedulePaused,
    /// Somebody tries whether a message arrives.
    Test,
}

impl Event {
    /// What one can ask to be told; the test is told whatever one asked for.
    pub const CHOICES: [Event; 5] = [
        Event::RunFinished,
        Event::RunFailed,
        Event::RunRecovered,
        Event::TokenExpired,
        Event::SchedulePaused,
    ];

    /// The word in messages, tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Event::RunFinished => "run.finished",
            Event::RunFailed => "run.failed",
            Event::RunRecovered => "run.recovered",
            Event::TokenExpired => "token.expired",
            Event::SchedulePaused => "schedule.paused",
            Event::Test => "test",
        }
    }

    /// The event one can ask for under that word.
    pub fn from_word(word: &str) -> Option<Event> {
        Event::CHOICES.into_iter().find(|event| event.word() == word)
    }

    /// The name people see.
    pub fn label(self) -> Text {
        match self {
            Event::RunFinished => Text::fixed("Synchronisation terminée", "Sync finished"),
            Event::RunFailed => Text::fixed("Synchronisation échouée", "Sync failed"),
            Event::RunRecovered => Text::fixed("Synchronisation rétablie", "Sync recovered"),
            Event::TokenExpired => Text::fixed("Identifiants refusés", "Credentials refused"),
            Event::SchedulePaused => Text::fixed("Planification suspendue", "Schedule paused"),
            Event::Test => Text::fixed("Essai", "Test"),
        }
    }
}
