//! Places where a test stops the program to kill it, or has it panic.
//!
//! In debug builds only: a program told `PASSERELLE_FAULT_POINT=page-written:3` says on stderr when it
//! comes to that place for the third time, and goes no further. Whoever waits for the line then ends it
//! as a power cut would. One told `PASSERELLE_FAULT_PANIC=page-written` panics there, every time.

/// Stops here for ever or panics, if a test asked for this place.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "a test looks at what a panic says")]
pub(crate) async fn reached(place: &str) {
    use std::io::Write;
    use std::sync::atomic::{AtomicU32, Ordering};

    static PASSED: AtomicU32 = AtomicU32::new(0);

    if std::env::var("PASSERELLE_FAULT_PANIC").is_ok_and(|wanted| wanted == place) {
        panic!("asked for by a test, at {place}");
    }
    let Ok(wanted) = std::env::var("PASSERELLE_FAULT_POINT") else { return };
    let (name, time) = wanted.split_once(':').unwrap_or((&wanted, "1"));
    if name != place || PASSED.fetch_add(1, Ordering::SeqCst) + 1 != time.parse().unwrap_or(1) {
        return;
    }
    // A test that cannot read the line fails by waiting for it.
    let _ = writeln!(std::io::stderr(), "fault point {place}");
    std::future::pending::<()>().await;
}

/// Nothing: there are no such places in what people run.
#[cfg(not(debug_assertions))]
#[expect(clippy::unused_async, reason = "called as the other one is")]
pub(crate) async fn reached(_place: &str) {}
