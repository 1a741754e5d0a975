//! What could not be brought over.

use std::fmt;

/// How long a message may be.
const MOST_CHARACTERS: usize = 320;

/// Something that the input says and the description does not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Gap {
    /// The kind of gap, one word: `custom_component`.
    pub code: &'static str,
    /// Where it is in the input, in the input's own terms: `paths./v1/orders.get`.
    pub place: String,
    /// What is missing and why.
    pub message: String,
}

impl Gap {
    pub(crate) fn new(
        code: &'static str,
        place: impl Into<String>,
        message: impl Into<String>,
    ) -> Gap {
        Gap { code, place: place.into(), message: shortened(message.into()) }
    }
}

/// A message of at most a few lines, without the middle of what it quotes.
fn shortened(message: String) -> String {
    let characters = message.chars().count();
    if characters <= MOST_CHARACTERS {
        return message;
    }
    let begin: String = message.chars().take(MOST_CHARACTERS / 2).collect();
    let end: String = message.chars().skip(characters - MOST_CHARACTERS / 2).collect();
    format!("{begin} … {end}")
}

/// Gaps of several streams that are alike as one, which names the others.
pub(crate) fn joined(gaps: Vec<Gap>) -> Vec<Gap> {
    fn parts(gap: &Gap) -> (&str, &str) {
        let within = gap.place.strip_prefix("streams.").unwrap_or_default();
        within.split_once('.').unwrap_or((within, ""))
    }
    let mut joined: Vec<(Gap, Vec<String>)> = Vec::new();
    for gap in gaps {
        let same = joined.iter_mut().find(|(known, _)| {
            let is_of_stream = known.place.starts_with("streams.");
            let is_alike = (known.code, &known.message) == (gap.code, &gap.message);
            is_of_stream && is_alike && parts(known).1 == parts(&gap).1
        });
        match same {
            Some((_, others)) => others.push(format!("`{}`", parts(&gap).0)),
            None => joined.push((gap, Vec::new())),
        }
    }
    let named = joined.into_iter().map(|(mut gap, others)| {
        if !others.is_empty() {
            gap.message = format!("{} (also in {})", gap.message, others.join(", "));
        }
        gap
    });
    named.collect()
}

/// `custom_component: streams.orders: …`, on one line.
impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.code, self.place, self.message)
    }
}
