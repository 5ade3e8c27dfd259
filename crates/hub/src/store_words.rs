//! Sentences for what a person can mend when the database or its key does not serve.

use model::Text;
use store::{Error, Trouble};

/// What happened and what to do about it; `None` where only the log can tell.
pub(crate) fn of(error: &Error) -> Option<(Text, Text)> {
    match error {
        Error::WrongKey(fingerprint) => Some(wrong_key(fingerprint.as_deref())),
        Error::KeyMissing(path) => Some((
            Text::new(
                format!(
                    "La clé de chiffrement {} a disparu, et la base contient des secrets chiffrés avec elle.",
                    path.display()
                ),
                format!(
                    "The encryption key {} is gone, and the database holds secrets encrypted with it.",
                    path.display()
                ),
            ),
            BRING_BACK,
        )),
        Error::KeyExposed { path, mode } => Some((
            Text::new(
                format!("La clé de chiffrement {} est ouverte à tous (mode {mode:o}).", path.display()),
                format!("The encryption key {} is open to everybody (mode {mode:o}).", path.display()),
            ),
            Text::new(
                format!(
                    "Faites « chmod 600 {} ». Si d'autres ont pu la lire, remplacez-la : passerelle key rotate.",
                    path.display()
                ),
                format!(
                    "Run “chmod 600 {}”. If others may have read it, replace it: passerelle key rotate.",
                    path.display()
                ),
            ),
        )),
        Error::KeyBusy => Some((
            Text::fixed(
                "Un autre processus remplace la clé en ce moment.",
                "Another process is replacing the key at this moment.",
            ),
            Text::fixed("Attendez qu'il ait fini.", "Wait until it is done."),
        )),
        Error::KeyReplaced(_) => Some((
            Text::fixed(
                "La clé de chiffrement a été remplacée, et ce processus n'a que l'ancienne.",
                "The encryption key was replaced, and this process only has the old one.",
            ),
            Text::fixed(
                "Donnez-lui la nouvelle clé (ENCRYPTION_KEY) et redémarrez-le.",
                "Give it the new key (ENCRYPTION_KEY) and restart it.",
            ),
        )),
        Error::Later { database, program } => Some((
            Text::new(
                format!(
                    "La base a été créée par une version plus récente de Passerelle (schéma {database}, \
                     ce programme connaît le {program})."
                ),
                format!(
                    "The database was made by a later version of Passerelle (schema {database}, \
                     this program knows {program})."
                ),
            ),
            Text::fixed(
                "Reprenez la version récente du programme, ou restaurez une sauvegarde d'avant. Rien n'a été modifié.",
                "Use the later version of the program again, or restore a backup from before. Nothing was changed.",
            ),
        )),
        Error::NoTool(program) => Some((
            Text::new(
                format!("Le programme {program} de PostgreSQL n'est pas installé."),
                format!("PostgreSQL's program {program} is not installed."),
            ),
            Text::fixed(
                "Installez les outils clients de PostgreSQL (paquet postgresql-client), dans la version du serveur.",
                "Install PostgreSQL's client tools (package postgresql-client), in the server's version.",
            ),
        )),
        Error::Tool { program, said } => Some((
            Text::new(format!("{program} a échoué : {said}"), format!("{program} failed: {said}")),
            Text::fixed("Rien n'a été modifié.", "Nothing was changed."),
        )),
        Error::NotABackup => Some((
            Text::fixed(
                "Ce fichier n'est pas une sauvegarde de Passerelle, ou il est abîmé.",
                "This file is no backup of Passerelle's, or it is damaged.",
            ),
            Text::fixed(
                "Prenez-en une autre. Rien n'a été modifié.",
                "Take another one. Nothing was changed.",
            ),
        )),
        Error::InUse => Some((
            Text::fixed(
                "Un serveur ou une synchronisation travaille sur cette base.",
                "A server or a run works on this database.",
            ),
            Text::fixed("Arrêtez-le, puis recommencez.", "Stop it, then do it again."),
        )),
        Error::HoldsData => Some((
            Text::fixed("La base à remplacer contient des données.", "The database to replace holds data."),
            Text::fixed(
                "Donnez une autre base (DATABASE_URL), ou ajoutez --force : l'ancienne est gardée à côté.",
                "Give another database (DATABASE_URL), or add --force: the earlier one is kept beside it.",
            ),
        )),
        Error::Exists(path) => Some((
            Text::new(
                format!("{} existe déjà.", path.display()),
                format!("{} is there already.", path.display()),
            ),
            Text::fixed(
                "Donnez un autre nom, ou supprimez-le d'abord.",
                "Give another name, or delete it first.",
            ),
        )),
        Error::File { path, source } if source.kind() == std::io::ErrorKind::NotFound => Some((
            Text::new(format!("{path} n'existe pas."), format!("{path} does not exist.")),
            Text::fixed("Vérifiez le nom.", "See to the name."),
        )),
        Error::Key(_) => Some((
            Text::fixed(
                "La clé de chiffrement n'est pas une clé Fernet (32 octets en base64).",
                "The encryption key is not a Fernet key (32 bytes in base64).",
            ),
            Text::fixed(
                "Remettez la clé d'origine ; « passerelle key generate » en crée une pour une nouvelle base.",
                "Bring the original key back; “passerelle key generate” makes one for a new database.",
            ),
        )),
        error => error.trouble().map(of_trouble),
    }
}

