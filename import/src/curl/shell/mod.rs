//! Command lines of a shell as words: quotes, escapes, variables, redirections and continued lines of `sh`, and
//! those of `cmd` and PowerShell as far as people and browsers write them.

mod reader;
mod word;

use self::{
    reader::Reader,
    word::{Command, Dialect, Variables},
};
use crate::{secret, variable::without_marks};

/// What a text has.
#[derive(Debug, Default)]
pub(super) struct Script {
    /// The commands that may be of `curl`.
    pub(super) commands: Vec<Command>,
    /// The lines of quotes that nothing closes.
    pub(super) unclosed: Vec<usize>,
    /// Variables that are set in the text and have the names of credentials. Others are replaced by what they
    /// are set to.
    pub(super) secrets: Vec<(String, String)>,
}

/// What may be before the name of a program.
const BEFORE: [&str; 17] = [
    "time", "sudo", "exec", "do", "then", "else", "elif", "if", "while", "until", "command",
    "nohup", "env", "export", "set", "local", "RUN",
];

/// Reads the commands of a text. A line that has neither `curl` nor a variable is passed over, as the text may be
/// a document that shows commands.
pub(super) fn script(text: &str) -> Script {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let text = without_marks(&text);
    let ends_with = |sign: &str| text.lines().any(|line| line.trim_end().ends_with(sign));
    let dialect = if ends_with(" ^") || ends_with("\"^") || text.contains(" ^\"") {
        Dialect::Cmd
    } else if ends_with(" `") {
        Dialect::PowerShell
    } else {
        Dialect::Posix
    };
    let mut script = Script::default();
    let mut variables = Variables::new();
    read(&text, 1, dialect, &mut variables, &mut script);
    script.secrets = variables.into_iter().filter(|(name, _)| secret::is_name(name)).collect();
    script.secrets.sort();
    script.commands.sort_by_key(|command| command.line);
    script
}

/// Reads a text whose first line has this number.
fn read(text: &str, line: usize, dialect: Dialect, variables: &mut Variables, script: &mut Script) {
    let mut reader = Reader::new(text, line, dialect);
    while let Some(line) = reader.line_ahead() {
        if !runs_curl(&line) && !sets_variable(&line) {
            reader.skip_line();
            continue;
        }
        let (at, number) = reader.place();
        reader.skip_prompt(&line);
        loop {
            match reader.command(variables) {
                Ok(command) if command.words.is_empty() => {}
                Ok(command) => add(&command, variables, script),
                Err(unclosed) => {
                    script.unclosed.push(unclosed);
                    reader.back_to(at, number);
                    reader.skip_line();
                    break;
                }
            }
            if !reader.next_of_line() {
                break;
            }
        }
    }
    for (inner, line) in reader.nested {
        if inner.contains("curl") {
            read(&inner, line, dialect, variables, script);
        }
    }
}

