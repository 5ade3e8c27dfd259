//! The rules of a connection, held against its records on their way in.

use model::crossing::Mapped;
use model::dataset::{Row, cells};
use model::deal::Fault;
use model::mapping::Resolved;
use model::rule::{Checker, Rule};
use model::{DealField, Record, StreamField, StreamSchema, Text};

/// Rules made ready for the records of one table.
#[derive(Default)]
pub(crate) struct Judge {
    rules: Checker,
    /// The fields that rules speak of.
    fields: Vec<StreamField>,
    /// Which of them are fields of a deal.
    mapped: Vec<(String, DealField)>,
}

impl Judge {
    /// # Errors
    /// Every rule that cannot be applied.
    pub(crate) fn of(rules: &[Rule], stream: &StreamSchema, mapping: &Resolved) -> Result<Judge, Vec<Text>> {
        let is_meant = |field: &&StreamField| rules.iter().any(|rule| rule.column == field.name);
        let fields = stream.fields.iter().filter(is_meant).cloned().collect();
        let mapped = mapping.fields.iter().map(|(field, found)| (found.name.clone(), *field)).collect();
        Ok(Judge { rules: Checker::new(rules)?, fields, mapped })
    }

    /// What has to be read for them.
    pub(crate) fn fields(&self) -> &[StreamField] {
        &self.fields
    }

    /// Refuses a record that breaks a rule: its reason stands with the field of the deal that the column is,
    /// else with the client.
    pub(crate) fn judge(&self, record: &Record, mapped: &mut Mapped) {
        if self.rules.is_empty() {
            return;
        }
        let row = Row::of_record(record, &self.fields);
        let broken = cells(&row.content).ok().and_then(|cells| self.rules.check(&cells));
        if let Some(broken) = broken {
            let is_it = |(name, _): &&(String, DealField)| *name == broken.column;
            let field = self.mapped.iter().find(is_it).map_or(DealField::Client, |(_, field)| *field);
            mapped.faults.push(Fault { field, text: broken.reason() });
        }
    }
}
