//! Reads words: what quotes, escapes, variables and redirections are in each of the shells.

use super::word::{Command, Dialect, Variables, variable};
use crate::variable::marked;

/// A position in a text.
pub(super) struct Reader {
    text: Vec<char>,
    at: usize,
    line: usize,
    dialect: Dialect,
    /// Whether the command follows the prompt of a shell, whose continued lines begin with one too.
    has_prompt: bool,
    /// What ends the documents that follow the line.
    documents: Vec<String>,
    /// The commands within words, `$(…)`, with their lines.
    pub(super) nested: Vec<(String, usize)>,
}

impl Reader {
    pub(super) fn new(text: &str, line: usize, dialect: Dialect) -> Reader {
        Reader {
            text: text.chars().collect(),
            at: 0,
            line,
            dialect,
            has_prompt: false,
            documents: Vec::new(),
            nested: Vec::new(),
        }
    }

    /// Where it is: the character, and the line.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.at, self.line)
    }

    /// Goes back to a place.
    pub(super) fn back_to(&mut self, at: usize, line: usize) {
        (self.at, self.line) = (at, line);
        self.documents.clear();
    }

    /// The rest of the line; `None` at the end of the text.
    pub(super) fn line_ahead(&self) -> Option<String> {
        self.peek()?;
        Some(self.text[self.at..].iter().take_while(|c| **c != '\n').collect())
    }

    /// Goes to the next line.
    pub(super) fn skip_line(&mut self) {
        while self.next().is_some_and(|c| c != '\n') {}
    }

    /// Goes past the prompt of a shell: `$ curl`, `C:\> curl`.
    pub(super) fn skip_prompt(&mut self, line: &str) {
        let before = line.find("curl").map_or("", |at| &line[..at]);
        let prompt = before.trim_end();
        let is_prompt = prompt.len() < before.len()
            && prompt.ends_with(['$', '%', '>'])
            && !prompt.contains(['\'', '"', '|', ';', '&', '#']);
        self.has_prompt = is_prompt;
        if is_prompt {
            self.at += before.chars().count();
        }
    }

    /// Goes past what ends a command; false at the end of the line.
    pub(super) fn next_of_line(&mut self) -> bool {
        while let Some(c) = self.peek() {
            match c {
                '\n' => {
                    self.next();
                    self.skip_documents();
                    return false;
                }
                ';' | '|' | '&' | ')' => _ = self.next(),
                _ => return true,
            }
        }
        false
    }

    fn skip_documents(&mut self) {
        for end in std::mem::take(&mut self.documents) {
            while let Some(line) = self.line_ahead() {
                self.skip_line();
                if line.trim() == end {
                    break;
                }
            }
        }
    }

    /// The command that begins here; the error is the line of a quote that nothing closes.
    pub(super) fn command(&mut self, variables: &Variables) -> Result<Command, usize> {
        let mut command = Command { words: Vec::new(), line: self.line };
        while self.skip_to_word(variables)? {
            if command.words.is_empty() {
                command.line = self.line;
            }
            command.words.push(self.word(variables)?);
        }
        Ok(command)
    }

    fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> Option<char> {
        self.text.get(self.at + by).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        self.line += usize::from(c == '\n');
        Some(c)
    }

    /// How many characters in a row are such, from a distance on.
    fn count(&self, from: usize, is: impl Fn(char) -> bool) -> usize {
        let ahead = self.text.get(self.at + from..).unwrap_or_default();
        ahead.iter().take_while(|c| is(**c)).count()
    }

    fn take_while(&mut self, is: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while self.peek().is_some_and(&is) {
            taken.extend(self.next());
        }
        taken
    }

    fn escape(&self) -> char {
        match self.dialect {
            Dialect::Posix => '\\',
            Dialect::Cmd => '^',
            Dialect::PowerShell => '`',
        }
    }

    /// How many characters continue the line: the escape, and spaces that should not be there.
    fn continues(&self) -> Option<usize> {
        if self.peek() != Some(self.escape()) {
            return None;
        }
        let spaces = self.count(1, |c| matches!(c, ' ' | '\t'));
        (self.ahead(1 + spaces) == Some('\n')).then_some(spaces + 2)
    }

    /// Goes to the next word of the command; false at its end.
    fn skip_to_word(&mut self, variables: &Variables) -> Result<bool, usize> {
        let mut is_continued = false;
        loop {
            if let Some(count) = self.continues() {
                (0..count).for_each(|_| _ = self.next());
                is_continued = true;
                continue;
            }
            match self.peek() {
                Some('&') if self.ahead(1) == Some('>') => {
                    self.next();
                    self.redirection(variables)?;
                }
                None | Some('\n' | ';' | '|' | '&' | ')') => return Ok(false),
                Some('(') => _ = self.next(),
                Some(c) if c.is_whitespace() => _ = self.next(),
                Some('#') => {
                    self.take_while(|c| c != '\n');
                    if is_continued {
                        self.next();
                    }
                }
                Some('>') if is_continued && self.has_prompt => {
                    self.next();
                    is_continued = false;
                }
                Some('<' | '>') if !self.is_placeholder() => self.redirection(variables)?,
                Some(c) if c.is_ascii_digit() => {
                    let count = self.count(0, |c| c.is_ascii_digit());
                    if !matches!(self.ahead(count), Some('<' | '>')) {
                        return Ok(true);
                    }
                    self.at += count;
                    self.redirection(variables)?;
                }
                Some(_) => return Ok(true),
            }
        }
    }

    /// Whether `<name>` is here, as documentation writes what is to be filled in.
    fn is_placeholder(&self) -> bool {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let name = self.count(1, is_name);
        self.peek() == Some('<') && name > 0 && self.ahead(name + 1) == Some('>')
    }

    /// Goes past a redirection: `> file`, `>> file`, `>&1`, `<<EOF`.
    fn redirection(&mut self, variables: &Variables) -> Result<(), usize> {
        let sign = self.take_while(|c| matches!(c, '<' | '>'));
        let is_document = sign == "<<";
        self.take_while(|c| matches!(c, '&' | '-'));
        self.take_while(|c| matches!(c, ' ' | '\t'));
        if self.peek() == Some('(') {
            self.parentheses();
            return Ok(());
        }
        let target = self.word(variables)?;
        if is_document {
            self.documents.push(target);
        }
        Ok(())
    }

    /// What is between parentheses.
    fn parentheses(&mut self) -> String {
        let mut inner = String::new();
        let mut open = 0;
        while let Some(c) = self.next() {
            match c {
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
            inner.push(c);
        }
        inner.split_off(inner.len().min(1))
    }

    fn word(&mut self, variables: &Variables) -> Result<String, usize> {
        let mut word = String::new();
        while let Some(c) = self.peek() {
            if self.continues().is_some() {
                break;
            }
            match c {
                '<' if self.is_placeholder() => {
                    word.push_str(&self.take_while(|c| c != '>'));
                    word.extend(self.next());
                }
                '\n' | ';' | '|' | '&' | ')' | '<' | '>' => break,
                c if c.is_whitespace() => break,
                '\'' if self.dialect != Dialect::Cmd => {
                    self.next();
                    let line = self.line;
                    word.push_str(&self.take_while(|c| c != '\''));
                    self.next().ok_or(line)?;
                }
                '$' if self.ahead(1) == Some('\'') => {
                    self.at += 2;
                    self.ansi_quoted(&mut word)?;
                }
                '"' => {
                    self.next();
                    self.quoted(&mut word, variables)?;
                }
                '$' | '`' | '%' if self.substituted(&mut word, variables) => {}
                c if c == self.escape() => {
                    self.next();
                    match self.next() {
                        // `^"` begins and ends a text in what browsers copy for Windows.
                        Some('"') if self.dialect == Dialect::Cmd => {
                            self.escaped_quoted(&mut word)?;
                        }
                        Some(c) => word.push(c),
                        None => {}
                    }
                }
                c => {
                    self.next();
                    word.push(c);
                }
            }
        }
        Ok(word)
    }

    /// Reads a variable or the output of a command, if one is here.
    fn substituted(&mut self, word: &mut String, variables: &Variables) -> bool {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let line = self.line;
        match (self.dialect, self.peek(), self.ahead(1)) {
            (Dialect::Posix | Dialect::PowerShell, Some('$'), Some('(')) => {
                self.next();
                let inner = self.parentheses();
                self.nested.push((inner, line));
                word.push_str(&marked(""));
            }
            (Dialect::Posix, Some('`'), Some(_)) => {
                self.next();
                let inner = self.take_while(|c| c != '`');
                self.next();
                self.nested.push((inner, line));
                word.push_str(&marked(""));
            }
            (Dialect::Posix | Dialect::PowerShell, Some('$'), Some('{')) => {
                self.at += 2;
                let inner = self.take_while(|c| c != '}');
                self.next();
                let inner = inner.strip_prefix("env:").unwrap_or(&inner);
                let end = inner.find(|c| !is_name(c)).unwrap_or(inner.len());
                let (name, rest) = inner.split_at(end);
                let default = [":-", "-", ":="].iter().find_map(|of| rest.strip_prefix(of));
                match default.filter(|of| !of.is_empty() && !variables.contains_key(name)) {
                    Some(default) if !default.contains('$') => word.push_str(default),
                    _ => word.push_str(&variable(name, variables)),
                }
            }
            (Dialect::Posix | Dialect::PowerShell, Some('$'), Some(c)) if is_name(c) => {
                self.next();
                let mut name = self.take_while(is_name);
                if name == "env" && self.peek() == Some(':') {
                    self.next();
                    name = self.take_while(is_name);
                }
                word.push_str(&variable(&name, variables));
            }
            (Dialect::Cmd, Some('%'), Some(c)) if c.is_ascii_alphabetic() => {
                let name: String =
                    self.text[self.at + 1..].iter().take_while(|c| is_name(**c)).collect();
                if self.ahead(name.len() + 1) != Some('%') {
                    return false;
                }
                self.at += name.len() + 2;
                word.push_str(&variable(&name, variables));
            }
            _ => return false,
        }
        true
    }

    /// Reads up to a double quote.
    fn quoted(&mut self, word: &mut String, variables: &Variables) -> Result<(), usize> {
        let line = self.line;
        loop {
            match (self.peek(), self.ahead(1)) {
                (None, _) => return Err(line),
                // Quotes are doubled within quotes, and percent signs in files.
                (Some('"'), Some('"')) if self.dialect != Dialect::Posix => {
                    self.next();
                    word.extend(self.next());
                }
                (Some('%'), Some('%')) if self.dialect == Dialect::Cmd => {
                    self.next();
                    word.extend(self.next());
                }
                (Some('"'), _) => {
                    self.next();
                    return Ok(());
                }
                (Some('\\'), Some('\n')) if self.dialect == Dialect::Posix => {
                    self.next();
                    self.next();
                }
                (Some('\\'), Some('"' | '\\')) => {
                    self.next();
                    word.extend(self.next());
                }
                (Some('\\'), Some('$' | '`')) if self.dialect == Dialect::Posix => {
                    self.next();
                    word.extend(self.next());
                }
                // Browsers have escaped within quotes for Windows, too.
                (Some('^'), Some(_)) if self.dialect == Dialect::Cmd => self.caret(word),
                (Some('`'), Some(_)) if self.dialect == Dialect::PowerShell => {
                    self.next();
                    word.extend(self.next());
                }
                (Some('$' | '`' | '%'), _) if self.substituted(word, variables) => {}
                (Some(_), _) => word.extend(self.next()),
            }
        }
    }

    /// Reads up to `^"`.
    fn escaped_quoted(&mut self, word: &mut String) -> Result<(), usize> {
        let line = self.line;
        loop {
            match (self.peek(), self.ahead(1)) {
                (None, _) => return Err(line),
                (Some('^'), Some('"')) => {
                    self.at += 2;
                    return Ok(());
                }
                (Some('^'), Some(_)) => self.caret(word),
                (Some(_), _) => word.extend(self.next()),
            }
        }
    }

    /// What a caret escapes: the next character, a quote in `^\^"`, the end of a line before an empty one.
    fn caret(&mut self, word: &mut String) {
        self.next();
        match self.next() {
            Some('\\') if self.peek() == Some('^') && self.ahead(1).is_some() => {
                self.next();
                word.extend(self.next());
            }
            Some('\n') if self.peek() == Some('\n') => word.extend(self.next()),
            Some('\n') => {}
            c => word.extend(c),
        }
    }

    /// Reads up to the quote of `$'…'`.
    fn ansi_quoted(&mut self, word: &mut String) -> Result<(), usize> {
        let line = self.line;
        loop {
            match self.next() {
                None => return Err(line),
                Some('\'') => return Ok(()),
                Some('\\') => self.ansi(word),
                Some(c) => word.push(c),
            }
        }
    }

    /// A backslash in `$'…'`.
    fn ansi(&mut self, word: &mut String) {
        let digits = |reader: &mut Reader, most: usize| {
            let mut code = String::new();
            while code.len() < most && reader.peek().is_some_and(|c| c.is_ascii_hexdigit()) {
                code.extend(reader.next());
            }
            u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)
        };
        match self.next() {
            Some('n') => word.push('\n'),
            Some('r') => word.push('\r'),
            Some('t') => word.push('\t'),
            Some('x') => word.extend(digits(self, 2)),
            Some('u') => word.extend(digits(self, 4)),
            Some('U') => word.extend(digits(self, 8)),
            Some(c @ ('\\' | '\'' | '"' | '?')) => word.push(c),
            Some(c) => word.extend(['\\', c]),
            None => {}
        }
    }
}
