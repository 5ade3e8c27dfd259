//! Where the elements of a list are in a JSON document that comes in pieces.

use std::ops::Range;

use memchr::memchr2;

/// The document is no object, or has members but not the list.
#[derive(Debug, PartialEq)]
pub(super) struct NotSuch;

/// What was found in a piece of the document.
#[derive(Debug, PartialEq)]
pub(super) enum Cut {
    /// Where an element is.
    Element(Range<usize>),
    /// More has to come.
    More,
    /// The document is over.
    End,
}

/// Finds where the elements begin and end. What they hold is not looked at: whoever reads them sees whether they
/// are JSON.
pub(super) struct Cutter {
    name: &'static str,
    /// How much was looked at.
    at: usize,
    depth: u32,
    in_string: bool,
    is_escaped: bool,
    /// Where the name of a member of the document begins.
    name_from: Option<usize>,
    /// What follows is the value of a member of the document…
    is_value: bool,
    /// …namely of the list.
    is_wanted: bool,
    in_list: bool,
    /// Where the element begins that has not ended yet.
    element: Option<usize>,
    has_members: bool,
    was_there: bool,
}

impl Cutter {
    pub(super) fn new(name: &'static str) -> Cutter {
        Cutter {
            name,
            at: 0,
            depth: 0,
            in_string: false,
            is_escaped: false,
            name_from: None,
            is_value: false,
            is_wanted: false,
            in_list: false,
            element: None,
            has_members: false,
            was_there: false,
        }
    }

    /// How much of the buffer is needed no more.
    pub(super) fn done(&self) -> usize {
        self.element.or(self.name_from).unwrap_or(self.at)
    }

    /// The buffer has lost this much at its beginning.
    pub(super) fn forget(&mut self, bytes: usize) {
        self.at -= bytes;
        self.element = self.element.map(|from| from - bytes);
        self.name_from = self.name_from.map(|from| from - bytes);
    }

    pub(super) fn next(&mut self, buffer: &[u8]) -> std::result::Result<Cut, NotSuch> {
        while let Some(byte) = buffer.get(self.at) {
            let here = self.at;
            self.at += 1;
            if self.in_string {
                self.text(buffer, here);
            } else if let Some(element) = self.mark(*byte, here)? {
                return Ok(Cut::Element(element));
            } else if self.depth == 0 && *byte == b'}' {
                return if self.was_there || !self.has_members { Ok(Cut::End) } else { Err(NotSuch) };
            }
        }
        Ok(Cut::More)
    }

    /// Goes through a string up to its end or up to what has come.
    fn text(&mut self, buffer: &[u8], here: usize) {
        if std::mem::take(&mut self.is_escaped) {
            return;
        }
        let rest = buffer.get(here..).unwrap_or_default();
        let Some(place) = memchr2(b'"', b'\\', rest) else {
            self.at = buffer.len();
            return;
        };
        self.at = here + place + 1;
        self.is_escaped = rest.get(place) == Some(&b'\\');
        self.in_string = self.is_escaped;
        if let Some(from) = self.name_from.filter(|_| !self.in_string) {
            self.name_from = None;
            self.has_members = true;
            self.is_wanted = buffer.get(from..here + place) == Some(self.name.as_bytes());
            self.was_there |= self.is_wanted;
        }
    }

