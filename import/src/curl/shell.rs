//! Command lines of a shell as words: quotes, escapes and continued lines of `sh`, and those of Windows' `cmd`
//! as browsers copy them.

/// A command as its words, and the line that it begins on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// Its words, without quotes.
    pub(super) words: Vec<String>,
    /// Its line, from 1.
    pub(super) line: usize,
}

/// The commands of a text; the error is the line of a quote that nothing closes.
pub(super) fn commands(text: &str) -> Result<Vec<Command>, usize> {
    let text = text.replace("\r\n", "\n");
    let is_windows = text.lines().any(|line| line.trim_end().ends_with('^'));
    let mut reader = Reader { rest: text.chars().collect(), at: 0, line: 1, is_windows };
    let mut commands = Vec::new();
    loop {
        let mut words = Vec::new();
        let mut line = reader.line;
        while let Some(word) = reader.word()? {
            if words.is_empty() {
                line = word.1;
            }
            words.push(word.0);
        }
        if !words.is_empty() {
            commands.push(Command { words, line });
        }
        if !reader.next_command() {
            return Ok(commands);
        }
    }
}

struct Reader {
    rest: Vec<char>,
    at: usize,
    line: usize,
    is_windows: bool,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        self.line += usize::from(c == '\n');
        Some(c)
    }

    fn escape(&self) -> char {
        if self.is_windows { '^' } else { '\\' }
    }

    /// Goes past what ends a command; false at the end of the text.
    fn next_command(&mut self) -> bool {
        while self.peek().is_some_and(|c| matches!(c, '\n' | ';' | '|' | '&' | ')')) {
            self.next();
        }
        self.peek().is_some()
    }

    /// The next word of the command, and its line; `None` at the end of the command.
    fn word(&mut self) -> Result<Option<(String, usize)>, usize> {
        loop {
            match self.peek() {
                None | Some('\n' | ';' | '|' | '&' | ')') => return Ok(None),
                Some(c) if c.is_whitespace() => _ = self.next(),
                Some('#') => {
                    while self.peek().is_some_and(|c| c != '\n') {
                        self.next();
                    }
                }
                Some(c) if c == self.escape() && self.rest.get(self.at + 1) == Some(&'\n') => {
                    self.next();
                    self.next();
                }
                Some(_) => break,
            }
        }
        let line = self.line;
        let mut word = String::new();
        while let Some(c) = self.peek() {
            match c {
                '\n' | ';' | '|' | '&' | ')' => break,
                c if c.is_whitespace() => break,
                '\'' if !self.is_windows => {
                    self.next();
                    self.until_quote(&mut word, '\'', |_, _| false)?;
                }
                '$' if self.rest.get(self.at + 1) == Some(&'\'') => {
                    self.next();
                    self.next();
                    self.until_quote(&mut word, '\'', Reader::ansi)?;
                }
                '"' => {
                    self.next();
                    self.until_quote(&mut word, '"', Reader::double)?;
                }
                c if c == self.escape() => {
                    self.next();
                    match self.next() {
                        // `^"` begins and ends a text in what browsers copy for Windows.
                        Some('"') if self.is_windows => self.until_windows_quote(&mut word)?,
                        Some('\n') | None => {}
                        Some(c) => word.push(c),
                    }
                }
                c => {
                    self.next();
                    word.push(c);
                }
            }
        }
        Ok(Some((word, line)))
    }

    /// Reads up to a quote; `escape` reads what follows a backslash, and says whether it did.
    fn until_quote(
        &mut self,
        word: &mut String,
        quote: char,
        escape: fn(&mut Reader, &mut String) -> bool,
    ) -> Result<(), usize> {
        let line = self.line;
        loop {
            match self.next() {
                None => return Err(line),
                Some(c) if c == quote => return Ok(()),
                Some('\\') => {
                    if !escape(self, word) {
                        word.push('\\');
                    }
                }
                Some(c) => word.push(c),
            }
        }
    }

    fn until_windows_quote(&mut self, word: &mut String) -> Result<(), usize> {
        let line = self.line;
        loop {
            match (self.next(), self.peek()) {
                (None, _) => return Err(line),
                (Some('^'), Some('"')) => {
                    self.next();
                    return Ok(());
                }
                // `^\^"` is a quote within the text.
                (Some('^'), Some('\\')) if self.rest.get(self.at + 1) == Some(&'^') => {
                    self.at += 2;
                    word.extend(self.next());
                }
                (Some('^'), Some(_)) => word.extend(self.next()),
                (Some(c), _) => word.push(c),
            }
        }
    }

    /// A backslash in double quotes.
    fn double(&mut self, word: &mut String) -> bool {
        match self.peek() {
            Some('\n') => _ = self.next(),
            Some(c @ ('"' | '\\' | '$' | '`')) => {
                self.next();
                word.push(c);
            }
            _ => return false,
        }
        true
    }

    /// A backslash in `$'…'`.
    fn ansi(&mut self, word: &mut String) -> bool {
        let digits = |reader: &mut Reader, most: usize| {
            let mut code = String::new();
            while code.len() < most && reader.peek().is_some_and(|c| c.is_ascii_hexdigit()) {
                code.extend(reader.next());
            }
            u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)
        };
        let Some(c) = self.next() else { return false };
        match c {
            'n' => word.push('\n'),
            'r' => word.push('\r'),
            't' => word.push('\t'),
            'x' => word.extend(digits(self, 2)),
            'u' => word.extend(digits(self, 4)),
            'U' => word.extend(digits(self, 8)),
            '\\' | '\'' | '"' | '?' => word.push(c),
            _ => word.extend(['\\', c]),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        commands(text).unwrap().into_iter().map(|command| command.words).collect()
    }

    #[test]
    fn words_are_those_of_the_shell() {
        assert_eq!(
            words("curl 'a b' \\\n  \"c \\\"d\\\" \\x\" $'e\\'\\u0041\\n' f\\ g''h # i\n"),
            [["curl", "a b", "c \"d\" \\x", "e'A\n", "f gh"]]
        );
        assert_eq!(
            words("a b | jq .; c &\nd"),
            [vec!["a", "b"], vec!["jq", "."], vec!["c"], vec!["d"]]
        );
        assert_eq!(
            words("curl ^\"a^&b^\" ^\n  -H ^\"c: ^\\^\"d^\\^\"^\""),
            [["curl", "a&b", "-H", "c: \"d\""]]
        );
        assert_eq!(commands("a\n'b"), Err(2));
        assert_eq!(commands("\n\n a").unwrap()[0].line, 3);
    }
}
