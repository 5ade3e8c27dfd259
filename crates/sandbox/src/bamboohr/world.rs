//! What is behind the door: one company's employees, fields and reports.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::call::{Call, What};
use super::dialect::{BambooDialect, refused};
use super::employee::Employee;
use super::field::{Field, fields};
use super::options::{Options, Throttle};
use crate::Kind;
use crate::faults::{Answer, Dialect, RetryAfter};
use crate::limiter::Limiter;
use crate::service::{Asked, Door, Job};

/// The company there is at the start.
pub const COMPANY: &str = "cave";
/// The report there is at the start.
pub const REPORT: &str = "7";
/// The dataset there is.
pub const DATASET: &str = "employee";

/// A saved report.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) title: String,
    /// Its columns.
    pub(super) keys: Vec<String>,
    /// How often an employee comes: more than once where a column has a history.
    pub(super) times: usize,
}

/// The service's state.
pub(super) struct World {
    pub(super) options: Options,
    pub(super) key: String,
    pub(super) is_revoked: bool,
    /// The key's user may not see what is asked for.
    pub(super) may_see: bool,
    pub(super) shares_directory: bool,
    /// An unknown company is led to the page where people log in.
    pub(super) leads_to_login: bool,
    pub(super) fields: Vec<Field>,
    pub(super) employees: Vec<Employee>,
    pub(super) next_id: u64,
    pub(super) reports: BTreeMap<String, Report>,
    limiter: Limiter,
}

impl World {
    pub(super) fn new(options: Options) -> Self {
        let keys =
            ["firstName", "lastName", "hireDate", "terminationDate", "payRate", "status", "4314", "4315"];
        let keys = keys.map(str::to_owned).to_vec();
        let report = Report { title: "Effectif".to_owned(), keys, times: 1 };
        Self {
            options,
            key: "0123456789abcdef0123456789abcdef01234567".to_owned(),
            is_revoked: false,
            may_see: true,
            shares_directory: true,
            leads_to_login: false,
            fields: fields(),
            employees: Vec::new(),
            next_id: 1,
            reports: BTreeMap::from([(REPORT.to_owned(), report)]),
            limiter: Limiter::default(),
        }
    }

    pub(super) fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Any password goes with the key.
    fn knows(&self, asked: &Asked) -> bool {
        let pair = || {
            let pair = BASE64_STANDARD.decode(asked.header("authorization")?.strip_prefix("Basic ")?).ok()?;
            String::from_utf8(pair).ok()
        };
        !self.is_revoked && pair().is_some_and(|pair| pair.split(':').next() == Some(self.key.as_str()))
    }

    fn throttled(&self) -> Answer {
        let status = match self.options.throttle {
            Throttle::TooManyRequests => 429,
            Throttle::Unavailable => 503,
        };
        refused(status, "Too many requests").retry_after(&RetryAfter::Seconds(1))
    }
}

impl crate::service::World for World {
    type Call = Call;
    type Caller = ();
    type Words = BambooDialect;
    const LARGEST_BODY: usize = 1 << 20;

    fn read(asked: &Asked) -> (Call, Kind) {
        let call = Call::read(asked);
        let kind = call.kind();
        (call, kind)
    }

    fn door(&mut self, asked: &Asked, call: &Call) -> Door<()> {
        if call.company != COMPANY {
            return Door::Unknown(if self.leads_to_login {
                Answer::html(302, "").header("location", "https://www.bamboohr.com/login/")
            } else {
                refused(404, "Unknown company")
            });
        }
        if !self.knows(asked) {
            return Door::Unknown(BambooDialect.unauthorized());
        }
        if self.limiter.admits(asked.at, self.options.service.limits.per_second) {
            Door::Open(())
        } else {
            Door::Refused(self.throttled())
        }
    }

    fn words(_asked: &Asked) -> BambooDialect {
        BambooDialect
    }

    fn handle(&mut self, job: &Job<'_, Self>) -> Answer {
        let wants_json = job.asked.header("accept").is_some_and(|kinds| kinds.contains("application/json"));
        match &job.call.what {
            What::Nowhere => refused(404, "No such resource"),
            _ if !wants_json => Answer::text(200, "text/xml", "<?xml version=\"1.0\"?>\n<result/>"),
            What::Company => self.company(),
            What::Owner => self.owner(job.call),
            What::Fields => self.meta_fields(),
            _ if !self.may_see => refused(403, "You do not have access to this resource"),
            What::Directory => self.directory(job.call, job.paging),
            What::Report(id) => self.report(id, job.call, job.paging),
            What::Employees => self.list(job.call, job.paging),
            What::DatasetFields(name) => self.dataset_fields(name, job.call),
            What::DatasetData(name) => self.dataset_data(name, job),
        }
    }
}
