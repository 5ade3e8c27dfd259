//! The price segment of a product.

/// Which of the four ranges a price falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceSegment {
    /// Under 15 €.
    Under15,
    /// From 15 € to under 30 €.
    Under30,
    /// From 30 € to under 75 €.
    Under75,
    /// 75 € and above.
    Above75,
}

impl PriceSegment {
    /// Every segment, the cheapest first.
    pub const ALL: [PriceSegment; 4] =
        [PriceSegment::Under15, PriceSegment::Under30, PriceSegment::Under75, PriceSegment::Above75];

    /// The segment of a price in cents.
    pub fn of_cents(cents: i64) -> PriceSegment {
        PriceSegment::ALL
            .into_iter()
            .find(|segment| segment.limit_cents().is_some_and(|limit| cents < limit))
            .unwrap_or(PriceSegment::Above75)
    }

    /// The first price in cents that is beyond it; `None` where there is none.
    pub fn limit_cents(self) -> Option<i64> {
        match self {
            PriceSegment::Under15 => Some(1_500),
            PriceSegment::Under30 => Some(3_000),
            PriceSegment::Under75 => Some(7_500),
            PriceSegment::Above75 => None,
        }
    }

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            PriceSegment::Under15 => "<15",
            PriceSegment::Under30 => "15-30",
            PriceSegment::Under75 => "30-75",
            PriceSegment::Above75 => "75+",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_belongs_to_the_dearer_segment() {
        for (cents, word) in [
            (-1, "<15"),
            (0, "<15"),
            (1_499, "<15"),
            (1_500, "15-30"),
            (2_999, "15-30"),
            (7_499, "30-75"),
            (7_500, "75+"),
        ] {
            assert_eq!(PriceSegment::of_cents(cents).word(), word, "{cents}");
        }
    }
}
