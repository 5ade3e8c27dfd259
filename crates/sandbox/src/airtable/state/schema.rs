//! Tables and fields as the schema endpoints show them.

use serde_json::{Value, json};

use super::{BaseState, Column, TableState, View};
use crate::airtable::FieldType;

impl BaseState {
    /// A table with its fields and views.
    pub(in crate::airtable) fn table_json(&self, table: &TableState) -> Value {
        let mut json = json!({
            "id": table.id,
            "name": table.name,
            "primaryFieldId": table.primary().map(|(_, column)| column.id),
            "fields": table.columns().map(|(_, column)| self.field_json(table, column)).collect::<Vec<_>>(),
            "views": table.views.iter().map(view_json).collect::<Vec<_>>(),
        });
        if let Some(description) = &table.description {
            json["description"] = json!(description);
        }
        json
    }

    /// A field; description and options are left out when empty.
    pub(in crate::airtable) fn field_json(&self, table: &TableState, column: &Column) -> Value {
        let mut json = json!({"id": column.id, "name": column.name, "type": column.kind.name()});
        if let Some(description) = &column.description {
            json["description"] = json!(description);
        }
        if let Some(options) = column.kind.options() {
            json["options"] = options;
        }
        if let Some(target) = self.looked_up(table, column) {
            json["options"]["result"] = json!({"type": target.kind.name()});
            if let Some(options) = target.kind.options() {
                json["options"]["result"]["options"] = options;
            }
        }
        // A formula that refers to a field that is gone, or never was.
        if column.has_source() && column.formula.is_none() {
            json["options"]["isValid"] = json!(false);
        }
        json
    }

    /// The field whose values a lookup shows.
    fn looked_up(&self, table: &TableState, column: &Column) -> Option<&Column> {
        let FieldType::MultipleLookupValues { link, target } = &column.kind else {
            return None;
        };
        let FieldType::MultipleRecordLinks(link) = &table.column(table.slot(link.as_str())?)?.kind else {
            return None;
        };
        let other = self.by_id(link.table)?;
        other.column(other.slot(target.as_str())?)
    }
}

fn view_json(view: &View) -> Value {
    json!({"id": view.id, "name": view.name, "type": "grid"})
}
