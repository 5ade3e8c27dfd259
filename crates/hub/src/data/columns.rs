//! What the columns of a source looked like, so that the next look can tell what is new.

use std::collections::BTreeSet;

use connectors::source::{Part, SourceTable};
use model::canonical::Entity;
use model::quality::ColumnKind;
use store::Scope;

use crate::{Hub, Result};

impl Hub {
    /// The names of a source's columns that go into these tables, as the last load met them; none before that.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn table_columns(&self, source: &str, entities: &[Entity]) -> Result<Vec<String>> {
        let scope = self.source_scope(source).await?;
        let mut names = BTreeSet::new();
        for entity in entities {
            let known = self.store().known_columns(scope, *entity).await?;
            names.extend(known.into_iter().filter(|column| !column.is_gone).map(|column| column.name));
        }
        Ok(names.into_iter().collect())
    }
}

/// Remembers the columns of a source as a load has met them: to be called once when the load has ended,
/// with what [`connectors::Source::tables`] said. Parts that cannot be read are left out.
///
/// # Errors
/// The database could not write.
pub(crate) async fn remember_columns(
    hub: &Hub,
    scope: Scope,
    run_id: i64,
    tables: &[SourceTable],
) -> Result<()> {
    for table in tables {
        hub.store().remember_columns(scope, run_id, table.entity, &seen(table)).await?;
    }
    Ok(())
}

/// The parts whose columns are known, the oldest first.
pub(super) fn readable(table: &SourceTable) -> impl DoubleEndedIterator<Item = &Part> + Clone {
    table.parts.iter().filter(|part| part.fault.is_none())
}

/// Every column of a table with what its values look like, those of several files together.
pub(super) fn seen(table: &SourceTable) -> Vec<(String, Option<ColumnKind>)> {
    let mut names: Vec<&str> = Vec::new();
    for column in readable(table).flat_map(|part| &part.columns) {
        let name = column.name.trim();
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let kind = |name: &str| {
        let columns =
            readable(table).flat_map(|part| &part.columns).filter(|column| column.name.trim() == name);
        ColumnKind::guess(columns.flat_map(|column| &column.samples).map(String::as_str))
    };
    names.into_iter().map(|name| (name.to_owned(), kind(name))).collect()
}

#[cfg(test)]
mod tests {
    use connectors::source::{Column, Part};
    use model::canonical::Entity;

    use super::*;

    #[test]
    fn the_files_of_a_table_are_seen_together() {
        let column =
            |name: &str, sample: &str| Column { name: name.to_owned(), samples: vec![sample.to_owned()] };
        let part = |columns| Part { name: "x.csv".to_owned(), columns, mark: None, fault: None };
        let table = SourceTable {
            entity: Entity::Customers,
            parts: vec![
                part(vec![column("Code", "12"), column("", "1"), column("Né le", "21/11/1980")]),
                part(vec![column("Code ", "A12"), column("Né le", "22/11/1980")]),
            ],
        };
        assert_eq!(
            seen(&table),
            [("Code".to_owned(), Some(ColumnKind::Text)), ("Né le".to_owned(), Some(ColumnKind::Date))]
        );
    }
}
