//! The report: its rows, and its schema.

use serde_json::{Value, json};

use super::call::Call;
use super::dialect::fault;
use super::worker::{COLUMNS, Holds, Worker};
use super::world::World;
use crate::faults::Answer;
use crate::faults::play::Paging;

impl World {
    /// Whether this is the report, for somebody who may see it.
    fn refusal(&self, owner: &str, name: &str) -> Option<Answer> {
        if (owner, name) != (super::OWNER, self.report.as_str()) {
            return Some(fault(404, "Processing error occurred. The report does not exist."));
        }
        (!self.may_see)
            .then(|| fault(403, "Processing error occurred. The task submitted is not authorized."))
    }

    pub(super) fn rows(&self, owner: &str, name: &str, call: &Call, paging: Paging) -> Answer {
        if let Some(refusal) = self.refusal(owner, name) {
            return refusal;
        }
        if let Some(prompt) = self.prompt.as_deref().filter(|prompt| call.param(prompt).is_none()) {
            return fault(500, &format!("Validation error occurred. Prompt {prompt} is required."));
        }
        if call.param("format") != Some("json") {
            return Answer::text(200, "text/xml;charset=UTF-8", "<?xml version=\"1.0\"?>\n<wd:Report_Data/>");
        }
        let none: &[Worker] = &[];
        let workers = if paging == Paging::EmptyListing { none } else { &self.workers };
        let rows: Vec<Value> = workers.iter().map(Worker::row).collect();
        Answer::json(200, &json!({"Report_Entry": rows}))
    }

    pub(super) fn schema(&self, owner: &str, name: &str) -> Answer {
        self.refusal(owner, name)
            .unwrap_or_else(|| Answer::text(200, "text/xml;charset=UTF-8", schema(&self.columns)))
    }
}

/// The columns as an XML schema.
fn schema(extra: &[String]) -> String {
    let (mut entry, mut types) = (String::new(), String::new());
    for (name, holds) in COLUMNS {
        match holds {
            Holds::Plain(word) => {
                entry +=
                    &format!("      <xsd:element name=\"{name}\" type=\"xsd:{word}\" minOccurs=\"0\"/>\n");
            }
            Holds::Reference => {
                entry += &format!(
                    "      <xsd:element name=\"{name}\" type=\"wd:{name}ObjectType\" minOccurs=\"0\"/>\n"
                );
            }
            Holds::Several(members) => {
                entry += &format!(
                    "      <xsd:element name=\"{name}\" type=\"wd:{name}Type\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n"
                );
                let members = members.iter().map(|member| {
                    format!("      <xsd:element name=\"{member}\" type=\"xsd:string\" minOccurs=\"0\"/>\n")
                });
                types += &complex(&format!("{name}Type"), &members.collect::<String>());
            }
        }
    }
    for name in extra {
        entry += &format!("      <xsd:element name=\"{name}\" type=\"xsd:string\" minOccurs=\"0\"/>\n");
    }
    types += &complex("Report_EntryType", &entry);
    let data = "      <xsd:element name=\"Report_Entry\" type=\"wd:Report_EntryType\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n";
    types += &complex("Report_DataType", data);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- <xsd:complexType name=\"Report_EntryType\"> -->\n\
         <xsd:schema xmlns:wd=\"urn:com.workday.report/Report\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         targetNamespace=\"urn:com.workday.report/Report\">\n{types}  <xsd:element name=\"Report_Data\" type=\"wd:Report_DataType\"/>\n</xsd:schema>\n"
    )
}

fn complex(name: &str, elements: &str) -> String {
    format!(
        "  <xsd:complexType name=\"{name}\">\n    <xsd:sequence>\n{elements}    </xsd:sequence>\n  </xsd:complexType>\n"
    )
}
