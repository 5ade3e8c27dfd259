//! A file in the folder of exports, whatever it holds.

#![no_main]

use std::sync::LazyLock;

use connectors::http::{Http, Policy};
use connectors::isavigne::Isavigne;
use connectors::source::Before;
use connectors::{Context, Settings, SourceConnector, SourceContext};
use futures_util::StreamExt;
use libfuzzer_sys::fuzz_target;
use model::canonical::Entity;
use tempfile::TempDir;
use tokio::runtime::Runtime;

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().expect("a folder"));
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime"));

fuzz_target!(|bytes: &[u8]| {
    let path = FOLDER.path().join("clients.csv");
    std::fs::write(&path, bytes).expect("a file");
    // One that was just written would be watched for a moment.
    let file = std::fs::File::options().write(true).open(&path).expect("the file");
    file.set_modified(std::time::UNIX_EPOCH).expect("an old file");
    let mut settings = Settings::default();
    settings.values.insert("isavigne_export_path".into(), FOLDER.path().display().to_string());
    settings.values.insert("isavigne_file_pattern".into(), "*".into());
    let service = Context { http: Http::new(Policy::default()).expect("a client"), base_url: None, tokens: None };
    let context = SourceContext { service, data_dirs: vec![FOLDER.path().to_owned()] };
    let source = Isavigne.connect(&context, settings).expect("the source");
    RUNTIME.block_on(async {
        let _ = source.tables().await;
        let mut events = source.read(Entity::Customers, Before::default());
        while events.next().await.is_some() {}
    });
});
