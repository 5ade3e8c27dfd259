//! The rows that are a fault on the wire: what goes wrong, on which request, and how the run must end.

use std::time::Duration;

use hub::Policy;
use sandbox::{Fault, Kind, RetryAfter, Rule};

use super::expect::End::{self, Absorbed, Stops, Untouched};
use super::matrix::{Cell, Row};
use super::service::Service;

/// What goes wrong.
#[derive(Clone)]
pub(crate) enum What {
    /// This fault.
    Is(Fault),
    /// A refusal with this status in the service's envelope.
    Refused(u16),
}

/// On which requests: their kind, the first of them, and how many.
#[derive(Clone, Copy)]
pub(crate) struct On(Kind, u64, u64);

const HOUR: i64 = 3_600;
const EVERY: u64 = u64::MAX;
const START: On = On(Kind::Any, 1, EVERY);
const SECOND_PAGE: On = On(Kind::List, 2, 1);
const SECOND_PAGE_TWICE: On = On(Kind::List, 2, 2);
const PAGES_FROM_THE_SECOND: On = On(Kind::List, 2, EVERY);
const FIRST_CREATE: On = On(Kind::Create, 1, 1);
const SECOND_CREATE: On = On(Kind::Create, 2, 1);
const SECOND_CREATE_TWICE: On = On(Kind::Create, 2, 2);
const CREATES_FROM_THE_SECOND: On = On(Kind::Create, 2, EVERY);
const FIRST_UPDATE: On = On(Kind::Update, 1, 1);
const UPDATES: On = On(Kind::Update, 1, EVERY);

/// A fault of a cell.
#[derive(Clone)]
pub(crate) struct Scripted {
    what: What,
    on: On,
    pub(crate) end: End,
}

impl Scripted {
    /// The rule for that service's script.
    pub(crate) fn rule(&self, service: &Service) -> Rule {
        let On(kind, nth, times) = self.on;
        let fault = match &self.what {
            What::Is(fault) => fault.clone(),
            What::Refused(status) => Fault::Answer(service.refusal(*status)),
        };
        Rule::new(kind, fault).nth(nth).times(times)
    }

    /// What never answers needs a time-out, and what asks for patience a patience, that a test has.
    pub(crate) fn policy(&self) -> Policy {
        let policy = Policy::without_waiting();
        match self.what {
            What::Is(Fault::Hang | Fault::HangMidBody) => {
                Policy { idle_timeout: Duration::from_millis(400), ..policy }
            }
            What::Is(Fault::RateLimited(RetryAfter::Seconds(HOUR))) => {
                Policy { retry_after_cap: Duration::from_millis(50), ..policy }
            }
            _ => policy,
        }
    }
}

