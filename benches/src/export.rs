//! Exports at the services' own limits, against what their requests take at least.

use std::time::Duration;

use anyhow::{Context, ensure};
use hub::{Caller, Policy};
use model::Direction;
use sandbox::{Kind, Log, Options, airtable, demo, hubspot, notion, pipedrive, salesforce, sheets};

use crate::connection::Connected;
use crate::table::Promise::AtMost;
use crate::table::Row;

/// What an answer takes of a service whose limits are out of an export's reach.
const LATENCY: Duration = Duration::from_millis(500);

/// What a service sets the pace of an export by.
#[derive(Clone, Copy)]
enum Pace {
    /// Its requests, so many a second.
    Requests(f64),
    /// Its answers, each after [`LATENCY`]; so many writes may be on their way at once.
    Answers { writes_at_once: usize },
}

/// 1,000 deals to Airtable.
pub(crate) async fn to_airtable() -> anyhow::Result<Vec<Row>> {
    // Simulators are in this process here, because their logs are the judge.
    let simulator = airtable::Simulator::start(airtable::Options::default()).await?;
    let base = demo::bench(&simulator, 0).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let form = [("api_token", simulator.token()), ("base_id", demo::BENCH_BASE), ("table_name", demo::DEALS)];
    let at = connect("airtable", simulator.url(), &form).await?;
    let rows = export_twice(&at, 1_000, Pace::Requests(5.0), simulator.log()).await?;
    let table = base.find(demo::DEALS).context("no table")?;
    ensure!(table.len() == 1_000, "{} records", table.len());
    Ok(rows)
}

/// 300 deals to Notion.
pub(crate) async fn to_notion() -> anyhow::Result<Vec<Row>> {
    let simulator = notion::Simulator::start(notion::Options::default()).await?;
    let source = demo::notion_bench(&simulator, 0).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let database = source.id().to_string();
    let form = [("api_token", simulator.token()), ("base_id", &database)];
    let at = connect("notion", simulator.url(), &form).await?;
    let rows = export_twice(&at, 300, Pace::Requests(3.0), simulator.log()).await?;
    ensure!(source.len() == 300, "{} pages", source.len());
    Ok(rows)
}

/// 1,000 deals to HubSpot, which lets a private app ask 100 times in any ten seconds.
pub(crate) async fn to_hubspot() -> anyhow::Result<Vec<Row>> {
    let simulator = hubspot::Simulator::start(hubspot::Options::default()).await?;
    let at = connect("hubspot", simulator.url(), &[("access_token", simulator.token())]).await?;
    export_twice(&at, 1_000, Pace::Requests(10.0), simulator.log()).await
}

/// 150 deals to Pipedrive, which takes one a request, and 20 requests with one token in any two seconds.
pub(crate) async fn to_pipedrive() -> anyhow::Result<Vec<Row>> {
    let simulator = pipedrive::Simulator::start(pipedrive::Options::default()).await?;
    let form = [("company_domain", simulator.domain()), ("api_token", simulator.token())];
    let at = connect("pipedrive", simulator.url(), &form).await?;
    export_twice(&at, 150, Pace::Requests(10.0), simulator.log()).await
}

/// 1,000 deals to Salesforce, which counts requests by the day: an export waits for its answers only.
pub(crate) async fn to_salesforce() -> anyhow::Result<Vec<Row>> {
    let options = Options { latency: LATENCY, ..Options::default() };
    let simulator = salesforce::Simulator::start(options).await?;
    let form = [
        ("instance_url", "https://macave.my.salesforce.com"),
        ("client_id", salesforce::CLIENT_ID),
        ("client_secret", salesforce::CLIENT_SECRET),
    ];
    let at = connect("salesforce", simulator.url(), &form).await?;
    export_twice(&at, 1_000, Pace::Answers { writes_at_once: 4 }, simulator.log()).await
}

