//! Many readers at once, beside an import.

use std::time::{Duration, Instant};

use anyhow::ensure;
use sandbox::demo;
use tokio::task::JoinSet;

use crate::process::Listening;
use crate::site::{self, Site};
use crate::table::Promise::AtMost;
use crate::table::Row;
use crate::visitor::{Asked, Visitor};

const RECORDS: usize = 100_000;
const READERS: usize = 200;
const TIME: Duration = Duration::from_secs(30);
/// What is asked, in turn.
const PATHS: [&str; 6] =
    ["/", "/api/deals?limit=50&sort=recent", "/api/sync/airtable", "/connections", "/runs/1", "/healthz"];

/// Who reads, and for how long.
#[derive(Clone, Copy)]
pub(crate) struct Crowd {
    /// How many at once.
    pub(crate) readers: usize,
    /// From one question of a reader to the next: people read what they asked for.
    pub(crate) every: Duration,
    /// When they have had enough.
    pub(crate) enough: Enough,
}

/// When a reader stops.
#[derive(Clone, Copy)]
pub(crate) enum Enough {
    After(Duration),
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "what is measured goes by time, what is tested by number")
    )]
    Questions(usize),
}

/// How they were answered.
#[derive(Default)]
pub(crate) struct Told {
    /// Milliseconds, the shortest first.
    times: Vec<f64>,
    /// What was no answer.
    pub(crate) faults: Vec<String>,
}

impl Told {
    pub(crate) fn answers(&self) -> usize {
        self.times.len()
    }

    /// The time within which that part was answered; nothing when nobody was.
    pub(crate) fn within(&self, part: f64) -> f64 {
        let index = (self.times.len() as f64 * part) as usize;
        self.times.get(index.min(self.times.len().saturating_sub(1))).copied().unwrap_or_default()
    }
}

/// Two hundred readers for half a minute, while a hundred thousand deals are imported.
pub(crate) async fn beside_an_import() -> anyhow::Result<Vec<Row>> {
    let service = Listening::start("sandbox", |command| {
        command.args(["airtable", "--no-limits", "--records", &RECORDS.to_string()]);
    })?;
    let token = service.told("token")?;
    let mut sites = Vec::new();
    for _ in 0..2 {
        let folder = tempfile::tempdir()?;
        let program = site::start(folder.path(), &service.url)?;
        let site = Site::enter(&program.url).await?;
        site.connect(token, demo::BENCH_BASE, demo::DEALS).await?;
        sites.push((site, program, folder));
    }
    let [(alone, ..), (beside, ..)] = &sites[..] else { unreachable!("two were started") };
    let took_alone = alone.import().await?;
    let crowd = Crowd { readers: READERS, every: Duration::from_secs(1), enough: Enough::After(TIME) };
    let (told, took_beside) = read_beside_imports(beside, crowd).await?;
    let first = told.faults.first().map(|fault| format!(" ({fault}, …)")).unwrap_or_default();
    let what = |what: &str| format!("{READERS} readers for 30 s beside imports of {RECORDS}: {what}");
    Ok(vec![
        Row::note(what("answers"), told.answers() as f64, ""),
        Row::new(what(&format!("errors{first}")), told.faults.len() as f64, "", AtMost(0.0)),
        Row::note(what("median"), told.within(0.5), "ms"),
        Row::new(what("99th percentile"), told.within(0.99), "ms", AtMost(100.0)),
        Row::note(format!("import of {RECORDS} alone"), took_alone.as_secs_f64(), "s"),
        Row::new(
            format!("import of {RECORDS} beside {READERS} readers, against alone"),
            took_beside.as_secs_f64() / took_alone.as_secs_f64(),
            "x",
            AtMost(1.5),
        ),
    ])
}

/// Reads while imports go on, one after the other, until the readers have had enough; how they were answered, and
/// how long the first import took.
///
/// # Errors
/// An import was no success.
pub(crate) async fn read_beside_imports(site: &Site, crowd: Crowd) -> anyhow::Result<(Told, Duration)> {
    let reading = async {
        until_there(site, "/runs/1").await?;
        read(site, crowd).await
    };
    let mut reading = std::pin::pin!(reading);
    let mut first = None;
    let mut told = None;
    while told.is_none() || first.is_none() {
        let mut importing = std::pin::pin!(site.import());
        let took = loop {
            tokio::select! {
                took = &mut importing => break took?,
                read = &mut reading, if told.is_none() => told = Some(read?),
            }
        };
        first.get_or_insert(took);
    }
    Ok((told.unwrap_or_default(), first.unwrap_or_default()))
}

/// Lets a crowd read.
///
/// # Errors
/// A reader panics.
pub(crate) async fn read(site: &Site, crowd: Crowd) -> anyhow::Result<Told> {
    let mut readers = JoinSet::new();
    for number in 0..crowd.readers {
        readers.spawn(reader(site.member()?, number, crowd));
    }
    let mut told = Told::default();
    while let Some(one) = readers.join_next().await {
        let one = one?;
        told.times.extend(one.times);
        told.faults.extend(one.faults);
    }
    told.times.sort_by(f64::total_cmp);
    Ok(told)
}

async fn reader(mut visitor: Visitor, number: usize, crowd: Crowd) -> Told {
    let mut told = Told::default();
    // They do not all ask in the same moment.
    let apart = crowd.every.mul_f64(number as f64 / crowd.readers as f64);
    tokio::time::sleep(apart).await;
    let mut ticks = tokio::time::interval(crowd.every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let begun = Instant::now();
    for question in 0.. {
        let is_enough = match crowd.enough {
            Enough::After(time) => begun.elapsed() >= time,
            Enough::Questions(most) => question >= most,
        };
        if is_enough {
            break;
        }
        ticks.tick().await;
        let path = PATHS[(number + question) % PATHS.len()];
        let asked = Instant::now();
        match visitor.ask(Asked { method: "GET", path, ..Asked::default() }).await {
            Ok(answer) if answer.status == 200 => told.times.push(asked.elapsed().as_secs_f64() * 1_000.0),
            Ok(answer) => told.faults.push(format!("{path}: {}", answer.status)),
            Err(error) => told.faults.push(format!("{path}: {error}")),
        }
    }
    told
}

async fn until_there(site: &Site, path: &str) -> anyhow::Result<()> {
    let mut visitor = site.member()?;
    let begun = Instant::now();
    while visitor.ask(Asked { method: "GET", path, ..Asked::default() }).await?.status != 200 {
        ensure!(begun.elapsed() < TIME, "{path} does not come");
        tokio::task::yield_now().await;
    }
    Ok(())
}
