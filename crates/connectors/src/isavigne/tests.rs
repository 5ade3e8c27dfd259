//! A folder of exports, as merchants leave it.

mod bad_input;
mod folders;
mod formats;
mod torture;

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use futures_util::StreamExt;
use model::canonical::{Entity, Refused};
use tempfile::TempDir;

use super::Isavigne;
use crate::connector::{Context, Settings};
use crate::http::{Http, Policy};
use crate::source::{Before, Event, Known, Skip, Source, SourceConnector, SourceContext};

/// A folder and the source that reads it.
struct Place {
    folder: TempDir,
    settings: Settings,
}

impl Place {
    fn new() -> Place {
        let folder = TempDir::new().unwrap();
        let mut settings = Settings::default();
        let path = folder.path().display().to_string();
        settings.values.insert("isavigne_export_path".into(), path);
        settings.values.insert("isavigne_file_pattern".into(), "*".into());
        Place { folder, settings }
    }

    fn set(mut self, key: &str, value: &str) -> Place {
        self.settings.values.insert(key.into(), value.into());
        self
    }

    /// A file that was last changed that many minutes ago.
    fn file(&self, name: &str, content: &[u8], minutes: u64) -> PathBuf {
        let path = self.folder.path().join(name);
        let mut file = File::create(&path).unwrap();
        file.write_all(content).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(minutes * 60)).unwrap();
        path
    }

    fn source(&self) -> Arc<dyn Source> {
        Isavigne.connect(&context(&[self.folder.path()]), self.settings.clone()).unwrap()
    }

    async fn events(&self, entity: Entity, before: Before) -> Vec<Event> {
        self.source().read(entity, before).map(Result::unwrap).collect().await
    }

    async fn read(&self, entity: Entity) -> Told {
        Told::of(self.events(entity, Before::default()).await)
    }

    /// Reads again what is not as these marks tell.
    async fn read_again(&self, entity: Entity, marks: &Known) -> Told {
        Told::of(self.events(entity, Before { known: marks.clone(), since: None }).await)
    }
}

fn context(dirs: &[&Path]) -> SourceContext {
    SourceContext {
        service: Context { http: Http::new(Policy::default()).unwrap(), base_url: None, tokens: None },
        data_dirs: dirs.iter().map(|dir| dir.to_path_buf()).collect(),
    }
}

/// What a reading told, in short.
#[derive(Debug, Default)]
struct Told {
    columns: Vec<String>,
    rows: Vec<String>,
    refused: Vec<Refused>,
    failed: Vec<String>,
    skipped: Vec<(String, Skip)>,
    marks: Known,
}

impl Told {
    fn of(events: Vec<Event>) -> Told {
        let mut told = Told::default();
        for event in events {
            match event {
                Event::Began { columns, .. } => told.columns = columns,
                Event::Rows { rows, refused } => {
                    let line = |row: model::table::TextRow<'_>| {
                        format!("{} {}", row.origin, row.cells().collect::<Vec<_>>().join("|"))
                    };
                    told.rows.extend(rows.iter().map(line));
                    told.refused.extend(refused);
                }
                Event::Ended { part, mark } => drop(told.marks.insert(part, mark)),
                Event::Skipped { part, why } => told.skipped.push((part, why)),
                Event::Failed { error, .. } => told.failed.push(error.message.fr.into_owned()),
            }
        }
        told
    }
}
