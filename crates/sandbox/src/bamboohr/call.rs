//! Which of its addresses a request is for.

use crate::Kind;
use crate::path::decoded;
use crate::service::Asked;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Company,
    Owner,
    Fields,
    Directory,
    Report(String),
    Employees,
    DatasetFields(String),
    DatasetData(String),
    Nowhere,
}

/// A request.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// Whose data; empty where the address names nobody.
    pub(super) company: String,
    pub(super) what: What,
    pub(super) pairs: Vec<(String, String)>,
}

impl Call {
    pub(super) fn read(asked: &Asked) -> Self {
        let segments: Vec<String> = asked.path().split('/').skip(1).filter_map(decoded).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (company, rest) = match segments.as_slice() {
            ["api", "gateway.php", company, rest @ ..] => ((*company).to_owned(), rest),
            ["api", rest @ ..] => (first_label(asked), rest),
            _ => (String::new(), &[] as &[&str]),
        };
        let what = match (asked.parts.method.as_str(), rest) {
            ("GET", ["v1", "company_information"]) => What::Company,
            ("GET", ["v1", "employees", "0"]) => What::Owner,
            ("GET", ["v1", "meta", "fields"]) => What::Fields,
            ("GET", ["v1", "employees", "directory"]) => What::Directory,
            ("GET", ["v1", "employees"]) => What::Employees,
            ("GET", ["v1", "reports", id]) => What::Report((*id).to_owned()),
            ("GET", ["v1_2", "datasets", name, "fields"]) => What::DatasetFields((*name).to_owned()),
            ("POST", ["v2", "datasets", name, "data"]) => What::DatasetData((*name).to_owned()),
            _ => What::Nowhere,
        };
        Self { company, what, pairs: asked.pairs() }
    }

    pub(super) fn kind(&self) -> Kind {
        match self.what {
            What::Company | What::Owner => Kind::Account,
            What::Fields | What::DatasetFields(_) => Kind::Schema,
            What::Directory | What::Report(_) | What::Employees | What::DatasetData(_) => Kind::List,
            What::Nowhere => Kind::Unknown,
        }
    }

    /// A parameter of the address.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str())
    }

    /// A whole number of the address; `otherwise` where it is not given, nothing where it is none.
    pub(super) fn number(&self, name: &str, otherwise: usize) -> Option<usize> {
        self.param(name).map_or(Some(otherwise), |text| text.parse().ok())
    }
}

fn first_label(asked: &Asked) -> String {
    let host = asked.header("host").unwrap_or_default();
    host.split(['.', ':']).next().unwrap_or_default().to_owned()
}
