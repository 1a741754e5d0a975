//! The destination of Parquet files, in a folder or an object store.

mod address;
mod apply;
mod columns;
mod compact;
#[cfg(feature = "delta")]
mod delta;
mod encode;
mod file;
mod garbage;
mod history;
mod ledger;
mod manifest;
mod manifests;
mod place;
mod reader;
mod rejected;
mod relied;
mod session;
mod shared;
mod state;
mod store;
mod stored;
mod tables;
mod write;

use std::{fmt, path::PathBuf, sync::Arc};

use object_store::{ObjectStore, path::Path};

#[cfg(feature = "delta")]
pub use self::delta::Delta;
use self::{ledger::Log, manifests::Manifests, place::Place, store::Store};
pub use self::{
    session::{ParquetSession, ParquetWriter},
    tables::{ParquetColumn, ParquetFile, ParquetTable},
};
use crate::{Destination, Error, ResourceState, Run};

#[doc = include_str!("page.md")]
#[derive(Clone)]
pub struct Parquet {
    place: Place,
}

impl Parquet {
    /// Files in the folder at `path`. It is created when a run begins.
    pub fn at(path: impl Into<PathBuf>) -> Parquet {
        Parquet { place: Place::Folder(path.into()) }
    }

    /// Files in an object store, whose paths begin with `prefix`.
    pub fn on(store: Arc<dyn ObjectStore>, prefix: impl Into<Path>) -> Parquet {
        let prefix = prefix.into();
        let name = format!("{store}/{prefix}");
        Parquet { place: Place::Objects(Store::new(store, prefix, &name)) }
    }

    /// The tables as the last commit has left them, all at the same moment.
    ///
    /// A file that a later commit does without is deleted then. A reader that does not find one any
    /// more asks again, and gets a list without it.
    ///
    /// # Errors
    ///
    /// If the manifest cannot be read.
    pub async fn tables(&self) -> Result<Vec<ParquetTable>, Error> {
        tables::all(&self.place).await
    }
}

/// The place only: a store may hold credentials.
impl fmt::Debug for Parquet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.place {
            Place::Folder(path) => path.display().to_string(),
            Place::Objects(store) => store.name().to_owned(),
        };
        f.debug_tuple("Parquet").field(&name).finish()
    }
}

impl Destination for Parquet {
    type Session = ParquetSession;

    async fn begin(&self, run: Run) -> Result<ParquetSession, Error> {
        session::begin(self.place.clone(), "a table of Parquet files", log, run).await
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        session::state(self.place.clone(), log).await
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        session::reset(self.place.clone(), log, pipeline, resource).await
    }
}

#[allow(clippy::unnecessary_wraps, reason = "other logs can fail to be opened")]
fn log(store: &Store, _is_locked: bool) -> Result<Box<dyn Log>, Error> {
    Ok(Box::new(Manifests(store.clone())))
}
