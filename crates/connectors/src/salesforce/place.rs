//! Where a reading stands.

/// The part of an object that is still to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// All of it.
    Start,
    /// What comes behind this id.
    After(String),
    /// The same, to be had at an address of the service's, as long as it remembers.
    Cursor {
        /// The last id before it.
        after: String,
        /// The path.
        path: String,
    },
}

impl Place {
    /// As a checkpoint.
    pub(super) fn write(&self) -> String {
        match self {
            Place::Start => String::new(),
            Place::After(id) => id.clone(),
            Place::Cursor { after, path } => format!("{after} {path}"),
        }
    }

    /// What cannot be read begins anew.
    pub(super) fn parse(text: &str) -> Place {
        match text.split_once(' ') {
            Some((after, path)) if path.starts_with("/services/data/") => {
                Place::Cursor { after: after.to_owned(), path: path.to_owned() }
            }
            None if !text.is_empty() => Place::After(text.to_owned()),
            _ => Place::Start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_back_and_leads_nowhere_else() {
        let path = "/services/data/v62.0/query/01gQ-2000".to_owned();
        for place in [
            Place::Start,
            Place::After("006Q10000000001".into()),
            Place::Cursor { after: String::new(), path: path.clone() },
            Place::Cursor { after: "006Q10000000001".into(), path },
        ] {
            assert_eq!(Place::parse(&place.write()), place);
        }
        assert_eq!(Place::parse("006 //elsewhere.example/"), Place::Start);
    }
}
