//! What a use case answers when it cannot be done.

use model::{Lang, Text};

use crate::store_words;

/// The result of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// A use case that could not be carried out, in words for a person.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}: {}", kind.code(), message.fr)]
pub struct Error {
    /// What kind of fault it is; decides the HTTP status and the exit code.
    pub kind: Kind,
    /// What happened, to which thing.
    pub message: Text,
    /// What to do next.
    pub hint: Option<Text>,
}

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database.
    #[error(transparent)]
    Database(#[from] store::Error),
    /// The client for outgoing requests.
    #[error(transparent)]
    Http(#[from] connectors::Error),
}

/// Kinds of faults, as the outside tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What was asked makes no sense.
    Invalid,
    /// Something must be configured first.
    NotConfigured,
    /// The connection's name is not one of the known ones.
    UnknownProvider,
    /// The thing asked for does not exist.
    NotFound,
    /// A run of this connection is going on already.
    AlreadyRunning {
        /// That run.
        run_id: i64,
    },
    /// Whoever sent it cannot be told to be who they should be.
    Refused,
    /// A stored plan no longer fits what is there.
    Outdated,
    /// A name and a password do not go together.
    WrongPassword,
    /// The caller's role does not allow it.
    Forbidden,
    /// It was tried too often.
    TooMany {
        /// When to try again, from now on.
        seconds: u64,
    },
    /// The service refused or did not answer; the stable word of its fault.
    Service(&'static str),
    /// The program or its database failed; details are in the log only.
    Internal,
}

impl Kind {
    /// The stable word in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Invalid => "invalid",
            Kind::NotConfigured => "not_configured",
            Kind::UnknownProvider => "unknown_provider",
            Kind::NotFound => "not_found",
            Kind::AlreadyRunning { .. } => "already_running",
            Kind::Refused => "refused",
            Kind::Outdated => "outdated",
            Kind::WrongPassword => "wrong_password",
            Kind::Forbidden => "forbidden",
            Kind::TooMany { .. } => "too_many_tries",
            Kind::Service(code) => code,
            Kind::Internal => "internal",
        }
    }
}

impl Error {
    /// A fault with its sentence.
    pub fn new(kind: Kind, message: Text) -> Error {
        Error { kind, message, hint: None }
    }

    /// A request that makes no sense, with every fault in one sentence.
    pub fn invalid(message: Text) -> Error {
        Error::new(Kind::Invalid, message)
    }

    /// A request that makes no sense, with every fault in a sentence of its own.
    pub(crate) fn faults(faults: &[Text]) -> Error {
        let join = |lang| faults.iter().map(|fault| fault.get(lang)).collect::<Vec<_>>().join(" ");
        Error::invalid(Text::new(join(Lang::Fr), join(Lang::En)))
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hint(mut self, hint: Option<Text>) -> Error {
        self.hint = hint;
        self
    }

    /// The sentence in one language.
    pub fn message(&self, lang: Lang) -> &str {
        self.message.get(lang)
    }
}

/// A service's fault is passed on with its words.
impl From<connectors::Error> for Error {
    fn from(error: connectors::Error) -> Error {
        Error::new(Kind::Service(error.kind.code()), error.message).hint(error.hint)
    }
}

/// A database fault is logged in full and shown without internals.
impl From<store::Error> for Error {
    fn from(error: store::Error) -> Error {
        if let store::Error::Sealed(connection) = &error {
            return sealed(connection);
        }
        tracing::error!(%error, "the database failed");
        let (message, hint) = store_words::of(&error).unwrap_or((
            Text::fixed("La base de données n'a pas pu répondre.", "The database could not answer."),
            Text::fixed(
                "Réessayez ; si cela persiste, consultez le journal du serveur.",
                "Try again; if it persists, look at the server's log.",
            ),
        ));
        Error::new(Kind::Internal, message).hint(Some(hint))
    }
}

impl OpenError {
    /// What is wrong, and what to do about it, for whoever starts the program.
    pub fn told(&self) -> Text {
        let known = match self {
            OpenError::Database(error) => store_words::of(error),
            OpenError::Http(_) => None,
        };
        match known {
            Some((what, remedy)) => {
                Text::new(format!("{}\n{}", what.fr, remedy.fr), format!("{}\n{}", what.en, remedy.en))
            }
            None => Text::new(
                format!("La base de données ne peut pas être ouverte : {self}"),
                format!("The database cannot be opened: {self}"),
            ),
        }
    }
}

/// A token sealed under another key is not lost: the remedy is to bring the key back.
fn sealed(connection: &str) -> Error {
    Error::new(
        Kind::Invalid,
        Text::new(
            format!("Le token de {connection} ne s'ouvre pas avec la clé de chiffrement actuelle."),
            format!("The token of {connection} does not open with the present encryption key."),
        ),
    )
    .hint(Some(Text::fixed(
        "Remettez la clé d'origine (ENCRYPTION_KEY), ou saisissez de nouveau le token.",
        "Bring the original key back (ENCRYPTION_KEY), or enter the token again.",
    )))
}
