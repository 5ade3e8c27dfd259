//! Reading ahead, in a task of its own.

use connectors::{Error, ErrorKind, Result};
use model::Text;
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

/// What a task reads, of which at most `waiting` wait for whoever takes them. Reading ends when the handle is dropped.
/// Should the task break down, an error is what it read last: else it would seem to have come to the end.
pub(crate) fn read_ahead<T, Reading>(
    waiting: usize,
    read: impl FnOnce(mpsc::Sender<Result<T>>) -> Reading,
) -> (mpsc::Receiver<Result<T>>, AbortOnDropHandle<()>)
where
    T: Send + 'static,
    Reading: Future<Output = ()> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(waiting);
    let last = sender.clone();
    let reading = AbortOnDropHandle::new(tokio::spawn(read(sender)));
    let watching = tokio::spawn(async move {
        if reading.await.is_err() {
            // Nobody may be listening any more.
            let _ = last.send(Err(broke_down())).await;
        }
    });
    (receiver, AbortOnDropHandle::new(watching))
}

fn broke_down() -> Error {
    let message = Text::fixed(
        "La lecture s'est arrêtée sur une erreur interne. Relancez : rien ne sera doublé.",
        "The reading stopped on an internal error. Start again: nothing will be doubled.",
    );
    Error::new(ErrorKind::UnexpectedReply, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reading_that_breaks_down_does_not_seem_to_be_over() {
        let (mut read, _reading) = read_ahead(1, async |sender| {
            sender.send(Ok(1)).await.unwrap();
            panic!("broken on purpose");
        });
        assert_eq!(read.recv().await.unwrap().unwrap(), 1);
        assert!(read.recv().await.unwrap().is_err());
        assert!(read.recv().await.is_none());
    }

    #[tokio::test]
    async fn a_reading_that_is_over_ends_without_an_error() {
        let (mut read, _reading) = read_ahead(1, async |sender| sender.send(Ok(1)).await.unwrap());
        assert_eq!(read.recv().await.unwrap().unwrap(), 1);
        assert!(read.recv().await.is_none());
    }
}
