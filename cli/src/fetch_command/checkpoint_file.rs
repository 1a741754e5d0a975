//! The file that says where a fetch goes on.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use rest_source::Checkpoint;
use serde::{Deserialize, Serialize};

use crate::{failure::Failure, fetch::Checkpoints};

/// The file that says where a fetch goes on.
pub(super) struct CheckpointFile {
    path: PathBuf,
    /// What the records of each resource come from.
    origins: Origins,
    /// What it said when it was opened.
    checkpoints: Checkpoints,
}

type Origins = BTreeMap<String, String>;

#[derive(Default, Serialize, Deserialize)]
struct Content<'a> {
    /// By the names of the resources.
    checkpoints: BTreeMap<Cow<'a, str>, Kept<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    /// What its records come from.
    origin: Cow<'a, str>,
    checkpoint: Cow<'a, Checkpoint>,
}

impl CheckpointFile {
    /// The file at `path`, which need not be there yet. What it says of a resource must be of these
    /// origins.
    pub(super) fn open(path: &Path, mut origins: Origins) -> Result<CheckpointFile, Failure> {
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
        let mut checkpoints = Checkpoints::new();
        for (resource, Kept { origin, checkpoint }) in content.checkpoints {
            let resource = resource.into_owned();
            // The file may keep resources that are not fetched this time.
            let now =
                origins.entry(resource.clone()).or_insert_with(|| origin.clone().into_owned());
            if *now != *origin {
                return Err(Failure::user(
                    format!(
                        "`{name}` is of another fetch: there `{resource}` is {origin}, here it is \
                         {now}"
                    ),
                    "name another file, or remove this one to begin again",
                ));
            }
            checkpoints.insert(resource, checkpoint.into_owned());
        }
        let file = CheckpointFile { path: path.to_owned(), origins, checkpoints };
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
        let checkpoints = checkpoints.iter().map(|(resource, checkpoint)| {
            let origin = self.origins.get(resource).map_or("", |origin| &**origin);
            let checkpoint = Cow::Borrowed(checkpoint);
            (Cow::from(&**resource), Kept { origin: origin.into(), checkpoint })
        });
        let content = Content { checkpoints: checkpoints.collect() };
        let mut new = self.path.clone().into_os_string();
        new.push(".new");
        fs::write(&new, serde_json::to_vec(&content)?)?;
        fs::rename(&new, &self.path)
    }
}
