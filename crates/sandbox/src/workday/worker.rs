//! A worker: as a report's row, and as the REST services show one.

use serde_json::{Map, Value, json};

use crate::people::Person;

/// What a column of the report holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// `xsd:` and this word.
    Plain(&'static str),
    /// Some things under one column each.
    Several(&'static [&'static str]),
    /// A reference.
    Reference,
}

/// The report's columns, by their XML aliases.
pub(super) const COLUMNS: [(&str, Holds); 10] = [
    ("Employee_ID", Holds::Plain("string")),
    ("Worker", Holds::Plain("string")),
    ("Hire_Date", Holds::Plain("date")),
    ("Termination_Date", Holds::Plain("date")),
    ("Last_Functionally_Updated", Holds::Plain("dateTime")),
    ("Salary", Holds::Plain("decimal")),
    ("Active", Holds::Plain("boolean")),
    ("Notes", Holds::Plain("string")),
    ("Skills_group", Holds::Several(&["Skill", "Level"])),
    ("Manager", Holds::Reference),
];

/// One worker.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    pub(super) id: u64,
    /// What was written by hand into columns of the report; null empties one.
    pub(super) written: Map<String, Value>,
}

impl Worker {
    pub(super) fn new(id: u64) -> Self {
        Self { id, written: Map::new() }
    }

    /// As a row of the report: texts, and nothing where a column is empty.
    pub(super) fn row(&self) -> Value {
        let person = Person::of(self.id);
        let boss = self.id % 7;
        let skills = ["SQL", "Rust", "Œnologie"].into_iter().take(usize::try_from(self.id % 4).unwrap_or(0));
        let skills: Vec<Value> = skills
            .enumerate()
            .map(|(place, skill)| json!({"Skill": skill, "Level": (place + 1).to_string()}))
            .collect();
        let mut row = Map::from_iter([
            ("Employee_ID".to_owned(), json!(self.id.to_string())),
            ("Worker".to_owned(), json!(person.name())),
            ("Hire_Date".to_owned(), json!(format!("{}-08:00", person.hired))),
            (
                "Last_Functionally_Updated".to_owned(),
                json!(format!("2026-05-{:02}T10:20:{:02}.000-07:00", self.id % 28 + 1, self.id % 60)),
            ),
            ("Salary".to_owned(), json!(person.salary.to_string())),
            ("Active".to_owned(), json!(if self.id.is_multiple_of(9) { "0" } else { "1" })),
        ]);
        if self.id.is_multiple_of(9) {
            row.insert("Termination_Date".to_owned(), json!("2026-06-30-07:00"));
        }
        if !skills.is_empty() {
            row.insert("Skills_group".to_owned(), Value::Array(skills));
        }
        if !self.id.is_multiple_of(5) {
            let reference =
                json!([{"ID": [{"type": "WID", "$": wid(boss)}], "Descriptor": Person::of(boss).name()}]);
            row.insert("Manager".to_owned(), reference);
        }
        for (name, value) in &self.written {
            match value {
                Value::Null => row.remove(name),
                value => row.insert(name.clone(), value.clone()),
            };
        }
        Value::Object(row)
    }

    /// As `workers` of the first version shows one, or of the fourth.
    pub(super) fn shown(&self, version: &str) -> Value {
        let person = Person::of(self.id);
        let team = json!({"id": wid(1_000), "descriptor": person.department});
        if version == "v1" {
            return json!({
                "id": wid(self.id), "descriptor": person.name(), "href": format!("https://example.com/workers/{}", wid(self.id)),
                "primaryWorkEmail": format!("p{}@example.com", self.id), "isManager": self.id < 7,
                "businessTitle": person.title, "primarySupervisoryOrganization": team,
            });
        }
        json!({
            "id": wid(self.id), "descriptor": person.name(),
            "person": {"id": wid(self.id + 5_000), "email": format!("p{}@example.com", self.id)},
            "primaryJob": {
                "id": wid(self.id + 9_000), "descriptor": person.title, "businessTitle": person.title,
                "location": {"id": wid(2_000), "descriptor": person.town, "country": {"id": wid(3_000), "descriptor": "France"}},
                "supervisoryOrganization": team,
            },
            "additionalJobs": if self.id.is_multiple_of(3) {
                json!([{"id": wid(self.id + 7_000), "descriptor": "Sommelier"}, {"id": wid(self.id + 8_000), "descriptor": "Formateur"}])
            } else {
                json!([])
            },
        })
    }
}

/// Workday's own id of a thing.
pub(super) fn wid(number: u64) -> String {
    format!("{:032x}", u128::from(number) + 0x3aa5_550b_7fe3_48b9_8d7b_0000_0000_0000)
}
