//! Writes records one a request, several requests under way at once.

use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::BoxFuture;
use futures_util::{StreamExt, stream};

use crate::connector::Outcome;
use crate::error::{Error, Result};
use crate::http::Failure;

/// What became of one write.
pub(crate) type Written = std::result::Result<Outcome, Failure>;

/// Carries out the writes of a batch, `in_flight` at once, until all is done or the service fails; one
/// outcome for each, in order.
///
/// # Errors
/// What `explain` makes of the service's fault, when nothing was written. Once something was, the fault
/// is the outcome of those that were not.
pub(crate) async fn write_each(
    writes: Vec<BoxFuture<'_, Written>>,
    in_flight: usize,
    explain: impl FnOnce(Failure) -> Error,
) -> Result<Vec<Outcome>> {
    let failed = AtomicBool::new(false);
    let mut each = Vec::with_capacity(writes.len());
    for write in writes {
        each.push(unless_failed(&failed, write));
    }
    let written: Vec<Option<Written>> = stream::iter(each).buffered(in_flight).collect().await;
    let mut fault = None;
    let mut outcomes: Vec<Option<Outcome>> = Vec::with_capacity(written.len());
    for result in written {
        outcomes.push(match result.transpose() {
            Ok(outcome) => outcome,
            Err(failure) => {
                fault.get_or_insert(failure);
                None
            }
        });
    }
    let Some(failure) = fault else { return Ok(outcomes.into_iter().flatten().collect()) };
    let error = explain(failure);
    if !outcomes.iter().flatten().any(|outcome| matches!(outcome, Outcome::Written(_))) {
        return Err(error);
    }
    let settled = |outcome: Option<Outcome>| outcome.unwrap_or_else(|| Outcome::NotWritten(error.clone()));
    Ok(outcomes.into_iter().map(settled).collect())
}

/// One write, unless one before it failed: the others would fail alike.
async fn unless_failed(failed: &AtomicBool, write: BoxFuture<'_, Written>) -> Option<Written> {
    if failed.load(Ordering::Relaxed) {
        return None;
    }
    let written = write.await;
    failed.fetch_or(written.is_err(), Ordering::Relaxed);
    Some(written)
}
