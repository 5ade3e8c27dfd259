//! The command line: what can be asked, and what answers.

mod backup;
mod check;
mod config_file;
mod connections;
mod demo;
mod doctor;
mod grammar;
mod key;
mod load;
mod misuse;
mod out;
mod serve;
mod sync;
mod user;

use std::env;
use std::process::ExitCode;

use model::{Direction, Lang, Text};
use rustix::fs::Mode;

use crate::{Config, logging};

/// What was asked for.
pub(crate) enum Command {
    /// Serve the pages and the JSON API.
    Serve,
    /// Serve the simulator's deals on a throw-away database.
    Demo,
    /// Import or export the deals of a connection, or load the tables of a source.
    Sync {
        /// The connection.
        connection: String,
        /// Which way.
        direction: Direction,
        /// The deals, also of a source.
        deals: bool,
        /// Only show what would be done.
        preview: bool,
    },
    /// Test a connection.
    Check {
        /// The connection.
        connection: String,
    },
    /// List the connections.
    ListConnections,
    /// Write the configuration as a file.
    ExportConfig {
        /// The file; the standard output when `None`.
        path: Option<String>,
    },
    /// Make the hub as a file has it.
    ApplyConfig {
        /// The file; `-` is the standard input.
        path: String,
    },
    /// Set somebody's password.
    SetPassword {
        /// Whose; the first owner's when `None`.
        name: Option<String>,
    },
    /// Print a new encryption key.
    GenerateKey,
    /// Seal every secret anew, with another key.
    RotateKey,
    /// Write the whole database to a file.
    Backup {
        /// The file, which is not there yet.
        path: String,
    },
    /// Put a backup in the place of the database.
    Restore {
        /// The backup.
        path: String,
        /// Even if the database holds data.
        over: bool,
    },
    /// Say what is wrong with the database and the settings.
    Doctor {
        /// For programs.
        as_json: bool,
    },
}

/// Why a command did not succeed.
pub(crate) enum Fault {
    /// It was tried and failed.
    Failed(Text),
    /// It makes no sense as asked.
    Misuse(Text),
}

impl From<hub::Error> for Fault {
    fn from(error: hub::Error) -> Fault {
        let join = |lang| {
            let hint = error.hint.as_ref().map(|hint| format!("\n{}", hint.get(lang)));
            format!("{}{}", error.message.get(lang), hint.unwrap_or_default())
        };
        let text = Text::new(join(Lang::Fr), join(Lang::En));
        if error.kind == hub::Kind::UnknownProvider { Fault::Misuse(text) } else { Fault::Failed(text) }
    }
}

/// Does what the arguments ask for: 0 when it succeeded, 1 when it failed, 2 when it made no sense.
pub fn run() -> ExitCode {
    // The database, its key, a copy of either: what the program writes is its owner's alone.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    // Words for a wrong setting and for `--help` are needed before the settings are known.
    let lang = env::var("PASSERELLE_LANG").ok().and_then(|code| Lang::from_code(&code)).unwrap_or_default();
    let command = match grammar::parse(lang, env::args_os()) {
        Ok(command) => command,
        Err(end) => return end,
    };
    match carry_out(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fault::Failed(text)) => {
            out::complain(text.get(lang));
            ExitCode::from(1)
        }
        Err(Fault::Misuse(text)) => {
            out::complain(text.get(lang));
            ExitCode::from(2)
        }
    }
}

fn carry_out(command: Command) -> Result<(), Fault> {
    if let Command::GenerateKey = command {
        key::generate();
        return Ok(());
    }
    let config = Config::read(|name| env::var(name).ok()).map_err(Fault::Misuse)?;
    // A command that answers and ends has its own words for what it does.
    let usual_log = if matches!(command, Command::Serve | Command::Demo) { "info" } else { "warn" };
    logging::start(&config, usual_log).map_err(Fault::Misuse)?;
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        match command {
            Command::Serve => serve::serve(config).await,
            Command::Demo => demo::demo(config).await,
            Command::Sync { connection, direction: Direction::Import, deals: false, preview: false } => {
                load::load_or_import(config, &connection).await
            }
            Command::Sync { connection, direction, preview: false, .. } => {
                sync::sync(config, &connection, direction).await
            }
            Command::Sync { connection, direction, preview: true, .. } => {
                sync::preview(config, &connection, direction).await
            }
            Command::Check { connection } => check::check(config, &connection).await,
            Command::ExportConfig { path } => config_file::export(config, path.as_deref()).await,
            Command::ApplyConfig { path } => config_file::apply(config, &path).await,
            Command::ListConnections => connections::list(config).await,
            Command::SetPassword { name } => user::set_password(config, name.as_deref()).await,
            Command::RotateKey => key::rotate(config).await,
            Command::Backup { path } => backup::back_up(config, &path).await,
            Command::Restore { path, over } => backup::restore(config, &path, over).await,
            Command::Doctor { as_json } => doctor::examine(config, as_json).await,
            Command::GenerateKey => Ok(()),
        }
    });
    runtime.shutdown_background();
    result
}

/// At least four workers: with fewer, drawing a page can block all of them.
fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    let workers = std::thread::available_parallelism().map_or(4, |n| n.get().max(4));
    tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build().map_err(
        |error| {
            Fault::Failed(Text::new(
                format!("Démarrage impossible : {error}"),
                format!("Cannot start: {error}"),
            ))
        },
    )
}
