//! Turns rows of text into rows of an entity, or into refusals.

use std::collections::HashMap;
use std::sync::Arc;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::natural::{Counter, Natural};
use super::value::{keep, read};
use super::{Cell, Field, Filled, Format, Header, Refused, RowBatch};
use crate::decimal::Mark;
use crate::table::{TextRow, TextRows};
use crate::text::Text;

/// Reads the rows of one file or table. It holds what one row costs, whatever their number.
#[derive(Debug)]
pub struct RowReader {
    header: Header,
    mark: Option<Mark>,
    fields: Arc<[&'static Field]>,
    /// The column of each field; `None` for those the reader fills.
    places: Vec<Option<usize>>,
    inputs: Inputs,
    natural: Option<Natural>,
    counter: Counter,
    /// Formats met before: a file repeats a handful.
    formats: HashMap<String, Option<Format>>,
    seed: u64,
    scratch: Vec<u8>,
}

/// Where the fields stand that the reader fills, and those it fills them from.
#[derive(Debug)]
struct Inputs {
    quantity: Option<usize>,
    reserved: Option<usize>,
    format: Option<usize>,
    filled: Vec<usize>,
}

impl Inputs {
    fn of(fields: &[&'static Field]) -> Inputs {
        let place = |name: &str| fields.iter().position(|field| field.name == name);
        let filled = |(place, field): (usize, &&Field)| (field.filled == Filled::Reader).then_some(place);
        Inputs {
            quantity: place("quantity"),
            reserved: place("reserved"),
            format: place("format"),
            filled: fields.iter().enumerate().filter_map(filled).collect(),
        }
    }
}

/// How many formats are remembered.
const FORMATS: usize = 512;

impl RowReader {
    /// A reader for these columns. `mark` is the decimal mark of the file, where it is known.
    pub fn new(header: Header, mark: Option<Mark>) -> RowReader {
        let entity = header.entity;
        let key = entity.key().name;
        let natural = header.place(key).is_none().then(|| Natural::of(entity)).flatten();
        let has = |name: &str| header.place(name).is_some();
        // The reader fills from the quantity or the format; without them there is nothing to say.
        let fills = |field: &Field| {
            field.filled == Filled::Reader
                && match field.name {
                    "available" => has("quantity") && has("reserved"),
                    "bottles" | "bottle_cl" => has("format"),
                    _ => has("quantity"),
                }
        };
        let fields: Arc<[&'static Field]> =
            entity.fields().iter().filter(|f| f.name == key || has(f.name) || fills(f)).collect();
        let places = fields.iter().map(|field| header.place(field.name)).collect();
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let seed = xxh3_64(names.join(" ").as_bytes());
        RowReader {
            header,
            mark,
            inputs: Inputs::of(&fields),
            fields,
            places,
            natural,
            counter: Counter::default(),
            formats: HashMap::new(),
            seed,
            scratch: Vec::new(),
        }
    }

    /// The columns it reads.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Reads every row of a batch; what cannot be read is told in `refused`.
    pub fn read(&mut self, rows: &TextRows, refused: &mut Vec<Refused>) -> RowBatch {
        let mut batch = RowBatch {
            entity: self.header.entity,
            fields: Arc::clone(&self.fields),
            text: String::with_capacity(rows.bytes()),
            cells: Vec::with_capacity(rows.len() * self.fields.len()),
            hashes: Vec::with_capacity(rows.len()),
            origins: Vec::with_capacity(rows.len()),
        };
        for row in rows.iter() {
            let (text, cells) = (batch.text.len(), batch.cells.len());
            match self.row(row, &mut batch) {
                Ok(()) => {
                    let hash = self.hash(&batch, cells);
                    batch.hashes.push(hash);
                    batch.origins.push(row.origin);
                }
                Err((column, reason)) => {
                    batch.text.truncate(text);
                    batch.cells.truncate(cells);
                    refused.push(Refused { origin: row.origin, column, reason });
                }
            }
        }
        batch
    }

    fn row(&mut self, row: TextRow<'_>, batch: &mut RowBatch) -> Result<(), (Option<String>, Text)> {
        self.width(row).map_err(|reason| (None, reason))?;
        let first = batch.cells.len();
        for (field, place) in self.fields.iter().zip(&self.places) {
            let cell = match place.and_then(|place| row.cell(place)) {
                None => Cell::Empty,
                Some(text) => {
                    let cell = read(field.kind, text, self.mark, &mut batch.text);
                    let cell = cell.map_err(|reason| (self.column(*place), reason))?;
                    if cell == Cell::Empty && field.required {
                        return Err((self.column(*place), field.missing()));
                    }
                    cell
                }
            };
            batch.cells.push(cell);
        }
        self.fill(&mut batch.cells[first..], &batch.text);
        if let Some(natural) = self.natural {
            let key =
                natural_key(&mut self.counter, natural, &self.fields, &batch.cells[first..], &batch.text)
                    .to_owned();
            batch.cells[first] = keep(&key, &mut batch.text);
        }
        Ok(())
    }

    fn width(&self, row: TextRow<'_>) -> Result<(), Text> {
        let (wanted, found) = (self.header.columns.len(), row.len());
        if !row.fits(wanted) {
            return Err(Text::new(
                format!(
                    "la ligne a {found} valeurs pour {wanted} colonnes : elle est coupée, ou un séparateur n'est pas entre guillemets"
                ),
                format!(
                    "the row has {found} values for {wanted} columns: it was cut off, or a separator is not quoted"
                ),
            ));
        }
        Ok(())
    }

    fn column(&self, place: Option<usize>) -> Option<String> {
        place.and_then(|place| self.header.columns.get(place)).cloned()
    }

    /// Fills what follows from the row's own format and quantity, where no column says it.
    fn fill(&mut self, cells: &mut [Cell], text: &str) {
        if self.inputs.filled.is_empty() {
            return;
        }
        let cell = |place: Option<usize>| place.and_then(|i| cells.get(i)).copied();
        let number = |place| match cell(place) {
            Some(Cell::Real(number)) => Some(number),
            _ => None,
        };
        let written = match cell(self.inputs.format) {
            Some(Cell::Text(start, end)) => text.get(start as usize..end as usize),
            _ => None,
        };
        let (quantity, reserved) = (number(self.inputs.quantity), number(self.inputs.reserved));
        let format = written.and_then(|written| known_format(&mut self.formats, written));
        let packed = format.unwrap_or(Format::BOTTLE);
        for &place in &self.inputs.filled {
            if cells[place] != Cell::Empty {
                continue;
            }
            let value = match self.fields[place].name {
                "units" => quantity.map(|quantity| quantity * packed.bottles),
                "equivalents_75cl" => quantity.map(|quantity| quantity * packed.equivalents()),
                "available" => quantity.zip(reserved).map(|(quantity, reserved)| quantity - reserved),
                "bottles" => format.map(|format| format.bottles),
                "bottle_cl" => format.map(|format| format.centilitres),
                _ => None,
            };
            cells[place] = value.map_or(Cell::Empty, Cell::Real);
        }
    }

    fn hash(&mut self, batch: &RowBatch, first: usize) -> i64 {
        self.scratch.clear();
        for cell in &batch.cells[first..] {
            match *cell {
                Cell::Empty => self.scratch.push(0),
                Cell::Text(start, end) => {
                    self.scratch.push(1);
                    self.scratch.extend_from_slice(&(end - start).to_le_bytes());
                    self.scratch.extend_from_slice(&batch.text.as_bytes()[start as usize..end as usize]);
                }
                Cell::Int(number) => {
                    self.scratch.push(2);
                    self.scratch.extend_from_slice(&number.to_le_bytes());
                }
                Cell::Real(number) => {
                    self.scratch.push(3);
                    self.scratch.extend_from_slice(&number.to_le_bytes());
                }
            }
        }
        xxh3_64_with_seed(&self.scratch, self.seed).cast_signed()
    }
}

fn known_format(formats: &mut HashMap<String, Option<Format>>, written: &str) -> Option<Format> {
    if let Some(format) = formats.get(written) {
        return *format;
    }
    let format = Format::read(written);
    if formats.len() < FORMATS {
        formats.insert(written.to_owned(), format);
    }
    format
}

fn natural_key<'c>(
    counter: &'c mut Counter,
    natural: Natural,
    fields: &[&'static Field],
    cells: &[Cell],
    text: &str,
) -> &'c str {
    let part = |name: &&str| match fields.iter().position(|field| field.name == *name).map(|i| cells[i]) {
        Some(Cell::Text(start, end)) => &text[start as usize..end as usize],
        _ => "",
    };
    counter.key(natural.group.iter().map(part), natural.rest.iter().map(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical::{ColumnMapping, Entity};

    fn batch(entity: Entity, lines: &[&str]) -> (RowBatch, Vec<Refused>) {
        let columns: Vec<String> = lines[0].split(';').map(str::to_owned).collect();
        let header = Header::new(entity, &columns, &ColumnMapping::new()).unwrap();
        let mut rows = TextRows::default();
        for (line, number) in lines.iter().zip(1..).skip(1) {
            rows.split(line, b';');
            rows.end_row(number);
        }
        let mut refused = Vec::new();
        (RowReader::new(header, None).read(&rows, &mut refused), refused)
    }

    fn shown(batch: &RowBatch, row: usize, name: &str) -> String {
        let place = batch.fields.iter().position(|field| field.name == name).unwrap();
        match batch.row(row)[place] {
            Cell::Empty => String::new(),
            Cell::Int(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            cell @ Cell::Text(..) => batch.text(cell).unwrap().to_owned(),
        }
    }

    #[test]
    fn a_sale_from_text_to_values() {
        let (sales, refused) = batch(
            Entity::SalesLines,
            &[
                "Id ligne;Date;Client;Produit;Qté;Contenance;Prix unitaire;Commande",
                "L1;21/11/2026;C1;P1;2;Caisse de 6;59,40;CMD1",
                "L2;2026-11-22;;P2;1;magnum;1 250,00 €;CMD1;",
                "L3;hier;C1;P1;2;;1;CMD1",
                "L4;21/11/2026;C1;P1;2",
                "L5;21/11/2026;C1;;2;;1;CMD1",
                "L6;21/11/2026;C1;P1;2;;1;CMD1;x",
                "L7;21/11/2026;C1;P1;1,234;;1;CMD1",
            ],
        );
        assert_eq!(sales.len(), 2);
        let row = |i| {
            ["units", "equivalents_75cl", "unit_price_cents", "sold_on"].map(|name| shown(&sales, i, name))
        };
        assert_eq!(row(0), ["12", "12", "5940", "2026-11-21"]);
        assert_eq!(row(1), ["1", "2", "125000", "2026-11-22"]);
        assert_eq!((sales.key(1), sales.origin(1)), ("L2", 3));
        let told: Vec<(u64, Option<&str>)> =
            refused.iter().map(|r| (r.origin, r.column.as_deref())).collect();
        assert_eq!(told, [(4, Some("Date")), (5, None), (6, Some("Produit")), (7, None), (8, Some("Qté"))]);
        assert!(refused[0].reason.fr.contains("hier"), "{:?}", refused[0]);
    }

    #[test]
    fn the_hash_is_of_what_is_meant() {
        let header = "Code;Nom;CA";
        let (a, _) = batch(Entity::Customers, &[header, "C1;Élan;1 234,50", "C2;Élan;1"]);
        let (b, _) = batch(Entity::Customers, &[header, "C1; Élan ;1234,5 €", "C2;Elan;1"]);
        assert_eq!(a.hash(0), b.hash(0));
        assert_ne!(a.hash(1), b.hash(1));
        // A column more is another content: the row must be written.
        let (c, _) = batch(Entity::Customers, &["Code;Nom;CA;Ville", "C1;Élan;1234,50;"]);
        assert_ne!(a.hash(0), c.hash(0));
    }

    #[test]
    fn lines_without_a_code_keep_their_keys() {
        let lines =
            ["Date;Commande;Produit;Qté", "21/11/2026;A;P1;1", "21/11/2026;A;P1;1", "21/11/2026;B;P1;1"];
        let (first, _) = batch(Entity::SalesLines, &lines);
        let (again, _) = batch(Entity::SalesLines, &lines);
        let keys = |batch: &RowBatch| (0..3).map(|i| batch.key(i).to_owned()).collect::<Vec<_>>();
        assert_eq!(keys(&first), ["A/2026-11-21//P1", "A/2026-11-21//P1#2", "B/2026-11-21//P1"]);
        assert_eq!(keys(&first), keys(&again));
    }
}
