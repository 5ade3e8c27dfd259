//! UTF-16 as UTF-8, while it is read.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};

/// How much is asked for at a time, in bytes.
const PORTION: usize = 64 * 1024;

/// Which byte of UTF-16 comes first, by its mark, or by where the zeros of a beginning in Latin letters stand; `None` for
/// what is no UTF-16.
pub(super) fn order(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let pairs = || start.chunks_exact(2).take(32);
    let enough = pairs().len() >= 2;
    let latin = |zero: usize| pairs().filter(|pair| pair[zero] == 0 && pair[1 - zero] != 0).count();
    // A sign or a symbol among the letters, such as €, has no zero.
    let most = |zero: usize| enough && latin(zero) * 4 >= pairs().len() * 3;
    if most(1) {
        Some(UTF_16LE)
    } else if most(0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// A reader that gives UTF-8 for the UTF-16 it reads. What is no character becomes U+FFFD.
pub(super) struct Utf16<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: String,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf16<R> {
    pub(super) fn new(input: R, order: &'static Encoding) -> Utf16<R> {
        let decoder = order.new_decoder_with_bom_removal();
        let (raw, text) = (vec![0; PORTION], String::with_capacity(3 * PORTION));
        Utf16 { input, decoder, raw, text, given: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let read = self.input.read(&mut self.raw)?;
        self.ended = read == 0;
        self.text.clear();
        self.given = 0;
        self.text.reserve(self.decoder.max_utf8_buffer_length(read).unwrap_or(3 * PORTION));
        // There is room for all of it.
        let _ = self.decoder.decode_to_string(&self.raw[..read], &mut self.text, self.ended);
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.fill()?;
        }
        let left = &self.text.as_bytes()[self.given..];
        let size = left.len().min(buffer.len());
        buffer[..size].copy_from_slice(&left[..size]);
        self.given += size;
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn either_order_with_or_without_its_mark() {
        let text = "Client;Montant\nChâteau 🍷;12 €\n".repeat(9_000);
        for (big, mark) in [(false, "\u{feff}"), (true, "\u{feff}"), (false, ""), (true, "")] {
            let bytes = utf16(&format!("{mark}{text}"), big);
            let mut read = String::new();
            Utf16::new(&bytes[..], order(&bytes).unwrap()).read_to_string(&mut read).unwrap();
            assert!(read == text, "{big} {mark:?}");
        }
        assert!(order(b"Client;Montant").is_none() && order(b"").is_none() && order(&[0; 64]).is_none());
    }
}
