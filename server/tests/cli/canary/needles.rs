//! What a leaked secret would look like, in every form it could leave in.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write as _};
use std::path::Path;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use serde_json::json;

/// So much of a secret, in whatever form, is a leak.
const SLICE: usize = 12;

/// Slices of secrets, as they are and as they may be written.
pub(super) struct Needles {
    slices: HashSet<Vec<u8>>,
    /// Whether any slice begins with these three bytes: most places are passed over by that alone.
    begin: Vec<bool>,
}

impl Needles {
    pub(super) fn new() -> Needles {
        Needles { slices: HashSet::new(), begin: vec![false; 1 << 24] }
    }

    pub(super) fn add(&mut self, secret: &str) {
        let bytes = secret.as_bytes();
        self.slices(bytes);
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        self.slices(hex.as_bytes());
        self.slices(hex.to_uppercase().as_bytes());
        // A secret in the middle of something else begins at any of three places of its base64.
        for skipped in 0..3 {
            let rest = bytes.get(skipped..).unwrap_or_default();
            let whole = &rest[..rest.len() - rest.len() % 3];
            self.slices(BASE64_STANDARD_NO_PAD.encode(whole).as_bytes());
            self.slices(BASE64_URL_SAFE_NO_PAD.encode(whole).as_bytes());
        }
        self.slices(url::form_urlencoded::byte_serialize(bytes).collect::<String>().as_bytes());
        self.slices(json!(secret).to_string().trim_matches('"').as_bytes());
    }

    fn slices(&mut self, bytes: &[u8]) {
        // Where a secret says `000000000000`, that says nothing of it.
        let tells = |slice: &&[u8]| slice.iter().collect::<HashSet<_>>().len() > 2;
        for slice in bytes.windows(SLICE).filter(tells) {
            self.begin[place(slice)] = true;
            self.slices.insert(slice.to_vec());
        }
    }

    /// What is around the first slice that stands in there.
    pub(super) fn find(&self, hay: &[u8]) -> Option<String> {
        let at =
            hay.windows(SLICE).position(|slice| self.begin[place(slice)] && self.slices.contains(slice))?;
        let around = hay.get(at.saturating_sub(80)..(at + 80).min(hay.len())).unwrap_or_default();
        Some(String::from_utf8_lossy(around).into_owned())
    }

    #[track_caller]
    pub(super) fn search(&self, where_: &str, hay: &[u8]) {
        assert_eq!(self.find(hay), None, "{where_} holds a secret");
    }

    /// The files a packed one is made of, or the one that it is; what they say.
    #[track_caller]
    pub(super) fn search_packed(&self, where_: &str, file: &[u8]) -> String {
        let Ok(mut packed) = zip::ZipArchive::new(Cursor::new(file)) else {
            return String::from_utf8_lossy(file).into_owned();
        };
        let mut all = Vec::new();
        for place in 0..packed.len() {
            packed.by_index(place).unwrap().read_to_end(&mut all).unwrap();
        }
        self.search(where_, &all);
        String::from_utf8_lossy(&all).into_owned()
    }

    /// Every file below a folder but the key, which is where secrets end; how many that is.
    pub(super) fn search_files(&self, folder: &Path) -> usize {
        let mut read = 0;
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                read += self.search_files(&path);
            } else if path.extension().is_none_or(|kind| kind != "key") {
                self.search(&path.display().to_string(), &std::fs::read(&path).unwrap());
                read += 1;
            }
        }
        read
    }
}

fn place(slice: &[u8]) -> usize {
    slice.iter().take(3).fold(0, |place, byte| place << 8 | usize::from(*byte))
}

#[test]
fn a_secret_is_found_in_every_form() {
    let secret = "plantéABCDEFGHIJKLMNOPQRSTUVWXYZ\"0123456789";
    let mut needles = Needles::new();
    needles.add(secret);
    let part = &secret[10..28];
    for leak in [
        format!("x{part}y"),
        format!("{secret:?}"),
        BASE64_STANDARD_NO_PAD.encode(format!("u:{secret}")),
        BASE64_STANDARD_NO_PAD.encode(format!("us:{secret}")),
        BASE64_URL_SAFE_NO_PAD.encode(format!("use:{secret}")),
        part.bytes().map(|byte| format!("{byte:02x}")).collect(),
        url::form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
    ] {
        assert!(needles.find(leak.as_bytes()).is_some(), "{leak}");
    }
    assert_eq!(needles.find(&secret.as_bytes()[10..20]), None, "too little to be one");
}

#[test]
#[should_panic(expected = "a sheet holds a secret")]
fn a_secret_in_a_packed_file_is_found() {
    let secret = "plantedABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut needles = Needles::new();
    needles.add(secret);
    let mut book = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    book.start_file("sheet.xml", options.compression_method(zip::CompressionMethod::Deflated)).unwrap();
    // Repeated, it is packed so that nothing of it is left to be seen.
    book.write_all(format!("<t>{}</t>", secret.repeat(3)).as_bytes()).unwrap();
    let packed = book.finish().unwrap().into_inner();
    needles.search_packed("a sheet", &packed);
}
