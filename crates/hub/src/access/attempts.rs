//! How often somebody tried to log in, and how long they have to wait for the next time.
//!
//! Ten wrong tries are nobody's fault; each one after them doubles the wait. Counted are accounts, whether they
//! exist or not, and addresses. Sessions that are there already are never asked.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

use chrono::{DateTime, TimeDelta, Utc};

/// Tries without a wait.
const FREE: u32 = 10;
/// The wait after them; it doubles with every further try.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(30);
/// The longest wait.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// After that time without a try, earlier ones are forgotten.
const FORGOTTEN: TimeDelta = TimeDelta::hours(1);
/// At most that many accounts and addresses are remembered: about a megabyte.
const KEPT: usize = 10_000;
/// The longest name that is remembered as it is, in bytes; of longer ones, which nobody has, the beginning.
const NAME: usize = 120;

/// What tries are counted for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// An account, by its name.
    Account(String),
    /// An address, or the network of one: who has one IPv6 address has 2^64 of them.
    Address(IpAddr),
}

impl Key {
    pub(super) fn account(name: &str) -> Key {
        let end = (0..=name.len().min(NAME)).rev().find(|end| name.is_char_boundary(*end));
        Key::Account(name[..end.unwrap_or_default()].to_owned())
    }

    pub(super) fn address(address: IpAddr) -> Key {
        Key::Address(match address.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
            address => address,
        })
    }
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    count: u32,
    last: DateTime<Utc>,
}

impl Tries {
    /// Until when the next one has to wait.
    fn until(self) -> DateTime<Utc> {
        let Some(doublings) = self.count.checked_sub(FREE) else { return self.last };
        let wait = FIRST_WAIT.checked_mul(1_i32.checked_shl(doublings.min(16)).unwrap_or(i32::MAX));
        self.last + wait.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
    }

    fn is_forgotten(self, now: DateTime<Utc>) -> bool {
        self.last + FORGOTTEN <= now
    }
}

/// The tries of the last hour.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    tries: HashMap<Key, Tries>,
    /// What the clock showed last.
    seen: DateTime<Utc>,
}

impl Attempts {
    /// Counts a try before it is known whether it is right: many at once are no way around.
    ///
    /// # Errors
    /// How long to wait; then nothing is counted.
    pub(super) fn begin(&mut self, keys: &[Key], now: DateTime<Utc>) -> Result<(), TimeDelta> {
        self.follow(now);
        let tries =
            keys.iter().filter_map(|key| self.tries.get(key)).filter(|tries| !tries.is_forgotten(now));
        let until = tries.map(|tries| tries.until()).max();
        if let Some(wait) = until.map(|until| until - now).filter(|wait| *wait > TimeDelta::zero()) {
            return Err(wait);
        }
        for key in keys {
            self.make_room(key, now);
            let tries = self.tries.entry(key.clone()).or_insert(Tries { count: 0, last: now });
            let before = if tries.is_forgotten(now) { 0 } else { tries.count };
            *tries = Tries { count: before.saturating_add(1), last: now };
        }
        Ok(())
    }

    /// The try was right: the account begins anew, and the address is not blamed for it.
    pub(super) fn succeed(&mut self, keys: &[Key]) {
        for key in keys {
            match key {
                Key::Account(_) => drop(self.tries.remove(key)),
                Key::Address(_) => {
                    if let Some(tries) = self.tries.get_mut(key) {
                        tries.count = tries.count.saturating_sub(1);
                    }
                }
            }
        }
    }

    /// A clock that was put back takes along what is remembered: a wait neither grows by the jump nor ends with it.
    fn follow(&mut self, now: DateTime<Utc>) {
        let back = self.seen - now;
        if back > TimeDelta::zero() {
            self.tries.values_mut().for_each(|tries| tries.last -= back);
        }
        self.seen = now;
    }

