//! From the command line: who may enter, and whether other machines are answered.

use crate::program::{Ended, Program};
use crate::server::exchange;

const PASSWORD: &str = "CANARY mot de passe du propriétaire";

fn set_password(program: &Program, args: &[&str], password: &str) -> Ended {
    let mut command = vec!["user", "set-password"];
    command.extend(args);
    let ended = program.run_with(&command, password);
    assert!(!format!("{ended:?}").contains("CANARY"), "{ended:?}");
    ended
}

#[test]
fn a_password_protects_a_server_that_is_running() {
    let program = Program::new();
    let serving = program.serve(&["serve"]);
    assert!(exchange(&serving.addr, "GET", "/api/deals", "").starts_with("HTTP/1.1 200"));
    for (args, password, part) in [
        (&[] as &[&str], "trop court\n", "trop court"),
        (&[], "", "trop court"),
        (&["camille"], "CANARY assez long\n", "Aucun membre ne s'appelle « camille »"),
    ] {
        let ended = set_password(&program, args, password);
        assert!(ended.code == 1 && ended.err.contains(part), "{ended:?}");
    }
    assert!(exchange(&serving.addr, "GET", "/api/deals", "").starts_with("HTTP/1.1 200"));

    let ended = set_password(&program, &[], &format!("{PASSWORD}\n"));
    assert_eq!((ended.code, ended.out.as_str()), (0, "Mot de passe enregistré pour owner\n"), "{ended:?}");
    let refused = exchange(&serving.addr, "GET", "/api/deals", "");
    assert!(refused.starts_with("HTTP/1.1 401") && refused.contains("Authentification requise"), "{refused}");
    let again = set_password(&program, &["OWNER"], "CANARY un autre mot de passe");
    assert_eq!(again.code, 0, "{again:?}");
}

#[test]
fn other_machines_are_answered_only_when_they_have_to_log_in() {
    let program = Program::new().with("PASSERELLE_ADDR", "0.0.0.0:0");
    // Without a database there is no owner, with one there may be none either.
    for _ in 0..2 {
        let refused = program.run(&["serve"]);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{refused:?}");
        assert!(refused.err.contains("passerelle user set-password"), "{refused:?}");
        assert_eq!(program.run(&["connections", "list"]).code, 0);
    }
    assert_eq!(set_password(&program, &[], PASSWORD).code, 0);
    let serving = program.serve(&["serve"]);
    assert!(exchange(&serving.addr, "GET", "/readyz", "").starts_with("HTTP/1.1 200"));
    assert!(exchange(&serving.addr, "GET", "/api/deals", "").starts_with("HTTP/1.1 401"));
}

#[test]
fn the_environment_may_bring_the_first_password() {
    let short = Program::new().with("PASSERELLE_OWNER_PASSWORD", "CANARY");
    let ended = short.run(&["serve"]);
    assert_eq!((ended.code, ended.out.as_str()), (2, ""), "{ended:?}");
    assert!(ended.err.contains("PASSERELLE_OWNER_PASSWORD") && !ended.err.contains("CANARY"), "{ended:?}");

    let program =
        Program::new().with("PASSERELLE_ADDR", "0.0.0.0:0").with("PASSERELLE_OWNER_PASSWORD", PASSWORD);
    for _ in 0..2 {
        let mut serving = program.serve(&["serve"]);
        assert!(exchange(&serving.addr, "GET", "/api/deals", "").starts_with("HTTP/1.1 401"));
        assert_eq!(serving.stop("TERM"), 0);
    }
}
