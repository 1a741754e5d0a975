//! Whether a body holds a longer list than a page may have, known before anything is built of it: a
//! small compressed body may hold a hundred million records.

/// `serde_json` reads no deeper.
const DEPTH: usize = 128;

/// Whether a list or an object in this JSON has more than `most` entries. Most bodies are too short for
/// that, or have too few commas, which are counted many at a time.
pub(crate) fn has_longer(body: &str, most: u64) -> bool {
    let body = body.as_bytes();
    if (body.len() as u64) / 2 < most || commas(body) < most {
        return false;
    }
    // How many entries each list and object around the place at hand has had.
    let mut entries: Vec<u64> = Vec::with_capacity(DEPTH);
    let mut bytes = body.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'[' | b'{' if entries.len() == DEPTH => return false,
            b'[' | b'{' => entries.push(1),
            b']' | b'}' => {
                entries.pop();
            }
            b',' => {
                let Some(entries) = entries.last_mut() else { return false };
                *entries += 1;
                if *entries > most {
                    return true;
                }
            }
            b'"' => pass_text(&mut bytes),
            _ => {}
        }
    }
    false
}

fn pass_text<'a>(bytes: &mut impl Iterator<Item = &'a u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'"' => return,
            _ => {}
        }
    }
}

fn commas(body: &[u8]) -> u64 {
    // So many that a byte holds their number, by which the compiler counts several at once.
    let counts = body.chunks(255).map(|chunk| {
        let count: u8 = chunk.iter().map(|byte| u8::from(*byte == b',')).sum();
        u64::from(count)
    });
    counts.sum()
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;

    #[test]
    fn entries_are_counted_for_each_list() {
        for (body, longest) in [
            ("[1,2,3]", 3),
            (r#"{"data":[[1,2],[3,4],[5,6],7]}"#, 4),
            (r#"[",,,,,,",{"a":"\",,,,"}]"#, 2),
            (r#"{"a":1,"b":2,"c":3,"d":[1]}"#, 4),
            ("[[1,2,3,4,5]", 5),
            ("],,,,,,,", 0),
        ] {
            let padded = format!("{body}{}", " ".repeat(32));
            assert!(!has_longer(&padded, longest.max(8)), "{body}");
            if longest > 0 {
                assert!(!has_longer(&padded, longest), "{body}");
                assert!(has_longer(&padded, longest - 1), "{body}");
            }
        }
        let nested: String = iter::repeat_n('[', 1_000).chain(iter::repeat_n(',', 1_000)).collect();
        assert!(!has_longer(&nested, 10));
    }
}
