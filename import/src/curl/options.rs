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
    /// A kind of authentication that a description does not have; whether it takes a value.
    OtherAuth(bool),
    /// Cookies.
    Cookie,
    /// The header `User-Agent`.
    UserAgent,
    /// The header `Range`.
    Range,
    /// A file with further options.
    Config,
    /// A body.
    Data,
    /// A body in which `@` is no file.
    DataRaw,
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
    /// The path that is sent, whatever the address has.
    Target,
    /// Braces and brackets of the address are no patterns.
    Literal,
    /// Nothing about what is requested; whether it takes a value.
    Nothing(bool),
    /// An option that `curl` does not have.
    Unknown,
}

use Meaning::{
    Bearer, Config, Cookie, Data, DataRaw, DataUrlencode, Form, Get, Head, Header, Json, Literal,
    Method, Nothing, OtherAuth, Range, Target, Unknown, Upload, Url, UrlQuery, User, UserAgent,
};

/// The options that mean something: short, long, meaning.
const OPTIONS: [(&str, &str, Meaning); 37] = [
    ("X", "request", Method),
    ("H", "header", Header),
    ("", "url", Url),
    ("u", "user", User),
    ("", "oauth2-bearer", Bearer),
    ("", "digest", OtherAuth(false)),
    ("", "ntlm", OtherAuth(false)),
    ("", "ntlm-wb", OtherAuth(false)),
    ("", "negotiate", OtherAuth(false)),
    ("n", "netrc", OtherAuth(false)),
    ("", "netrc-optional", OtherAuth(false)),
    ("", "netrc-file", OtherAuth(true)),
    ("", "aws-sigv4", OtherAuth(true)),
    ("E", "cert", OtherAuth(true)),
    ("", "tlsuser", OtherAuth(true)),
    ("b", "cookie", Cookie),
    ("A", "user-agent", UserAgent),
    ("r", "range", Range),
    ("K", "config", Config),
    ("d", "data", Data),
    ("", "data-raw", DataRaw),
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
    ("", "request-target", Target),
    ("g", "globoff", Literal),
    ("e", "referer", Nothing(true)),
    ("L", "location", Nothing(false)),
    ("s", "silent", Nothing(false)),
    ("k", "insecure", Nothing(false)),
];

/// The other options that take a value, of the manual of curl 8.17.
const WITH_VALUE: &str = "\
    abstract-unix-socket alt-svc cacert capath cert-type ciphers connect-timeout connect-to \
    continue-at cookie-jar create-file-mode crlfile curves delegation dns-interface \
    dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine \
    etag-compare etag-save expect100-timeout ftp-account ftp-alternative-to-user ftp-method \
    ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip help hostpubmd5 \
    hostpubsha256 hsts interface ip-tos ipfs-gateway keepalive-cnt keepalive-time key key-type \
    knownhosts krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt \
    max-filesize max-redirs max-time noproxy output output-dir parallel-max \
    parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy \
    proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile \
    proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name \
    proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 \
    pubkey quote random-file rate resolve retry retry-delay retry-max-time sasl-authzid \
    service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname \
    speed-limit speed-time ssl-sessions stderr telnet-option tftp-blksize time-cond tls-max \
    tls13-ciphers tlsauthtype tlspassword trace trace-ascii trace-config unix-socket variable \
    vlan-priority write-out o m x U c w D C P Q h t y Y z";

/// The other options that take none.
const WITHOUT_VALUE: &str = "\
    anyauth append basic ca-native cert-status compressed compressed-ssh create-dirs crlf \
    disable disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure \
    fail fail-early fail-with-body false-start follow form-escape ftp-create-dirs ftp-pasv \
    ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control haproxy-protocol http0.9 \
    http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include \
    ipv4 ipv6 junk-session-cookies keepalive list-only location-trusted mail-rcpt-allowfails \
    manual metalink mptcp no-alpn no-buffer no-clobber no-keepalive no-npn no-progress-meter \
    no-sessionid out-null parallel parallel-immediate path-as-is post301 post302 post303 progress-bar \
    progress-meter proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-http2 \
    proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast \
    proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name \
    remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir \
    show-error show-headers skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl \
    ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 \
    sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options \
    tls-earlydata tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time \
    use-ascii verbose version xattr 0 1 2 3 4 6 a B f i j J l M N O p q R S v V Z #";

/// What an option means, by its name without dashes.
pub(super) fn meaning(name: &str) -> Meaning {
    // `--expand-url` is `--url` with variables of `--variable`.
    let name = name.strip_prefix("expand-").unwrap_or(name);
    let known = OPTIONS
        .iter()
        .find(|(short, long, _)| name == *long || (name == *short && !name.is_empty()));
    let is_in = |names: &str| names.split_ascii_whitespace().any(|known| known == name);
    match known {
        Some((.., meaning)) => *meaning,
        None if is_in(WITH_VALUE) => Nothing(true),
        None if is_in(WITHOUT_VALUE) => Nothing(false),
        None => match name.strip_prefix("no-") {
            Some(of) if !matches!(meaning(of), Unknown) => Nothing(false),
            _ => Unknown,
        },
    }
}

impl Meaning {
    /// Whether the option takes a value.
    pub(super) fn takes_value(self) -> bool {
        !matches!(self, Get | Head | Literal | Unknown | OtherAuth(false) | Nothing(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_take_the_values_that_curl_gives_them() {
        for name in ["cert-type", "pass", "unix-socket", "request-target", "variable", "U", "z"] {
            assert!(meaning(name).takes_value(), "{name}");
        }
        for name in ["compressed", "no-location", "sslv3", "S", "no-such-option"] {
            assert!(!meaning(name).takes_value(), "{name}");
        }
        assert_eq!(meaning("no-such-option"), Unknown);
    }
}
