//! The file that says where a fetch goes on.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{failure::Failure, fetch::Checkpoints};

/// The file that says where a fetch goes on.
pub(super) struct CheckpointFile {
    path: PathBuf,
    /// What it said when it was opened.
    checkpoints: Checkpoints,
}

#[derive(Default, Serialize, Deserialize)]
struct Content {
    /// By the names of the resources.
    checkpoints: Checkpoints,
}

impl CheckpointFile {
    /// The file at `path`, which need not be there yet.
    pub(super) fn open(path: &Path) -> Result<CheckpointFile, Failure> {
        let name = path.display();
        let content = match fs::read_to_string(path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| {
                Failure::user(
                    format!("`{name}` holds no checkpoints: {error}"),
                    "name a file that `--checkpoint` has made, or one that is not there yet",
                )
            })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Content::default(),
            Err(error) => {
                let message = format!("`{name}` cannot be read: {error}");
                return Err(Failure::user(message, "`--checkpoint` takes the path of a file"));
            }
        };
        let file = CheckpointFile { path: path.to_owned(), checkpoints: content.checkpoints };
        // That it cannot be written shall not come out when records have been printed.
        file.write(&file.checkpoints).map_err(|error| {
            let message = format!("`{name}` cannot be written: {error}");
            Failure::user(message, "`--checkpoint` takes the path of a file")
        })?;
        Ok(file)
    }

    pub(super) fn checkpoints(&self) -> &Checkpoints {
        &self.checkpoints
    }

    /// Replaces the file at once: whoever kills the program finds the old one or the new one.
    pub(super) fn write(&self, checkpoints: &Checkpoints) -> io::Result<()> {
        let content = Content { checkpoints: checkpoints.clone() };
        let mut new = self.path.clone().into_os_string();
        new.push(".new");
        fs::write(&new, serde_json::to_vec(&content)?)?;
        fs::rename(&new, &self.path)
    }
}
