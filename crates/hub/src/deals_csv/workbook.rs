//! Exported deals as an Excel workbook of one sheet, packed while it is written: no part of it is kept.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::NaiveDate;
use model::deal::FieldValue;
use model::{Deal, DealField, Lang, Text};
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

/// The longest text of a cell, in UTF-16 units: Excel refuses a workbook with more.
const LONGEST_TEXT: usize = 32_767;

/// What stands at the end of a text that was cut.
static CUT: Text = Text::fixed(
    " … [coupé à 32 767 caractères ; l'export CSV est entier]",
    " … [cut at 32,767 characters; the CSV export is whole]",
);

/// A workbook that is being written.
pub(super) struct Workbook<W: Write> {
    archive: ZipWriter<StreamWriter<W>>,
    lang: Lang,
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
            text(field.label().get(lang), 3, lang, &mut head);
        }
        head.push_str("</row>");
        archive.write_all(head.as_bytes())?;
        Ok(Workbook { archive, lang })
    }

    /// Some deals.
    pub(super) fn add(&mut self, deals: &[Deal]) -> io::Result<()> {
        let mut rows = String::with_capacity(deals.len() * 300);
        for deal in deals {
            rows.push_str("<row>");
            for field in DealField::ALL {
                cell(deal.values.get(field).value(), self.lang, &mut rows);
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

fn cell(value: Option<&FieldValue>, lang: Lang, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = match value {
        None => write!(out, "<c/>"),
        Some(FieldValue::Text(words)) => {
            text(words, 0, lang, out);
            Ok(())
        }
        Some(FieldValue::Status(status)) => {
            text(status.word(), 0, lang, out);
            Ok(())
        }
        Some(FieldValue::Money(money)) => write!(out, r#"<c s="1"><v>{money}</v></c>"#),
        Some(FieldValue::Date(day)) => match serial(*day) {
            Some(number) => write!(out, r#"<c s="2"><v>{number}</v></c>"#),
            None => {
                text(&day.to_string(), 0, lang, out);
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

/// A cell that holds a text as a text: no spreadsheet takes it for a formula. One that is too long is cut, and says so.
fn text(words: &str, style: u8, lang: Lang, out: &mut String) {
    let _ = write!(out, r#"<c t="inlineStr" s="{style}"><is><t xml:space="preserve">"#);
    if units(words) <= LONGEST_TEXT {
        escaped(words, out);
    } else {
        let marker = CUT.get(lang);
        escaped(beginning(words, LONGEST_TEXT - units(marker)), out);
        escaped(marker, out);
    }
    out.push_str("</t></is></c>");
}

/// How long Excel finds a text.
fn units(words: &str) -> usize {
    words.chars().map(char::len_utf16).sum()
}

/// The beginning of a text, no longer than so many units; no letter is cut in two.
fn beginning(words: &str, most: usize) -> &str {
    let mut length = 0;
    let end = words.char_indices().find(|(_, letter)| {
        length += letter.len_utf16();
        length > most
    });
    end.map_or(words, |(at, _)| words.get(..at).unwrap_or(words))
}

/// A text as a workbook writes it. What XML has no letter for is written by its number, `_x000D_`; a text that looks
/// like such a number says that its first letter is meant, `_x005F_`.
fn escaped(words: &str, out: &mut String) {
    for (at, letter) in words.char_indices() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\t' | '\n' => out.push(letter),
            '_' if words.get(at..).is_some_and(is_number) => out.push_str("_x005F_"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(out, "_x{:04X}_", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
}

/// Whether a text begins with what would be read as the number of a letter: `_x0041_`.
fn is_number(words: &str) -> bool {
    matches!(words.as_bytes(), [b'_', b'x', a, b, c, d, b'_', ..] if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &str) -> String {
        let mut cell = String::new();
        text(words, 0, Lang::Fr, &mut cell);
        let inside = cell.strip_prefix(r#"<c t="inlineStr" s="0"><is><t xml:space="preserve">"#).unwrap();
        inside.strip_suffix("</t></is></c>").unwrap().to_owned()
    }

    #[test]
    fn what_looks_like_the_number_of_a_letter_stays_what_it_is() {
        for (words, expected) in [
            ("_x0041_", "_x005F_x0041_"),
            ("a_x000d_x0042_b", "a_x005F_x000d_x005F_x0042_b"),
            ("_x41_ _X0041_ _x00g1_ _x0041 é_x", "_x41_ _X0041_ _x00g1_ _x0041 é_x"),
            ("\r<&>", "_x000D_&lt;&amp;&gt;"),
        ] {
            assert_eq!(written(words), expected, "{words}");
        }
    }

    /// 𝄞 counts twice, as Excel counts.
    #[test]
    fn a_text_that_is_too_long_is_cut_and_says_so() {
        for (letter, most) in [("é", LONGEST_TEXT), ("𝄞", LONGEST_TEXT / 2)] {
            let whole = letter.repeat(most);
            assert_eq!(written(&whole), whole);
            let cut = written(&letter.repeat(most + 1));
            assert!(cut.ends_with("[coupé à 32 767 caractères ; l'export CSV est entier]"), "{}", cut.len());
            assert!(units(&cut) <= LONGEST_TEXT && units(&cut) >= LONGEST_TEXT - 1, "{}", units(&cut));
        }
    }
}
