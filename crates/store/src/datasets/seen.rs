//! The rows a reading has shown, one bit each.

/// Places of rows. They are given one after the other and never again, so a bit per place is enough: a
/// million rows cost 125 kB.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    words: Vec<u64>,
    count: u64,
}

impl Seen {
    /// Whether the place was not met before; from now on it is.
    pub(super) fn is_new(&mut self, place: i64) -> bool {
        let (word, bit) = position(place);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let is_new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        self.count += u64::from(is_new);
        is_new
    }

    /// Whether the place was met.
    pub(super) fn holds(&self, place: i64) -> bool {
        let (word, bit) = position(place);
        self.words.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// How many places were met.
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}

fn position(place: i64) -> (usize, u64) {
    // Places begin with 1 and count rows that were stored here.
    let place = usize::try_from(place).unwrap_or_default();
    (place / 64, 1 << (place % 64))
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn a_place_is_new_once() {
        let mut seen = Seen::default();
        let new: Vec<bool> = [1, 64, 63, 64, 1, 1_000].map(|place| seen.is_new(place)).to_vec();
        assert_eq!(new, [true, true, true, false, false, true]);
        assert_eq!(
            (seen.count(), seen.holds(63), seen.holds(2), seen.holds(99_999)),
            (4, true, false, false)
        );
    }
}
