//! Places as the protocol counts them: lines from 0, and columns in units of UTF-16.

use lsp_types::{Position, Range};
use rest_source_codegen::Span;

/// The place of a byte of a text.
pub(super) fn position(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    Position {
        line: count(before.matches('\n').count()),
        character: count(before[line..].encode_utf16().count()),
    }
}

/// The byte at a place; of a column behind the line's end, that end.
pub(super) fn byte(text: &str, position: Position) -> usize {
    let line = position.line as usize;
    let start = match line.checked_sub(1) {
        None => Some(0),
        Some(before) => text.match_indices('\n').nth(before).map(|(at, _)| at + 1),
    };
    let Some(start) = start else { return text.len() };
    let rest = &text[start..];
    let content = rest.split(['\n', '\r']).next().unwrap_or_default();
    let mut units = position.character as usize;
    for (at, c) in content.char_indices() {
        if units == 0 {
            return start + at;
        }
        units = units.saturating_sub(c.len_utf16());
    }
    start + content.len()
}

pub(super) fn range(text: &str, span: Span) -> Range {
    Range { start: position(text, span.start), end: position(text, span.end.max(span.start)) }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{byte, position};

    #[test]
    fn columns_are_units_of_utf_16() {
        let text = "a: 😀é\nb: c";
        for (at, line, character) in [(0, 0, 0), (3, 0, 3), (7, 0, 5), (9, 0, 6), (13, 1, 3)] {
            let place = position(text, at);
            assert_eq!((place.line, place.character), (line, character), "{at}");
            assert_eq!(byte(text, place), at);
        }
        let behind = lsp_types::Position { line: 0, character: 99 };
        assert_eq!(byte(text, behind), 9);
    }
}
