//! What is a credential, by its name or its look, so that none is ever copied into a description.

use heck::ToSnakeCase as _;

/// Names that credentials have, in lower case and without signs.
const NAMES: [&str; 15] = [
    "auth",
    "bearer",
    "cookie",
    "cookie2",
    "crumb",
    "jwt",
    "otp",
    "sessid",
    "sessionid",
    "sid",
    "ticket",
    "tk",
    "totp",
    "totpcode",
    "wsse",
];
/// What the last word of names of credentials is: `X-App-Pass`, `subscription-key`.
const LAST_WORDS: [&str; 13] = [
    "key",
    "pass",
    "passcode",
    "passphrase",
    "passwd",
    "pin",
    "pw",
    "pwd",
    "session",
    "sessionid",
    "sig",
    "signature",
    "token",
];
/// What is before `key` in names of what is no credential: `sort_key`, `Idempotency-Key`.
const OF_OTHER_KEYS: [&str; 30] = [
    "cache",
    "entity",
    "event",
    "field",
    "foreign",
    "group",
    "hash",
    "idempotency",
    "index",
    "issue",
    "item",
    "last",
    "merge",
    "natural",
    "next",
    "object",
    "order",
    "page",
    "parent",
    "partition",
    "primary",
    "project",
    "range",
    "record",
    "row",
    "search",
    "sort",
    "sorting",
    "start",
    "surrogate",
];
/// What names of credentials contain.
const PARTS: [&str; 22] = [
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
    "appkey",
    "applicationkey",
    "clientkey",
    "functionskey",
    "licensekey",
    "masterkey",
    "sharedkey",
    "subscriptionkey",
    "userkey",
    "signature",
    "passphrase",
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
    let words = name.to_snake_case();
    let words = words.strip_prefix("x_").unwrap_or(&words);
    let (before, last) = words.rsplit_once('_').unwrap_or(("", words));
    let of_page = OF_PAGES.iter().any(|page| plain.contains(page));
    let is_last = match last {
        "key" => !before.rsplit('_').next().is_some_and(|of| OF_OTHER_KEYS.contains(&of)),
        last => LAST_WORDS.contains(&last),
    };
    (!of_page && (is_last || plain.ends_with("token")))
        || NAMES.contains(&words.replace('_', "").as_str())
        || PARTS.iter().any(|part| plain.contains(part))
}

/// Whether a value that was sent under a name is a credential. A code is one that opens something if it is as
/// long as no code of a country or currency.
pub(crate) fn is_sent(name: &str, value: &str) -> bool {
    is_name(name) || is_value(value) || (name.eq_ignore_ascii_case("code") && value.len() >= 8)
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
            "x-functions-key",
            "X-AppKey",
            "X-App-Pass",
            "pw",
            "licenseKey",
            "X-WSSE",
            "session_id",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "page_token",
            "nextToken",
            "keyword",
            "author",
            "status",
            "passenger",
            "sort_key",
            "Idempotency-Key",
            "code",
        ] {
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
