//! CSV as no standard allows it and programs write it all the same: what is read keeps its places, and what is
//! not is told with its line.

use model::canonical::Entity;

use super::*;

/// What a file is called here, its bytes, its rows with their lines, and the lines that were refused.
type Case = (&'static str, &'static [u8], &'static [&'static str], &'static [u64]);

/// Files that are read, however they are written.
const READ: &[Case] = &[
    ("plain", b"Code;Nom\nC1;a\nC2;b\n", &["2 C1|a", "3 C2|b"], &[]),
    ("no line break at the end", b"Code;Nom\nC1;a", &["2 C1|a"], &[]),
    ("a mark of UTF-8", b"\xef\xbb\xbfCode;Nom\nC1;\xc3\xa9\n", &["2 C1|é"], &[]),
    ("a mark of UTF-8 before a quote", b"\xef\xbb\xbf\"Code\";\"Nom\"\n\"C1\";\"a\"\n", &["2 C1|a"], &[]),
    ("Latin-1", b"Code;Nom\nC1;Ch\xe2teau\n", &["2 C1|Château"], &[]),
    ("Windows-1252", b"Code;Nom\nC1;10 \x80 \x96 \x93x\x94\n", &["2 C1|10 € – “x”"], &[]),
    ("bytes that are no letter", b"Code;Nom\nC1;\xff\xc3\n", &["2 C1|ÿÃ"], &[]),
    ("line breaks of every kind", b"Code;Nom\r\nC1;a\nC2;b\r\nC3;c\n", &["2 C1|a", "3 C2|b", "4 C3|c"], &[]),
    ("tabs", b"Code\tNom\nC1\ta;b\n", &["2 C1|a;b"], &[]),
    ("bars", b"Code|Nom\nC1|a,b\n", &["2 C1|a,b"], &[]),
    ("commas in a file of commas", b"Code,Nom\nC1,\"a, b\"\n", &["2 C1|a, b"], &[]),
    ("everything quoted", b"\"Code\";\"Nom\"\n\"C1\";\"a\"\n", &["2 C1|a"], &[]),
    ("doubled quotes", b"Code;Nom\nC1;\"le \"\"grand\"\" cru\"\n", &["2 C1|le \"grand\" cru"], &[]),
    ("only a quoted quote", b"Code;Nom\nC1;\"\"\"\"\n", &["2 C1|\""], &[]),
    ("quotes inside a cell that has none around", b"Code;Nom\nC1;5\" tube\n", &["2 C1|5\" tube"], &[]),
    ("words behind a closing quote", b"Code;Nom\nC1;\"a\" b\n", &["2 C1|a b"], &[]),
    ("spaces around", b"Code;Nom\nC1 ; a \n", &["2 C1 | a "], &[]),
    ("a delimiter in quotes", b"Code;Nom\nC1;\"a;b\"\n", &["2 C1|a;b"], &[]),
    ("a line break in quotes", b"Code;Nom\nC1;\"a\nb\"\nC2;c\n", &["2 C1|a\nb", "4 C2|c"], &[]),
    ("a line of a header in quotes", b"Code;\"Nom\ncomplet\"\nC1;a\n", &["3 C1|a"], &[]),
    ("a short row", b"Code;Nom;Ville\nC1\nC2;b;c\n", &["2 C1", "3 C2|b|c"], &[]),
    ("empty cells", b"Code;Nom\nC1;\n;b\n", &["2 C1|", "3 |b"], &[]),
    ("lines that hold nothing", b"\n;;\nCode;Nom\n\n;\nC1;a\n\n", &["6 C1|a"], &[]),
    ("a column twice", b"Code;Nom;Nom\nC1;a;b\n", &["2 C1|a|b"], &[]),
    ("a column without a name", b"Code;;Nom\nC1;a;b\n", &["2 C1|a|b"], &[]),
    ("a header alone", b"Code;Nom\n", &[], &[]),
    ("one column", b"Code\nC1\nC2\n", &["2 C1", "3 C2"], &[]),
    ("the delimiter said on the first line", b"sep=,\nCode,Nom\nC1,a\n", &["3 C1|a"], &[]),
    ("a quote that is never closed", b"Code;Nom\nC1;\"a\nC2;b\nC3;c\n", &["3 C2|b", "4 C3|c"], &[2]),
    ("a formula", b"Code;Nom\nC1;=HYPERLINK(\"x\")\n", &["2 C1|=HYPERLINK(\"x\")"], &[]),
    ("carriage returns alone", b"Code;Nom\rC1;a\rC2;\"b\rc\"\r", &["2 C1|a", "3 C2|b\nc"], &[]),
    ("two line breaks at the end", b"Code;Nom\r\nC1;a\r\n\r\n", &["2 C1|a"], &[]),
    ("a space behind each delimiter", b"Code, Nom\nC1, a\n", &["2 C1| a"], &[]),
    ("a space between delimiter and quote", b"\"Code\", \"Nom\"\n\"C1\", \"a, b\"\n", &["2 C1|a, b"], &[]),
    ("an extra quote", b"\"Code\";\"Nom\"\n\"C1\";\"\"a\"\n\"\"C2\";\"b\"\n", &["2 C1|a\"", "3 C2\"|b"], &[]),
    ("a delimiter too many", b"Code;Nom\nC1;;a\n;C2;b\nC3;c;\n", &["2 C1||a", "3 |C2|b", "4 C3|c|"], &[]),
    ("a delimiter too few", b"\"Code\";\"Nom\"\n\"C1\"\"a\"\n\"C2\";\"b\"\n", &["2 C1\"a", "3 C2|b"], &[]),
    ("a row of another delimiter", b"\"Code\";\"Nom\"\n\"C1\" \"a\"\nC2;b\n", &["2 C1 \"a\"", "3 C2|b"], &[]),
    (
        "quotes behind backslashes",
        b"Code;Nom\nC1;\"le \\\"grand\\\" cru\"\n",
        &["2 C1|le \\grand\\\" cru\""],
        &[],
    ),
    (
        "quotes that are not doubled",
        b"Code;Nom\nC1;\"le \"grand\" cru\"\nC2;b\n",
        &["2 C1|le grand\" cru\"", "3 C2|b"],
        &[],
    ),
    ("single quotes", b"'Code';'Nom'\n'C1';'a'\n", &["2 'C1'|'a'"], &[]),
    ("spaces for delimiters", b"Code Nom\nC1 a\n", &["2 C1 a"], &[]),
    ("a header of several lines", b"Code;Nom\nCode;Nom\nC1;a\n", &["2 Code|Nom", "3 C1|a"], &[]),
    ("words above the header", b"Export;\n;\nCode;Nom\nC1;a\n", &["3 Code|Nom", "4 C1|a"], &[]),
    ("words below the rows", b"Code;Nom\nC1;a\n\nTotal : 1\n", &["2 C1|a", "4 Total : 1"], &[]),
    (
        "a second table",
        b"Code;Nom\nC1;a\nLigne;Prix;Date\nL1;1;x\n",
        &["2 C1|a", "3 Ligne|Prix|Date", "4 L1|1|x"],
        &[],
    ),
    ("controls", b"Code;Nom\nC1;a\x07\x1b[2Jb\n", &["2 C1|a\u{7}\u{1b}[2Jb"], &[]),
];

