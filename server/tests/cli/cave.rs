//! A folder of exports, and a program with a source named `cave` that reads it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::time::{Duration, SystemTime};

use hub::{DataQuery, DataRow, DataValue, Hub, SourceDraft};
use model::Lang;
use model::api::LoadBody;
use model::canonical::Entity;
use tempfile::TempDir;

use crate::ground;
use crate::program::Program;

/// The files, in the order in which they are read, each with its lines.
const FILES: [(&str, &str); 4] = [
    ("clients.csv", "Code client;Nom\nC1;Dupont\nC2;Durand\nC3;Petit"),
    ("produits.csv", "Code produit;Désignation;Prix d'achat\nP1;Rouge;4,00"),
    (
        "ventes_1.csv",
        "Ligne;Client;Produit;Date;Quantité;Prix unitaire\nL1;C1;P1;20/11/2026;2;10,50\nL2;C2;P1;20/11/2026;1;10,50",
    ),
    ("ventes_2.csv", "Ligne;Client;Produit;Date;Quantité;Prix unitaire\nL3;C1;P1;21/11/2026;1;10,50"),
];

/// How many rows that is.
pub(crate) const ROWS: u64 = 7;

/// The program and its folder.
pub(crate) struct Cave {
    pub(crate) program: Program,
    _exports: TempDir,
}

impl Cave {
    pub(crate) async fn new() -> Cave {
        let exports = tempfile::tempdir().unwrap();
        for ((name, lines), number) in FILES.iter().zip(1..) {
            let mut file = File::create(exports.path().join(name)).unwrap();
            file.write_all(lines.as_bytes()).unwrap();
            // Nobody is writing them any more.
            let age = Duration::from_secs(3_600 - number);
            file.set_modified(SystemTime::now() - age).unwrap();
        }
        let folder = exports.path().display().to_string();
        let program =
            Program::new().with("PASSERELLE_DATA_DIRS", &folder).with("ENCRYPTION_KEY", ground::KEY);
        let cave = Cave { program, _exports: exports };
        let hub = cave.opened().await;
        let values = BTreeMap::from([("isavigne_export_path".to_owned(), folder)]);
        let draft = SourceDraft { name: "cave".to_owned(), kind: "isavigne".to_owned(), values };
        hub.create_source(draft).await.unwrap();
        hub.shut_down(Duration::ZERO).await;
        cave
    }

    /// The program's database opened anew, as by its next start.
    pub(crate) async fn opened(&self) -> Hub {
        ground::open(&self.program, BTreeMap::new()).await
    }

    /// Runs `passerelle sync` until this place and kills it there; the run as the next start tells of it.
    pub(crate) async fn kill_at(&self, place: &str) -> LoadBody {
        self.program.kill_at(&["sync", "cave", "import"], place);
        self.last_load().await
    }

    /// Runs `passerelle sync` to its end.
    pub(crate) async fn sync(&self) -> LoadBody {
        let ended = self.program.run(&["sync", "cave", "import"]);
        assert_eq!(ended.code, 0, "{ended:?}");
        self.last_load().await
    }

    async fn last_load(&self) -> LoadBody {
        let hub = self.opened().await;
        let load = hub.loads(Some("cave"), 1, 0, Lang::Fr).await.unwrap().1.remove(0).1;
        hub.shut_down(Duration::ZERO).await;
        load
    }

    /// Some fields of every row of a table, by key.
    pub(crate) async fn rows(&self, entity: Entity, fields: &[&str]) -> Vec<Vec<DataValue>> {
        let hub = self.opened().await;
        let rows = hub.data(&DataQuery::all(entity)).await.unwrap().rows;
        hub.shut_down(Duration::ZERO).await;
        let place = |name: &&str| entity.fields().iter().position(|field| field.name == *name).unwrap();
        let told = |row: DataRow| fields.iter().map(|name| row.values[place(name)].clone()).collect();
        rows.into_iter().map(told).collect()
    }
}
