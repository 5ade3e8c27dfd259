//! What is wrong with a database, each with its remedy. It looks and changes nothing.

use model::Text;
use store::{Keys, Store};

use crate::store_words;

/// Something that was found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// A stable word for programs.
    pub code: &'static str,
    /// Whether it must be mended, or only known.
    pub must_be_mended: bool,
    /// What is wrong.
    pub what: Text,
    /// What to do about it.
    pub remedy: Text,
}

impl Finding {
    /// Something that must be mended.
    pub fn fault(code: &'static str, what: Text, remedy: Text) -> Finding {
        Finding { code, must_be_mended: true, what, remedy }
    }

    /// Something that is good to know.
    pub fn notice(code: &'static str, what: Text, remedy: Text) -> Finding {
        Finding { code, must_be_mended: false, what, remedy }
    }
}

/// Looks at a database: its file, its schema, its key, what its tables say of each other. `now` is the present
/// instant as tables keep it.
pub async fn examine(database_url: &str, keys: Keys, now: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let looked = match Store::look(database_url, keys).await {
        Ok(store) => {
            let looked = look_into(&store, now, &mut findings).await;
            store.close().await;
            looked
        }
        Err(error) => Err(error),
    };
    if let Err(error) = looked {
        findings.push(unreadable(&error));
    }
    findings
}

async fn look_into(store: &Store, now: &str, findings: &mut Vec<Finding>) -> store::Result<()> {
    let faults = store.file_faults().await?;
    if !faults.is_empty() {
        findings.push(damaged(&faults.join("; ")));
    }
    let schema = store.schema().await?;
    if schema.database > schema.program {
        findings
            .push(unreadable(&store::Error::Later { database: schema.database, program: schema.program }));
        return Ok(());
    }
    if schema.database < schema.program {
        findings.push(older(schema.database, schema.program));
        return Ok(());
    }
    match store.judge_keys().await {
        Ok(()) => sealed_for_others(&store.sealed_for_other_keys().await?, findings),
        Err(error) => findings.push(unreadable(&error)),
    }
    let links = store.links_without_deals().await?;
    if links > 0 {
        findings.push(links_without_deals(links));
    }
    let open = store.runs_left_open().await?;
    if !open.is_empty() {
        findings.push(left_open(&open));
    }
    if let Some(start) = store.last_start().await?.filter(|start| start.as_str() > now) {
        findings.push(clock_behind(&start));
    }
    Ok(())
}

fn unreadable(error: &store::Error) -> Finding {
    let code = match error {
        store::Error::WrongKey(_) | store::Error::KeyMissing(_) => "key",
        store::Error::KeyExposed { .. } => "key_file_mode",
        store::Error::Later { .. } => "schema",
        _ => "database",
    };
    let (what, remedy) = store_words::of(error).unwrap_or_else(|| {
        (
            Text::new(
                format!("La base de données ne peut pas être lue : {error}"),
                format!("The database cannot be read: {error}"),
            ),
            Text::fixed(
                "Vérifiez DATABASE_URL ; si le fichier est abîmé : passerelle restore FICHIER.",
                "See DATABASE_URL; if the file is damaged: passerelle restore FILE.",
            ),
        )
    });
    Finding::fault(code, what, remedy)
}

fn damaged(faults: &str) -> Finding {
    Finding::fault(
        "integrity",
        Text::new(
            format!("Le fichier de la base est abîmé : {faults}"),
            format!("The database's file is damaged: {faults}"),
        ),
        Text::fixed(
            "Arrêtez le serveur et restaurez une sauvegarde : passerelle restore FICHIER --force.",
            "Stop the server and restore a backup: passerelle restore FILE --force.",
        ),
    )
}

fn older(database: i64, program: i64) -> Finding {
    Finding::notice(
        "schema",
        Text::new(
            format!("Les tables ont la version {database}, ce programme la {program}."),
            format!("The tables have version {database}, this program {program}."),
        ),
        Text::fixed(
            "Faites une sauvegarde avec l'ancienne version, puis démarrez : les tables sont mises à jour d'elles-mêmes.",
            "Make a backup with the old version, then start: the tables are brought up to date by themselves.",
        ),
    )
}

fn sealed_for_others(places: &[String], findings: &mut Vec<Finding>) {
    if places.is_empty() {
        return;
    }
    let places = places.join(", ");
    findings.push(Finding::fault(
        "sealed",
        Text::new(
            format!("Des secrets ne s'ouvrent pas avec la clé donnée : {places}."),
            format!("Secrets do not open with the given key: {places}."),
        ),
        Text::fixed(
            "Saisissez-les de nouveau sur la page de la connexion, ou ajoutez leur clé à ENCRYPTION_KEY.",
            "Enter them again on the connection's page, or add their key to ENCRYPTION_KEY.",
        ),
    ));
}

fn links_without_deals(count: u64) -> Finding {
    Finding::fault(
        "links_without_deals",
        Text::new(
            format!("{count} liens mènent à un deal qui n'existe pas."),
            format!("{count} links lead to a deal that does not exist."),
        ),
        Text::fixed(
            "La base a été modifiée de l'extérieur. Sauvegardez-la, puis supprimez ces liens : \
             delete from sync_links where deal_id not in (select id from deals).",
            "The database was changed from outside. Back it up, then remove these links: \
             delete from sync_links where deal_id not in (select id from deals).",
        ),
    )
}

fn left_open(runs: &[i64]) -> Finding {
    let numbers = runs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Finding::fault(
        "runs_left_open",
        Text::new(
            format!("Synchronisations restées ouvertes, leur programme n'est plus là : {numbers}."),
            format!("Runs left open, their program is gone: {numbers}."),
        ),
        Text::fixed(
            "Démarrez le programme (ou « passerelle connections list ») : elles sont marquées interrompues, et \
             peuvent être reprises.",
            "Start the program (or “passerelle connections list”): they are marked interrupted, and can be resumed.",
        ),
    )
}

fn clock_behind(start: &str) -> Finding {
    Finding::fault(
        "clock",
        Text::new(
            format!("L'horloge de cette machine est en retard : une synchronisation a commencé à {start}."),
            format!("The clock of this machine is behind: a run began at {start}."),
        ),
        Text::fixed(
            "Mettez l'horloge à l'heure (NTP) : les horaires et les dernières modifications en dépendent.",
            "Set the clock (NTP): schedules and latest modifications depend on it.",
        ),
    )
}
