//! Who is asking.

use std::net::IpAddr;

use model::access::{Right, Role, Scope};
use model::api::CallerBody;
use store::Author;

/// The longest description of a browser that is kept, in characters.
const BROWSER: usize = 200;

/// Somebody who may enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: i64,
    /// What they log in with.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// In whose name a request is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Whoever sits at this machine, in local mode: everything is theirs.
    Local,
    /// A member who logged in with a browser.
    Session {
        /// Who.
        member: Member,
        /// The session's id.
        id: i64,
    },
    /// A program with a member's token.
    Token {
        /// Whose token.
        member: Member,
        /// What it is good for.
        scope: Scope,
    },
}

impl Caller {
    /// Whether they may do that: a token no more than its member.
    pub fn may(&self, right: Right) -> bool {
        match self {
            Caller::Local => true,
            Caller::Session { member, .. } => member.role.may(right),
            Caller::Token { member, scope } => member.role.may(right) && scope.may(right),
        }
    }

    /// The member; nobody in local mode.
    pub fn member(&self) -> Option<&Member> {
        match self {
            Caller::Local => None,
            Caller::Session { member, .. } | Caller::Token { member, .. } => Some(member),
        }
    }

    /// As the history of deals names them.
    pub(crate) fn author(&self) -> Author {
        let member = self.member();
        Author { user_id: member.map(|m| m.id), name: member.map(|m| m.name.clone()) }
    }

    /// As others are told.
    pub fn body(&self) -> CallerBody {
        let way = match self {
            Caller::Local => "local",
            Caller::Session { .. } => "session",
            Caller::Token { .. } => "token",
        };
        CallerBody {
            name: self.member().map(|member| member.name.clone()),
            role: self.member().map_or(Role::Owner, |member| member.role).word().to_owned(),
            way: way.to_owned(),
        }
    }
}

/// Where a request comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The other end of the connection; nothing for the command line.
    pub address: Option<IpAddr>,
    /// What the browser says of itself.
    pub browser: String,
}

impl Origin {
    /// A connection and what its caller says of itself, which may be anything.
    pub fn new(address: Option<IpAddr>, browser: &str) -> Origin {
        let browser = browser.chars().filter(|letter| !letter.is_control()).take(BROWSER).collect();
        Origin { address: address.map(|address| address.to_canonical()), browser }
    }

    /// As tables keep it.
    pub(super) fn place(&self) -> String {
        self.address.map(|address| address.to_string()).unwrap_or_default()
    }
}

/// Who is asking, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Who.
    pub caller: Caller,
    /// From where.
    pub origin: Origin,
}

impl Visitor {
    /// What the audit log calls them.
    pub(super) fn name(&self) -> &str {
        self.caller.member().map_or("local", |member| &member.name)
    }
}
