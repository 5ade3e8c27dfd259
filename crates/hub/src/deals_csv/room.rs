//! How much of the disk the files that people hand in may take: so many files and bytes for one person, so many
//! for all of them together.
//!
//! A file counts from its first byte until it is deleted, whether it still comes, waits or is being imported.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::texts;
use crate::Result;

/// How many files one person may have.
const FILES_EACH: u64 = 5;
/// How many there may be.
const FILES: u64 = 50;
/// How many files of the largest size one person's may weigh together.
const LARGEST_EACH: u64 = 2;
/// How many files of the largest size all of them may weigh together: 1 GB at the usual 200 MB.
const LARGEST: u64 = 5;

/// Who has taken how much.
pub(super) struct Room {
    /// The largest file, in bytes.
    largest: u64,
    taken: Mutex<BTreeMap<String, Taken>>,
}

#[derive(Clone, Copy, Default)]
struct Taken {
    files: u64,
    bytes: u64,
}

/// The place of one file, until it is dropped.
pub(super) struct Place {
    room: Arc<Room>,
    owner: String,
    bytes: u64,
}

impl Room {
    /// Room for files of at most so many bytes.
    pub(super) fn new(largest: u64) -> Room {
        Room { largest, taken: Mutex::default() }
    }

    /// A place for a file, empty so far.
    ///
    /// # Errors
    /// `Invalid`: its owner has as many files as one may have, or all of them have.
    pub(super) fn place(self: &Arc<Self>, owner: &str) -> Result<Place> {
        let mut taken = self.lock();
        if taken.get(owner).is_some_and(|own| own.files >= FILES_EACH) {
            return Err(texts::too_many_files(FILES_EACH));
        }
        if taken.values().map(|one| one.files).sum::<u64>() >= FILES {
            return Err(texts::no_room());
        }
        taken.entry(owner.to_owned()).or_default().files += 1;
        Ok(Place { room: Arc::clone(self), owner: owner.to_owned(), bytes: 0 })
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Taken>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Takes room for the bytes that come next.
    ///
    /// # Errors
    /// `Invalid`: its owner's files would weigh more than one person's may, or all of them.
    pub(super) fn grow(&mut self, bytes: u64) -> Result<()> {
        let largest = self.room.largest;
        let mut taken = self.room.lock();
        let all = taken.values().map(|one| one.bytes).sum::<u64>();
        let own = taken.entry(self.owner.clone()).or_default();
        if own.bytes.saturating_add(bytes) > largest.saturating_mul(LARGEST_EACH) {
            return Err(texts::too_many_bytes(largest.saturating_mul(LARGEST_EACH)));
        }
        if all.saturating_add(bytes) > largest.saturating_mul(LARGEST) {
            return Err(texts::no_room());
        }
        own.bytes += bytes;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.room.lock();
        let Some(own) = taken.get_mut(&self.owner) else { return };
        own.files -= 1;
        own.bytes -= self.bytes;
        if own.files == 0 {
            taken.remove(&self.owner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal<T>(of: Result<T>) -> std::borrow::Cow<'static, str> {
        of.err().expect("a refusal").message.fr
    }

    #[test]
    fn one_person_has_so_many_files_and_all_together_too() {
        let room = Arc::new(Room::new(10));
        let mut places: Vec<Place> = (0..FILES_EACH).map(|_| room.place("a").unwrap()).collect();
        assert!(refusal(room.place("a")).contains("5 fichiers"));
        let others = (0..FILES - FILES_EACH).map(|n| room.place(&format!("b{n}")).unwrap());
        places.extend(others);
        assert!(refusal(room.place("c")).contains("serveur"));
        places.clear();
        assert!(room.place("a").is_ok() && room.lock().is_empty(), "what is deleted takes no room");
    }

    #[test]
    fn bytes_are_counted_as_they_come() {
        let room = Arc::new(Room::new(10 << 20));
        let (mut first, mut second) = (room.place("a").unwrap(), room.place("a").unwrap());
        first.grow(12 << 20).unwrap();
        second.grow(8 << 20).unwrap();
        assert!(refusal(second.grow(1)).contains("20 Mo"));
        drop(first);
        second.grow(1).unwrap();
        let others: Vec<Place> = ["b", "c", "d"]
            .map(|owner| {
                let mut place = room.place(owner).unwrap();
                place.grow(13 << 20).unwrap();
                place
            })
            .into();
        assert!(refusal(room.place("e").unwrap().grow(4 << 20)).contains("serveur"));
        drop(others);
    }
}
