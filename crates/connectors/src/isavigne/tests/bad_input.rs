//! What goes wrong in files: each is told, and what is good is read all the same.

use model::canonical::Entity;
use proptest::prelude::*;

use super::*;

#[tokio::test]
async fn a_file_that_is_none_is_told_and_the_next_is_read() {
    let place = Place::new();
    place.file("ventes_1.csv", b"", 9);
    place.file("ventes_2.csv", b"\x7fELF\0\0\0", 8);
    place.file("ventes_3.csv", b"\xff\xfeA\0;\0", 7);
    place.file("ventes_4.csv", b"\n\n", 6);
    place.file("ventes_5.csv", &vec![b'x'; 3 << 20], 5);
    place.file("ventes_6.csv", b"Ligne;Date\nL1;x", 4);
    let told = place.read(Entity::SalesLines).await;
    let words = ["est vide", "octets nuls", "UTF-16", "est vide", "ne commence pas"];
    assert_eq!(told.failed.len(), words.len(), "{:?}", told.failed);
    for (said, word) in told.failed.iter().zip(words) {
        assert!(said.contains(word), "{said}");
    }
    assert_eq!((told.rows, told.marks.len()), (vec!["2 L1|x".to_owned()], 1));
}

#[tokio::test]
async fn bad_lines_are_told_with_their_numbers() {
    let place = Place::new();
    let mut content = b"Ligne;Note\nL1;a\nL2;\"never closed\nL3;c\n".to_vec();
    content.resize(content.len() + (2 << 20), b'x');
    content.extend_from_slice(b"\nL5;e\n\n;\nL6;f");
    place.file("ventes.csv", &content, 9);
    let told = place.read(Entity::SalesLines).await;
    assert_eq!(told.rows, ["2 L1|a", "4 L3|c", "6 L5|e", "9 L6|f"]);
    let lines: Vec<u64> = told.refused.iter().map(|refused| refused.origin).collect();
    assert_eq!(lines, [3, 5]);
    assert!(told.refused[0].reason.fr.contains("guillemet"), "{:?}", told.refused);
    assert_eq!(told.marks.len(), 1);
}

#[tokio::test]
async fn doubled_and_blank_columns_stay_in_their_places() {
    let place = Place::new();
    place.file("clients.csv", b"Code;;Nom;Nom;\nC1;a;b;c;\n", 9);
    let told = place.read(Entity::Customers).await;
    assert_eq!((told.columns.len(), told.rows), (5, vec!["2 C1|a|b|c|".to_owned()]));
}

proptest! {
    /// Whatever the bytes: no panic, and every line of cells comes out once.
    #[test]
    fn nothing_panics(content in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut sink = |_| true;
        let size = crate::common::csv::batch::Size { rows: 3 };
        let _ = crate::common::csv::read::read(&content[..], crate::common::encoding::Encoding::Automatic, size, &mut sink);
    }

    #[test]
    fn cells_come_back_whatever_they_hold(cells in proptest::collection::vec("[a-z;\"\n,é]{0,6}", 2..5)) {
        let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let header = vec!["h"; cells.len()].join(";");
        let text = format!("{header}\n{}\nx\n", quoted.join(";"));
        let mut read = Vec::new();
        let mut sink = |piece| {
            if let crate::common::csv::batch::Piece::Rows(rows, _) = piece {
                read.extend(rows.get(0).map(|row| row.cells().map(str::to_owned).collect::<Vec<_>>()));
            }
            true
        };
        let size = crate::common::csv::batch::Size { rows: 10 };
        crate::common::csv::read::read(text.as_bytes(), crate::common::encoding::Encoding::Utf8, size, &mut sink).unwrap();
        prop_assert_eq!(&read[0], &cells);
    }
}
