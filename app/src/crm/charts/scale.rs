//! From values to places on a line, in percent of its length. Pure.

/// The least part of the line a bar takes that is not nothing, in percent.
const LEAST: f64 = 0.75;

/// What a line stands for. Zero is always on it, so that lengths can be compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
}

/// Where a bar lies, in percent of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    /// Its left end.
    pub(super) start: f64,
    /// Its length.
    pub(super) width: f64,
}

impl Scale {
    /// The line on which all these values have a place; what is no number has none.
    pub(super) fn of(values: impl IntoIterator<Item = f64>) -> Scale {
        let start = Scale { low: 0.0, high: 0.0 };
        values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold(start, |scale, value| Scale { low: scale.low.min(value), high: scale.high.max(value) })
    }

    /// The bar from zero to that value. A value beyond the line ends where the line ends.
    pub(super) fn bar(self, value: f64) -> Span {
        let length = self.high - self.low;
        if length <= 0.0 || !value.is_finite() {
            return Span { start: 0.0, width: 0.0 };
        }
        let zero = self.percent(0.0);
        let width = (self.percent(value) - zero).abs();
        let width = if value == 0.0 { 0.0 } else { width.max(LEAST) };
        let start = if value < 0.0 { (zero - width).max(0.0) } else { zero.min(100.0 - width) };
        Span { start: hundredths(start), width: hundredths(width) }
    }

    fn percent(self, value: f64) -> f64 {
        (value.clamp(self.low, self.high) - self.low) / (self.high - self.low) * 100.0
    }
}

/// Fewer digits than anybody can see.
fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_begin_at_zero_and_end_at_their_value() {
        for (values, value, start, width) in [
            (vec![10.0, 40.0], 40.0, 0.0, 100.0),
            (vec![10.0, 40.0], 10.0, 0.0, 25.0),
            (vec![10.0, 40.0], 0.0, 0.0, 0.0),
            // Too small to be seen otherwise.
            (vec![1.0, 1e12], 1.0, 0.0, 0.75),
            // On both sides of zero.
            (vec![-10.0, 30.0], 30.0, 25.0, 75.0),
            (vec![-10.0, 30.0], -10.0, 0.0, 25.0),
            (vec![-10.0, 30.0], 0.0, 25.0, 0.0),
            // Only losses.
            (vec![-10.0, -5.0], -5.0, 50.0, 50.0),
            (vec![-1e12, -1.0], -1.0, 99.25, 0.75),
            // Nothing to compare with.
            (vec![], 5.0, 0.0, 0.0),
            (vec![0.0, 0.0], 0.0, 0.0, 0.0),
            // No numbers.
            (vec![f64::NAN, f64::INFINITY, 8.0], 8.0, 0.0, 100.0),
            (vec![8.0], f64::NAN, 0.0, 0.0),
            // Beyond the line.
            (vec![8.0], 80.0, 0.0, 100.0),
        ] {
            let span = Scale::of(values.clone()).bar(value);
            assert_eq!(span, Span { start, width }, "{value} of {values:?}");
        }
    }

    #[test]
    fn no_bar_leaves_the_line() {
        let values = [-3.5, -1e-9, 0.0, 1e-9, 2.0, 7.25];
        for value in values {
            let Span { start, width } = Scale::of(values).bar(value);
            assert!(start >= 0.0 && width >= 0.0 && start + width <= 100.01, "{value}: {start} + {width}");
        }
    }
}
