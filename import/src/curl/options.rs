//! The options of `curl`: what they say of the request, and which of them take a value.

/// What an option says of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The method.
    Method,
    /// A header.
    Header,
    /// The address.
    Url,
    /// User name and password.
    User,
    /// A token.
    Bearer,
    /// Cookies.
    Cookie,
    /// A header that a client sends by itself.
    OfClient,
    /// A body.
    Data,
    /// A body whose fields are encoded.
    DataUrlencode,
    /// A body of JSON.
    Json,
    /// A field of a form in several parts.
    Form,
    /// A parameter.
    UrlQuery,
    /// The body is the query.
    Get,
    /// Only the headers are requested.
    Head,
    /// A file is sent.
    Upload,
    /// The next request begins.
    Next,
    /// Nothing about what is requested; whether it takes a value.
    Nothing(bool),
}

use Meaning::{
    Bearer, Cookie, Data, DataUrlencode, Form, Get, Head, Header, Json, Method, Next, Nothing,
    OfClient, Upload, Url, UrlQuery, User,
};

/// The options that mean something: short, long, meaning.
const OPTIONS: [(&str, &str, Meaning); 25] = [
    ("X", "request", Method),
    ("H", "header", Header),
    ("", "url", Url),
    ("u", "user", User),
    ("", "oauth2-bearer", Bearer),
    ("b", "cookie", Cookie),
    ("A", "user-agent", OfClient),
    ("e", "referer", OfClient),
    ("d", "data", Data),
    ("", "data-raw", Data),
    ("", "data-ascii", Data),
    ("", "data-binary", Data),
    ("", "data-urlencode", DataUrlencode),
    ("", "json", Json),
    ("F", "form", Form),
    ("", "form-string", Form),
    ("", "url-query", UrlQuery),
    ("G", "get", Get),
    ("I", "head", Head),
    ("T", "upload-file", Upload),
    ("", "next", Next),
    (":", "next", Next),
    ("L", "location", Nothing(false)),
    ("s", "silent", Nothing(false)),
    ("", "compressed", Nothing(false)),
];

/// Other options that take a value, which is no address.
const WITH_VALUE: [&str; 36] = [
    "o",
    "output",
    "m",
    "max-time",
    "connect-timeout",
    "retry",
    "retry-delay",
    "retry-max-time",
    "x",
    "proxy",
    "U",
    "proxy-user",
    "E",
    "cert",
    "key",
    "cacert",
    "capath",
    "c",
    "cookie-jar",
    "w",
    "write-out",
    "D",
    "dump-header",
    "K",
    "config",
    "max-redirs",
    "r",
    "range",
    "resolve",
    "connect-to",
    "interface",
    "limit-rate",
    "ciphers",
    "y",
    "Y",
    "z",
];

/// What an option means, by its name without dashes. One that is not known takes no value.
pub(super) fn meaning(name: &str) -> Meaning {
    let known = OPTIONS
        .iter()
        .find(|(short, long, _)| name == *long || (name == *short && !name.is_empty()));
    known.map_or(Nothing(WITH_VALUE.contains(&name)), |(.., meaning)| *meaning)
}

impl Meaning {
    /// Whether the option takes a value.
    pub(super) fn takes_value(self) -> bool {
        !matches!(self, Get | Head | Next | Nothing(false))
    }
}
