//! JSON text as serde reads it, faster than a parser that takes JSON from anywhere: the body is text in
//! memory, and most strings in it are short and have no escapes. It accepts the grammar of RFC 8259 and its
//! errors say nothing: who meets one reads the text once more by `serde_json`, which says what is wrong.

mod bytes;

use std::{borrow::Cow, fmt};

use serde::{
    de::{
        self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor,
        value::{BorrowedStrDeserializer, StrDeserializer},
    },
    forward_to_deserialize_any,
};

use self::bytes::{digits, escape, has_controls, next, short, some_digits};

/// What is not JSON, or nothing that a visitor takes.
#[derive(Debug)]
pub(crate) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text was not read to its end")
    }
}

impl std::error::Error for Stopped {}

impl de::Error for Stopped {
    fn custom<T: fmt::Display>(_: T) -> Stopped {
        Stopped
    }
}

type Result<T> = std::result::Result<T, Stopped>;

/// Reads a text from its beginning.
pub(crate) struct Reader<'de> {
    text: &'de str,
    /// Where the next byte is.
    at: usize,
    /// Where the next backslash is, behind the last one that was met; the length of the text if there is none.
    backslash: usize,
    /// Whether there are control characters, such as line breaks.
    has_controls: bool,
}

impl<'de> Reader<'de> {
    pub(crate) fn of(text: &'de str) -> Reader<'de> {
        let bytes = text.as_bytes();
        // Without an exit within a piece, which takes many bytes at a time.
        let has_controls = bytes.chunks(256).any(has_controls);
        let backslash = next(b'\\', bytes, 0).unwrap_or(bytes.len());
        Reader { text, at: 0, backslash, has_controls }
    }

    /// Makes sure that nothing follows.
    pub(crate) fn end(&mut self) -> Result<()> {
        match self.peek() {
            Some(_) => Err(Stopped),
            None => Ok(()),
        }
    }

    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Takes this byte, which is next.
    #[inline]
    fn take(&mut self, byte: u8) -> Result<()> {
        if self.peek() != Some(byte) {
            return Err(Stopped);
        }
        self.at += 1;
        Ok(())
    }

    fn take_word(&mut self, word: &str) -> Result<()> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(Stopped);
        }
        self.at += word.len();
        Ok(())
    }

    /// Takes what begins with a quote. Says whether it has escapes.
    #[inline]
    fn string(&mut self) -> Result<bool> {
        let start = self.at + 1;
        match short(self.text.as_bytes(), start) {
            Some(end) if end < self.backslash && !self.has_controls => {
                self.at = end + 1;
                Ok(false)
            }
            _ => self.other_string(start),
        }
    }

    /// Takes a string that is long, or may have escapes or control characters.
    #[inline(never)]
    fn other_string(&mut self, start: usize) -> Result<bool> {
        let bytes = self.text.as_bytes();
        let mut has_escapes = false;
        let mut end = next(b'"', bytes, start).ok_or(Stopped)?;
        while end > self.backslash {
            has_escapes = true;
            let behind = self.backslash + escape(&bytes[self.backslash..]).ok_or(Stopped)?;
            self.backslash = next(b'\\', bytes, behind).unwrap_or(bytes.len());
            // Only an escaped quote moves the end: it is not looked for again behind each escape.
            if end < behind {
                end = next(b'"', bytes, behind).ok_or(Stopped)?;
            }
        }
        if self.has_controls && has_controls(&bytes[start..end]) {
            return Err(Stopped);
        }
        self.at = end + 1;
        Ok(has_escapes)
    }

    /// Takes a number.
    fn number(&mut self) -> Result<Number<'de>> {
        let bytes = &self.text.as_bytes()[self.at..];
        let mut at = usize::from(bytes.first() == Some(&b'-'));
        let digits = digits(&bytes[at..]);
        // A zero is the only digit in front of the point.
        if digits == 0 || digits > 1 && bytes[at] == b'0' {
            return Err(Stopped);
        }
        at += digits;
        let whole = at;
        if bytes.get(at) == Some(&b'.') {
            at += 1 + some_digits(&bytes[at + 1..]).ok_or(Stopped)?;
        }
        if let Some(b'e' | b'E') = bytes.get(at) {
            at += 1;
            at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
            at += some_digits(bytes.get(at..).unwrap_or_default()).ok_or(Stopped)?;
        }
        let text = self.text.get(self.at..self.at + at).ok_or(Stopped)?;
        self.at += at;
        Ok(Number { text, is_whole: whole == at })
    }

    /// Goes over a value.
    fn skip(&mut self) -> Result<()> {
        // The lists and objects around the next value: one bit each, set for objects, behind a bit that is
        // always set. Where there is no room for another one, `outer` has them.
        let mut around = 1_u128;
        let mut outer = Vec::new();
        loop {
            match self.peek().ok_or(Stopped)? {
                b'"' => _ = self.string()?,
                opening @ (b'{' | b'[') => {
                    self.at += 1;
                    let is_object = opening == b'{';
                    // The closing bracket is two characters behind the opening one in ASCII.
                    if self.peek() == Some(opening + 2) {
                        self.at += 1;
                    } else {
                        if around.leading_zeros() == 0 {
                            outer.push(around);
                            around = 1;
                        }
                        around = around << 1 | u128::from(is_object);
                        if is_object {
                            self.skip_name()?;
                        }
                        continue;
                    }
                }
                b'-' | b'0'..=b'9' => _ = self.number()?,
                b't' => self.take_word("true")?,
                b'f' => self.take_word("false")?,
                b'n' => self.take_word("null")?,
                _ => return Err(Stopped),
            }
            loop {
                if around == 1 {
                    return Ok(());
                }
                let is_object = around & 1 == 1;
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        if is_object {
                            self.skip_name()?;
                        }
                        break;
                    }
                    Some(b'}') if is_object => {}
                    Some(b']') if !is_object => {}
                    _ => return Err(Stopped),
                }
                self.at += 1;
                around >>= 1;
                if around == 1
                    && let Some(before) = outer.pop()
                {
                    around = before;
                }
            }
        }
    }

    /// The members of an object: names, and values as they are written. A name with half of a surrogate pair
    /// stays as it is written, as another name must not become the same.
    pub(crate) fn members(&mut self) -> Result<Vec<(Cow<'de, str>, &'de str)>> {
        /// How many members an object most likely has at most.
        const LIKELY: usize = 8;

        self.take(b'{')?;
        let mut members = Vec::with_capacity(LIKELY);
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(members);
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(Stopped);
            }
            let start = self.at;
            let has_escapes = self.string()?;
            let written = self.text.get(start..self.at).ok_or(Stopped)?;
            let mut name = Cow::Borrowed(&written[1..written.len() - 1]);
            if has_escapes && let Ok(unescaped) = serde_json::from_str(written) {
                name = Cow::Owned(unescaped);
            }
            self.take(b':')?;
            members.push((name, self.raw()?));
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(members);
                }
                _ => return Err(Stopped),
            }
        }
    }

    /// The next value as it is written.
    fn raw(&mut self) -> Result<&'de str> {
        let next = self.peek();
        let start = self.at;
        if next == Some(b'"') {
            self.string()?;
        } else {
            self.skip()?;
        }
        self.text.get(start..self.at).ok_or(Stopped)
    }

    /// Goes over the name of a member and the colon.
    #[inline]
    fn skip_name(&mut self) -> Result<()> {
        if self.peek() != Some(b'"') {
            return Err(Stopped);
        }
        self.string()?;
        self.take(b':')
    }

    /// Reads a string.
    #[inline]
    fn visit_string<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value> {
        let start = self.at;
        if self.string()? {
            let written = self.text.get(start..self.at).ok_or(Stopped)?;
            return visitor.visit_string(serde_json::from_str(written).map_err(|_| Stopped)?);
        }
        visitor.visit_borrowed_str(self.text.get(start + 1..self.at - 1).ok_or(Stopped)?)
    }
}

