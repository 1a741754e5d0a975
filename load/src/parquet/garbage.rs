//! Files that no commit knows, because a run ended between writing and committing them.

use std::{collections::HashSet, fs, path::Path};

use super::{
    file::Names,
    manifest::{FOLDER, Manifest},
    manifests::outdated,
    store::Store,
};
use crate::Error;

/// Where rows wait until their load is complete.
pub(super) fn staging() -> String {
    format!("{FOLDER}/staging")
}

/// The paths of the data files that may be deleted, also of those that no commit knows: staged ones, and if
/// `of_tables` those of tables. Others' files are not among them.
pub(super) async fn present(store: &Store, of_tables: bool) -> Result<HashSet<String>, Error> {
    let folders = if of_tables { store.list("").await?.0 } else { Vec::new() };
    let mut present = HashSet::new();
    for folder in folders.into_iter().filter(|name| name != FOLDER).chain([staging()]) {
        let (_, files) = store.list(&folder).await?;
        let files = files.iter().filter(|name| Names::are_of(name));
        present.extend(files.map(|name| format!("{folder}/{name}")));
    }
    Ok(present)
}

/// Deletes those of the present files that no commit knows, and manifests that are not needed.
///
/// Only after a commit of this run: from then on, no other run that is still active can commit files
/// that it has written already.
pub(super) async fn collect(
    store: &Store,
    present: &HashSet<String>,
    manifest: &Manifest,
) -> Result<(), Error> {
    let known = manifest.paths();
    let unknown = present.iter().map(String::as_str).filter(|path| !known.contains(path));
    store.delete(unknown).await;
    let outdated = outdated(store, manifest.number).await?;
    store.delete(outdated.iter().map(String::as_str)).await;
    Ok(())
}

/// Deletes what is left of writes to a folder that were interrupted: `….parquet#1`, which is renamed
/// when it is complete.
pub(super) fn collect_halves(folder: &Path) {
    let folders = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let folders = folders.chain([folder.join(staging()), folder.join(FOLDER).join("runs")]);
    for folder in folders {
        for file in fs::read_dir(folder).into_iter().flatten().flatten() {
            if is_half(&file.file_name().to_string_lossy()) {
                // It does no harm, and the next run tries again.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

fn is_half(name: &str) -> bool {
    let Some((name, number)) = name.rsplit_once('#') else { return false };
    let number_of_json = |name: &str| name.strip_suffix(".json")?.parse::<u64>().ok();
    let manifest = name.strip_prefix("manifest-").and_then(number_of_json);
    let is_ours = Names::are_of(name) || manifest.or(number_of_json(name)).is_some();
    is_ours && number.parse::<u64>().is_ok()
}
