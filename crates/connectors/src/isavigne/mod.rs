//! iSaVigne: the files a wine merchant's software exports into a folder.
//!
//! What the exports are like, and what this source makes of it:
//!
//! - A file's name says what it holds: `*client*`, `*produit*`, `*vente*`, `*stock*`, `*contact*`. Several
//!   of one kind are read oldest first, so that the newest word is the last.
//! - CSV comes with any of `; , tab |`, in UTF-8 or Windows-1252, sometimes both in one file; packed with
//!   gzip; or as an Excel workbook, whose first sheet is read.
//! - The folder must be inside one the operator allowed, links followed. No file outside is opened,
//!   whatever links stand in the folder.
//! - A file may be written while it is looked at: it is left for the next run.
//! - A file that was read to its end and has not changed since is not read again.
//! - A bad line is told with its number, and the others are read. Memory stays the same whatever the
//!   size of the file: a line is at most 1 MB long.

mod connection;
mod excel;
mod file;
mod folder;
mod glob;
mod jail;
mod kind;
mod opened;
mod read;
mod spec;
#[cfg(test)]
mod tests;
mod texts;
mod unpacked;

use std::sync::Arc;

use model::ConnectorSpec;

use crate::connector::Settings;
use crate::error::Result;
use crate::source::{Source, SourceConnector, SourceContext};

/// The source of iSaVigne's exports.
pub struct Isavigne;

impl SourceConnector for Isavigne {
    fn spec(&self) -> ConnectorSpec {
        spec::spec()
    }

    fn guide(&self) -> &'static str {
        include_str!("guide.md")
    }

    fn connect(&self, context: &SourceContext, settings: Settings) -> Result<Arc<dyn Source>> {
        Ok(Arc::new(connection::Exports::new(context, &settings)?))
    }
}
