//! Other processes: measurements of their own, the simulated service, the server.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail, ensure};

use crate::table::Row;

/// Runs one measurement in a process of its own.
pub(crate) fn measured_alone(name: &str) -> anyhow::Result<Vec<Row>> {
    let output =
        Command::new(std::env::current_exe()?).args(["--one", name]).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "the measurement failed");
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A program of this workspace that says where it listens; it ends with this value.
pub(crate) struct Listening {
    child: Child,
    /// Every line it printed until it listened.
    pub(crate) lines: Vec<String>,
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
}

impl Listening {
    /// Starts it and waits for its line `listening on …`.
    pub(crate) fn start(program: &str, command: impl FnOnce(&mut Command)) -> anyhow::Result<Listening> {
        let path = sibling(program)?;
        let mut start = Command::new(&path);
        command(&mut start);
        let mut child = start
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| path.display().to_string())?;
        let output = child.stdout.take().context("no output")?;
        let mut lines = Vec::new();
        for line in BufReader::new(output).lines() {
            let line = line?;
            if let Some(url) = line.strip_prefix("listening on ") {
                let url = url.to_owned();
                return Ok(Listening { child, lines, url });
            }
            lines.push(line);
        }
        bail!("{program} ended before it listened")
    }

    /// What it said under that name before it listened.
    pub(crate) fn told(&self, name: &str) -> anyhow::Result<&str> {
        let line = self.lines.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map(str::trim).with_context(|| format!("the program named no {name}"))
    }

    /// Resident memory of the process, with what is mapped of its file, in MB.
    pub(crate) fn resident_mb(&self) -> anyhow::Result<f64> {
        status_mb(&self.child.id().to_string(), "VmRSS:")
    }

    /// What of it is its own, and cannot be read from a file again, in MB.
    pub(crate) fn own_mb(&self) -> anyhow::Result<f64> {
        status_mb(&self.child.id().to_string(), "RssAnon:")
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The most memory this process ever held, in MB.
pub(crate) fn own_peak_mb() -> anyhow::Result<f64> {
    status_mb("self", "VmHWM:")
}

fn status_mb(process: &str, key: &str) -> anyhow::Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|l| l.starts_with(key)).context("no such line")?;
    let kilobytes: f64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
    Ok(kilobytes / 1024.0)
}

/// A program built beside this one.
fn sibling(program: &str) -> anyhow::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name(program);
    ensure!(path.exists(), "{} is not built", path.display());
    Ok(path)
}
