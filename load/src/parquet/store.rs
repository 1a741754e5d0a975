//! The folder or object store that everything is in.

use std::{fmt, ops::Range, sync::Arc};

use bytes::Bytes;
use object_store::{
    Error as StoreError, GetResult, ObjectStore, ObjectStoreExt, PutMode, PutPayload, path::Path,
};

use crate::{Error, ErrorKind};

/// A place in an object store. Paths are relative to it, and their parts are encoded.
#[derive(Clone)]
pub(super) struct Store {
    objects: Arc<dyn ObjectStore>,
    prefix: Path,
    /// What it is called in errors.
    name: Arc<str>,
}

impl Store {
    pub(super) fn new(objects: Arc<dyn ObjectStore>, prefix: Path, name: &str) -> Store {
        Store { objects, prefix, name: name.into() }
    }

    /// What it is called in errors.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The content of a file. `None` if it is not there.
    pub(super) async fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let cannot = || format!("{path} cannot be read");
        match self.objects.get(&self.path(path)?).await.map(GetResult::bytes) {
            Ok(bytes) => bytes.await.map(|bytes| Some(bytes.to_vec())).map_err(self.failed(cannot)),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed(cannot)(error)),
        }
    }

    /// Writes a file as a whole, over one that is there.
    pub(super) async fn put(&self, path: &str, content: Vec<u8>) -> Result<(), Error> {
        let put = self.objects.put(&self.path(path)?, PutPayload::from(content)).await;
        put.map(drop).map_err(self.failed(|| format!("{path} cannot be written")))
    }

    /// Writes a file as a whole unless one is there. False: there is one.
    pub(super) async fn create(&self, path: &str, content: Vec<u8>) -> Result<bool, Error> {
        let content = PutPayload::from(content);
        match self.objects.put_opts(&self.path(path)?, content, PutMode::Create.into()).await {
            Ok(_) => Ok(true),
            Err(StoreError::AlreadyExists { .. } | StoreError::Precondition { .. }) => Ok(false),
            Err(error) => Err(self.failed(|| format!("{path} cannot be written"))(error)),
        }
    }

    /// Deletes files that are not needed any more. What cannot be deleted now is when the next run
    /// begins, and is not worth an error.
    pub(super) async fn delete(&self, paths: impl IntoIterator<Item = &str>) {
        for path in paths {
            let deleted = match self.path(path) {
                Ok(path) => self.objects.delete(&path).await.map_err(self.failed(String::new)),
                Err(error) => Err(error),
            };
            if let Err(error) = deleted {
                tracing::debug!(path, %error, "a file that is not needed any more is still there");
            }
        }
    }

    /// The names of the folders, and those of the files, in a folder; `""` for the place itself.
    pub(super) async fn list(&self, folder: &str) -> Result<(Vec<String>, Vec<String>), Error> {
        let path = self.path(folder)?;
        let list = self.objects.list_with_delimiter(Some(&path)).await;
        let list = list.map_err(self.failed(|| format!("{folder} cannot be listed")))?;
        let name = |path: &Path| path.filename().map(str::to_owned);
        let files = list.objects.iter().filter_map(|object| name(&object.location));
        Ok((list.common_prefixes.iter().filter_map(name).collect(), files.collect()))
    }

    /// Parts of a file, for one who wraps the error.
    pub(super) async fn parts(
        &self,
        path: &Path,
        ranges: &[Range<u64>],
    ) -> object_store::Result<Vec<Bytes>> {
        self.objects.get_ranges(path, ranges).await
    }

    /// The whole path of a file, as the store knows it.
    pub(super) fn path(&self, path: &str) -> Result<Path, Error> {
        Path::parse(format!("{}/{path}", self.prefix)).map_err(|error| {
            let message = format!("{path} is not the path of a file in {}", self.name);
            Error::caused_by(ErrorKind::Destination, message, error)
        })
    }

    /// For `map_err`: what failed, followed by what the store says.
    pub(super) fn failed<E: std::error::Error>(
        &self,
        what: impl FnOnce() -> String,
    ) -> impl FnOnce(E) -> Error {
        let name = Arc::clone(&self.name);
        move |error| {
            let message = format!("{name}: {}", what());
            Error::caused_by(ErrorKind::Destination, message, without_queries(&error.to_string()))
        }
    }
}

/// The prefix and name only: a store may hold credentials.
impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The text of an error without the queries of addresses: they may be signatures that give access.
fn without_queries(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        match word.split_once('?') {
            Some((address, _)) if word.contains("://") => {
                kept.push_str(address);
                kept.push_str("?… ");
            }
            _ => kept.push_str(word),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::without_queries;

    #[test]
    fn an_error_has_no_signatures() {
        let text = "GET https://a.example/b/c?sv=1&sig=SECRET failed: is it there? no";
        assert_eq!(without_queries(text), "GET https://a.example/b/c?… failed: is it there? no");
    }
}