pub(crate) fn rows() -> Vec<Row> {
    use What::{Is, Refused};
    let mut rows = Vec::new();

    // Refusals: at the start nothing is touched, on the way what was committed stays. Airtable says 403 of
    // a base that is not there.
    let [denied, hidden] =
        ["n'autorise pas|droit|écrire", "introuvable|inaccessible|n'existe plus|ne trouve pas"];
    for (status, what, start, code, words) in [
        (401, Is(Fault::Unauthorized), "unauthorized", "unauthorized", "Token"),
        (403, Refused(403), "not_found", "forbidden", denied),
        (404, Refused(404), "not_found", "not_found", hidden),
    ] {
        let airtable = Untouched(start, if status == 403 { hidden } else { words });
        let row = both(format!("{status} at the start"), &what, START, Untouched(code, words));
        rows.push(row.in_airtable(airtable));
        rows.push(both(
            format!("{status} on the second page"),
            &what,
            PAGES_FROM_THE_SECOND,
            Stops(code, words),
        ));
        rows.push(export(
            format!("{status} on the second create"),
            &what,
            CREATES_FROM_THE_SECOND,
            Stops(code, words),
        ));
        let updates = export(format!("{status} on updates"), &what, UPDATES, Stops(code, words));
        let gone = "404 to a change is a page that was deleted: see there";
        rows.push(if status == 404 { updates.not_in_notion(gone) } else { updates });
    }

    // Limits.
    for (name, when) in
        [("429 without Retry-After", RetryAfter::Absent), ("429, Retry-After 1 s", RetryAfter::Seconds(1))]
    {
        let what = Is(Fault::RateLimited(when));
        rows.push(both(format!("{name}, twice, reading"), &what, SECOND_PAGE_TWICE, Absorbed));
        rows.push(export(format!("{name}, twice, creating"), &what, SECOND_CREATE_TWICE, Absorbed));
    }
    let hour = Is(Fault::RateLimited(RetryAfter::Seconds(HOUR)));
    let later = Stops("rate_limited", "60 minutes");
    rows.push(both("429, Retry-After 1 h, reading", &hour, PAGES_FROM_THE_SECOND, later));
    rows.push(export("429, Retry-After 1 h, creating", &hour, CREATES_FROM_THE_SECOND, later));
    let quota = Is(Fault::QuotaExceeded);
    rows.push(both("quota used up at the start", &quota, START, Untouched("rate_limited", "quota")));
    rows.push(export(
        "quota used up, creating",
        &quota,
        CREATES_FROM_THE_SECOND,
        Stops("rate_limited", "quota"),
    ));

    // Outages: once they are not noticed, for good they stop the run.
    let down = Stops("unavailable", "panne|à temps|coupé");
    for (name, fault) in [
        ("500", Fault::Status(500)),
        ("502", Fault::Status(502)),
        ("503", Fault::Status(503)),
        ("no answer (time-out)", Fault::Hang),
        ("no end of the answer (time-out)", Fault::HangMidBody),
        ("connection reset in mid-body", Fault::ResetMidBody),
        ("connection closed unanswered", Fault::Dropped),
    ] {
        let what = Is(fault);
        rows.push(both(format!("{name}, once, reading"), &what, SECOND_PAGE, Absorbed));
        rows.push(both(format!("{name}, for good, reading"), &what, PAGES_FROM_THE_SECOND, down));
        rows.push(export(format!("{name}, once, creating"), &what, SECOND_CREATE, Absorbed));
        // Where the answer only breaks off, what was created is found, however often.
        let found = matches!(what, Is(Fault::HangMidBody | Fault::ResetMidBody));
        let end = if found { Absorbed } else { down };
        rows.push(export(format!("{name}, for good, creating"), &what, CREATES_FROM_THE_SECOND, end));
        rows.push(export(format!("{name}, once, updating"), &what, FIRST_UPDATE, Absorbed));
    }

    // Written, and not told so.
    for (name, fault) in [
        ("500", Fault::DoneThenStatus(500)),
        ("502", Fault::DoneThenStatus(502)),
        ("503", Fault::DoneThenStatus(503)),
        ("no answer", Fault::DoneThenDropped),
    ] {
        let what = Is(fault);
        rows.push(export(format!("created all the same, {name}"), &what, FIRST_CREATE, Absorbed));
        rows.push(export(format!("updated all the same, {name}"), &what, FIRST_UPDATE, Absorbed));
    }

    // Answers that are not what they should be.
    let strange = Stops("unexpected_reply", "HTML|forme inattendue|incomplètes");
    for (name, fault) in
        [("HTML instead of JSON", Fault::HtmlPage), ("JSON of another shape", Fault::WrongType)]
    {
        let what = Is(fault);
        rows.push(both(format!("{name}, reading"), &what, PAGES_FROM_THE_SECOND, strange));
        rows.push(export(format!("{name}, once, creating"), &what, SECOND_CREATE, Absorbed));
        rows.push(export(format!("{name}, for good, creating"), &what, CREATES_FROM_THE_SECOND, strange));
    }
    for (name, fault) in [("truncated JSON", Fault::CutJson), ("empty body", Fault::EmptyBody)] {
        let what = Is(fault);
        rows.push(both(format!("{name}, once, reading"), &what, SECOND_PAGE, Absorbed));
        rows.push(both(format!("{name}, for good, reading"), &what, PAGES_FROM_THE_SECOND, strange));
        rows.push(export(format!("{name}, once, creating"), &what, SECOND_CREATE, Absorbed));
    }

    // Listings that lose their way.
    rows.push(both("page served twice", &Is(Fault::DuplicatePage), On(Kind::List, 1, 1), Absorbed));
    let loops = Stops("unexpected_reply", "sans fin");
    rows.push(both("page served without end", &Is(Fault::DuplicatePage), On(Kind::List, 1, EVERY), loops));
    rows.push(both("page without records", &Is(Fault::EmptyPage), On(Kind::List, 1, 1), Absorbed));
    rows.push(both("cursor expired, once", &Is(Fault::ExpiredOffset), SECOND_PAGE, Absorbed));
    let lost = Stops("unavailable", "fil de la lecture");
    rows.push(both("cursor expired, every time", &Is(Fault::ExpiredOffset), PAGES_FROM_THE_SECOND, lost));
    rows
}

impl Row {
    /// The same row, but that it ends so in Airtable.
    fn in_airtable(mut self, end: End) -> Row {
        for cell in &mut self.cells[..2] {
            if let Cell::Fault(scripted) = cell {
                scripted.end = end;
            }
        }
        self
    }

    /// The same row, but that it cannot happen in Notion.
    fn not_in_notion(mut self, why: &'static str) -> Row {
        self.cells[3] = Cell::No(why);
        self
    }
}

fn both(name: impl Into<String>, what: &What, on: On, end: End) -> Row {
    let cell = Cell::Fault(Scripted { what: what.clone(), on, end });
    Row { name: name.into(), cells: [cell.clone(), cell.clone(), cell.clone(), cell] }
}

fn export(name: impl Into<String>, what: &What, on: On, end: End) -> Row {
    let cell = Cell::Fault(Scripted { what: what.clone(), on, end });
    let reads = Cell::No("an import writes nothing there");
    Row { name: name.into(), cells: [reads.clone(), cell.clone(), reads, cell] }
}
