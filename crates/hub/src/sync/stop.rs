//! Why a run ends before its end, and what the history says of it.

use model::{RunStatus, Text};
use store::Ending;
use tokio_util::sync::CancellationToken;

use crate::{Error, Kind};

/// What stops a run. What was committed before stays.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The service or the database failed.
    Failed(Error),
    /// A person, or the end of the program, asked for it.
    Asked,
}

/// Waits for something, unless the run is asked to stop first.
pub(crate) async fn unless_asked<T>(
    asked: &CancellationToken,
    wait: impl Future<Output = T>,
) -> Result<T, Stop> {
    tokio::select! {
        biased;
        () = asked.cancelled() => Err(Stop::Asked),
        done = wait => Ok(done),
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Failed(error)
    }
}

impl From<connectors::Error> for Stop {
    fn from(error: connectors::Error) -> Stop {
        Stop::Failed(error.into())
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Stop {
        Stop::Failed(error.into())
    }
}

impl Stop {
    /// How the run stands, and what is said about it.
    pub(crate) fn ending(self, shutting_down: bool) -> (RunStatus, Ending) {
        match self {
            Stop::Failed(Error { kind, message, hint }) => {
                let code = Some(kind.code().to_owned());
                (RunStatus::Error, Ending { code, message: Some(message), hint })
            }
            Stop::Asked if shutting_down => (RunStatus::Interrupted, interrupted()),
            Stop::Asked => (
                RunStatus::Cancelled,
                Ending {
                    code: Some("cancelled".to_owned()),
                    message: Some(Text::fixed(
                        "Synchronisation annulée. Ce qui était déjà enregistré est conservé.",
                        "Run cancelled. What was already saved is kept.",
                    )),
                    hint: None,
                },
            ),
        }
    }
}

/// What is said of a run whose program ended under it.
pub(crate) fn interrupted() -> Ending {
    Ending {
        code: Some("interrupted".to_owned()),
        message: Some(Text::fixed(
            "Synchronisation interrompue par l'arrêt du serveur. Ce qui était déjà enregistré est conservé.",
            "Run interrupted by the end of the server. What was already saved is kept.",
        )),
        hint: Some(Text::fixed(
            "Relancez-la : elle reprend sans rien créer en double.",
            "Start it again: it goes on without creating anything twice.",
        )),
    }
}

/// What is said of a run whose task broke.
pub(crate) fn broken() -> Stop {
    Stop::Failed(Error::new(
        Kind::Internal,
        Text::fixed(
            "La synchronisation s'est arrêtée sur une erreur interne. Ce qui était déjà enregistré est conservé.",
            "The run stopped on an internal error. What was already saved is kept.",
        ),
    ))
}

impl From<Stop> for Error {
    fn from(stop: Stop) -> Error {
        match stop {
            Stop::Failed(error) => error,
            Stop::Asked => Error::invalid(Text::fixed("Annulé.", "Cancelled.")),
        }
    }
}
