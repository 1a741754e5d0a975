//! Secrets taken out of texts that leave the crate.

mod pattern;
mod spelling;

use std::{
    cmp::Reverse,
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use encoding_rs::WINDOWS_1252;
use secrecy::{ExposeSecret, SecretString};

use self::pattern::Pattern;
pub(crate) use self::{
    pattern::{Form, SHORTEST_WITHIN, base64_part, hex},
    spelling::{Escape, UNRESERVED, first_escape, undone, undone_times},
};

/// What checkpoints call that which requests are authenticated by.
pub(crate) const CREDENTIAL: &str = "auth";
/// What stands in a secret's place.
const MASKED: &str = "***";
/// The bytes that one byte of a secret takes at most: `%255Cu002b`, and a part of base64 around it.
const LONGEST_SPELLING: usize = 12;
/// What is shorter is not masked of what may be no secret at all: a cookie, a header of a program.
const SHORTEST_LEARNED: usize = 8;
/// How many tokens are known at a time: they are renewed for as long as a client lives, and those that
/// were renewed long ago open nothing any more.
const MOST_TOKENS: usize = 256;
/// How many cookies that others have replaced are. Some servers set another with each response.
const MOST_REPLACED: usize = 16;

/// The secrets of a client. In a text they are found however it spells them, see [`spelling`], and
/// in base64, once or twice, and in hexadecimal.
pub(crate) struct Mask {
    secrets: RwLock<Vec<Known>>,
}

/// A secret in a text.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// How often its escapes are undone for it.
    pub(crate) depth: usize,
    /// Where it is in the text with its escapes undone so often.
    pub(crate) at: (usize, usize),
    pub(crate) form: Form,
    pub(crate) secret: Arc<SecretString>,
    /// What a checkpoint calls it.
    pub(crate) name: Option<Arc<str>>,
}

struct Known {
    secret: Arc<SecretString>,
    patterns: Vec<Pattern>,
    name: Option<Arc<str>>,
    kind: Kind,
    /// How many were known before it.
    number: u64,
}