    /// Forgets what may be forgotten; else the one with the fewest tries, so that nobody's count is washed away
    /// by a flood of names.
    fn make_room(&mut self, key: &Key, now: DateTime<Utc>) {
        if self.tries.len() < KEPT || self.tries.contains_key(key) {
            return;
        }
        self.tries.retain(|_, tries| !tries.is_forgotten(now));
        if self.tries.len() >= KEPT {
            let least = self.tries.iter().min_by_key(|(_, tries)| (tries.count, tries.last));
            if let Some(key) = least.map(|(key, _)| key.clone()) {
                self.tries.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn account(name: &str) -> [Key; 1] {
        [Key::account(name)]
    }

    #[test]
    fn the_wait_grows_with_every_wrong_try() {
        let (mut attempts, key) = (Attempts::default(), account("owner"));
        for _ in 0..FREE {
            assert_eq!(attempts.begin(&key, at(0)), Ok(()));
        }
        let mut now = 0;
        for wait in [30, 60, 120, 240, 480, 900, 900, 900] {
            assert_eq!(attempts.begin(&key, at(now)), Err(TimeDelta::seconds(wait)));
            assert_eq!(attempts.begin(&key, at(now + wait - 1)), Err(TimeDelta::seconds(1)));
            now += wait;
            assert_eq!(attempts.begin(&key, at(now)), Ok(()), "after {wait} s");
        }
        // A wait that was not kept does not grow; an hour of quiet is a new beginning.
        assert_eq!(attempts.begin(&key, at(now + 3_600)), Ok(()));
        assert_eq!(attempts.begin(&key, at(now + 3_600)), Ok(()));
    }

    #[test]
    fn a_clock_that_goes_back_neither_locks_out_nor_lets_in() {
        for back in [1, 29, 3_600, 40 * 365 * 86_400] {
            let (mut attempts, key, now) = (Attempts::default(), account("owner"), 50 * 365 * 86_400);
            for _ in 0..FREE {
                assert_eq!(attempts.begin(&key, at(now)), Ok(()));
            }
            assert_eq!(attempts.begin(&key, at(now + 10)), Err(TimeDelta::seconds(20)));
            let now = now + 10 - back;
            assert_eq!(attempts.begin(&key, at(now)), Err(TimeDelta::seconds(20)), "back by {back} s");
            assert_eq!(attempts.begin(&key, at(now + 20)), Ok(()), "back by {back} s");
            assert_eq!(attempts.begin(&key, at(now + 20)), Err(TimeDelta::seconds(60)));
        }
    }

    #[test]
    fn a_right_try_clears_the_account_and_not_the_address() {
        let mut attempts = Attempts::default();
        let keys = [Key::account("owner"), Key::address([192, 0, 2, 1].into())];
        for _ in 0..9 {
            attempts.begin(&keys, at(0)).unwrap();
        }
        attempts.begin(&keys, at(0)).unwrap();
        attempts.succeed(&keys);
        assert_eq!(attempts.begin(&keys, at(0)), Ok(()), "the right one counts for nobody");
        assert_eq!(attempts.begin(&keys, at(0)), Err(TimeDelta::seconds(30)), "ten wrong ones from there");
        assert_eq!(attempts.begin(&account("owner"), at(0)), Ok(()), "from elsewhere");
    }

    #[test]
    fn an_address_is_its_network() {
        let key = |text: &str| Key::address(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2::1"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
        assert_ne!(key("192.0.2.2"), key("192.0.2.1"));
    }

    #[test]
    fn a_flood_of_names_neither_grows_nor_washes_away() {
        let (mut attempts, owner) = (Attempts::default(), account("owner"));
        for _ in 0..FREE {
            attempts.begin(&owner, at(0)).unwrap();
        }
        for number in 0..KEPT + 100 {
            attempts.begin(&account(&format!("{number}{}", "é".repeat(500))), at(1)).unwrap();
        }
        assert_eq!(attempts.tries.len(), KEPT);
        assert_eq!(attempts.begin(&owner, at(2)), Err(TimeDelta::seconds(28)));
        attempts.begin(&account("x"), at(7_200)).unwrap();
        assert_eq!(attempts.tries.len(), 1, "what is old goes first");
    }
}