/// A number as it is written.
struct Number<'de> {
    text: &'de str,
    is_whole: bool,
}

impl Number<'_> {
    fn visit<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value> {
        if self.is_whole && self.text != "-0" {
            if let Ok(number) = self.text.parse() {
                return visitor.visit_i64(number);
            }
            if let Ok(number) = self.text.parse() {
                return visitor.visit_u64(number);
            }
        }
        match self.text.parse() {
            Ok(number) if f64::is_finite(number) => visitor.visit_f64(number),
            _ => Err(Stopped),
        }
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Stopped;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek().ok_or(Stopped)? {
            b'"' => self.visit_string(visitor),
            b'{' => self.deserialize_map(visitor),
            b'[' => self.deserialize_seq(visitor),
            b'-' | b'0'..=b'9' => self.number()?.visit(visitor),
            b't' => {
                self.take_word("true")?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.take_word("false")?;
                visitor.visit_bool(false)
            }
            b'n' => {
                self.take_word("null")?;
                visitor.visit_unit()
            }
            _ => Err(Stopped),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self.peek() {
            Some(b'"') => self.visit_string(visitor),
            _ => Err(Stopped),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.peek() == Some(b'n') {
            self.take_word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.take(b'{')?;
        let value = visitor.visit_map(Access { reader: &mut *self, is_first: true })?;
        self.take(b'}')?;
        Ok(value)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.take(b'[')?;
        let value = visitor.visit_seq(Access { reader: &mut *self, is_first: true })?;
        self.take(b']')?;
        Ok(value)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    /// A value as it is written: what [`serde_json::value::RawValue`] asks for by a name, and takes as a map
    /// from this name to the text.
    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_map(RawText { name, text: self.raw()? })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char string bytes byte_buf unit
        unit_struct tuple tuple_struct struct enum identifier
    }
}

/// The members of an object, or the elements of a list.
struct Access<'a, 'de> {
    reader: &'a mut Reader<'de>,
    is_first: bool,
}

impl Access<'_, '_> {
    /// Whether there is one more; goes over the comma in front of it.
    #[inline]
    fn has_next(&mut self, closing: u8) -> Result<bool> {
        match self.reader.peek() {
            Some(byte) if byte == closing => Ok(false),
            Some(b',') if !self.is_first => {
                self.reader.at += 1;
                Ok(true)
            }
            Some(_) if self.is_first => {
                self.is_first = false;
                Ok(true)
            }
            _ => Err(Stopped),
        }
    }
}

impl<'de> MapAccess<'de> for Access<'_, 'de> {
    type Error = Stopped;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        if !self.has_next(b'}')? {
            return Ok(None);
        }
        if self.reader.peek() != Some(b'"') {
            return Err(Stopped);
        }
        let key = seed.deserialize(&mut *self.reader)?;
        self.reader.take(b':')?;
        Ok(Some(key))
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> SeqAccess<'de> for Access<'_, 'de> {
    type Error = Stopped;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        if !self.has_next(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

/// The text of a value, as the only member of a map.
struct RawText<'de> {
    name: &'static str,
    text: &'de str,
}

impl<'de> MapAccess<'de> for RawText<'de> {
    type Error = Stopped;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        seed.deserialize(StrDeserializer::new(self.name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        seed.deserialize(BorrowedStrDeserializer::new(self.text))
    }
}

#[cfg(test)]
mod tests;