/// A secret as servers repeat it that take its UTF-8 for Latin-1, as many do in headers, or for the code page
/// of Windows, and as it looks where they answer in such a charset without saying so.
fn misread(secret: &str) -> Vec<String> {
    if secret.is_ascii() {
        return Vec::new();
    }
    let latin: String = secret.bytes().map(char::from).collect();
    let (windows, _) = WINDOWS_1252.decode_without_bom_handling(secret.as_bytes());
    let replaced: String = secret
        .chars()
        .map(|c| if c.is_ascii() { c } else { char::REPLACEMENT_CHARACTER })
        .collect();
    let mut spellings = vec![latin, windows.into_owned()];
    spellings.dedup();
    if secret.bytes().filter(u8::is_ascii).count() >= SHORTEST_WITHIN {
        spellings.push(replaced);
    }
    spellings
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
    /// The secrets that a plan names, by their names.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Mask {
        let mask = Mask { secrets: RwLock::new(Vec::new()) };
        for (name, secret) in secrets {
            mask.add(secret, Kind::Lasting, Some(&format!("secrets.{name}")));
        }
        mask
    }

    /// Masks this, too, from now on.
    pub(crate) fn keep(&self, secret: &str) {
        self.add(secret, Kind::Lasting, None);
    }

    /// Masks what stands in a secret's place in a plan, where the lint `plain_secret` is allowed. What
    /// is too short for a secret, as the password `x` beside a key that is the user's name, is not.
    pub(crate) fn keep_literal(&self, literal: &SecretString) {
        self.keep_long(literal, None);
    }

    /// The same of what requests are authenticated by.
    pub(crate) fn keep_credential(&self, credential: &SecretString) {
        self.keep_long(credential, Some(CREDENTIAL));
    }

    fn keep_long(&self, secret: &SecretString, name: Option<&str>) {
        const SHORTEST: usize = 4;
        if secret.expose_secret().len() >= SHORTEST {
            self.add(secret.expose_secret(), Kind::Lasting, name);
        }
    }

    /// Masks this, too, until many others have followed it: a refresh token.
    pub(crate) fn learn(&self, secret: &str) {
        self.add(secret, Kind::Token, None);
    }

    /// The same of an access token, which will be renewed.
    pub(crate) fn learn_credential(&self, token: &str) {
        self.add(token, Kind::Token, Some(CREDENTIAL));
    }

    /// Masks the value of a cookie, too, until it is replaced.
    pub(crate) fn learn_cookie(&self, value: &str) {
        if value.len() >= SHORTEST_LEARNED {
            self.add(value, Kind::Cookie, None);
        }
    }

    /// Masks the value of a cookie until others have been replaced after it.
    pub(crate) fn replace_cookie(&self, value: &str) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        secrets.retain(|known| known.kind != Kind::Cookie || known.secret.expose_secret() != value);
        drop(secrets);
        if value.len() >= SHORTEST_LEARNED {
            self.add(value, Kind::ReplacedCookie, None);
        }
    }

    /// Masks what a program has set on a request, too, until many others have followed it.
    pub(crate) fn learn_set(&self, value: &str, name: &str) {
        if value.len() >= SHORTEST_LEARNED {
            self.add(value, Kind::Token, Some(name));
        }
    }

    fn add(&self, secret: &str, kind: Kind, name: Option<&str>) {
        if secret.is_empty() {
            return;
        }
        self.add_text(secret, kind, name);
        for misread in misread(secret) {
            self.add_text(&misread, kind, None);
        }
    }

    fn add_text(&self, secret: &str, kind: Kind, name: Option<&str>) {
        let mut secrets = self.secrets.write().unwrap_or_else(PoisonError::into_inner);
        let number = secrets.iter().map(|known| known.number + 1).max().unwrap_or(0);
        if let Some(known) = secrets.iter_mut().find(|known| known.secret.expose_secret() == secret)
        {
            if kind > known.kind {
                (known.kind, known.number) = (kind, number);
            }
            if known.name.is_none() {
                known.name = name.map(Arc::from);
            }
            return;
        }
        secrets.push(Known {
            secret: Arc::new(secret.into()),
            patterns: Pattern::all(secret),
            name: name.map(Arc::from),
            kind,
            number,
        });
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
    }

    /// `text` without secrets.
    pub(crate) fn apply(&self, text: &str) -> String {
        self.shown(text, text.len())
    }

    /// What `text` has in its first `most` bytes, or a little less, without secrets. What follows is
    /// looked at as far as a secret could reach, for a part of one would not be recognised, and no
    /// further: servers send megabytes.
    pub(crate) fn shown(&self, text: &str, most: usize) -> String {
        let text = start(text, most.saturating_add(self.reach()));
        let shown = start(text, most);
        let mut masked = String::with_capacity(shown.len());
        let mut done = 0;
        for Found { from, to, .. } in self.find(text) {
            if from >= shown.len() {
                break;
            }
            // What overlaps is one.
            if from >= done {
                masked.push_str(&shown[done..from]);
                masked.push_str(MASKED);
            }
            done = done.max(to);
        }
        masked.push_str(shown.get(done..).unwrap_or_default());
        masked
    }

    /// The secrets in a text, in their order; of those that begin at one place the longest first.
    pub(crate) fn find(&self, text: &str) -> Vec<Found> {
        let secrets = self.secrets.read().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        for (depth, layer) in spelling::layers(text).into_iter().enumerate() {
            let bytes = pattern::folded(layer.bytes.clone());
            for known in secrets.iter() {
                for pattern in &known.patterns {
                    found.extend(pattern.find(&bytes).map(|at| {
                        let (from, to) = layer.place(at.0, at.1);
                        Found {
                            from: boundary(text, from),
                            to: (to..text.len())
                                .find(|at| text.is_char_boundary(*at))
                                .unwrap_or(text.len()),
                            depth,
                            at,
                            secret: Arc::clone(&known.secret),
                            form: pattern.form,
                            name: known.name.clone(),
                        }
                    }));
                }
            }
        }
        found.sort_by_key(|found| (found.from, Reverse(found.to)));
        found
    }

    /// How many bytes the longest secret can take where it is spelled in the longest way.
    fn reach(&self) -> usize {
        let secrets = self.secrets.read().unwrap_or_else(PoisonError::into_inner);
        let longest = secrets.iter().map(|known| known.secret.expose_secret().len()).max();
        longest.unwrap_or(0).saturating_mul(LONGEST_SPELLING)
    }
}

/// The first `most` bytes of a text, or less if a character would be cut.
pub(crate) fn start(text: &str, most: usize) -> &str {
    &text[..boundary(text, most)]
}

/// The last place up to this one where a character begins, or the end.
fn boundary(text: &str, most: usize) -> usize {
    let most = most.min(text.len());
    (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mask")
    }
}
