//! The log that is a file for each commit: the whole manifest, of which the last ones are kept.

use futures_util::{FutureExt, future::BoxFuture};
use rest_source::plan::Column;

use super::{
    ledger::Log,
    manifest::{FOLDER, Kind, Manifest},
    store::Store,
};
use crate::{Error, ErrorKind, arrow::Storage};

/// How many manifests are kept. A reader needs one, which it may just have found to be the newest;
/// the others are for people who want to know what happened.
const KEPT: u64 = 10;

/// The manifests in a store.
#[derive(Debug)]
pub(super) struct Manifests(pub(super) Store);

impl Log for Manifests {
    fn newest(&self) -> BoxFuture<'_, Result<Manifest, Error>> {
        newest(&self.0, Kind::Parquet).boxed()
    }

    fn commit<'a>(
        &'a self,
        _before: &'a Manifest,
        next: &'a Manifest,
    ) -> BoxFuture<'a, Result<bool, Error>> {
        write(&self.0, next).boxed()
    }

    fn deletes_files(&self) -> bool {
        true
    }

    fn storage(&self, column: &Column) -> Storage {
        Storage::of(column)
    }

    fn check_name(&self, _name: &str) -> Result<(), Error> {
        Ok(())
    }
}

/// Writes the next manifest. False if there is one of its number, which another run has written.
///
/// # Errors
///
/// If the store fails.
pub(super) async fn write(store: &Store, manifest: &Manifest) -> Result<bool, Error> {
    let json = serde_json::to_vec_pretty(manifest)
        .map_err(store.failed(|| "the manifest cannot be written".into()))?;
    let path = path(manifest.number);
    // A store that gave no answer to the first try is asked again, and says then that it is there: what
    // counts is whose it is.
    if !store.create(&path, json.clone()).await? && store.get(&path).await? != Some(json) {
        return Ok(false);
    }
    if let Some(number) = manifest.number.checked_sub(KEPT) {
        store.delete([&*self::path(number)]).await;
    }
    Ok(true)
}

/// The newest manifest, or an empty one if there is none.
///
/// # Errors
///
/// If the tables are of another `kind`: as files that no manifest lists, they would be deleted.
pub(super) async fn newest(store: &Store, kind: Kind) -> Result<Manifest, Error> {
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
            if manifest.kind != kind {
                let [holds, other] = match kind {
                    Kind::Parquet => ["Delta tables", "`delta:`"],
                    Kind::Delta => ["Parquet files without Delta's log", "`parquet:`"],
                };
                let message = format!(
                    "{} holds {holds}; load into it as {other}, or into another folder",
                    store.name(),
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
