//! Wrong logins by the thousand, beside members who read.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use anyhow::bail;
use tokio::task::JoinSet;

use crate::crowd::{Crowd, Enough, Told, read};
use crate::site::{self, PASSWORD, Site, credentials, login};
use crate::table::Promise::AtMost;
use crate::table::Row;

const LOGINS: usize = 10_000;
const TIME: Duration = Duration::from_secs(60);
const READERS: usize = 20;
/// Names that are guessed at, and addresses it comes from.
const NAMES: usize = 500;
/// Guesses on their way at the same time.
const AT_ONCE: usize = 100;
/// Between two tries of somebody who has the right password.
const PAUSE: Duration = Duration::from_millis(500);
/// Where they are: nobody guesses from there.
const HOME: Ipv4Addr = Ipv4Addr::new(198, 51, 100, 7);

/// Guesses that somebody sends.
#[derive(Clone, Copy)]
pub(crate) struct Flood {
    /// How many.
    pub(crate) logins: usize,
    /// Spread over that time.
    pub(crate) within: Duration,
}

/// How guesses were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Guessed {
    /// Looked at, and wrong.
    pub(crate) wrong: usize,
    /// Sent away unseen.
    pub(crate) sent_away: usize,
}

/// Ten thousand wrong logins within a minute, while members read and one logs in.
pub(crate) async fn of_wrong_logins() -> anyhow::Result<Vec<Row>> {
    let folder = tempfile::tempdir()?;
    // Nobody asks the service for anything.
    let program = site::start(folder.path(), "http://127.0.0.1:1")?;
    let site = Site::enter(&program.url).await?;
    let crowd = Crowd { readers: READERS, every: Duration::from_secs(1), enough: Enough::After(TIME / 4) };
    let before = read_pages(&site, crowd).await?;
    let crowd = Crowd { enough: Enough::After(TIME), ..crowd };
    let begun = Instant::now();
    let (guessed, told, (tries, waited)) = tokio::try_join!(
        guess(&site, Flood { logins: LOGINS, within: TIME }),
        read_pages(&site, crowd),
        async {
            tokio::time::sleep(TIME / 2).await;
            get_in(&site).await
        },
    )?;
    let sent = guessed.wrong + guessed.sent_away;
    let what = |what: &str| format!("beside {LOGINS} wrong logins: {what}");
    Ok(vec![
        Row::note("wrong logins a minute", sent as f64 * 60.0 / begun.elapsed().as_secs_f64(), ""),
        Row::note("of them sent away unseen", guessed.sent_away as f64, ""),
        Row::note(format!("{READERS} readers without them: 99th percentile"), before.within(0.99), "ms"),
        Row::new(what("errors of readers"), told.faults.len() as f64, "", AtMost(0.0)),
        Row::new(what("99th percentile of readers"), told.within(0.99), "ms", AtMost(100.0)),
        Row::note(what("tries of a right login"), tries as f64, ""),
        Row::new(what("until a right login is in"), waited.as_secs_f64(), "s", AtMost(30.0)),
    ])
}

/// There is no run whose page could be read.
async fn read_pages(site: &Site, crowd: Crowd) -> anyhow::Result<Told> {
    let mut told = read(site, crowd).await?;
    told.faults.retain(|fault| fault != "/runs/1: 404");
    Ok(told)
}

/// Sends guesses from many addresses, at many names, evenly.
///
/// # Errors
/// One was answered neither as wrong nor as too much.
pub(crate) async fn guess(site: &Site, flood: Flood) -> anyhow::Result<Guessed> {
    let begun = tokio::time::Instant::now();
    let mut guessing = JoinSet::new();
    for first in 0..AT_ONCE.min(flood.logins) {
        let mut stranger = site.stranger()?;
        guessing.spawn(async move {
            let mut guessed = Guessed::default();
            for number in (first..flood.logins).step_by(AT_ONCE) {
                let due = flood.within.mul_f64(number as f64 / flood.logins as f64);
                tokio::time::sleep_until(begun + due).await;
                let typed = credentials(&format!("name{}", number % NAMES), "un-mot-de-passe-faux");
                let mut asked = login(&typed);
                asked.from = Some(Ipv4Addr::from_bits(0x0A00_0000 + (number % (NAMES * 3)) as u32));
                match stranger.ask(asked).await?.status {
                    401 => guessed.wrong += 1,
                    429 => guessed.sent_away += 1,
                    status => bail!("a wrong login was answered {status}"),
                }
            }
            Ok(guessed)
        });
    }
    let mut all = Guessed::default();
    while let Some(one) = guessing.join_next().await {
        let one = one??;
        all.wrong += one.wrong;
        all.sent_away += one.sent_away;
    }
    Ok(all)
}

/// Logs in with the right password, as often as it takes; the number of tries, and how long that took.
///
/// # Errors
/// It is answered otherwise than by letting in or sending away.
pub(crate) async fn get_in(site: &Site) -> anyhow::Result<(usize, Duration)> {
    let mut stranger = site.stranger()?;
    let typed = credentials("owner", PASSWORD);
    let begun = Instant::now();
    for tried in 1.. {
        let mut asked = login(&typed);
        asked.from = Some(HOME);
        match stranger.ask(asked).await?.status {
            303 => return Ok((tried, begun.elapsed())),
            429 => tokio::time::sleep(PAUSE).await,
            status => bail!("a right login was answered {status}"),
        }
    }
    bail!("never let in")
}
