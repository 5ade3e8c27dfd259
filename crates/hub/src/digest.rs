//! Digests: what tables keep of random words, and what long texts are told apart by.

use sha2::{Digest, Sha256};

/// Two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a table keeps of a word that nobody can guess: its SHA-256, in hexadecimal digits.
pub(crate) fn hash(word: &str) -> String {
    hex(&Sha256::digest(word.as_bytes()))
}

/// The first half of a text's SHA-256: no two texts anybody will ever meet have the same.
pub(crate) fn half_sha256(text: &str) -> u128 {
    Sha256::digest(text.as_bytes()).iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_standard() {
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(half_sha256("abc"), 0xba78_16bf_8f01_cfea_4141_40de_5dae_2223);
    }
}
