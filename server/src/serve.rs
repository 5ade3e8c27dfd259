//! The running server, from its address to its end.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use hub::Hub;
use model::{Lang, Text};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;

use crate::listen::listen;
use crate::{AppState, Edge, behind, router};

/// For requests that are nearly answered when the end is asked for.
const NEARLY_DONE: Duration = Duration::from_secs(1);
/// For running syncs to end, or to be marked interrupted.
const RUNS: Duration = Duration::from_secs(7);
/// For the answers of those syncs to go out.
const LAST_ANSWERS: Duration = Duration::from_millis(500);

/// Why an address that other machines reach is not listened on while nobody has to log in.
pub(crate) fn unprotected(addr: SocketAddr) -> Text {
    let port = addr.port();
    Text::new(
        format!(
            "PASSERELLE_ADDR : {addr} est accessible depuis d'autres machines, et rien ne protège encore l'accès. \
             Choisissez d'abord un mot de passe (passerelle user set-password, ou PASSERELLE_OWNER_PASSWORD), \
             ou utilisez 127.0.0.1:{port}."
        ),
        format!(
            "PASSERELLE_ADDR: {addr} can be reached from other machines, and nothing protects the access yet. \
             Choose a password first (passerelle user set-password, or PASSERELLE_OWNER_PASSWORD), \
             or use 127.0.0.1:{port}."
        ),
    )
}

/// Takes the address. To be done before the database is opened: a second server on the same address
/// must not touch the first one's runs.
///
/// # Errors
/// The address is taken, or none of this machine's.
pub(crate) async fn bind(addr: SocketAddr) -> Result<TcpListener, Text> {
    TcpListener::bind(addr).await.map_err(|error| {
        Text::new(
            format!("Impossible d'écouter sur {addr} : {error}"),
            format!("Cannot listen on {addr}: {error}"),
        )
    })
}

/// Answers until a signal asks for the end; then stops accepting, lets requests and syncs end, and
/// returns within ten seconds. `ready` is called with the address once requests are answered.
///
/// # Errors
/// The operating system refuses the listener or the signals.
pub(crate) async fn serve(
    listener: TcpListener,
    hub: Hub,
    default_lang: Lang,
    edge: Edge,
    ready: impl FnOnce(SocketAddr),
) -> io::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let asked_to_stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    let router = behind(router(AppState { hub: hub.clone(), default_lang }), edge);
    let by_itself = work_by_itself(&hub);
    ready(listener.local_addr()?);
    let connections = listen(listener, router, asked_to_stop).await;
    tracing::info!("stopping");
    // A run that began by itself is ended with the others; a message on its way is sent again later.
    drop(by_itself);
    let mut answers = std::pin::pin!(connections.shutdown());
    let all_answered = tokio::time::timeout(NEARLY_DONE, &mut answers).await.is_ok();
    hub.stop_runs(RUNS).await;
    // Whoever waited for a run is told how it ended before the database closes.
    if !all_answered && tokio::time::timeout(LAST_ANSWERS, answers).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
    hub.close().await;
    Ok(())
}

/// What is done without anybody asking, until the set is dropped.
fn work_by_itself(hub: &Hub) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    let (watching, granting) = (hub.clone(), hub.clone());
    let (scheduling, telling) = (hub.clone(), hub.clone());
    tasks.spawn(async move { watching.watch_sources().await });
    tasks.spawn(async move { granting.watch_grants().await });
    tasks.spawn(async move { scheduling.run_schedules().await });
    tasks.spawn(async move { telling.deliver_webhooks().await });
    let forgetting = hub.clone();
    tasks.spawn(async move { forgetting.forget_old_details().await });
    let finalising = hub.clone();
    tasks.spawn(async move { finalising.forget_old_deletions().await });
    let following = hub.clone();
    tasks.spawn(async move { following.follow_hints().await });
    tasks
}