    /// Takes a byte outside of strings; the element that ends there.
    fn mark(&mut self, byte: u8, here: usize) -> std::result::Result<Option<Range<usize>>, NotSuch> {
        let is_top = self.in_list && self.depth == 2;
        match byte {
            b'"' => {
                self.in_string = true;
                if self.depth == 0 {
                    return Err(NotSuch);
                } else if self.depth == 1 && !self.is_value {
                    self.name_from = Some(here + 1);
                } else if is_top {
                    self.element.get_or_insert(here);
                }
            }
            b'[' if self.depth == 0 => return Err(NotSuch),
            b'{' | b'[' => {
                let is_list = self.depth == 1 && self.is_wanted && self.is_value;
                if is_list && byte == b'[' {
                    self.in_list = true;
                } else if is_list || is_top {
                    // A single object in place of the list is its one element.
                    self.element.get_or_insert(here);
                }
                self.depth += 1;
            }
            b'}' | b']' => {
                self.depth = self.depth.checked_sub(1).ok_or(NotSuch)?;
                if self.in_list && self.depth == 1 {
                    self.in_list = false;
                    return Ok(self.element.take().map(|from| from..here));
                }
                if self.depth == if self.in_list { 2 } else { 1 } {
                    return Ok(self.element.take().map(|from| from..here + 1));
                }
            }
            b':' if self.depth == 1 => self.is_value = true,
            b',' if self.depth == 1 => (self.is_value, self.is_wanted) = (false, false),
            b',' if is_top => return Ok(self.element.take().map(|from| from..here)),
            b' ' | b'\t' | b'\r' | b'\n' => {}
            // A mark at the very beginning says UTF-8.
            0xef | 0xbb | 0xbf if self.depth == 0 => {}
            _ if self.depth == 0 => return Err(NotSuch),
            _ if is_top => {
                self.element.get_or_insert(here);
            }
            _ => {}
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The elements of a document that comes in pieces of that size, or that it is none.
    fn cut(document: &str, size: usize) -> std::result::Result<Vec<String>, NotSuch> {
        let (mut cutter, mut buffer, mut elements) = (Cutter::new("rows"), Vec::new(), Vec::new());
        for piece in document.as_bytes().chunks(size) {
            let done = cutter.done();
            buffer.drain(..done);
            cutter.forget(done);
            buffer.extend_from_slice(piece);
            loop {
                match cutter.next(&buffer)? {
                    Cut::Element(range) => {
                        elements.push(String::from_utf8_lossy(&buffer[range]).trim().to_owned());
                    }
                    Cut::More => break,
                    Cut::End => return Ok(elements),
                }
            }
        }
        Err(NotSuch)
    }

    #[test]
    fn elements_of_every_shape() {
        for (document, elements) in [
            (r#"{"rows": []}"#, &[][..]),
            (r#"{ }"#, &[]),
            (r#"{"rows":null}"#, &[]),
            ("\u{feff}{\"rows\":[{\"a\":1}]}", &[r#"{"a":1}"#]),
            (r#"{"rows":[{"a":1},{"a":"}],[{"}]}"#, &[r#"{"a":1}"#, r#"{"a":"}],[{"}"#]),
            (r#"{"x":{"rows":[9]},"rows":[{"a":[1,{"b":2}]}],"y":[3]}"#, &[r#"{"a":[1,{"b":2}]}"#]),
            (r#"{"x":"rows","rows":[{"a":"\"\\"}]}"#, &[r#"{"a":"\"\\"}"#]),
            (r#"{"rows":{"a":{"b":1}}}"#, &[r#"{"a":{"b":1}}"#]),
            (r#"{"rows":[1, "a,]" ,[2,3],null]}"#, &["1", r#""a,]""#, "[2,3]", "null"]),
        ] {
            for size in 1..=document.len() {
                let found = cut(document, size).unwrap_or_else(|_| panic!("{document} by {size}"));
                assert_eq!(found, elements, "{document} by {size}");
            }
        }
        for document in ["[]", "[{}]", r#""rows""#, "3", r#"{"error":"no"}"#, "}", "<html>", r#"{"rows":[1]"#]
        {
            assert_eq!(cut(document, 3), Err(NotSuch), "{document}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_in_a_list_comes_out_of_it(texts in prop::collection::vec(".{0,12}", 0..6), size in 1_usize..9) {
            let rows: Vec<String> = texts.iter().map(|text| serde_json::json!({"a": text, "b": [text]}).to_string()).collect();
            let document = format!("{{\"x\":{},\"rows\":[{}]}}", serde_json::json!(texts), rows.join(" ,\n"));
            prop_assert_eq!(cut(&document, size), Ok(rows));
        }
    }
}
