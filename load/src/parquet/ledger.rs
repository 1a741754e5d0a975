//! What is there as a run has read and committed it. Where commits are written to is a [`Log`]'s affair.

use std::{fmt, sync::Arc};

use futures_util::future::BoxFuture;
use rest_source::plan::Column;
use tokio::sync::Mutex;

use super::{
    manifest::{FOLDER, Manifest},
    store::Store,
};
use crate::{Error, ErrorKind, arrow::Storage, moment::now};

/// Where commits are written to.
pub(super) trait Log: fmt::Debug + Send + Sync {
    /// What the last commit has left.
    fn newest(&self) -> BoxFuture<'_, Result<Manifest, Error>>;

    /// Commits what `next` has other than `before`. False if another run has committed meanwhile.
    fn commit<'a>(
        &'a self,
        before: &'a Manifest,
        next: &'a Manifest,
    ) -> BoxFuture<'a, Result<bool, Error>>;

    /// Whether the files of a table that a commit does without are deleted right after it. Otherwise they stay
    /// for those who read what earlier commits have left.
    fn deletes_files(&self) -> bool;

    /// How the values of a column are stored.
    fn storage(&self, column: &Column) -> Storage;

    /// Refuses a column whose name cannot be stored.
    fn check_name(&self, name: &str) -> Result<(), Error>;
}

/// What is there as this run has read and committed it.
#[derive(Debug)]
pub(super) struct Ledger {
    store: Store,
    log: Box<dyn Log>,
    manifest: Mutex<Arc<Manifest>>,
    writer: String,
}

impl Ledger {
    pub(super) async fn open(
        store: Store,
        log: Box<dyn Log>,
        writer: String,
    ) -> Result<Ledger, Error> {
        let manifest = Mutex::new(Arc::new(log.newest().await?));
        Ok(Ledger { store, log, manifest, writer })
    }

    /// Where commits are written to.
    pub(super) fn log(&self) -> &dyn Log {
        &*self.log
    }

    /// What is there now.
    pub(super) async fn current(&self) -> Arc<Manifest> {
        Arc::clone(&*self.manifest.lock().await)
    }

    /// Commits a change: it is there for everybody who reads the newest manifest, or not at all.
    /// Then the files that it has made superfluous are deleted, and those of the `written` ones that
    /// it does not need after all.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Busy`] if another run has committed meanwhile.
    pub(super) async fn commit<T>(
        &self,
        written: &[String],
        change: impl FnOnce(&mut Manifest) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut current = self.manifest.lock().await;
        let mut next = Manifest::clone(&current);
        let changed = change(&mut next)?;
        next.number = next.number.checked_add(1).ok_or_else(|| {
            let message = "the manifest's number is the largest that there is; see whether it was \
                           edited";
            Error::new(ErrorKind::Destination, message)
        })?;
        next.writer.clone_from(&self.writer);
        next.committed_at = now();
        if !self.log.commit(&current, &next).await? {
            return Err(self.busy());
        }
        let (mut superfluous, needed) = (current.paths(), next.paths());
        if !self.log.deletes_files() {
            superfluous.retain(|path| path.starts_with(FOLDER));
        }
        superfluous.extend(written.iter().map(String::as_str));
        self.store.delete(superfluous.difference(&needed).copied()).await;
        *current = Arc::new(next);
        Ok(changed)
    }

    fn busy(&self) -> Error {
        let message = format!(
            "another run has begun to write to {} meanwhile; one run is active there at a time, and \
             the next one continues after what is committed",
            self.store.name(),
        );
        Error::new(ErrorKind::Busy, message)
    }
}
