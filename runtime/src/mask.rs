//! Secrets taken out of texts that leave the crate.

use std::{
    borrow::Cow,
    cmp::Reverse,
    fmt,
    sync::{PoisonError, RwLock},
};

use secrecy::{ExposeSecret, SecretString};

/// What stands in a secret's place.
const MASKED: &str = "***";
/// What is shorter could be a part of any word, so that it is masked only where it stands alone.
const SHORTEST_WITHIN: usize = 6;
/// What is shorter is not masked of what may be no secret at all: a cookie, a header of a program.
const SHORTEST_LEARNED: usize = 8;
/// How many tokens are known at a time: they are renewed for as long as a client lives, and those that
/// were renewed long ago open nothing any more.
const MOST_TOKENS: usize = 256;
/// How many cookies that others have replaced are. Some servers set another with each response.
const MOST_REPLACED: usize = 16;

/// The secrets of a client. In a text they are found however it spells them: as they are, as JSON
/// escapes them (in every way that it may: PHP writes `\/`), as URLs, forms and HTML do.
pub(crate) struct Mask {
    /// Longest first, so that a secret which contains another is masked whole.
    secrets: RwLock<Vec<Known>>,
}

struct Known {
    secret: SecretString,
    kind: Kind,
    /// How many were known before it.
    number: u64,
}

/// How long a secret is known; of one that is several, the longest.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Kind {
    ReplacedCookie,
    /// One that stays until it is replaced.
    Cookie,
    Token,
    /// One of the plan, which stays.
    Lasting,
}

impl Mask {
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a SecretString>) -> Mask {
        let mask = Mask { secrets: RwLock::new(Vec::new()) };
        for secret in secrets {
            mask.keep(secret.expose_secret());
        }
        mask
    }

    /// Masks this, too, from now on.
    pub(crate) fn keep(&self, secret: &str) {
        self.add(secret, Kind::Lasting);
    }

    /// Masks what stands in a secret's place in a plan, where the lint `plain_secret` is allowed. What
    /// is too short for a secret, as the password `x` beside a key that is the user's name, is not.
    pub(crate) fn keep_literal(&self, literal: &SecretString) {
        const SHORTEST: usize = 4;
        if literal.expose_secret().len() >= SHORTEST {
            self.keep(literal.expose_secret());
        }
    }

    /// Masks this, too, until many others have followed it: a token, which will be renewed.
    pub(crate) fn learn(&self, secret: &str) {
        self.add(secret, Kind::Token);
    }

    /// Masks the value of a cookie, too, until it is replaced.
    pub(crate) fn learn_cookie(&self, value: &str) {
        if value.len() >= SHORTEST_LEARNED {
            self.add(value, Kind::Cookie);
        }
    }

    /// Masks the value of a cookie until others have been replaced after it.
    pub(crate) fn replace_cookie(&self, value: &str) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        secrets.retain(|known| known.kind != Kind::Cookie || known.secret.expose_secret() != value);
        drop(secrets);
        if value.len() >= SHORTEST_LEARNED {
            self.add(value, Kind::ReplacedCookie);
        }
    }

    /// Masks what a program has set on a request, too, until many others have followed it.
    pub(crate) fn learn_set(&self, value: &str) {
        if value.len() >= SHORTEST_LEARNED {
            self.learn(value);
        }
    }

    fn add(&self, secret: &str, kind: Kind) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        let number = secrets.iter().map(|known| known.number + 1).max().unwrap_or(0);
        if let Some(known) = secrets.iter_mut().find(|known| known.secret.expose_secret() == secret)
        {
            if kind > known.kind {
                (known.kind, known.number) = (kind, number);
            }
            return;
        }
        if secret.is_empty() {
            return;
        }
        secrets.push(Known { secret: secret.into(), kind, number });
        let most = match kind {
            Kind::Lasting | Kind::Cookie => usize::MAX,
            Kind::Token => MOST_TOKENS,
            Kind::ReplacedCookie => MOST_REPLACED,
        };
        let alike = || secrets.iter().filter(|known| known.kind == kind);
        if alike().count() > most {
            let oldest = alike().map(|known| known.number).min();
            secrets.retain(|known| Some(known.number) != oldest);
        }
        secrets.sort_by_key(|known| Reverse(known.secret.expose_secret().len()));
    }

    /// `text` without secrets.
    pub(crate) fn apply(&self, text: &str) -> String {
        let secrets = self.secrets.read().unwrap_or_else(PoisonError::into_inner);
        replace(text, |before, rest| {
            let mut found =
                secrets.iter().filter_map(|known| find(before, rest, known.secret.expose_secret()));
            found.next().map(|after| (MASKED.into(), after))
        })
    }
}

