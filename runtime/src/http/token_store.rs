//! Refresh tokens that servers replace, kept from one run to the next.

use std::{any::Any, pin::Pin, sync::Arc};

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::Error;

/// What holds others off while a refresh token is used, until it is dropped.
pub type TokenLock = Box<dyn Any + Send>;

/// Where a client keeps refresh tokens that their server has replaced, so that the next run begins
/// with the newest. [`ClientBuilder::token_store`](crate::ClientBuilder::token_store) takes it;
/// [`TokenFile`](crate::TokenFile) keeps them in a file.
///
/// Names are made of the token endpoint, the client's id and a digest of the refresh token that the
/// client was given: a client with another one begins with that.
///
/// ```
/// use std::{collections::HashMap, sync::Mutex};
/// use rest_source::{Error, SecretString, TokenStore};
///
/// /// Keeps tokens as long as the program runs; think of a database.
/// #[derive(Default)]
/// struct Memory(Mutex<HashMap<String, SecretString>>);
///
/// impl TokenStore for Memory {
///     async fn load(&self, name: &str) -> Result<Option<SecretString>, Error> {
///         Ok(self.0.lock().unwrap().get(name).cloned())
///     }
///
///     async fn keep(&self, name: &str, token: &SecretString) -> Result<(), Error> {
///         self.0.lock().unwrap().insert(name.to_owned(), token.clone());
///         Ok(())
///     }
/// }
/// ```
pub trait TokenStore: Send + Sync + 'static {
    /// The token that was kept last by this name, if one was. It is called before each refresh, as
    /// another run may have replaced the token meanwhile.
    ///
    /// # Errors
    ///
    /// [`Error::other`] with what went wrong, which ends the fetch.
    fn load(&self, name: &str) -> impl Future<Output = Result<Option<SecretString>, Error>> + Send;

    /// Keeps a token in place of the one of this name. It is the only one that is still good, so
    /// that it has to be safe when this returns.
    ///
    /// # Errors
    ///
    /// [`Error::other`] with what went wrong. The fetch continues with the token and warns of it.
    fn keep(
        &self,
        name: &str,
        token: &SecretString,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// Waits until no other run uses the token of this name, and holds others off until what it gives
    /// is dropped, after the new token is kept. Unless written otherwise it locks nothing: of two
    /// runs that refresh at once, one is refused, and looks once more for what the other has kept.
    ///
    /// # Errors
    ///
    /// [`Error::other`] with what went wrong, which ends the fetch.
    fn lock(&self, name: &str) -> impl Future<Output = Result<TokenLock, Error>> + Send {
        let _ = name;
        async { Ok(Box::new(()) as TokenLock) }
    }
}

type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Any [`TokenStore`]: the same with futures in boxes.
pub(crate) trait AnyTokenStore: Send + Sync {
    fn load<'a>(&'a self, name: &'a str) -> Later<'a, Option<SecretString>>;
    fn keep<'a>(&'a self, name: &'a str, token: &'a SecretString) -> Later<'a, ()>;
    fn lock<'a>(&'a self, name: &'a str) -> Later<'a, TokenLock>;
}

impl<S: TokenStore> AnyTokenStore for S {
    fn load<'a>(&'a self, name: &'a str) -> Later<'a, Option<SecretString>> {
        Box::pin(TokenStore::load(self, name))
    }

    fn keep<'a>(&'a self, name: &'a str, token: &'a SecretString) -> Later<'a, ()> {
        Box::pin(TokenStore::keep(self, name, token))
    }

    fn lock<'a>(&'a self, name: &'a str) -> Later<'a, TokenLock> {
        Box::pin(TokenStore::lock(self, name))
    }
}

/// The refresh token of one `auth` in a store.
pub(super) struct Kept {
    store: Arc<dyn AnyTokenStore>,
    name: String,
}

impl Kept {
    pub(super) fn new(
        store: Arc<dyn AnyTokenStore>,
        url: &Url,
        client_id: &SecretString,
        given: &SecretString,
    ) -> Kept {
        let mut digest = Sha256::new();
        for part in ["1", url.as_str(), client_id.expose_secret(), given.expose_secret()] {
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
        let digest: [u8; 32] = digest.finalize().into();
        let digest = u128::from_be_bytes(std::array::from_fn(|at| digest[at]));
        let name = format!("{}-{digest:032x}", url.host_str().unwrap_or_default());
        Kept { store, name }
    }

    pub(super) async fn lock(&self) -> Result<TokenLock, Error> {
        self.store.lock(&self.name).await
    }

    pub(super) async fn load(&self) -> Result<Option<SecretString>, Error> {
        self.store.load(&self.name).await
    }

    pub(super) async fn keep(&self, token: &SecretString) -> Result<(), Error> {
        self.store.keep(&self.name, token).await
    }
}
