//! Sources of data, beside whose files lie others that are nobody's to see; and datasets, in every format they
//! are taken out in.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::needles::Needles;
use super::{Tour, planted};

/// A folder of exports, from which links lead outside.
pub(super) struct Exports {
    /// The folder that sources may read.
    pub(super) folder: TempDir,
    /// One that they may not. What its file is called and what it says is a secret.
    outside: TempDir,
}

impl Exports {
    pub(super) fn new(needles: &mut Needles) -> Exports {
        let [name, words] = ["filename", "words"].map(planted);
        [&name, &words].into_iter().for_each(|secret| needles.add(secret));
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let secret = outside.path().join(format!("clients_{name}.csv"));
        export(&secret, &format!("Code client;Nom;{words}\nC9;{words}\n"));
        export(&folder.path().join("clients.csv"), "Code client;Nom\nC1;Dupont\nC2;\"never closed\n;x\n");
        symlink(&secret, folder.path().join("clients_2.csv")).unwrap();
        symlink(outside.path(), folder.path().join("linked")).unwrap();
        Exports { folder, outside }
    }
}

/// A file that nobody is writing any more.
fn export(path: &Path, lines: &str) {
    let mut file = File::create(path).unwrap();
    file.write_all(lines.as_bytes()).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3_600)).unwrap();
}

/// Sources made, tried, synced and looked at: of files, of files they may not read, and of a service.
pub(super) fn tour_of_sources(tour: &mut Tour<'_>, exports: &Exports, at: &str, key: &str) {
    let path = |path: &Path| path.display().to_string();
    let (inside, outside) = (path(exports.folder.path()), path(exports.outside.path()));
    let linked = path(&exports.folder.path().join("linked"));
    let files = |folder| vec![("connector_type", "isavigne"), ("isavigne_export_path", folder)];
    let url = format!("{at}/422");
    let service = vec![
        ("connector_type", "odoo"),
        ("odoo_url", &url),
        ("odoo_db", "db"),
        ("odoo_user", "u"),
        ("odoo_api_key", key),
    ];
    for (name, values) in
        [("cave", files(&inside)), ("linked", files(&linked)), ("outside", files(&outside)), ("erp", service)]
    {
        tour.form("/connectors", &[&[("connector_name", "not a name")], &values[..]].concat());
        tour.form("/connectors", &[&[("connector_name", name)], &values[..]].concat());
        for way in ["test", "sync"] {
            tour.ask("POST", &format!("/connectors/{name}/{way}"), "{}");
        }
        for page in ["", "/mapping", "/quality", "/delete", "/logs"] {
            tour.look(&format!("/connectors/{name}{page}"));
        }
        tour.look(&format!("/api/sources/{name}/quality"));
    }
    for page in ["/connectors?tab=sources", "/connectors/api/status", "/connectors/api/metrics", "/data"] {
        tour.look(page);
    }
    let rows = tour.ask("GET", "/api/data/customers", "");
    assert!(rows.contains("Dupont"), "{rows}");
    tour.look("/data/customers");
    assert!(tour.taken("/data/customers.csv").contains("Dupont"));
}

/// A dataset of a service that asks for a token and answers as it should.
pub(super) fn tour_of_datasets(tour: &mut Tour<'_>, at: &str, token: &str) {
    let draft = json!({"connection_type": "rest_api", "name": "Clients",
        "config": {"url": format!("{at}/rows"), "data_path": "rows"},
        "credentials": {"auth_type": "bearer", "token": token}});
    let made = tour.ask("POST", "/api/connections/", &draft.to_string());
    let connection = &body(&made)["id"];
    let ran = tour.ask("POST", &format!("/api/connections/{connection}/sync"), "{}");
    assert!(ran.contains("\"success\":true"), "{ran}");
    let datasets = body(&tour.ask("GET", "/api/datasets", ""));
    let datasets = datasets["data"].as_array().unwrap();
    let id = &datasets.iter().find(|dataset| dataset["name"] == "Clients").unwrap()["id"];
    for part in ["", "/rows", "/versions", "/differences"] {
        tour.look(&format!("/api/datasets/{id}{part}"));
    }
    tour.look(&format!("/datasets/{id}"));
    for format in ["csv", "json", "ndjson", "parquet"] {
        let file = tour.taken(&format!("/api/datasets/{id}/export?format={format}"));
        assert!(file.contains("Dupont"), "{format}: {file}");
    }
    for path in ["/deals/export.csv", "/deals/export.xlsx"] {
        assert!(tour.taken(path).contains("Cave Martin"), "{path}");
    }
}

/// The JSON of an answer.
fn body(answer: &str) -> Value {
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}
