//! Which requests a fault hits.

use super::{Fault, Kind};

/// A fault and the requests it hits: by default the next one of its kind.
#[derive(Clone, Debug)]
pub struct Rule {
    kind: Kind,
    fault: Fault,
    path_part: Option<String>,
    /// Matching requests that pass unharmed first.
    skip: u64,
    /// Hits left.
    left: u64,
    chance: Option<(f64, fastrand::Rng)>,
}

impl Rule {
    /// Hits the next request of this kind.
    #[must_use]
    pub fn new(kind: Kind, fault: Fault) -> Self {
        Self { kind, fault, path_part: None, skip: 0, left: 1, chance: None }
    }

    /// Hits the next `n`.
    #[must_use]
    pub fn times(mut self, n: u64) -> Self {
        self.left = n;
        self
    }

    /// Hits the `k`-th from now on, counting from 1 (then as many as [`Rule::times`] says).
    #[must_use]
    pub fn nth(mut self, k: u64) -> Self {
        self.skip = k.saturating_sub(1);
        self
    }

    /// Hits every one, without end.
    #[must_use]
    pub fn always(self) -> Self {
        self.times(u64::MAX)
    }

    /// Hits the `k`-th and every one after it.
    #[must_use]
    pub fn from_nth(self, k: u64) -> Self {
        self.nth(k).always()
    }

    /// Only requests whose path contains this, e.g. a base or table id.
    #[must_use]
    pub fn on_path(mut self, part: &str) -> Self {
        self.path_part = Some(part.to_owned());
        self
    }

    /// Hits each matching request with this probability (0 to 1); the same seed gives the same hits.
    #[must_use]
    pub fn chance(mut self, probability: f64, seed: u64) -> Self {
        self.chance = Some((probability, fastrand::Rng::with_seed(seed)));
        self
    }

    pub(super) fn fault(&self) -> &Fault {
        &self.fault
    }

    pub(super) fn is_used_up(&self) -> bool {
        self.left == 0
    }

    pub(super) fn matches(&self, kind: Kind, path: &str) -> bool {
        self.kind.covers(kind) && self.path_part.as_ref().is_none_or(|part| path.contains(part.as_str()))
    }

    /// Counts one matching request; true when it is hit. A request that an earlier rule has taken
    /// (`free` false) still counts towards the `k`-th, but uses up no hit.
    pub(super) fn count(&mut self, free: bool) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        if !free || self.left == 0 {
            return false;
        }
        if let Some((probability, rng)) = &mut self.chance
            && rng.f64() >= *probability
        {
            return false;
        }
        if self.left != u64::MAX {
            self.left -= 1;
        }
        true
    }
}
