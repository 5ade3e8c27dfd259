//! Commands that end by themselves.

use std::os::unix::fs::PermissionsExt;

use sandbox::{Fault, Kind, Rule};

use crate::program::{Program, demonstration};

#[test]
fn every_command_has_help() {
    let program = Program::new();
    for args in [
        &["--help"] as &[&str],
        &["-h"],
        &["serve", "--help"],
        &["demo", "--help"],
        &["sync", "--help"],
        &["check", "--help"],
        &["connections", "--help"],
        &["connections", "list", "--help"],
        &["export-config", "--help"],
        &["apply-config", "--help"],
        &["user", "--help"],
        &["user", "set-password", "--help"],
        &["key", "--help"],
        &["key", "generate", "--help"],
        &["key", "rotate", "--help"],
        &["backup", "--help"],
        &["restore", "--help"],
        &["doctor", "--help"],
    ] {
        let ended = program.run(args);
        assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{args:?}");
        assert!(ended.out.contains("Utilisation : passerelle"), "{args:?}: {}", ended.out);
    }
    let english = Program::new().with("PASSERELLE_LANG", "en").run(&["--help"]);
    assert!(english.out.contains("Usage: passerelle [COMMAND]"), "{}", english.out);
    assert_eq!(program.run(&["--version"]).out, format!("passerelle {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn misuse_is_two_and_says_what_is_wrong() {
    let program = Program::new();
    for (args, part) in [
        (&["frobnicate"] as &[&str], "Commande inconnue : frobnicate"),
        (&["--frobnicate"], "Argument inconnu : --frobnicate"),
        (&["sync"], "Il manque : <CONNEXION>"),
        (&["sync", "airtable"], "Il manque : <import|export>"),
        (&["sync", "airtable", "sideways"], "Valeurs acceptées : import, export"),
        (&["sync", "hubspot", "import"], "Valeurs acceptées: airtable, notion"),
        (&["check", "hubspot"], "Valeurs acceptées: airtable, notion"),
        (&["check"], "Il manque : <CONNEXION>"),
        (&["apply-config"], "Il manque : <FICHIER>"),
        (&["key"], "Utilisation : passerelle key generate|rotate"),
        (&["backup"], "Il manque : <FICHIER>"),
        (&["restore"], "Il manque : <FICHIER>"),
        (&["connections", "remove"], "Commande inconnue : remove"),
    ] {
        let ended = program.run(args);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{args:?}");
        assert!(ended.err.contains(part), "{args:?}: {}", ended.err);
    }
}

#[test]
fn a_setting_that_makes_no_sense_is_misuse() {
    for (name, value) in [
        ("PASSERELLE_ADDR", "0.0.0.0:3000"),
        ("PASSERELLE_ADDR", "[::]:3000"),
        ("PASSERELLE_ADDR", "here"),
        ("PASSERELLE_LOG_FORMAT", "xml"),
        ("PASSERELLE_LANG", "de"),
        ("ENCRYPTION_KEY", "CANARY"),
        ("PASSERELLE_KEEP_RUN_DETAILS_DAYS", "always"),
        ("DATABASE_URL", "mysql://root:CANARY@db/x"),
        ("AIRTABLE_API_URL", "airtable.com"),
        ("RUST_LOG", "a=b=c"),
    ] {
        let program = Program::new().with(name, value);
        let ended = program.run(&["serve"]);
        assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{name}={value}: {ended:?}");
        assert!(ended.err.contains(name) && !ended.err.contains("CANARY"), "{name}={value}: {ended:?}");
        assert!(!program.folder.path().join("data").exists(), "{name}={value}");
    }
}

#[test]
fn a_database_that_cannot_be_opened_is_a_failure() {
    let ended = Program::new().with("DATABASE_URL", "sqlite:///dev/null/x.db").run(&["connections", "list"]);
    assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{ended:?}");
    assert!(ended.err.contains("La base de données ne peut pas être ouverte"), "{ended:?}");
}

#[test]
fn a_key_is_generated_and_can_be_used() {
    let program = Program::new();
    let (one, two) = (program.run(&["key", "generate"]), program.run(&["key", "generate"]));
    assert_eq!(one.code, 0);
    assert_ne!(one.out, two.out);
    let key = one.out.trim_end();
    assert_eq!(key.len(), 44);
    assert!(key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=".contains(&b)), "{key}");
    let both = format!("{key},{}", two.out.trim_end());
    assert_eq!(Program::new().with("ENCRYPTION_KEY", &both).run(&["connections", "list"]).code, 0);
}

#[test]
fn the_first_start_makes_the_database_and_a_key_for_its_owner_alone() {
    let program = Program::new();
    let ended = program.run(&["connections", "list"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(lines.len(), 2, "{ended:?}");
    assert!(lines[0].starts_with("airtable ") && lines[0].contains("à configurer"), "{ended:?}");
    assert!(lines[1].starts_with("notion "), "{ended:?}");
    assert!(program.folder.path().join("data/passerelle.db").exists());
    let key = std::fs::metadata(program.folder.path().join("data/encryption.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_is_not_configured_fails() {
    let program = Program::new();
    for args in
        [&["check", "airtable"] as &[&str], &["sync", "airtable", "import"], &["sync", "notion", "export"]]
    {
        let ended = program.run(args);
        assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{args:?}: {ended:?}");
        assert!(ended.err.contains("Configurez d'abord le connecteur"), "{args:?}: {ended:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deals_are_checked_previewed_imported_and_exported() {
    let (simulator, program) = demonstration().await;
    let run = |args: &[&str]| {
        let ended = tokio::task::block_in_place(|| program.run(args));
        assert!(!format!("{ended:?}").contains(simulator.token()), "{args:?} shows the token");
        ended
    };
    let check = run(&["check", "airtable"]);
    assert_eq!(check.code, 0, "{check:?}");
    assert!(check.out.contains("Connecté") && check.out.contains("24 enregistrements"), "{check:?}");

    let preview = run(&["sync", "airtable", "import", "--preview"]);
    assert!(preview.code == 0 && preview.out.contains("24 à créer"), "{preview:?}");
    let import = run(&["sync", "airtable", "import"]);
    assert!(import.code == 0 && import.out.starts_with("24 créés, 0 mis à jour"), "{import:?}");
    let again = run(&["sync", "airtable", "import"]);
    assert!(again.code == 0 && again.out.contains("24 inchangés"), "{again:?}");
    let export = run(&["sync", "airtable", "export"]);
    assert!(export.code == 0 && export.out.contains("24 inchangés"), "{export:?}");

    let list = run(&["connections", "list"]);
    assert!(list.out.contains("configurée") && list.out.contains("export success"), "{list:?}");

    simulator.fault(Rule::new(Kind::Any, Fault::Unauthorized).always());
    for args in [&["check", "airtable"] as &[&str], &["sync", "airtable", "import"]] {
        let refused = run(args);
        assert_eq!(refused.code, 1, "{args:?}: {refused:?}");
        assert!(refused.err.contains("Token Airtable invalide ou expiré"), "{args:?}: {refused:?}");
    }
}
