//! Refresh tokens in a file that only its owner can read.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::time;

use crate::{Error, TokenLock, TokenStore};

/// How long to wait before another look at a lock.
const PAUSE: Duration = Duration::from_millis(50);

/// More than any file of tokens has, in bytes.
const LARGEST: u64 = 16 << 20;

/// A file that keeps refresh tokens which their server has replaced. Several sources may share one,
/// and several runs at the same time.
///
/// Only its owner can read it, and it is replaced at once. On Unix, one that others may read is refused.
/// Beside it, a file whose name ends in `.lock` keeps runs from refreshing at the same time.
///
/// ```
/// use rest_source::{ClientBuilder, TokenFile};
///
/// fn keeping(builder: ClientBuilder) -> ClientBuilder {
///     builder.token_store(TokenFile::new("/var/lib/payments/tokens.json"))
/// }
/// ```
#[derive(Debug, Clone)]
pub struct TokenFile {
    path: PathBuf,
}

#[derive(Default, Serialize, Deserialize)]
struct Content {
    version: u32,
    tokens: BTreeMap<String, String>,
}

impl TokenFile {
    /// The file at this path, which need not be there yet. Its folder is made with the file.
    pub fn new(path: impl Into<PathBuf>) -> TokenFile {
        TokenFile { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until no run uses a refresh token of this file to get another one. A program that ends before,
    /// as by Ctrl-C, loses the token that its server gives in place of the one that is used up.
    ///
    /// ```
    /// # use rest_source::TokenFile;
    /// # async fn example(fetch: impl Future<Output = ()>, interrupted: impl Future<Output = ()>) {
    /// let tokens = TokenFile::new("/var/lib/payments/tokens.json");
    /// tokio::select! {
    ///     () = fetch => {}
    ///     () = interrupted => tokens.settled().await,
    /// }
    /// # }
    /// ```
    pub async fn settled(&self) {
        // What cannot be locked is not used either.
        if self.beside(".lock").exists() {
            let _ = self.lock("").await;
        }
    }

    fn beside(&self, end: &str) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(end);
        path.into()
    }

    fn read(&self) -> Result<Content, Error> {
        let failed = |error: io::Error| self.failed("cannot be read", &error);
        let found = match fs::metadata(&self.path) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Content::default()),
            Err(error) => return Err(failed(error)),
        };
        // A pipe or a device may have no end, or wait for a writer that never writes.
        if !found.is_file() || found.len() > LARGEST {
            let what = if found.is_file() { "is too large for" } else { "is no" };
            return Err(Error::other(format!(
                "{} {what} file of refresh tokens; name one that is not there yet",
                self.path.display()
            )));
        }
        let text = fs::read(&self.path).map_err(failed)?;
        if is_open_to_others(&self.path).map_err(|error| self.failed("cannot be read", &error))? {
            return Err(Error::other(format!(
                "{} can be read by others, and has refresh tokens: `chmod 600` it",
                self.path.display()
            )));
        }
        // What is wrong with it could show a token.
        serde_json::from_slice(&text)
            .ok()
            .filter(|content: &Content| content.version <= 1)
            .ok_or_else(|| Error::other(format!("{} holds no tokens", self.path.display())))
    }

    fn write(&self, content: &Content) -> io::Result<()> {
        let text = serde_json::to_vec(content)?;
        // Behind a symbolic link it is the file that is replaced.
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let new = self.beside(&format!(".{}.new", std::process::id()));
        let _ = fs::remove_file(&new);
        let result = private().create_new(true).open(&new).and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()?;
            fs::rename(&new, &path)
        });
        if result.is_err() {
            let _ = fs::remove_file(&new);
        }
        result
    }

    fn failed(&self, what: &str, error: &io::Error) -> Error {
        Error::other(format!("{} {what}: {error}", self.path.display()))
    }
}

impl TokenStore for TokenFile {
    async fn load(&self, name: &str) -> Result<Option<SecretString>, Error> {
        Ok(self.read()?.tokens.remove(name).map(SecretString::from))
    }

    async fn keep(&self, name: &str, token: &SecretString) -> Result<(), Error> {
        let mut content = self.read()?;
        content.version = 1;
        content.tokens.insert(name.to_owned(), token.expose_secret().to_owned());
        self.write(&content).map_err(|error| self.failed("cannot be written", &error))
    }

    async fn lock(&self, _name: &str) -> Result<TokenLock, Error> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let lock: io::Result<File> = fs::create_dir_all(folder)
            .and_then(|()| private().create(true).truncate(false).open(self.beside(".lock")));
        let lock = lock.map_err(|error| self.failed("cannot be locked", &error))?;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Box::new(lock)),
                // Not by a thread that waits: nothing could end it.
                Err(TryLockError::WouldBlock) => time::sleep(PAUSE).await,
                Err(TryLockError::Error(error)) => {
                    return Err(self.failed("cannot be locked", &error));
                }
            }
        }
    }
}

/// To write a file that only its owner can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

/// Elsewhere a file has the permissions of its folder.
#[cfg(not(unix))]
fn is_open_to_others(_path: &Path) -> io::Result<bool> {
    Ok(false)
}
