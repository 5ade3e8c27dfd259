//! What files are made of: delimiters, encodings, packing, workbooks.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use model::canonical::Entity;
use model::decimal::Mark;
use zip::write::SimpleFileOptions;

use super::*;

#[tokio::test]
async fn every_delimiter_and_encoding() {
    for (content, rows) in [
        (&b"Code;Nom\nC1;Ch\xe2teau\n"[..], ["2 C1|Château"]),
        ("Code,Nom\r\nC1,\"Élan, fils\"\r\n".as_bytes(), ["2 C1|Élan, fils"]),
        ("\u{feff}Code\tNom\nC1\tÉlan".as_bytes(), ["2 C1|Élan"]),
        (b"sep=|\nCode|Nom\nC1|x", ["3 C1|x"]),
        (b"\n;;\nCode;Nom\n;\nC1;\"a \"\"b\"\"\nc\"\n", ["5 C1|a \"b\"\nc"]),
    ] {
        let place = Place::new();
        place.file("clients.csv", content, 9);
        let told = place.read(Entity::Customers).await;
        assert_eq!(told.columns, ["Code", "Nom"]);
        assert_eq!(told.rows, rows);
        assert!(told.refused.is_empty() && told.failed.is_empty() && told.marks.len() == 1);
    }
}

#[tokio::test]
async fn a_chosen_encoding_is_obeyed() {
    let place = Place::new().set("encoding", "ISO-8859-1");
    place.file("clients.csv", "Code;Nom\nC1;é\n".as_bytes(), 9);
    assert_eq!(place.read(Entity::Customers).await.rows, ["2 C1|Ã©"]);
    let place = Place::new().set("encoding", "utf-8");
    place.file("clients.csv", b"Code;Nom\nC1;Ch\xe2teau\n", 9);
    assert_eq!(place.read(Entity::Customers).await.rows, ["2 C1|Ch\u{fffd}teau"]);
    let place = Place::new().set("encoding", "klingon");
    assert!(Isavigne.connect(&context(&[]), place.settings).is_err());
}

#[tokio::test]
async fn packed_files() {
    let place = Place::new().set("isavigne_file_pattern", "*.csv");
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(b"Code;Nom\nC1;x\nC2;y\n").unwrap();
    let packed = packed.finish().unwrap();
    place.file("clients.csv.gz", &packed, 9);
    assert_eq!(place.read(Entity::Customers).await.rows, ["2 C1|x", "3 C2|y"]);
    // Cut off: what came before is there, and the file is not taken for read.
    place.file("clients.csv.gz", &packed[..packed.len() - 6], 9);
    let told = place.read(Entity::Customers).await;
    assert_eq!((told.rows.len(), told.marks.len()), (2, 0));
    assert!(told.failed[0].contains("coupé"), "{:?}", told.failed);
}

#[tokio::test]
async fn a_workbook() {
    let place = Place::new();
    place.file("ventes.xlsx", &workbook(), 9);
    let told = place.read(Entity::SalesLines).await;
    assert_eq!(told.columns, ["Ligne", "Date", "Prix"]);
    assert_eq!(told.rows, ["2 L1|2026-11-21|1.2340", "4 L2||12.5"]);
    assert_eq!(told.marks.len(), 1);
    let tables = place.source().tables().await.unwrap();
    assert_eq!((tables[0].entity, tables[0].parts[0].mark), (Entity::SalesLines, Some(Mark::Point)));
    assert_eq!(tables[0].parts[0].columns[0].samples, ["L1", "L2"]);
}

#[tokio::test]
async fn a_damaged_workbook_is_told() {
    let place = Place::new();
    let mut book = workbook();
    book.truncate(book.len() / 2);
    place.file("ventes.xlsx", &book, 9);
    place.file("ventes_97.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0, 0], 9);
    let told = place.read(Entity::SalesLines).await;
    assert!(told.failed[0].contains("abîmé") && told.failed[1].contains("Excel 97"), "{:?}", told.failed);
}

#[tokio::test]
async fn what_unpacks_to_too_much_is_refused() {
    let place = Place::new();
    // Lines that hold nothing, so that nothing is read before it is refused.
    let same_over_and_over = [b"Ligne;Date\n".to_vec(), vec![b'\n'; 64 << 20]].concat();
    let sheet =
        |cell: &str| format!("<worksheet><sheetData><row><c><v>{cell}</v></c></row></sheetData></worksheet>");
    let long = "1".repeat(2 << 20);
    let shared = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(2 << 20));
    let rows = format!("<worksheet>{}</worksheet>", "<row/>".repeat(1 << 20));
    place.file("ventes_1.csv.gz", &packed(&same_over_and_over), 9);
    place.file("ventes_2.csv.gz", &packed(&packed(&same_over_and_over)), 8);
    place.file("ventes_3.xlsx", &workbook_with(&[("xl/worksheets/sheet1.xml", &sheet(&long))]), 7);
    place.file("ventes_4.xlsx", &workbook_with(&[("xl/sharedStrings.xml", &shared)]), 6);
    place.file("ventes_5.xlsx", &workbook_with(&[("xl/worksheets/sheet2.xml", &rows)]), 5);
    place.file("ventes_6.xlsx", &workbook(), 4);
    let told = place.read(Entity::SalesLines).await;
    let refused: Vec<bool> = told.failed.iter().map(|said| said.contains("anormale")).collect();
    // Packed twice, the first unpacking gives what is no text.
    assert_eq!(refused, [true, false, true, true, true], "{:?}", told.failed);
    assert!(told.failed[1].contains("octets nuls"), "{:?}", told.failed);
    assert_eq!(told.rows.len(), 2);
}

#[tokio::test]
async fn entities_of_a_workbook_stand_for_nothing() {
    let place = Place::new();
    let sheet = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
        <worksheet><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>Ligne</t></is></c><c r="B1" t="inlineStr"><is><t>Nom</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>L1</t></is></c><c r="B2" t="inlineStr"><is><t>&b;&f;</t></is></c></row>
        </sheetData></worksheet>"#;
    place.file("ventes.xlsx", &workbook_with(&[("xl/worksheets/sheet1.xml", sheet)]), 9);
    let told = place.read(Entity::SalesLines).await;
    let all = format!("{:?} {:?}", told.rows, told.failed);
    assert!(!all.contains("aaaa") && !all.contains("root:"), "{all}");
}

/// Packed as gzip.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

/// The least an Excel workbook is made of.
fn workbook() -> Vec<u8> {
    workbook_with(&[])
}

/// The same with other or more parts.
fn workbook_with(others: &[(&str, &str)]) -> Vec<u8> {
    let files = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Feuille 1" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
        ),
        (
            "xl/worksheets/sheet1.xml",
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Ligne</t></is></c><c r="B1" t="inlineStr"><is><t>Date</t></is></c><c r="C1" t="inlineStr"><is><t>Prix</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>L1</t></is></c><c r="B2" s="1"><v>46347</v></c><c r="C2"><v>1.234</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>L2</t></is></c><c r="C4"><v>12.5</v></c></row></sheetData></worksheet>"#,
        ),
    ];
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let is_other = |name: &str| others.iter().any(|(other, _)| *other == name);
    let usual = files.iter().filter(|(name, _)| !is_other(name));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in usual.chain(others) {
        book.start_file(*name, options).unwrap();
        book.write_all(content.as_bytes()).unwrap();
    }
    book.finish().unwrap().into_inner()
}
