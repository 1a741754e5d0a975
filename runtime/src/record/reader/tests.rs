//! The reader beside `serde_json`, which reads the same texts.

use serde::de::{Deserialize, IgnoredAny};
use serde_json::{Value, value::RawValue};

use super::*;

fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let mut reader = Reader::of(text);
    let value = T::deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(value)
}

/// Floating-point numbers may differ in their last digit: `serde_json` does not round all of them exactly.
fn is_same(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Number(a), Value::Number(b)) => match (a.as_f64(), b.as_f64()) {
            (Some(a), Some(b)) if a.to_bits() != b.to_bits() => {
                (a - b).abs() <= a.abs() * 2.0 * f64::EPSILON
            }
            _ => a == b,
        },
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| is_same(a, b)))
        }
        _ => value == other,
    }
}

/// Texts that are JSON, and those that are nearly.
const TEXTS: [&str; 12] = [
    r#"{"a":[1,-0,0.5e+3,12345678901234567890,-9223372036854775808,1e2],"b":{"c":null}}"#,
    " [ true , false , null , { } , [ ] , \"\" ] \n",
    r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00 é 😀 0123456789abcdef0123456789""#,
    r#"{"eight___":"sixteen_________","\u0061":"\\","":"x"}"#,
    "[[[[[[[[[[{\"a\":{\"b\":[{}]}}]]]]]]]]]]",
    "{\"a\":\"line\u{7f}\u{80}\"}",
    "-1.5E-7",
    "[0,10,0.10]",
    "{\"a\":1,\"a\":2}",
    "\"\\ud83d\"",
    "[1,]",
    "{\"a\" :1 , \"b\":\t2}",
];

/// What `serde_json` reads is read as the same, and what it refuses is refused, also in texts of which a
/// byte is another one, is there twice, or is left out. Only half of a surrogate pair is skipped.
#[test]
fn reads_what_serde_json_reads() {
    let mut random = fastrand::Rng::with_seed(3);
    let bytes = b"{}[]\",:\\ \n\x01\x1f0123456789-+.eEtrufalsn\x7f";
    let mut valid = 0;
    for round in 0..50_000 {
        let mut text = TEXTS[round % TEXTS.len()].as_bytes().to_vec();
        for _ in 0..random.usize(..3) {
            let (place, byte) = (random.usize(..text.len()), bytes[random.usize(..bytes.len())]);
            match random.u8(..3) {
                0 => text[place] = byte,
                1 => text.insert(place, byte),
                _ if text.len() > 1 => drop(text.remove(place)),
                _ => {}
            }
        }
        let Ok(text) = String::from_utf8(text) else { continue };
        let expected = serde_json::from_str::<Value>(&text).ok();
        valid += usize::from(expected.is_some());
        let value = read::<Value>(&text);
        let is_same = match (&value, &expected) {
            (Some(value), Some(expected)) => is_same(value, expected),
            (value, expected) => value.is_none() && expected.is_none(),
        };
        assert!(is_same, "{text}: {value:?}, {expected:?}");
        let skipped = serde_json::from_str::<IgnoredAny>(&text).is_ok();
        assert_eq!(read::<IgnoredAny>(&text).is_some(), skipped, "{text}");
        let raw = serde_json::from_str::<&RawValue>(&text).ok();
        assert_eq!(read::<&RawValue>(&text).map(RawValue::get), raw.map(RawValue::get), "{text}");
        let mut reader = Reader::of(&text);
        let members = reader.members().ok().filter(|_| reader.end().is_ok());
        let expected = serde_json::from_str(&text).ok();
        assert_eq!(members, expected.map(|Members(members)| members), "{text}");
    }
    assert!(valid > 12_000, "{valid}");
}

/// Four million escapes: if the end were looked for behind each of them, this would take minutes.
#[test]
fn a_text_of_many_escapes_is_read_once() {
    for escape in [r"\n", r#"\""#, r"\u00e9", r"\\"] {
        let text = format!("\"{}\"", escape.repeat(1_000_000));
        assert_eq!(read::<String>(&text), serde_json::from_str(&text).ok());
        assert!(read::<IgnoredAny>(&text).is_some());
    }
}

#[test]
fn what_is_nested_to_any_depth_is_skipped() {
    for depth in [1, 126, 127, 128, 129, 254, 255, 256, 10_000] {
        // A list in an object and so on, with something behind each.
        let mut text = "1".to_owned();
        for level in 0..depth {
            text = if level % 3 == 0 {
                format!("{{\"a\":{text},\"b\":2}}")
            } else {
                format!("[{text},3]")
            };
        }
        assert!(read::<IgnoredAny>(&text).is_some(), "{depth}");
        for (closing, other) in [("}", "]"), ("]", "}")] {
            let last = text.rfind(closing).filter(|last| last + 1 < text.len());
            let Some(last) = last else { continue };
            let mut wrong = text.clone();
            wrong.replace_range(last..=last, other);
            assert!(read::<IgnoredAny>(&wrong).is_none(), "{depth}");
        }
        assert!(read::<IgnoredAny>(&text[..text.len() - 1]).is_none(), "{depth}");
        assert!(read::<IgnoredAny>(&format!("{text}]")).is_none(), "{depth}");
    }
}

/// The members of an object as `serde_json` finds them.
struct Members<'a>(Vec<(Cow<'a, str>, &'a str)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut map: A,
            ) -> std::result::Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
                    let written = &name.get()[1..name.get().len() - 1];
                    let name = serde_json::from_str(name.get());
                    members.push((name.unwrap_or(Cow::Borrowed(written)), value.get()));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}
