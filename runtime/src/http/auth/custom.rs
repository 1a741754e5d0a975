//! Authentication that a program writes itself.

use std::{fmt, pin::Pin};

use reqwest::{
    Request,
    header::{HeaderName, HeaderValue},
};

use super::param::{remove_param, set_param};
use crate::{
    Error,
    error::{
        Kind,
        mask::{CREDENTIAL, Mask},
    },
};

/// Authentication that a program writes itself: a signature, a login, a key that changes.
/// [`ClientBuilder::auth`](crate::ClientBuilder::auth) takes it, in place of the `auth` of the
/// file's `client`.
///
/// ```
/// use rest_source::{Authenticate, Error, Outgoing};
///
/// /// Signs the method and address of each request.
/// struct Signed {
///     key: rest_source::SecretString,
/// }
///
/// impl Authenticate for Signed {
///     async fn authenticate(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
///         let signature = sign(&self.key, &format!("{} {}", request.method(), request.url()));
///         request.set_header("X-Signature", &signature)
///     }
/// }
/// # fn sign(_: &rest_source::SecretString, text: &str) -> String { text.len().to_string() }
/// ```
pub trait Authenticate: Send + Sync + 'static {
    /// Adds to a request what authenticates it. It is called before each try of each request, and
    /// for each redirect within the servers that may see credentials; several calls may be under way
    /// at the same time.
    ///
    /// # Errors
    ///
    /// [`Error::other`] with what went wrong, which ends the fetch. Its text is shown with the
    /// secrets masked that the client knows.
    fn authenticate(
        &self,
        request: &mut Outgoing<'_>,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// Called when the server has answered a request by status 401, once for each request. Says
    /// whether the request is worth being sent again, as there is another credential now. Unless
    /// written otherwise there is none.
    ///
    /// # Errors
    ///
    /// As for [`authenticate`](Authenticate::authenticate).
    fn renew(&self) -> impl Future<Output = Result<bool, Error>> + Send {
        async { Ok(false) }
    }
}

/// A request that is about to be sent, for [`Authenticate`] to add to.
///
/// Values that are set on it are taken for secrets: they are in no log, and errors show `***` for
/// those of at least 8 bytes.
///
/// ```
/// use rest_source::{Authenticate, Error, Outgoing};
///
/// struct Session(String);
///
/// impl Authenticate for Session {
///     async fn authenticate(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
///         assert!(request.url().starts_with("https://"));
///         request.set_header("X-Session", &self.0)
///     }
/// }
/// ```
pub struct Outgoing<'a> {
    request: &'a mut Request,
    mask: &'a Mask,
}

impl<'a> Outgoing<'a> {
    pub(crate) fn new(request: &'a mut Request, mask: &'a Mask) -> Outgoing<'a> {
        Outgoing { request, mask }
    }

    /// The method, `GET` or `POST`.
    pub fn method(&self) -> &str {
        self.request.method().as_str()
    }

    /// The whole address.
    pub fn url(&self) -> &str {
        self.request.url().as_str()
    }

    /// The body, empty if there is none.
    pub fn body(&self) -> &[u8] {
        self.request.body().and_then(|body| body.as_bytes()).unwrap_or_default()
    }

    /// The value of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }

    /// Sets a header, in place of one of this name.
    ///
    /// # Errors
    ///
    /// When this cannot be the name or the value of a header.
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let header = self.put_header(name, value, true)?;
        self.mask.learn_set(value, &format!("{CREDENTIAL}.header.{header}"));
        // The secret of `Bearer abc…` is what follows the first word.
        for (index, word) in value.split_whitespace().enumerate().skip(1) {
            self.mask.learn_set(word, &format!("{CREDENTIAL}.word{index}.{header}"));
        }
        Ok(())
    }

    /// The same with a value that is no secret.
    pub(super) fn set_plain_header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        self.put_header(name, value, false).map(|_| ())
    }

    fn put_header(
        &mut self,
        name: &str,
        value: &str,
        is_secret: bool,
    ) -> Result<HeaderName, Error> {
        let refuse = |what| Error::config(format!("`{name}` cannot be sent: {what}"));
        let header = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| refuse("it is not the name of a header"))?;
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| refuse("its value has characters that no header has"))?;
        value.set_sensitive(is_secret);
        self.request.headers_mut().insert(header.clone(), value);
        Ok(header)
    }

    /// Sets a query parameter, in place of those of this name.
    pub fn set_param(&mut self, name: &str, value: &str) {
        self.mask.learn_set(value, &format!("{CREDENTIAL}.param.{name}"));
        set_param(self.request, name, value);
    }

    /// The same with a value that is no secret.
    pub(super) fn set_plain_param(&mut self, name: &str, value: &str) {
        set_param(self.request, name, value);
    }

    /// Takes out the query parameters of this name.
    pub(super) fn remove_param(&mut self, name: &str) {
        remove_param(self.request, name);
    }
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("method", &self.method())
            .field("url", &self.mask.apply(self.url()))
            .finish_non_exhaustive()
    }
}

type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Any [`Authenticate`]: the same with futures in boxes.
pub(crate) trait AnyAuthenticate: Send + Sync {
    fn authenticate<'a>(&'a self, request: &'a mut Outgoing<'_>) -> Later<'a, ()>;
    fn renew(&self) -> Later<'_, bool>;
}

impl<A: Authenticate> AnyAuthenticate for A {
    fn authenticate<'a>(&'a self, request: &'a mut Outgoing<'_>) -> Later<'a, ()> {
        Box::pin(async { Authenticate::authenticate(self, request).await.map_err(told) })
    }

    fn renew(&self) -> Later<'_, bool> {
        Box::pin(async { Authenticate::renew(self).await.map_err(told) })
    }
}

/// Only the text of a program's own error is passed on, for nothing could mask the secrets in the rest.
#[expect(clippy::needless_pass_by_value, reason = "it is used up")]
fn told(error: Error) -> Error {
    Error::new(Kind::Auth(format!("the request cannot be authenticated: {error}")))
}
