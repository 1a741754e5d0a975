//! Words and signs of Jinja.

/// A word or sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name or word.
    Name(String),
    /// Text in quotes.
    Text(String),
    /// A number.
    Number(String),
    /// A sign.
    Sign(&'static str),
}

/// The signs, longer ones before those that they begin with.
const SIGNS: [&str; 27] = [
    "**", "//", "==", "!=", "<=", ">=", "}}", "(", ")", "[", "]", "{", "}", ",", ":", ".", "|",
    "+", "-", "*", "/", "%", "~", "<", ">", "=", "\u{0}",
];

/// The tokens up to the braces that close an expression, and how many bytes they and the braces take.
pub(super) fn tokens(text: &str) -> Result<(Vec<Token>, usize), String> {
    let mut tokens = Vec::new();
    let mut at = usize::from(text.starts_with('-'));
    let mut open = 0_usize;
    loop {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else {
            return Err("its braces are not closed".to_owned());
        };
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if first == '"' || first == '\'' {
            let (literal, length) = quoted(rest, first)?;
            tokens.push(Token::Text(literal));
            at += length;
        } else if first.is_ascii_digit() {
            let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == '_';
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            tokens.push(Token::Number(rest[..length].replace('_', "")));
            at += length;
        } else if first.is_alphabetic() || first == '_' || first == '$' {
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            tokens.push(Token::Name(rest[..length].to_owned()));
            at += length;
        } else {
            if open == 0 && rest.starts_with("-}}") {
                return Ok((tokens, at + 3));
            }
            let sign =
                SIGNS.iter().find(|sign| rest.starts_with(**sign) && !(**sign == "}}" && open > 0));
            let Some(sign) = sign else {
                return Err(format!("`{first}` is not understood"));
            };
            match *sign {
                "}}" => return Ok((tokens, at + 2)),
                "{" => open += 1,
                "}" => open = open.saturating_sub(1),
                _ => {}
            }
            tokens.push(Token::Sign(sign));
            at += sign.len();
        }
    }
}

/// A text in quotes, and how many bytes it takes with them.
fn quoted(text: &str, quote: char) -> Result<(String, usize), String> {
    let mut literal = String::new();
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        match c {
            c if c == quote => return Ok((literal, at + 1)),
            '\\' => match characters.next() {
                Some((_, 'n')) => literal.push('\n'),
                Some((_, 't')) => literal.push('\t'),
                Some((_, c @ ('\\' | '\'' | '"'))) => literal.push(c),
                Some((_, c)) => literal.extend(['\\', c]),
                None => break,
            },
            c => literal.push(c),
        }
    }
    Err("a text in it is not closed".to_owned())
}
