//! The simulators as a program: for the official clients, the benches and the curious.

use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use sandbox::airtable::{Grant, Limits, Options, Simulator, scopes};
use sandbox::demo;

/// A local Airtable with the demonstration base.
#[derive(Debug, Parser)]
#[command(name = "sandbox", version)]
struct Arguments {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    /// Added to every answer.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// Serve as fast as asked, without the service's request limits.
    #[arg(long)]
    no_limits: bool,
    /// Also make a base `appPasserelleBenc` with this many deals.
    #[arg(long, default_value_t = 0)]
    records: usize,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let limits = if arguments.no_limits { Limits::none() } else { Limits::default() };
    let latency = Duration::from_millis(arguments.latency_ms);
    let simulator =
        Simulator::start(Options { addr: arguments.addr, limits, latency, ..Options::default() }).await?;
    demo::airtable(&simulator)?;
    demo::every_type(&simulator)?;
    if arguments.records > 0 {
        demo::bench(&simulator, arguments.records)?;
    }
    let mut out = std::io::stdout();
    writeln!(out, "base {}", demo::BASE)?;
    writeln!(out, "token {}", simulator.token())?;
    let reader = Grant::default().scopes(&[scopes::RECORDS_READ, scopes::SCHEMA_READ]);
    writeln!(out, "read-only token {}", simulator.grant(reader))?;
    writeln!(out, "listening on {}", simulator.url())?;
    out.flush()?;
    tokio::signal::ctrl_c().await?;
    Ok(())
}
