//! Two programs on one database file.

use crate::program::Program;
use crate::server::exchange;

#[test]
fn a_second_server_refuses_to_start_and_a_command_does_not() {
    let program = Program::new();
    let mut first = program.serve(&[]);
    let second = program.run(&["serve"]);
    assert_eq!((second.code, second.out.as_str()), (1, ""), "{second:?}");
    let number = first.child.id().to_string();
    assert!(second.err.contains("Un autre serveur") && second.err.contains(&number), "{second:?}");
    let deal = r#"{"client":"Élan","montant_brut":10}"#;
    assert!(exchange(&first.addr, "POST", "/api/deals", deal).starts_with("HTTP/1.1 201"));
    for args in [&["connections", "list"] as &[&str], &["doctor"], &["export-config"]] {
        let beside = program.run(args);
        assert_eq!(beside.code, 0, "{args:?}: {beside:?}");
    }
    // However the first one ends, it is in nobody's way any more.
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    let mut third = program.serve(&[]);
    assert!(exchange(&third.addr, "GET", "/api/deals", "").contains("Élan"));
    assert_eq!(third.stop("TERM"), 0);
    assert_eq!(program.serve(&[]).stop("TERM"), 0);
}
