//! Texts with their escapes undone, so that a secret is found however a text spells it: as JSON escapes
//! it (in every way that it may: PHP writes `\/`), as URLs, forms and HTML do, several times over.

use std::str;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// All but what most encoders leave as it is (RFC 3986, section 2.3).
pub(crate) const UNRESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// How often escapes are undone: a link within a parameter within HTML has two that count.
const DEEPEST: usize = 3;
/// The longest character reference of HTML that is read, `&#x0010FFFF;`.
const LONGEST_REFERENCE: usize = 12;

/// How one character is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    Percent,
    Json,
    Html,
}

/// A text with its escapes undone, none in the first layer and one more in each.
pub(crate) struct Layer {
    pub(crate) bytes: Vec<u8>,
    /// Where each byte begins in the text itself, and where the last one ends; `None` if each is where
    /// it was.
    places: Option<Vec<usize>>,
}

impl Layer {
    fn of(text: &str) -> Layer {
        Layer { bytes: text.as_bytes().to_vec(), places: None }
    }

    /// Where a range of it is in the text itself.
    pub(crate) fn place(&self, from: usize, to: usize) -> (usize, usize) {
        let place = |at: usize| self.places.as_ref().map_or(at, |places| places[at]);
        (place(from), place(to))
    }

    /// The next layer, unless this one has no escapes.
    fn undo(&self) -> Option<Layer> {
        let bytes = &self.bytes;
        if !bytes.iter().any(|byte| matches!(byte, b'%' | b'\\' | b'&')) {
            return None;
        }
        let mut undone = Vec::with_capacity(bytes.len());
        let mut places = Vec::with_capacity(bytes.len() + 1);
        let mut at = 0;
        while at < bytes.len() {
            let mut put = |byte| {
                undone.push(byte);
                places.push(self.place(at, at).0);
            };
            at += match unescape(&bytes[at..]) {
                Some(unit) => {
                    unit.bytes().iter().copied().for_each(put);
                    unit.length
                }
                None => {
                    put(bytes[at]);
                    1
                }
            };
        }
        places.push(self.place(at, at).0);
        (undone.len() < bytes.len()).then_some(Layer { bytes: undone, places: Some(places) })
    }
}

/// A text with its escapes undone so often.
pub(crate) fn undone_times(text: &str, times: usize) -> Layer {
    let mut layer = Layer::of(text);
    for _ in 0..times {
        match layer.undo() {
            Some(next) => layer = next,
            None => break,
        }
    }
    layer
}

/// A text with its escapes undone, if it has any and they are text.
pub(crate) fn undone(text: &str) -> Option<String> {
    String::from_utf8(Layer::of(text).undo()?.bytes).ok()
}

/// How the first escape of a text is written.
pub(crate) fn first_escape(text: &str) -> Option<Escape> {
    (0..text.len()).find_map(|at| unescape(&text.as_bytes()[at..])).map(|unit| unit.escape)
}

/// The layers of a text, as far as they differ.
pub(super) fn layers(text: &str) -> Vec<Layer> {
    let mut layers = vec![Layer::of(text)];
    while layers.len() <= DEEPEST
        && let Some(next) = layers.last().and_then(Layer::undo)
    {
        layers.push(next);
    }
    layers
}

/// The escape that a text begins with.
struct Unit {
    escape: Escape,
    /// How many bytes it takes.
    length: usize,
    /// What it says, in UTF-8 unless it is a part of a character.
    said: [u8; 4],
    count: usize,
}

impl Unit {
    fn byte(escape: Escape, length: usize, byte: u8) -> Unit {
        Unit { escape, length, said: [byte, 0, 0, 0], count: 1 }
    }

    fn char(escape: Escape, length: usize, said: char) -> Unit {
        let mut bytes = [0; 4];
        let count = said.encode_utf8(&mut bytes).len();
        Unit { escape, length, said: bytes, count }
    }

    fn bytes(&self) -> &[u8] {
        &self.said[..self.count]
    }
}

/// Reads the escape that `text` begins with.
fn unescape(text: &[u8]) -> Option<Unit> {
    match text.first()? {
        b'%' => Some(Unit::byte(Escape::Percent, 3, u8::try_from(hex(text.get(1..3)?)?).ok()?)),
        b'\\' => json(text),
        b'&' => html(text),
        _ => None,
    }
}

/// `\"`, `\/`, `\n`, `\u002b`, `\ud83d\ude00` (RFC 8259, section 7).
fn json(text: &[u8]) -> Option<Unit> {
    let said = match text.get(1)? {
        b'u' => return unicode(text),
        byte @ (b'"' | b'\\' | b'/') => *byte,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        _ => return None,
    };
    Some(Unit::byte(Escape::Json, 2, said))
}

fn unicode(text: &[u8]) -> Option<Unit> {
    let unit = |at: usize| {
        let escaped = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::try_from(hex(escaped)?).ok()
    };
    let first = unit(0)?;
    if let Some(said) = char::from_u32(first.into()) {
        return Some(Unit::char(Escape::Json, 6, said));
    }
    let said = char::decode_utf16([first, unit(6)?]).next()?.ok()?;
    Some(Unit::char(Escape::Json, 12, said))
}

/// `&amp;`, `&#43;`, `&#x2b;`.
fn html(text: &[u8]) -> Option<Unit> {
    let most = text.len().min(LONGEST_REFERENCE);
    let end = text[..most].iter().position(|byte| *byte == b';')?;
    let name = str::from_utf8(&text[1..end]).ok()?;
    let said = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "sol" => '/',
        "plus" => '+',
        "equals" => '=',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some(Unit::char(Escape::Html, end + 1, said))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let mut digits = digits.iter().map(|digit| char::from(*digit).to_digit(16));
    digits.try_fold(0, |number, digit| Some(number * 16 + digit?))
}
