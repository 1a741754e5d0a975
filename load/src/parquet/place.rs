//! Where the files are: a folder or an object store.

use std::{
    fs,
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use object_store::{local::LocalFileSystem, path::Path};

use super::{manifest::FOLDER, store::Store};
use crate::{Error, ErrorKind, lock::RunLock};

#[derive(Clone)]
pub(super) enum Place {
    Folder(PathBuf),
    Objects(Store),
}

impl Place {
    /// What is there. `None` if that is a folder which does not exist.
    pub(super) fn existing(&self) -> Result<Option<Store>, Error> {
        match self {
            Place::Folder(path) if !path.exists() => Ok(None),
            Place::Folder(path) => open(path).map(Some),
            Place::Objects(store) => Ok(Some(store.clone())),
        }
    }

    /// What a run writes into, and what keeps other runs out while it is active.
    pub(super) fn locked(&self) -> Result<(Store, Option<RunLock>), Error> {
        let path = match self {
            Place::Folder(path) => path,
            // The commits of another run are noticed.
            Place::Objects(store) => return Ok((store.clone(), None)),
        };
        if path.as_os_str().is_empty() {
            let message = "the path of the folder is empty; name one, such as `payments`";
            return Err(Error::new(ErrorKind::Destination, message));
        }
        let own = path.join(FOLDER);
        fs::create_dir_all(&own).map_err(|error| {
            let message = format!("the folder {} cannot be created", own.display());
            Error::caused_by(ErrorKind::Destination, message, error)
        })?;
        let busy = || format!("another run is writing to {} already", path.display());
        let lock = RunLock::take(&own.join("lock"), busy)?;
        Ok((open(path)?, Some(lock)))
    }
}

fn open(path: &FilePath) -> Result<Store, Error> {
    let folder = LocalFileSystem::new_with_prefix(path).map_err(|error| {
        let message = format!("the folder {} cannot be used", path.display());
        Error::caused_by(ErrorKind::Destination, message, error)
    })?;
    // A file is on the disk before the manifest that names it, also when the power fails.
    let folder = Arc::new(folder.with_fsync(true));
    Ok(Store::new(folder, Path::default(), &path.display().to_string()))
}
