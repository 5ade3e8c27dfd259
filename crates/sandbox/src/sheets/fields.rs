//! `fields` masks: which parts of an answer are wanted.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::refusal::Refusal;

/// Every name that stands in an answer of this service.
const KNOWN: &str = "spreadsheetId properties title locale autoRecalc timeZone sheets sheetId index sheetType \
    gridProperties rowCount columnCount frozenRowCount frozenColumnCount merges startRowIndex endRowIndex \
    startColumnIndex endColumnIndex data rowData values startRow startColumn userEnteredValue effectiveValue \
    formattedValue numberValue stringValue boolValue errorValue formulaValue type message userEnteredFormat \
    effectiveFormat numberFormat pattern spreadsheetUrl range majorDimension valueRanges valueRange dataFilters \
    gridRange updatedRange updatedRows updatedColumns updatedCells updatedData updates tableRange clearedRange \
    clearedRanges responses totalUpdatedRows totalUpdatedColumns totalUpdatedCells totalUpdatedSheets replies \
    addSheet updatedSpreadsheet namedRanges developerMetadata protectedRanges hidden textFormat note";

/// A tree of names; an empty one wants everything below.
#[derive(Debug, Default)]
struct Wanted(BTreeMap<String, Wanted>);

/// What an answer is cut down to.
#[derive(Debug)]
pub(super) struct Mask(Option<Wanted>);

impl Mask {
    /// # Errors
    /// For a name the service does not have, and for what is no mask.
    pub(super) fn parse(text: Option<&str>) -> Result<Self, Refusal> {
        let Some(text) = text.filter(|text| !text.is_empty() && *text != "*") else { return Ok(Self(None)) };
        let mut rest = text;
        let mut wanted = Wanted::default();
        wanted.read(&mut rest)?;
        if rest.is_empty() { Ok(Self(Some(wanted))) } else { Err(wrong(text)) }
    }

    /// Whether cells are to be described. With a mask, that alone decides.
    pub(super) fn wants_grid(&self, include: bool) -> bool {
        let Some(wanted) = &self.0 else { return include };
        wanted.0.get("sheets").is_some_and(|sheets| sheets.0.is_empty() || sheets.0.contains_key("data"))
    }

    pub(super) fn applied(&self, answer: Value) -> Value {
        match &self.0 {
            Some(wanted) => wanted.cut(answer),
            None => answer,
        }
    }
}

impl Wanted {
    /// Reads names until the end or a closing parenthesis.
    fn read(&mut self, rest: &mut &str) -> Result<(), Refusal> {
        loop {
            self.read_path(rest)?;
            match rest.strip_prefix(',') {
                Some(more) => *rest = more,
                None => return Ok(()),
            }
        }
    }

    fn read_path(&mut self, rest: &mut &str) -> Result<(), Refusal> {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '*').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if !KNOWN.split_whitespace().any(|known| known == name) {
            return Err(wrong(name));
        }
        let inner = self.0.entry(name.to_owned()).or_default();
        if let Some(more) = after.strip_prefix(['.', '/']) {
            *rest = more;
            return inner.read_path(rest);
        }
        *rest = after;
        if let Some(more) = after.strip_prefix('(') {
            *rest = more;
            inner.read(rest)?;
            *rest = rest.strip_prefix(')').ok_or_else(|| wrong(rest))?;
        }
        Ok(())
    }

    fn cut(&self, value: Value) -> Value {
        if self.0.is_empty() {
            return value;
        }
        match value {
            Value::Array(items) => items.into_iter().map(|item| self.cut(item)).collect(),
            Value::Object(members) => {
                let mut kept = Map::new();
                for (name, value) in members {
                    if let Some(inner) = self.0.get(&name) {
                        kept.insert(name, inner.cut(value));
                    }
                }
                Value::Object(kept)
            }
            plain => plain,
        }
    }
}

fn wrong(name: &str) -> Refusal {
    Refusal::body(
        name,
        format!(
            "Request contains an invalid argument. Invalid field selection {name}: Error expanding 'fields' parameter. \
             Cannot find matching fields for path '{name}'."
        ),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn masks_cut_answers() {
        let answer = || {
            json!({"spreadsheetId": "1", "properties": {"title": "T", "locale": "fr_FR"},
            "sheets": [{"properties": {"sheetId": 0, "title": "A"}, "merges": []}]})
        };
        for (mask, expected) in [
            ("spreadsheetId,properties.title", json!({"spreadsheetId": "1", "properties": {"title": "T"}})),
            (
                "sheets.properties(sheetId,title)",
                json!({"sheets": [{"properties": {"sheetId": 0, "title": "A"}}]}),
            ),
            (
                "sheets(properties/title,merges)",
                json!({"sheets": [{"properties": {"title": "A"}, "merges": []}]}),
            ),
            ("*", answer()),
        ] {
            assert_eq!(Mask::parse(Some(mask)).unwrap().applied(answer()), expected, "{mask}");
        }
        for wrong in ["nope", "sheets(", "sheets)", "sheets..title", ","] {
            assert!(Mask::parse(Some(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_mask_decides_about_cells() {
        assert!(Mask::parse(None).unwrap().wants_grid(true));
        assert!(!Mask::parse(Some("sheets.properties")).unwrap().wants_grid(true));
        assert!(Mask::parse(Some("sheets.data.rowData.values.effectiveValue")).unwrap().wants_grid(false));
    }
}
