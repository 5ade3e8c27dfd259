//! Bytes as hexadecimal digits, and what tables keep of random words.

use sha2::{Digest, Sha256};

/// Two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a table keeps of a word that nobody can guess: its SHA-256, in hexadecimal digits.
pub(crate) fn hash(word: &str) -> String {
    hex(&Sha256::digest(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_standard() {
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
