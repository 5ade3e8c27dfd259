//! Files that wait to be imported: who finds them, and how long they are kept.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use model::api::instant;

use super::CSV;
use super::file::DealsFile;
use super::handed_in::{PREFIX, SUFFIX, cannot_keep};
use super::room::Room;
use crate::clock::distant;
use crate::digest::hex;
use crate::{Hub, Result};

/// How long a file that nobody imports is kept.
const KEPT: TimeDelta = TimeDelta::hours(1);
/// From which age on what this process does not know was left behind: until then, it may be another server's.
const LEFT_BEHIND: TimeDelta = TimeDelta::hours(2);
/// How often those that were kept long enough are looked for.
const SWEEP: Duration = Duration::from_secs(300);

/// The files that wait to be imported.
pub(crate) struct Uploads {
    /// Where they are. Nothing but what is named like them is touched there.
    pub(super) folder: PathBuf,
    /// The largest, in bytes.
    pub(super) limit: u64,
    /// How much of the disk they may take.
    pub(super) room: Arc<Room>,
    waiting: Mutex<BTreeMap<String, Waiting>>,
}

/// A file that somebody looks at before it is imported.
#[derive(Clone)]
pub(super) struct Waiting {
    /// The file, and how it is read. Nobody but its owner finds it.
    pub(super) file: Arc<DealsFile>,
    /// What its import would do, where its columns are known.
    pub(super) plan: Option<i64>,
    since: DateTime<Utc>,
}

impl Waiting {
    /// A file that waits since that moment.
    pub(super) fn new(file: Arc<DealsFile>, plan: Option<i64>, since: DateTime<Utc>) -> Waiting {
        Waiting { file, plan, since }
    }

    fn is_of(&self, owner: &str) -> bool {
        self.file.upload.owner == owner
    }
}

/// A file that somebody has not imported yet.
#[derive(Clone, Debug)]
pub struct KeptCsv {
    /// What it is found by.
    pub key: String,
    /// What its sender calls it.
    pub name: String,
    /// Its bytes.
    pub size: u64,
}

impl Uploads {
    pub(crate) fn new(folder: PathBuf, limit: u64) -> Uploads {
        Uploads { folder, limit, room: Arc::new(Room::new(limit)), waiting: Mutex::default() }
    }

    /// Keeps a file under a name nobody guesses.
    pub(super) fn keep(&self, waiting: Waiting) -> Result<String> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|_| cannot_keep(&io::Error::other("no randomness")))?;
        let key = hex(&random);
        self.lock().insert(key.clone(), waiting);
        Ok(key)
    }

    /// Keeps a file instead of what was kept `before`; whether that was still so.
    pub(super) fn replace(&self, key: &str, before: &Waiting, waiting: Waiting) -> bool {
        let mut kept = self.lock();
        let is_there =
            kept.get(key).is_some_and(|now| Arc::ptr_eq(&now.file, &before.file) && now.plan == before.plan);
        if is_there {
            kept.insert(key.to_owned(), waiting);
        }
        is_there
    }

    /// The file of that name, if it is this owner's.
    pub(super) fn get(&self, owner: &str, key: &str) -> Option<Waiting> {
        self.lock().get(key).filter(|waiting| waiting.is_of(owner)).cloned()
    }

    /// The files of this owner, the latest first.
    pub(super) fn of_owner(&self, owner: &str) -> Vec<KeptCsv> {
        let waiting = self.lock();
        let mut own: Vec<_> = waiting.iter().filter(|(_, waiting)| waiting.is_of(owner)).collect();
        own.sort_by_key(|(_, waiting)| std::cmp::Reverse(waiting.since));
        let kept = |(key, waiting): (&String, &Waiting)| {
            let upload = &waiting.file.upload;
            KeptCsv { key: key.clone(), name: upload.name.clone(), size: upload.size }
        };
        own.into_iter().map(kept).collect()
    }

    /// Forgets a file; it is deleted when its run, if there is one, has read it.
    pub(super) fn forget(&self, key: &str) {
        self.lock().remove(key);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what nobody has imported in time, and deletes files of that age that nobody knows: an earlier
    /// process left them behind. Returns the plans of what is forgotten.
    fn sweep(&self, now: DateTime<Utc>, left_behind: TimeDelta) -> Vec<i64> {
        let mut plans = Vec::new();
        self.lock().retain(|_, waiting| {
            let is_over = is_old(waiting.since, now, KEPT);
            plans.extend(waiting.plan.filter(|_| is_over));
            !is_over
        });
        for path in of_folder(&self.folder).unwrap_or_default() {
            let is_known = self.lock().values().any(|waiting| waiting.file.upload.path() == path);
            let modified = fs::metadata(&path).and_then(|data| data.modified());
            if !is_known && modified.is_ok_and(|at| is_old(at.into(), now, left_behind)) {
                // It may have been imported in the meantime, and deleted.
                let _ = fs::remove_file(&path);
            }
        }
        plans
    }
}