/// Adds a command of `curl`, or sets the variables that a command sets.
fn add(command: &Command, variables: &mut Variables, script: &mut Script) {
    let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
    let name = words.iter().position(|word| is_curl(word));
    if let Some(name) = name.filter(|at| words[..*at].iter().all(|word| is_before(word))) {
        let words = command.words[name + 1..].to_vec();
        script.commands.push(Command { words, line: command.line });
        return;
    }
    // `$name = 'value'` of PowerShell.
    if let [name, "=", value] = words[..] {
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        variables.insert(name.to_owned(), value.to_owned());
    }
    if words.iter().all(|word| assignment(word).is_some() || BEFORE.contains(word)) {
        for (name, value) in words.iter().filter_map(|word| assignment(word)) {
            variables.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// Whether `curl` is run by a line, rather than mentioned.
fn runs_curl(line: &str) -> bool {
    line.match_indices("curl").any(|(at, _)| {
        let start = line[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let (before, path) = (line[..start].trim_end(), line[start..at].trim_start_matches('@'));
        let is_nested = path.ends_with(['(', '`']);
        let is_name = path.is_empty() || path.ends_with(['/', '\\']);
        let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let begins = before.ends_with(['|', ';', '&', '{', '>']) || is_before(last);
        is_nested || (is_name && begins)
    })
}

/// Whether a word may be before the name of a program.
fn is_before(word: &str) -> bool {
    BEFORE.contains(&word)
        || assignment(word).is_some()
        || word.starts_with('-')
        || word.ends_with(':')
        || !word.contains(char::is_alphabetic)
}

/// Whether a word is the name of the program: `curl`, `/usr/bin/curl`, `curl.exe`.
fn is_curl(word: &str) -> bool {
    let name = word.rsplit(['/', '\\', '@']).next().unwrap_or_default();
    name == "curl" || name.eq_ignore_ascii_case("curl.exe")
}

/// The name and value of `NAME=value`.
fn assignment(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once('=')?;
    is_variable(name).then_some((name, value))
}

fn is_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn sets_variable(line: &str) -> bool {
    let line = line.trim_start();
    let line = ["export ", "set ", "local ", "$env:", "$"]
        .iter()
        .find_map(|before| line.strip_prefix(before))
        .unwrap_or(line);
    line.split_once('=').is_some_and(|(name, _)| is_variable(name.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variable::marked;

    fn words(text: &str) -> Vec<Vec<String>> {
        script(text).commands.into_iter().map(|command| command.words).collect()
    }

    #[test]
    fn words_are_those_of_the_shell() {
        assert_eq!(
            words("curl 'a b' \\\n  \"c \\\"d\\\" \\x\" $'e\\'\\u0041\\n' f\\ g''h # i\n"),
            [["a b", "c \"d\" \\x", "e'A\n", "f gh"]]
        );
        assert_eq!(
            words("curl b | jq .; time curl c &\nd\nX=$(curl e)"),
            [vec!["b"], vec!["c"], vec!["e"]]
        );
        assert_eq!(
            words("curl ^\"a^&b^\" ^\n  -H ^\"c: ^\\^\"d^\\^\"^\""),
            [["a&b", "-H", "c: \"d\""]]
        );
        assert_eq!(
            words("curl \"a^&b=2^%^20x\" ^\n -d \"^{^\\^\"q^\\^\":1^}\" ^\n  -k"),
            [["a&b=2%20x", "-d", "{\"q\":1}", "-k"]]
        );
        assert_eq!(words("curl \"a%%b\" \"c \"\"d\"\"\" \"\" ^\n"), [["a%b", "c \"d\"", ""]]);
        assert_eq!(words("curl.exe \"a`\"b\" `\n  -H 'c'"), [["a\"b", "-H", "c"]]);
    }

    #[test]
    fn redirections_are_no_words() {
        for text in [
            "curl a b > out.json",
            "curl a b>out.json",
            "curl a 2>/dev/null b",
            "curl a b >> log 2>&1",
            "curl a b &> log",
            "curl a b <<< 'text'",
            "curl a b < in",
            "curl a b <<EOF\ncurl c\nEOF\n",
            "$ curl a \\\n> b\n",
            "C:\\> curl a b",
            "curl a \\ \n  # why\n b",
        ] {
            assert_eq!(words(text), [["a", "b"]], "{text}");
        }
    }

    #[test]
    fn variables_are_what_they_are_set_to() {
        assert_eq!(
            words("BASE=https://x\nexport T=t\ncurl \"$BASE/a/${T}\" '$T' ${NO:-n} $( date )"),
            [["https://x/a/t", "$T", "n", &marked("")]]
        );
        let script = script("TOKEN=abc\ncurl -H \"A: $TOKEN\" $ID");
        assert_eq!(
            script.commands[0].words,
            ["-H", &format!("A: {}", marked("TOKEN")), &marked("ID")]
        );
        assert_eq!(script.secrets, [("TOKEN".to_owned(), "abc".to_owned())]);
    }

    #[test]
    fn what_is_no_command_is_passed_over() {
        let text = "Use curl. Don't worry.\n```\ncurl a\n```\nIt's 'open\n\ncurl 'b\ncurl c\n";
        let script = script(text);
        let words: Vec<_> = script.commands.iter().map(|of| (of.line, of.words.concat())).collect();
        assert_eq!(words, [(3, "a".to_owned()), (8, "c".to_owned())]);
        assert_eq!(script.unclosed, [7]);
    }
}
