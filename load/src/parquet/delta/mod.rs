//! The destination of Delta Lake tables: Parquet files, of which Delta's log says which count.

mod domain;
mod group;
mod log;
mod table;
mod types;

use std::path::PathBuf;

use self::log::DeltaLog;
use super::{
    ledger::Log,
    place::Place,
    session::{self, ParquetSession},
    store::Store,
};
use crate::{Destination, Error, ResourceState, Run};

#[doc = include_str!("page.md")]
#[derive(Debug, Clone)]
pub struct Delta {
    path: PathBuf,
}

impl Delta {
    /// Tables in the folder at `path`, each in a folder of its own. It is created when a run begins.
    pub fn at(path: impl Into<PathBuf>) -> Delta {
        Delta { path: path.into() }
    }

    fn place(&self) -> Place {
        Place::Folder(self.path.clone())
    }

    /// How the logs are opened. What is pending is done only where no other run can be active.
    fn log(&self) -> impl Fn(&Store, bool) -> Result<Box<dyn Log>, Error> + Send + use<> {
        let path = self.path.clone();
        move |store, is_locked| Ok(Box::new(DeltaLog::new(&path, store.clone(), is_locked)?))
    }
}

impl Destination for Delta {
    type Session = ParquetSession;

    async fn begin(&self, run: Run) -> Result<ParquetSession, Error> {
        session::begin(self.place(), "a Delta table", self.log(), run).await
    }

    async fn state(&self) -> Result<Vec<ResourceState>, Error> {
        session::state(self.place(), self.log()).await
    }

    async fn reset(&self, pipeline: &str, resource: Option<&str>) -> Result<u64, Error> {
        session::reset(self.place(), self.log(), pipeline, resource).await
    }
}
