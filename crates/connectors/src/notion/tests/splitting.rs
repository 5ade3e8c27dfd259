//! Long texts in pieces.

use crate::notion::split::split;

#[test]
fn nothing_is_lost_and_no_piece_is_too_long() {
    for (text, lengths) in [
        (String::new(), vec![]),
        ("a".to_owned(), vec![1]),
        ("a".repeat(1_999), vec![1_999]),
        ("a".repeat(2_000), vec![2_000]),
        ("a".repeat(2_001), vec![2_000, 1]),
        ("é".repeat(2_001), vec![2_000, 1]),
        // Two units each: never torn apart.
        ("😀".repeat(1_000), vec![2_000]),
        ("😀".repeat(1_001), vec![2_000, 2]),
        (format!("a{}", "😀".repeat(1_000)), vec![1_999, 2]),
        ("a".repeat(200_000), vec![2_000; 100]),
    ] {
        let pieces = split(&text).expect("short enough");
        assert_eq!(pieces.concat(), text);
        assert_eq!(pieces.iter().map(|piece| piece.encode_utf16().count()).collect::<Vec<_>>(), lengths);
    }
    assert_eq!(split(&"a".repeat(200_001)), None);
    assert_eq!(split(&format!("a{}", "😀".repeat(100_000))), None);
}
