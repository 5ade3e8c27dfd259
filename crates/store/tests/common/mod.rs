//! What the stories of the canonical tables share.

use model::canonical::{ColumnMapping, Entity, Header, RowReader};
use model::decimal::Mark;
use model::table::TextRows;
use store::Portion;

/// Lines of a file, the first of them its columns, as a load writes them: with what was refused.
pub(crate) fn portion(entity: Entity, lines: &[&str]) -> Portion {
    let columns: Vec<String> = lines[0].split(';').map(str::to_owned).collect();
    let header = Header::new(entity, &columns, &ColumnMapping::new()).unwrap();
    let mut text = TextRows::default();
    for (line, number) in lines.iter().zip(1..).skip(1) {
        text.split(line, b';');
        text.end_row(number);
    }
    let mut refused = Vec::new();
    let rows = RowReader::new(header, Some(Mark::Comma)).read(&text, &mut refused);
    Portion { entity, source: "ventes.csv".into(), rows: Some(rows), refused, ended: None }
}