/// Whether a moment is so long past. One as far ahead was told by a clock that has gone back since.
fn is_old(since: DateTime<Utc>, now: DateTime<Utc>, age: TimeDelta) -> bool {
    (now - since).abs() >= age
}

/// The uploads in a folder.
fn of_folder(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            found.push(path);
        }
    }
    Ok(found)
}

impl Hub {
    /// Deletes what an earlier process left behind, then for ever what nobody imports within an hour: files, and
    /// what their imports would have done. For the process that serves the database.
    pub async fn watch_uploads(&self) {
        // A SQLite database is served by one process: whatever is there was left behind.
        let is_alone = self.inner.database_url.starts_with("sqlite");
        let mut left_behind = if is_alone { TimeDelta::zero() } else { LEFT_BEHIND };
        loop {
            if let Err(error) = self.sweep_uploads(left_behind).await {
                tracing::warn!(%error, "plans of files that were not imported could not be removed");
            }
            left_behind = LEFT_BEHIND;
            tokio::time::sleep(SWEEP).await;
        }
    }

    async fn sweep_uploads(&self, left_behind: TimeDelta) -> Result<()> {
        let now = self.time();
        for plan in self.inner.uploads.sweep(now, left_behind) {
            self.forget_plan(plan).await?;
        }
        let mut batch = self.store().begin().await?;
        batch.delete_plans_outside(CSV, &instant(now - left_behind), &distant(now, KEPT)).await?;
        Ok(batch.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use model::Direction;
    use store::Keys;

    use super::*;
    use crate::{Clock, HubOptions};

    #[test]
    fn only_uploads_are_swept_and_only_old_ones() {
        let folder = tempfile::tempdir().unwrap();
        let uploads = Uploads::new(folder.path().to_owned(), 1);
        let left = folder.path().join("deals-x.upload");
        let other = folder.path().join("notes.txt");
        for path in [&left, &other] {
            fs::write(path, "x").unwrap();
        }
        uploads.sweep(Utc::now(), LEFT_BEHIND);
        assert!(left.exists());
        uploads.sweep(Utc::now(), TimeDelta::zero());
        assert!(!left.exists() && other.exists());
    }

    /// What waits goes by the hub's clock, and takes with it what its import would have done.
    #[tokio::test]
    async fn a_file_that_was_kept_for_an_hour_goes_with_its_plan() {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("test.db").display());
        let now = Arc::new(Mutex::new(Utc::now()));
        let told = Arc::clone(&now);
        let options = HubOptions::new(database, Keys::parse(&Keys::generate()).unwrap());
        let clock = Clock::of(move || *told.lock().unwrap());
        let hub = Hub::open(HubOptions { clock, ..options }).await.unwrap();

        let mut upload = hub.begin_upload("me", "deals.csv").unwrap();
        upload.write(b"Client;Montant\nA;1\n").await.unwrap();
        let key = hub.keep_csv(upload.finish().await.unwrap()).await.unwrap();
        let mut batch = hub.store().begin().await.unwrap();
        let of_service = batch.insert_plan("airtable", Direction::Import, &hub.at()).await.unwrap();
        batch.commit().await.unwrap();
        let plan = hub.inner.uploads.get("me", &key).unwrap().plan.unwrap();
        assert!(hub.inner.uploads.get("you", &key).is_none(), "nobody else finds it");
        let names = |owner| hub.kept_csvs(owner).into_iter().map(|kept| kept.name).collect::<Vec<_>>();
        assert_eq!((names("me"), names("you")), (vec!["deals.csv".to_owned()], Vec::new()));

        let files = || of_folder(&folder.path().join("uploads")).unwrap().len();
        *now.lock().unwrap() += TimeDelta::minutes(59);
        hub.sweep_uploads(LEFT_BEHIND).await.unwrap();
        assert!(files() == 1 && hub.store().plan(plan).await.unwrap().is_some());
        *now.lock().unwrap() += TimeDelta::minutes(1);
        hub.sweep_uploads(LEFT_BEHIND).await.unwrap();
        assert!(files() == 0 && hub.store().plan(plan).await.unwrap().is_none());
        assert!(hub.inner.uploads.get("me", &key).is_none());

        // A plan that a process left behind when it died.
        let mut batch = hub.store().begin().await.unwrap();
        let left = batch.insert_plan(CSV, Direction::Import, &hub.at()).await.unwrap();
        batch.commit().await.unwrap();
        *now.lock().unwrap() += LEFT_BEHIND + TimeDelta::seconds(1);
        hub.sweep_uploads(LEFT_BEHIND).await.unwrap();
        assert!(hub.store().plan(left).await.unwrap().is_none());
        assert!(hub.store().plan(of_service).await.unwrap().is_some(), "only plans of files go");
    }
}