#[tokio::test]
async fn every_row_keeps_its_places() {
    let mut wrong = Vec::new();
    for (name, content, rows, refused) in READ {
        let place = Place::new();
        place.file("clients.csv", content, 9);
        let told = place.read(Entity::Customers).await;
        let lines: Vec<u64> = told.refused.iter().map(|refused| refused.origin).collect();
        if told.rows != *rows || lines != *refused || !told.failed.is_empty() {
            wrong.push(format!("{name}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is no text at all is told for the whole file, and nothing of it is read.
#[tokio::test]
async fn what_is_no_text_is_refused_whole() {
    for (name, content) in [
        ("nothing", &b""[..]),
        ("only line breaks", b"\r\n\n\r\n"),
        ("a byte that is nothing", b"Code;Nom\nC1;a\0b\n"),
        ("UTF-16, little end first", b"\xff\xfeC\0o\0d\0e\0\n\0C\x001\0"),
        ("UTF-16, big end first", b"\xfe\xff\0C\0o\0d\0e\0\n\0C\x001"),
    ] {
        let place = Place::new();
        place.file("clients.csv", content, 9);
        let told = place.read(Entity::Customers).await;
        assert_eq!((told.rows.len(), told.failed.len(), told.marks.len()), (0, 1, 0), "{name}: {told:?}");
    }
}

/// A row with more cells than there are columns would move what follows into columns of other names.
#[tokio::test]
async fn a_row_of_another_width_moves_no_cell() {
    let place = Place::new();
    place.file("clients.csv", b"Code;Nom\nC1;a;b;c\nC2;d\n", 9);
    let told = place.read(Entity::Customers).await;
    assert_eq!(told.columns, ["Code", "Nom"]);
    assert!(told.rows.contains(&"3 C2|d".to_owned()), "{told:?}");
    assert!(told.rows[0].starts_with("2 C1|a"), "{told:?}");
}

/// A file that begins with a row has no other names for its columns; whoever looks for them tells so.
#[tokio::test]
async fn the_first_line_that_holds_something_names_the_columns() {
    for (content, columns) in [
        (&b"C1;a\nC2;b\n"[..], ["C1", "a"]),
        (b"Export;\n;\nCode;Nom\nC1;a\n", ["Export", ""]),
        (b"'Code';'Nom'\n'C1';'a'\n", ["'Code'", "'Nom'"]),
        (b"\"Code\", \"Nom\"\n", ["Code", "Nom"]),
        (b"Code;Nom\rC1;a\r", ["Code", "Nom"]),
    ] {
        let place = Place::new();
        place.file("clients.csv", content, 9);
        assert_eq!(place.read(Entity::Customers).await.columns, columns);
    }
    let (place, long) = (Place::new(), "n".repeat(10_000));
    place.file("clients.csv", format!("Code;{long}\nC1;a\n").as_bytes(), 9);
    assert_eq!(place.read(Entity::Customers).await.columns, ["Code", &long]);
}

#[tokio::test]
async fn ten_thousand_columns_and_a_cell_of_ten_megabytes() {
    let place = Place::new();
    let header: Vec<String> = (0..10_000).map(|n| format!("c{n}")).collect();
    let cells: Vec<String> = (0..10_000).map(|n| n.to_string()).collect();
    let wide = format!("{}\n{}\n", header.join(";"), cells.join(";"));
    place.file("clients_1.csv", wide.as_bytes(), 9);
    let told = place.read(Entity::Customers).await;
    assert_eq!((told.columns.len(), &told.rows), (10_000, &vec![format!("2 {}", cells.join("|"))]));

    let place = Place::new();
    let line = format!("{}\n", "y".repeat(1_023));
    let long = format!("Code;Nom\nC1;{}\nC2;\"{}\"\nC3;c\n", "x".repeat(10 << 20), line.repeat(10 << 10));
    place.file("clients.csv", long.as_bytes(), 9);
    let told = place.read(Entity::Customers).await;
    assert_eq!(told.rows.last().map(String::as_str), Some(format!("{} C3|c", 4 + (10 << 10)).as_str()));
    let lines: Vec<u64> = told.refused.iter().map(|refused| refused.origin).take(2).collect();
    assert_eq!(lines, [2, 3], "the line that is too long, and the quote that is not closed within reach");
}
