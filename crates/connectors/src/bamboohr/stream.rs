//! What one reads of a company.

/// The one stream of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those who work there, with what everybody may see of them.
    Directory,
    /// The list of employees, page by page.
    Employees,
    /// A saved report, by its number.
    Report(String),
    /// A dataset of the service's own, by its name.
    Dataset(String),
}

impl Wanted {
    /// What was typed; the directory where nothing was.
    pub(super) fn parse(typed: &str) -> Option<Wanted> {
        let word = typed.trim();
        if let Some(name) = word.strip_prefix("dataset:").map(str::trim) {
            let is_name =
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
            return is_name.then(|| Wanted::Dataset(name.to_owned()));
        }
        match word.to_ascii_lowercase().as_str() {
            "" | "directory" => Some(Wanted::Directory),
            "employees" => Some(Wanted::Employees),
            number if number.bytes().all(|b| b.is_ascii_digit()) => Some(Wanted::Report(number.to_owned())),
            _ => None,
        }
    }

    /// The stream's id: what one types to have it.
    pub(super) fn id(&self) -> String {
        match self {
            Wanted::Directory => "directory".to_owned(),
            Wanted::Employees => "employees".to_owned(),
            Wanted::Report(number) => number.clone(),
            Wanted::Dataset(name) => format!("dataset:{name}"),
        }
    }

    /// What people see where the service gives no name.
    pub(super) fn name(&self) -> String {
        match self {
            Wanted::Directory => "Directory".to_owned(),
            Wanted::Employees => "Employees".to_owned(),
            Wanted::Report(number) => format!("Report {number}"),
            Wanted::Dataset(name) => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stream_is_typed_as_its_id() {
        for (typed, wanted) in [
            ("", Some(Wanted::Directory)),
            (" Directory", Some(Wanted::Directory)),
            ("employees", Some(Wanted::Employees)),
            ("123", Some(Wanted::Report("123".to_owned()))),
            ("dataset: employee", Some(Wanted::Dataset("employee".to_owned()))),
            ("dataset:", None),
            ("dataset:../v1", None),
            ("12a", None),
            ("rapport", None),
        ] {
            assert_eq!(Wanted::parse(typed), wanted, "{typed}");
            assert_eq!(wanted.as_ref().and_then(|wanted| Wanted::parse(&wanted.id())), wanted);
        }
    }
}
