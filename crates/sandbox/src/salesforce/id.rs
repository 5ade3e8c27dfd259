//! The ids of records: three letters of their object, twelve that count, three that check the case.

/// Digits of the running number, in the order in which the service compares them.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Letters of the checksum.
const CHECKS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
/// What stands between the object's letters and the running number: the service's instance.
const INSTANCE: &str = "Q10000";

/// The id of a record by its object's letters and its running number.
pub(super) fn of(prefix: &str, mut number: u64) -> String {
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[usize::try_from(number % 62).unwrap_or_default()];
        number /= 62;
    }
    let digits: String = digits.iter().map(|digit| char::from(*digit)).collect();
    let short = format!("{prefix}{INSTANCE}{digits}");
    let check = checksum(&short);
    format!("{short}{check}")
}

/// The long form of an id; nothing for what is none.
pub(super) fn long(id: &str) -> Option<String> {
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    match id.len() {
        15 => Some(format!("{id}{}", checksum(id))),
        18 => id
            .get(..15)
            .filter(|short| checksum(short) == id[15..].to_ascii_uppercase())
            .map(|_| id.to_owned()),
        _ => None,
    }
}

/// A letter for each five: which of them are capitals.
fn checksum(short: &str) -> String {
    let letter = |five: &[u8]| {
        let capitals = five.iter().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase());
        char::from(CHECKS[capitals.fold(0, |bits, (place, _)| bits | 1 << place)])
    };
    short.as_bytes().chunks(5).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_the_documentation_and_our_own() {
        assert_eq!(long("001D000000IqhSL").as_deref(), Some("001D000000IqhSLIAZ"));
        assert_eq!(long("001D000000IqhSLIAZ").as_deref(), Some("001D000000IqhSLIAZ"));
        for wrong in ["", "001D000000IqhSLIAX", "001D000000IqhS", "001D000000Iqh'L"] {
            assert_eq!(long(wrong), None, "{wrong}");
        }
        assert!(of("006", 61) < of("006", 62) && of("006", 1_000) < of("006", 10_000));
        assert_eq!(long(&of("006", 7)), Some(of("006", 7)));
    }
}
