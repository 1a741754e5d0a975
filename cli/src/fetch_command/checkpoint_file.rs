//! The file of `--checkpoint`, from which a fetch resumes.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use rest_source::Checkpoint;
use rest_source_dynamic::Checkpoints;
use serde::{Deserialize, Serialize};

use super::origin::Origins;
use crate::failure::Failure;

/// The file from which a fetch resumes.
pub(super) struct CheckpointFile {
    path: PathBuf,
    /// What the records of each resource come from, first in the words of this release.
    origins: Origins,
    /// Its content when it was opened.
    checkpoints: Checkpoints,
    grown: RefCell<Grown>,
}

/// How the file has grown since it was written as a whole.
#[derive(Default)]
struct Grown {
    /// How long it was then, and how long the lines are that were added, in bytes.
    whole: usize,
    lines: usize,
    /// What it says of the resources that lines are added for.
    last: Checkpoints,
}

/// A checkpoint that holds no more than this is written as a whole.
const LARGE: usize = 1_000;

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
        // A device may have no end.
        let is_other = fs::metadata(path).is_ok_and(|file| !file.is_file());
        if is_other {
            let message = format!("`{name}` is not a regular file");
            return Err(Failure::user(message, "`--checkpoint` takes the path of a file"));
        }
        let content = match fs::read_to_string(path) {
            Ok(text) => read(&text).map_err(|error| {
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
            let now = origins
                .entry(resource.clone())
                .or_insert_with(|| vec![origin.clone().into_owned()]);
            if !now.iter().any(|now| **now == *origin) {
                return Err(Failure::user(
                    format!(
                        "`{name}` belongs to another fetch: there `{resource}` is {origin}, here it is \
                         {}",
                        now.first().map_or("", String::as_str),
                    ),
                    "name another file, or remove this one to restart",
                ));
            }
            checkpoints.insert(resource, checkpoint.into_owned());
        }
        let file = CheckpointFile {
            path: path.to_owned(),
            origins,
            checkpoints,
            grown: RefCell::default(),
        };
        // Fails before records are printed if the file cannot be written.
        file.write(&file.checkpoints).map_err(|error| {
            let message = format!("`{name}` cannot be written: {error}");
            Failure::user(message, "`--checkpoint` takes the path of a file")
        })?;
        Ok(file)
    }

    pub(super) fn checkpoints(&self) -> &Checkpoints {
        &self.checkpoints
    }

    /// Replaces the file atomically: after a kill it is the old or the new one.
    pub(super) fn write(&self, checkpoints: &Checkpoints) -> io::Result<()> {
        let checkpoints =
            checkpoints.iter().map(|(resource, checkpoint)| self.kept(resource, checkpoint));
        let content = serde_json::to_vec(&Content { checkpoints: checkpoints.collect() })?;
        let mut new = self.path.clone().into_os_string();
        new.push(".new");
        fs::write(&new, &content)?;
        fs::rename(&new, &self.path)?;
        let mut grown = self.grown.borrow_mut();
        *grown = Grown { whole: content.len(), ..Grown::default() };
        Ok(())
    }

    /// Writes the checkpoint of a resource. A large one, such as the ranges of thousands of parents, is not
    /// rewritten for each page: a line with the changes is appended, until the lines are as long as the
    /// checkpoint itself.
    pub(super) fn advance(&self, resource: &str, checkpoints: &Checkpoints) -> io::Result<()> {
        let checkpoint = checkpoints.get(resource).filter(|one| one.entries() > LARGE);
        let Some(checkpoint) = checkpoint else { return self.write(checkpoints) };
        let added = {
            let grown = self.grown.borrow();
            let last = grown.last.get(resource);
            last.and_then(|last| checkpoint.since(last))
        };
        if let Some(added) = added {
            let one = BTreeMap::from([self.kept(resource, &added)]);
            let mut line = serde_json::to_vec(&Content { checkpoints: one })?;
            line.insert(0, b'\n');
            let mut grown = self.grown.borrow_mut();
            if grown.lines + line.len() <= grown.whole {
                fs::OpenOptions::new().append(true).open(&self.path)?.write_all(&line)?;
                grown.lines += line.len();
                grown.last.insert(resource.to_owned(), checkpoint.clone());
                return Ok(());
            }
        }
        self.write(checkpoints)?;
        self.grown.borrow_mut().last.clone_from(checkpoints);
        Ok(())
    }

    fn kept<'a>(
        &'a self,
        resource: &'a str,
        checkpoint: &'a Checkpoint,
    ) -> (Cow<'a, str>, Kept<'a>) {
        let origin = self.origins.get(resource).and_then(|origins| origins.first());
        let origin = origin.map_or("", String::as_str);
        (resource.into(), Kept { origin: origin.into(), checkpoint: Cow::Borrowed(checkpoint) })
    }
}

/// The content of a file: a whole one, and the lines added after it. The last line may be cut if the
/// program was killed.
fn read(text: &str) -> serde_json::Result<Content<'static>> {
    let mut contents = serde_json::Deserializer::from_str(text).into_iter::<Content<'static>>();
    let mut whole = contents.next().unwrap_or_else(|| serde_json::from_str(text))?;
    for added in contents {
        let added = match added {
            Err(error) if error.is_eof() => break,
            added => added?,
        };
        for (resource, mut kept) in added.checkpoints {
            if let Some(Kept { checkpoint, .. }) = whole.checkpoints.remove(&resource) {
                let added = kept.checkpoint.into_owned().joined(checkpoint.into_owned());
                kept.checkpoint = Cow::Owned(added);
            }
            whole.checkpoints.insert(resource, kept);
        }
    }
    Ok(whole)
}