const BRING_BACK: Text = Text::fixed(
    "Remettez la clé d'origine (ENCRYPTION_KEY, ENCRYPTION_KEY_FILE ou data/encryption.key). Si elle est perdue, \
     restaurez-la d'une sauvegarde. Rien n'a été modifié.",
    "Bring the original key back (ENCRYPTION_KEY, ENCRYPTION_KEY_FILE or data/encryption.key). If it is lost, \
     restore it from a backup. Nothing was changed.",
);

fn wrong_key(fingerprint: Option<&str>) -> (Text, Text) {
    let what = match fingerprint {
        Some(fingerprint) => Text::new(
            format!(
                "Les secrets de cette base ont été chiffrés avec une autre clé (empreinte {fingerprint}) que celle donnée."
            ),
            format!(
                "The secrets of this database were encrypted with another key (fingerprint {fingerprint}) than the given one."
            ),
        ),
        None => Text::fixed(
            "Les secrets de cette base ont été chiffrés avec une autre clé que celle donnée.",
            "The secrets of this database were encrypted with another key than the given one.",
        ),
    };
    (what, BRING_BACK)
}

fn of_trouble(trouble: Trouble) -> (Text, Text) {
    match trouble {
        Trouble::Disk => (
            Text::fixed(
                "La base de données ne peut plus écrire : son disque est plein ou refuse.",
                "The database cannot write any more: its disk is full or refuses.",
            ),
            Text::fixed(
                "Libérez de la place, puis réessayez. Ce qui était enregistré est intact.",
                "Make room, then try again. What was saved is whole.",
            ),
        ),
        Trouble::ReadOnly => (
            Text::fixed("La base de données ne peut être que lue.", "The database can only be read."),
            Text::fixed(
                "Rendez son fichier et son dossier accessibles en écriture au programme.",
                "Let the program write its file and its folder.",
            ),
        ),
        Trouble::Locked => (
            Text::fixed(
                "Un autre programme garde la base de données pour lui.",
                "Another program keeps the database for itself.",
            ),
            Text::fixed(
                "Réessayez dans un instant ; si cela persiste, arrêtez cet autre programme.",
                "Try again in a moment; if it persists, stop that other program.",
            ),
        ),
        Trouble::Gone => (
            Text::fixed("La base de données ne répond pas.", "The database does not answer."),
            Text::fixed(
                "Vérifiez que son serveur fonctionne (DATABASE_URL), puis réessayez.",
                "See that its server is running (DATABASE_URL), then try again.",
            ),
        ),
        Trouble::Broken => (
            Text::fixed(
                "Le fichier de la base de données est abîmé ou n'en est pas un.",
                "The file of the database is damaged, or is none.",
            ),
            Text::fixed(
                "Restaurez une sauvegarde : passerelle restore FICHIER.",
                "Restore a backup: passerelle restore FILE.",
            ),
        ),
    }
}
