//! The newest manifest, and commits, each of which writes the next one.

use std::sync::Arc;

use tokio::sync::Mutex;

use super::{manifest::Manifest, store::Store};
use crate::{Error, ErrorKind, moment::now};

/// Where everything is that is not a row of a table.
pub(super) const FOLDER: &str = "_rest_source";

/// How many manifests are kept. A reader needs one, which it may just have found to be the newest;
/// the others are for people who want to know what happened.
const KEPT: u64 = 10;

/// The manifest as this run has read and written it.
#[derive(Debug)]
pub(super) struct Ledger {
    store: Store,
    manifest: Mutex<Arc<Manifest>>,
    writer: String,
}

impl Ledger {
    pub(super) async fn open(store: Store, writer: String) -> Result<Ledger, Error> {
        let manifest = Mutex::new(Arc::new(newest(&store).await?));
        Ok(Ledger { store, manifest, writer })
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
        let json = serde_json::to_vec_pretty(&next)
            .map_err(self.store.failed(|| "the manifest cannot be written".into()))?;
        let path = path(next.number);
        if !self.store.create(&path, json.clone()).await? {
            // A store that gave no answer to the first try is asked again, and says then that it is
            // there: what counts is whose it is.
            if self.store.get(&path).await? != Some(json) {
                return Err(self.busy());
            }
        }
        let (mut superfluous, needed) = (current.paths(), next.paths());
        superfluous.extend(written.iter().map(String::as_str));
        self.store.delete(superfluous.difference(&needed).copied()).await;
        if let Some(number) = next.number.checked_sub(KEPT) {
            self.store.delete([&*self::path(number)]).await;
        }
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

/// The newest manifest, or an empty one if there is none.
pub(super) async fn newest(store: &Store) -> Result<Manifest, Error> {
    loop {
        let (_, files) = store.list(FOLDER).await?;
        if let Some(name) = files.iter().find(|name| is_misnamed(name)) {
            let message = format!(
                "{FOLDER}/{name} is called as a manifest is, but counts no commits; move it away, or give \
                 it its name back"
            );
            return Err(Error::new(ErrorKind::Destination, message));
        }
        let Some(number) = files.iter().filter_map(|name| number(name)).max() else {
            return Ok(Manifest::empty());
        };
        let path = path(number);
        // If it is not there any more, at least as many commits have been made meanwhile as are kept.
        if let Some(json) = store.get(&path).await? {
            let manifest = Manifest::read(&path, &json)?;
            if manifest.number != number {
                let message = format!(
                    "the manifest {path} says that it is number {}; put back the one that was written \
                     there, or the name that this one had",
                    manifest.number,
                );
                return Err(Error::new(ErrorKind::Destination, message));
            }
            return Ok(manifest);
        }
    }
}

/// The numbers of manifests that are there in spite of newer ones.
pub(super) async fn outdated(store: &Store, newest: u64) -> Result<Vec<String>, Error> {
    let (_, files) = store.list(FOLDER).await?;
    let numbers = files.iter().filter_map(|name| number(name));
    Ok(numbers.filter(|number| number.saturating_add(KEPT) <= newest).map(path).collect())
}

fn path(number: u64) -> String {
    format!("{FOLDER}/manifest-{number:08}.json")
}

/// Whether a file is called as a manifest is, with a number that is none.
fn is_misnamed(name: &str) -> bool {
    let digits = name.strip_prefix("manifest-").and_then(|name| name.strip_suffix(".json"));
    digits.is_some_and(|digits| {
        digits.bytes().all(|byte| byte.is_ascii_digit()) && number(name).is_none()
    })
}

fn number(name: &str) -> Option<u64> {
    name.strip_prefix("manifest-")?.strip_suffix(".json")?.parse().ok()
}
