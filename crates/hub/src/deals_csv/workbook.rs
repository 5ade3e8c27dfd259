//! Exported deals as an Excel workbook of one sheet, packed while it is written: no part of it is kept.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::NaiveDate;
use model::deal::FieldValue;
use model::{Deal, DealField, Lang};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// The parts around the sheet, by their names in the archive.
const AROUND: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Deals" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
    // Style 1 is a number with two decimals, style 2 a day, style 3 the first line.
    (
        "xl/styles.xml",
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>"#,
    ),
];

const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>"#;
const SHEET_END: &str = "</sheetData></worksheet>";

/// The most characters of a cell: Excel refuses a workbook with more.
const LONGEST_TEXT: usize = 32_767;

/// A workbook that is being written.
pub(super) struct Workbook<W: Write> {
    archive: ZipWriter<StreamWriter<W>>,
}

impl<W: Write> Workbook<W> {
    /// Everything before the first deal.
    pub(super) fn begin(out: W, lang: Lang) -> io::Result<Workbook<W>> {
        let mut archive = ZipWriter::new_stream(out);
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, content) in AROUND {
            archive.start_file(name, options)?;
            archive.write_all(content.as_bytes())?;
        }
        archive.start_file("xl/worksheets/sheet1.xml", options.large_file(true))?;
        let mut head = format!("{SHEET}<row>");
        for field in DealField::ALL {
            text(field.label().get(lang), 3, &mut head);
        }
        head.push_str("</row>");
        archive.write_all(head.as_bytes())?;
        Ok(Workbook { archive })
    }

    /// Some deals.
    pub(super) fn add(&mut self, deals: &[Deal]) -> io::Result<()> {
        let mut rows = String::with_capacity(deals.len() * 300);
        for deal in deals {
            rows.push_str("<row>");
            for field in DealField::ALL {
                cell(deal.values.get(field).value(), &mut rows);
            }
            rows.push_str("</row>");
        }
        self.archive.write_all(rows.as_bytes())
    }

    /// The end.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.archive.write_all(SHEET_END.as_bytes())?;
        self.archive.finish()?;
        Ok(())
    }
}

fn cell(value: Option<&FieldValue>, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = match value {
        None => write!(out, "<c/>"),
        Some(FieldValue::Text(words)) => {
            text(words, 0, out);
            Ok(())
        }
        Some(FieldValue::Status(status)) => {
            text(status.word(), 0, out);
            Ok(())
        }
        Some(FieldValue::Money(money)) => write!(out, r#"<c s="1"><v>{money}</v></c>"#),
        Some(FieldValue::Date(day)) => match serial(*day) {
            Some(number) => write!(out, r#"<c s="2"><v>{number}</v></c>"#),
            None => {
                text(&day.to_string(), 0, out);
                Ok(())
            }
        },
    };
}

/// The number Excel keeps a day as; `None` before March 1900, where its calendar is wrong.
fn serial(day: NaiveDate) -> Option<i64> {
    let days = day.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days();
    (days > 60).then_some(days)
}

/// A cell that holds a text as a text: no spreadsheet takes it for a formula.
fn text(words: &str, style: u8, out: &mut String) {
    let _ = write!(out, r#"<c t="inlineStr" s="{style}"><is><t xml:space="preserve">"#);
    for letter in words.chars().take(LONGEST_TEXT) {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(letter),
            // XML has no such letters; Excel writes them like this.
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(out, "_x{:04X}_", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push_str("</t></is></c>");
}
