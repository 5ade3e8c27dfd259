//! The part of Airtable's formula language that filters and formula fields need.
//!
//! Source: support.airtable.com, “Formula field reference”. A formula is parsed once, bound
//! to the columns of a table, and evaluated per record. It does not know how cells are stored: a
//! [`Cells`] gives it values.

mod dates;
mod eval;
mod functions;
mod lexer;
mod parser;
mod value;

use chrono::{DateTime, Utc};

pub(super) use dates::{parse as parse_moment, parse_in as parse_moment_in};
pub(super) use value::{Val, iso};

use super::Id;

/// Where a formula gets its values from.
pub(super) trait Cells {
    /// The value of a column, by its slot.
    fn cell(&self, slot: usize) -> Val;
    /// The values a rollup works on (`values`); blank elsewhere.
    fn rolled_up(&self) -> Val;
    /// `RECORD_ID()`.
    fn record_id(&self) -> Id;
    /// `CREATED_TIME()`.
    fn created(&self) -> DateTime<Utc>;
    /// `LAST_MODIFIED_TIME()`, of these columns or of all.
    fn modified(&self, slots: &[usize]) -> DateTime<Utc>;
    /// `NOW()`.
    fn now(&self) -> DateTime<Utc>;
}

/// A parsed formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Formula(Expr);

/// Roughly what a formula gives, for the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Moment,
}

#[derive(Clone, Debug, PartialEq)]
enum Expr {
    Number(f64),
    Text(String),
    /// A reference as written, until it is bound.
    Field(String),
    /// A reference bound to a column.
    Column(usize),
    RolledUp,
    Call(&'static str, Vec<Expr>),
    Negative(Box<Expr>),
    Binary(Op, Box<Expr>, Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus,
    Times,
    Divide,
    Join,
}

/// Parses a formula; the error is what Airtable adds to its refusal.
pub(super) fn parse(source: &str) -> Result<Formula, String> {
    parser::parse(source).map(Formula)
}

/// Rewrites field names as `{fld…}`, as Airtable stores formulas: later renames do not break them.
pub(super) fn with_ids(source: &str, resolve: impl Fn(&str) -> Option<Id>) -> String {
    lexer::replace_fields(source, |name| resolve(name).map(|id| format!("{{{id}}}")))
}

impl Formula {
    /// Ties references to columns.
    ///
    /// # Errors
    /// What Airtable adds to its refusal when fields are unknown.
    pub(super) fn bind(mut self, resolve: impl Fn(&str) -> Option<usize>) -> Result<Self, String> {
        let mut unknown = Vec::new();
        self.0.walk_mut(&mut |expr| {
            if let Expr::Field(name) = expr {
                match resolve(name) {
                    Some(slot) => *expr = Expr::Column(slot),
                    // Airtable answers with the names in lower case.
                    None => unknown.push(name.to_lowercase()),
                }
            }
        });
        if unknown.is_empty() {
            Ok(self)
        } else {
            Err(format!("Unknown field names: {}", unknown.join(", ")))
        }
    }

    /// The references as written.
    pub(super) fn fields(&self) -> Vec<String> {
        let mut fields = Vec::new();
        self.0.walk(&mut |expr| {
            if let Expr::Field(name) = expr
                && !fields.contains(name)
            {
                fields.push(name.clone());
            }
        });
        fields
    }

    /// The bound columns.
    pub(super) fn columns(&self) -> Vec<usize> {
        let mut columns = Vec::new();
        self.0.walk(&mut |expr| {
            if let Expr::Column(slot) = expr {
                columns.push(*slot);
            }
        });
        columns
    }

    /// Whether its value changes with the time alone.
    pub(super) fn is_volatile(&self) -> bool {
        let mut volatile = false;
        self.0.walk(&mut |expr| volatile |= matches!(expr, Expr::Call("NOW" | "TODAY", _)));
        volatile
    }

    /// Roughly what it gives.
    pub(super) fn kind(&self) -> Kind {
        self.0.kind()
    }

    /// Its value for a record.
    pub(super) fn value(&self, cells: &impl Cells) -> Val {
        eval::eval(&self.0, cells)
    }

    /// Whether a record passes it as a filter: anything but `0`, `false`, `""`, `NaN`, `[]`, `#Error!`.
    pub(super) fn keeps(&self, cells: &impl Cells) -> bool {
        self.value(cells).is_truthy()
    }
}

impl Expr {
    fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::Call(_, args) => args.iter().for_each(|arg| arg.walk(visit)),
            Self::Negative(inner) => inner.walk(visit),
            Self::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            _ => {}
        }
    }

    fn walk_mut(&mut self, visit: &mut impl FnMut(&mut Self)) {
        visit(self);
        match self {
            Self::Call(_, args) => args.iter_mut().for_each(|arg| arg.walk_mut(visit)),
            Self::Negative(inner) => inner.walk_mut(visit),
            Self::Binary(_, left, right) => {
                left.walk_mut(visit);
                right.walk_mut(visit);
            }
            _ => {}
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Text(_) | Self::Binary(Op::Join, ..) => Kind::Text,
            Self::Call("IF", args) => args.get(1).map_or(Kind::Text, Self::kind),
            Self::Call("SWITCH", args) => args.get(2).map_or(Kind::Text, Self::kind),
            Self::Call(name, _) => functions::kind(name),
            Self::Field(_) | Self::Column(_) => Kind::Text,
            _ => Kind::Number,
        }
    }
}