/// 1,000 deals to Google Sheets, whose 60 requests a minute they do not use up: an export waits for its
/// answers only.
pub(crate) async fn to_sheets() -> anyhow::Result<Vec<Row>> {
    let options = Options { latency: LATENCY, ..Options::default() };
    let simulator = sheets::Simulator::start(options).await?;
    demo::sheets(&simulator);
    demo::sheets_bench(&simulator, 0);
    let refresh_token = simulator.refresh_token();
    let form = [
        ("spreadsheet_id", demo::SPREADSHEET),
        ("worksheet_name", demo::SHEETS_BENCH),
        ("auth_type", "refresh_token"),
        ("client_id", simulator.client_id()),
        ("client_secret", simulator.client_secret()),
        ("refresh_token", &refresh_token),
    ];
    let at = connect("google_sheets", simulator.url(), &form).await?;
    export_twice(&at, 1_000, Pace::Answers { writes_at_once: 1 }, simulator.log()).await
}

async fn connect(kind: &str, url: &str, form: &[(&str, &str)]) -> anyhow::Result<Connected> {
    Connected::open(kind, url, form, Policy::default()).await
}

/// Exports new deals, then the same again.
async fn export_twice(at: &Connected, deals: u64, pace: Pace, log: &Log) -> anyhow::Result<Vec<Row>> {
    for number in 0..deals {
        let deal = serde_json::json!({
            "client": format!("Client {number}"), "montant_brut": 100 + number, "date_echeance": "2027-03-28",
        });
        at.hub.create_deal(&Caller::Local, serde_json::from_value(deal)?).await?;
    }
    let (run, took) = at.deals(Direction::Export).await?;
    ensure!(run.records_created == deals, "{run:?}");
    let floor = pace.floor(log);
    let reads = log.count(Kind::Any) - log.count(Kind::Write);
    let refused = log.entries().iter().filter(|e| e.status == Some(429)).count();
    log.clear();
    let (again, again_took) = at.deals(Direction::Export).await?;
    ensure!(again.records_unchanged == deals, "{again:?}");
    let again_floor = pace.floor(log);
    let to = &at.kind;
    Ok(vec![
        Row::new(
            format!("export of {deals} deals to {to} at {}, against the floor", pace.words()),
            took.as_secs_f64() / floor.as_secs_f64(),
            "x",
            AtMost(1.05),
        ),
        // The floor is that of the requests made: more of them than needed show here.
        Row::note("its requests that do not write", reads as f64, "requests"),
        Row::new("requests refused for their rate meanwhile", refused as f64, "requests", AtMost(0.0)),
        Row::new("writes of a second export", log.count(Kind::Write) as f64, "requests", AtMost(0.0)),
        Row::note(
            "second export, against the floor of its reads",
            again_took.as_secs_f64() / again_floor.as_secs_f64(),
            "x",
        ),
    ])
}

impl Pace {
    /// What the requests of a log take at least.
    fn floor(self, log: &Log) -> Duration {
        match self {
            Pace::Requests(per_second) => Duration::from_secs_f64(log.count(Kind::Any) as f64 / per_second),
            Pace::Answers { writes_at_once } => {
                let writes = log.count(Kind::Write).div_ceil(writes_at_once);
                LATENCY * (rounds_of_reads(log) + writes) as u32
            }
        }
    }

    fn words(self) -> String {
        match self {
            Pace::Requests(per_second) => format!("{per_second} requests/s"),
            Pace::Answers { writes_at_once } => {
                format!("{} ms an answer, {writes_at_once} at once", LATENCY.as_millis())
            }
        }
    }
}

/// How often reads waited for an answer; those that were on their way together are one round.
fn rounds_of_reads(log: &Log) -> usize {
    let mut reads = log.entries();
    reads.retain(|entry| !Kind::Write.covers(entry.kind));
    reads.sort_by_key(|entry| entry.at);
    let (mut rounds, mut answered) = (0, None);
    for read in reads {
        if answered.is_none_or(|answered| read.at >= answered) {
            rounds += 1;
            answered = Some(read.at + LATENCY);
        }
    }
    rounds
}
