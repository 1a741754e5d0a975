//! What is a credential, by its name or its look, so that none is ever copied into a description.

use heck::ToSnakeCase as _;

/// Names that credentials have, in lower case and without signs.
const NAMES: [&str; 17] = [
    "key",
    "auth",
    "pass",
    "passwd",
    "pwd",
    "sig",
    "signature",
    "session",
    "sessionid",
    "sid",
    "jwt",
    "cookie",
    "pw",
    "otp",
    "ticket",
    "passphrase",
    "bearer",
];
/// What names of credentials contain or end in.
const PARTS: [&str; 16] = [
    "apikey",
    "secret",
    "password",
    "passwort",
    "accesskey",
    "authkey",
    "privatekey",
    "authorization",
    "credential",
    "csrf",
    "xsrf",
    "licensekey",
    "masterkey",
    "appkey",
    "functionskey",
    "subscriptionkey",
];
/// Tokens that page, and are no credentials.
const OF_PAGES: [&str; 5] = ["page", "next", "continuation", "sync", "cursor"];
/// How credentials of known services begin.
const PREFIXES: [&str; 11] =
    ["sk_", "pk_", "rk_", "ghp_", "gho_", "github_pat_", "glpat-", "xox", "shpat_", "eyJ", "AKIA"];
/// From this length on, a text of letters and digits in no pattern is taken for a credential; one with
/// other signs from twice as many.
const LONG: usize = 16;

/// Whether what has this name is a credential.
pub(crate) fn is_name(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    let is_header = name.starts_with("x-") || name.starts_with("X-");
    let plain = if is_header { plain[1..].to_owned() } else { plain };
    let is_token = plain.ends_with("token") && !OF_PAGES.iter().any(|page| plain.contains(page));
    NAMES.contains(&plain.as_str()) || is_token || PARTS.iter().any(|part| plain.contains(part))
}

/// Whether what is sent in a header of this name is a credential: also a key of any kind, `Fastly-Key`.
pub(crate) fn is_header(name: &str) -> bool {
    let plain = name.to_ascii_lowercase();
    is_name(name) || (plain.ends_with("key") && !plain.contains("idempotency"))
}

/// Whether a value looks like a credential, whatever its name is.
pub(crate) fn is_value(value: &str) -> bool {
    let is_known = PREFIXES.iter().any(|prefix| value.starts_with(prefix)) && value.len() >= 12;
    let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric());
    let long = if is_plain { LONG } else { 2 * LONG };
    is_known || (value.len() >= long && is_random(value) && !is_uuid(value))
}

/// Whether a text is one word in which letters and digits alternate as in no word of a language.
fn is_random(value: &str) -> bool {
    let is_word =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=' | ':');
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let letters = value.chars().filter(char::is_ascii_alphabetic).count();
    value.chars().all(is_word) && digits >= 4 && letters >= 4
}

/// Whether a text is a UUID, which identifies something and opens nothing.
pub(crate) fn is_uuid(value: &str) -> bool {
    value.len() == 36
        && value.chars().enumerate().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_hexdigit(),
        })
}

/// The name of a secret or setting for what an input calls by this name.
pub(crate) fn named(name: &str) -> String {
    let name = name.to_snake_case();
    let name = name.strip_prefix("x_").unwrap_or(&name);
    let begins = name.starts_with(|c: char| c.is_alphabetic());
    if begins { name.to_owned() } else { format!("setting_{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_known_by_name_or_look() {
        for name in [
            "api_key",
            "X-Api-Key",
            "access_token",
            "Authorization",
            "sig",
            "X-CSRF-Token",
            "X-Session",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in ["page_token", "nextToken", "keyword", "author", "status", "passenger"] {
            assert!(!is_name(name), "{name}");
        }
        for value in
            ["sk_live_0123456789", "eyJhbGciOi.eyJzdWIi.x", "0a1b2c3d4e5f60718293a4b5c6d7e8f9"]
        {
            assert!(is_value(value), "{value}");
        }
        for value in [
            "open",
            "2024-01-01T00:00:00Z",
            "20240101T000000Z",
            "123e4567-e89b-12d3-a456-426614174000",
        ] {
            assert!(!is_value(value), "{value}");
        }
    }
}
