//! Which of its addresses a request is for.

use crate::Kind;
use crate::path::decoded;
use crate::service::Asked;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Token,
    Report {
        owner: String,
        name: String,
    },
    /// The columns of a report.
    Schema {
        owner: String,
        name: String,
    },
    Workers {
        version: String,
    },
    Nowhere,
}

/// A request.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// Whose data; empty where the address names nobody.
    pub(super) tenant: String,
    pub(super) what: What,
    pub(super) pairs: Vec<(String, String)>,
}

impl Call {
    pub(super) fn read(asked: &Asked) -> Self {
        let segments: Vec<String> = asked.path().split('/').skip(1).filter_map(decoded).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let pairs = asked.pairs();
        let wants_schema = pairs.iter().any(|(name, _)| name == "xsds");
        let (tenant, what) = match (asked.parts.method.as_str(), segments.as_slice()) {
            ("POST", ["ccx", "oauth2", tenant, "token"]) => (*tenant, What::Token),
            ("GET", ["ccx", "service", "customreport2", tenant, owner, name]) => {
                let (owner, name) = ((*owner).to_owned(), (*name).to_owned());
                let what =
                    if wants_schema { What::Schema { owner, name } } else { What::Report { owner, name } };
                (*tenant, what)
            }
            (
                "GET",
                ["ccx", "api", version, tenant, "workers"] | ["ccx", "api", _, version, tenant, "workers"],
            ) => (*tenant, What::Workers { version: (*version).to_owned() }),
            _ => ("", What::Nowhere),
        };
        Self { tenant: tenant.to_owned(), what, pairs }
    }

    pub(super) fn kind(&self) -> Kind {
        match self.what {
            What::Token => Kind::Account,
            What::Schema { .. } => Kind::Schema,
            What::Report { .. } | What::Workers { .. } => Kind::List,
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
