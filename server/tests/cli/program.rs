//! Starts the real program, in a folder of its own and with nothing of this machine's settings.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use sandbox::airtable::{Options, Simulator};
use sandbox::demo;
use serde_json::json;
use tempfile::TempDir;

/// A folder to start the program in, and the settings it gets.
pub(crate) struct Program {
    pub(crate) folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

/// How it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A server that answers.
pub(crate) struct Serving {
    pub(crate) child: Child,
    /// `127.0.0.1:PORT`.
    pub(crate) addr: String,
    out: BufReader<ChildStdout>,
}

impl Program {
    pub(crate) fn new() -> Program {
        let settings = vec![("PASSERELLE_ADDR", "127.0.0.1:0".to_owned())];
        Program { folder: tempfile::tempdir().unwrap(), settings }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Program {
        self.settings.push((name, value.to_owned()));
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        self.command_by(env!("CARGO_BIN_EXE_passerelle"), args)
    }

    /// A command of another program that starts this one, as this one would be started.
    fn command_by(&self, starter: &str, args: &[&str]) -> Command {
        let mut command = Command::new(starter);
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            // To find the starter by its name.
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ended {
        Program::ended(self.command(args).output().unwrap())
    }

    /// Runs a command with one more setting.
    pub(crate) fn run_where(&self, args: &[&str], name: &str, value: &str) -> Ended {
        Program::ended(self.command(args).env(name, value).output().unwrap())
    }

    /// Runs a command of a program that starts this one.
    pub(crate) fn run_by(&self, starter: &str, args: &[&str]) -> Ended {
        Program::ended(self.command_by(starter, args).output().unwrap())
    }

    /// The same, with something on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &str) -> Ended {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        // Closed at the end of the statement.
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Program::ended(child.wait_with_output().unwrap())
    }

    fn ended(output: Output) -> Ended {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a command until it says that it is at this place, and kills it as a power cut would.
    pub(crate) fn kill_at(&self, args: &[&str], place: &str) {
        let mut command = self.command(args);
        let mut child = command.env("PASSERELLE_FAULT_POINT", place).stdout(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let reached = lines.map_while(Result::ok).any(|line| line.starts_with("fault point"));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(reached, "{args:?} ended before {place}");
    }

    /// Starts a server and waits until it says that it answers.
    pub(crate) fn serve(&self, args: &[&str]) -> Serving {
        Program::answers(self.command(args).stderr(Stdio::null()))
    }

    /// Has a server started by another program.
    pub(crate) fn serve_by(&self, starter: &str, args: &[&str]) -> Serving {
        Program::answers(self.command_by(starter, args).stderr(Stdio::null()))
    }

    /// The same, with its log to be read from the child's error output.
    pub(crate) fn serve_with_log(&self, args: &[&str]) -> Serving {
        Program::answers(&mut self.command(args))
    }

    fn answers(command: &mut Command) -> Serving {
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let addr = line.trim_end().strip_prefix("listening on http://");
        assert!(addr.is_some(), "said: {line}");
        Serving { addr: addr.unwrap_or_default().to_owned(), child, out }
    }
}

impl Serving {
    /// What else it says until its output ends.
    pub(crate) fn rest(&mut self) -> String {
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        rest
    }

    /// Asks it to end with a signal (`TERM`, `INT`) and returns its exit code.
    pub(crate) fn stop(&mut self, signal: &str) -> i32 {
        let id = self.child.id().to_string();
        let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {id}")]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

/// No server outlives its test.
impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A simulator with the demonstration's deals, and a program whose environment points at it.
pub(crate) async fn demonstration() -> (Simulator, Program) {
    let simulator = Simulator::start(Options::unlimited()).await.unwrap();
    demo::airtable(&simulator).unwrap();
    let program = Program::new()
        .with("AIRTABLE_API_URL", simulator.url())
        .with("AIRTABLE_TOKEN", simulator.token())
        .with("NO_PROXY", "127.0.0.1");
    let serving = program.serve(&["serve"]);
    let settings = json!({"base_id": demo::BASE, "table_name": demo::DEALS});
    let saved = crate::server::exchange(
        &serving.addr,
        "PUT",
        "/api/connectors/config/airtable",
        &settings.to_string(),
    );
    assert!(saved.starts_with("HTTP/1.1 200"), "{saved}");
    drop(serving);
    (simulator, program)
}