/// `text` with other text in the place of what `find` finds at the beginning of a rest of it, of which
/// it also gives what follows. It is told what is before the rest, too.
pub(crate) fn replace<'t>(
    text: &'t str,
    find: impl Fn(&'t str, &'t str) -> Option<(Cow<'t, str>, &'t str)>,
) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let before = &text[..text.len() - rest.len()];
        if let Some((instead, after)) = find(before, rest) {
            replaced.push_str(&instead);
            rest = after;
        } else {
            replaced.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    replaced
}

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mask")
    }
}

/// What follows the secret that `rest` begins with, in whatever spelling, if it begins with it. A short
/// one counts only where it stands alone.
pub(crate) fn find<'a>(before: &str, rest: &'a str, secret: &str) -> Option<&'a str> {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_escape = |text: &str| {
        let digits = text.as_bytes().strip_prefix(b"%");
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let after = after(rest, secret)?;
    let is_alone = || {
        let begins = !before.ends_with(is_of_word)
            || before.len().checked_sub(3).and_then(|at| before.get(at..)).is_some_and(is_escape);
        begins && !after.starts_with(is_of_word)
    };
    (secret.len() >= SHORTEST_WITHIN || is_alone()).then_some(after)
}

/// What follows the secret that `text` begins with.
fn after<'a>(text: &'a str, secret: &str) -> Option<&'a str> {
    let Some(next) = secret.chars().next() else { return Some(text) };
    let secret = &secret[next.len_utf8()..];
    // A text may spell one character in a way that begins another, hence the second look.
    [raw, json, percent, html].iter().find_map(|spelling| after(spelling(text, next)?, secret))
}

/// The character itself, or `+` for a space, as forms have it.
fn raw(text: &str, next: char) -> Option<&str> {
    text.strip_prefix(next).or_else(|| text.strip_prefix('+').filter(|_| next == ' '))
}

/// `\"`, `\/`, `\n`, `\u002b` (RFC 8259, section 7).
fn json(text: &str, next: char) -> Option<&str> {
    let escaped = text.strip_prefix('\\')?;
    let short = match next {
        '"' | '\\' | '/' => Some(next),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        _ => None,
    };
    if let Some(rest) = short.and_then(|short| escaped.strip_prefix(short)) {
        return Some(rest);
    }
    next.encode_utf16(&mut [0; 2])
        .iter()
        .try_fold(text, |text, unit| hex(text.strip_prefix("\\u")?, 4, u32::from(*unit)))
}

/// `%2B` (RFC 3986, section 2.1).
fn percent(text: &str, next: char) -> Option<&str> {
    let mut bytes = [0; 4];
    next.encode_utf8(&mut bytes)
        .bytes()
        .try_fold(text, |text, byte| hex(text.strip_prefix('%')?, 2, u32::from(byte)))
}

/// `&amp;`, `&#43;`, `&#x2b;`.
fn html(text: &str, next: char) -> Option<&str> {
    let (name, rest) = text.strip_prefix('&')?.split_once(';')?;
    let spelled = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    (spelled == next).then_some(rest)
}

/// What follows this many digits, if they have this value.
fn hex(text: &str, digits: usize, value: u32) -> Option<&str> {
    let (number, rest) = text.split_at_checked(digits)?;
    (u32::from_str_radix(number, 16) == Ok(value)).then_some(rest)
}
