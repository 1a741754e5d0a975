//! Texts as parts of Markdown, for all documentation that is made of a description. A description may
//! come from anywhere: none of its names ends the code that it is shown in, and its prose has no HTML
//! and no links but those that lead to pages, as a browser would obey them.

use rest_source_plan::printable;

/// What a link may begin with.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// A text as code, also if it has backquotes in it (`CommonMark` 6.1), on one line.
pub fn code(text: &str) -> String {
    let text = printable::line(text);
    match longest_run(&text) {
        0 => format!("`{text}`"),
        run => {
            let fence = "`".repeat(run + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// Lines as a block of code that none of them ends.
pub fn block(language: &str, lines: &str) -> String {
    let fence = "`".repeat(longest_run(lines).max(2) + 1);
    format!("{fence}{language}\n{}{fence}\n", printable::lines(lines))
}

/// A name as text: nothing in it is Markdown.
pub fn text(name: &str) -> String {
    let mut text = String::new();
    for c in printable::line(name).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '-' | '.' | ',' | ':' | '/' | '(' | ')' | '\'')
        {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// What a description says, in Markdown that has no force beyond the page.
pub fn prose(description: &str) -> String {
    lines(description, Reader::Document)
}

/// The same for a reader that strips HTML and links.
pub fn blocks(description: &str) -> String {
    lines(description, Reader::Filter)
}

/// The same as documentation of Rust, where code would become a test of the user's package.
pub(crate) fn documentation(description: &str) -> String {
    lines(description, Reader::Rustdoc)
}

/// Who reads Markdown.
#[derive(Clone, Copy, PartialEq)]
enum Reader {
    Document,
    Filter,
    Rustdoc,
}

fn lines(description: &str, reader: Reader) -> String {
    let description = description.replace("\r\n", "\n").replace('\r', "\n");
    let mut prose = String::with_capacity(description.len());
    let mut in_fence = false;
    // Whether a backquote of this paragraph may begin code that ends on another line.
    let mut is_open = false;
    for line in printable::lines(&description).lines() {
        let content = line.trim_start();
        if ["```", "~~~"].iter().any(|fence| content.starts_with(fence)) {
            in_fence = !in_fence;
            // Written so that everyone takes it for one, and for the end of one.
            prose += "```";
            prose += match language(content) {
                _ if !in_fence => "",
                _ if reader == Reader::Rustdoc => "text",
                language => language,
            };
        } else if in_fence {
            prose += line;
        } else {
            is_open &= !content.is_empty();
            let indent = line.len() - content.len();
            // Four spaces would begin code.
            let indent = if reader == Reader::Rustdoc { indent.min(3) } else { indent };
            prose += &" ".repeat(indent);
            match reader {
                Reader::Filter => prose += content,
                Reader::Document | Reader::Rustdoc => harmless(content, &mut is_open, &mut prose),
            }
        }
        prose.push('\n');
    }
    if in_fence {
        prose += "```\n";
    }
    prose
}

/// The language of a block of code, if it is a word.
fn language(fence: &str) -> &str {
    let language = fence.trim_start_matches(['`', '~']).trim();
    let is_word = language.chars().all(|c| c.is_ascii_alphanumeric() || "+-_".contains(c));
    if is_word { language } else { "" }
}

/// Adds a line outside of blocks of code. What is code within it stays as it is.
fn harmless(line: &str, is_open: &mut bool, prose: &mut String) {
    // A backslash takes a backquote its meaning, so that what looks like code may be none.
    *is_open |= line.contains("\\`");
    let mut rest = line;
    while let Some(at) = rest.find(['<', ']', '!', '`']) {
        let (before, from) = rest.split_at(at);
        prose.push_str(before);
        let run = from.len() - from.trim_start_matches('`').len();
        if run > 0 {
            let end = if *is_open { None } else { end_of_code(&from[run..], run) };
            *is_open |= end.is_none();
            let length = end.map_or(run, |end| run + end);
            prose.push_str(&from[..length]);
            rest = &from[length..];
            continue;
        }
        let (shown, length) = match from.as_bytes() {
            [b'<', ..] if !is_page(&from[1..]) => ("&lt;", 1),
            // An image would be loaded.
            [b'!', b'[', ..] => ("\\!", 1),
            [b']', b'(', ..] if !is_page(&from[2..]) => ("]\\(", 2),
            [b']', b':', ..] if !is_page(&from[2..]) => ("]\\:", 2),
            _ => (&from[..1], 1),
        };
        prose.push_str(shown);
        rest = &from[length..];
    }
    prose.push_str(rest);
}

/// The end of code that began with this many backquotes, after its closing ones.
fn end_of_code(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = text[at..].find('`') {
        let from = at + next;
        let length = text[from..].len() - text[from..].trim_start_matches('`').len();
        at = from + length;
        if length == run {
            return Some(at);
        }
    }
    None
}

/// Whether a link leads to a page, or to a place on this one.
fn is_page(destination: &str) -> bool {
    let destination = destination.trim_start().trim_start_matches('<').to_ascii_lowercase();
    destination.starts_with('#') || SCHEMES.iter().any(|scheme| destination.starts_with(scheme))
}

/// The most backquotes behind one another.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_within_their_code() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b\n# c"), "`` a`b\\n# c ``");
        assert_eq!(block("text", "a\n```\n"), "````text\na\n```\n````\n");
        assert_eq!(text("[a](b) <c>\n*d*"), "\\[a\\](b) \\<c\\>\\\\n\\*d\\*");
    }

    #[test]
    fn prose_has_no_html_and_no_links_but_to_pages() {
        for (written, shown) in [
            ("All *payments* of `Vec<T>`, see [docs](https://a.example/?a=1&b=2)", None),
            ("a < b & c, <https://a.example>", Some("a &lt; b & c, <https://a.example>")),
            ("<script>x</script>", Some("&lt;script>x&lt;/script>")),
            ("`a` <b> `c`", Some("`a` &lt;b> `c`")),
            ("\\` <b> `", Some("\\` &lt;b> `")),
            ("` a\n` <b> `\n\n`<c>`", Some("` a\n` &lt;b> `\n\n`<c>`")),
            ("[x](javascript:a)", Some("[x]\\(javascript:a)")),
            ("[x]( <JavaScript:a>)", Some("[x]\\( &lt;JavaScript:a>)")),
            ("[x](java&#115;cript:a)", Some("[x]\\(java&#115;cript:a)")),
            ("[x]: data:text/html,a", Some("[x]\\: data:text/html,a")),
            ("![x](https://a.example/b.png)", Some("\\![x](https://a.example/b.png)")),
            ("```\n<b>\n```\n<b>", Some("```\n<b>\n```\n&lt;b>")),
            ("~~~\n<b>\n    ~~~~\n<b>", Some("```\n<b>\n```\n&lt;b>")),
            ("~~~\n<b>", Some("```\n<b>\n```")),
            ("a\r<b>", Some("a\n&lt;b>")),
        ] {
            assert_eq!(prose(written).trim_end(), shown.unwrap_or(written), "{written}");
        }
    }
}
