//! Command lines of `curl`, typed or as browsers copy them: each is a request without its response.

mod address;
mod glob;
mod line;
mod options;
mod placeholder;
mod shell;

use self::line::Line;
use crate::{description::Mapping, failure::Failure, gap::Gap, recorded, selection::Selection};

/// What a command line is.
const HELP: &str =
    "a command begins with `curl`: curl 'https://api.example.com/v1/orders' -H 'Authorization: …'";

/// Reads commands, and makes a description of what of them is selected.
pub(crate) fn import(text: &str, selection: &Selection) -> Result<(Mapping, Vec<Gap>), Failure> {
    let script = shell::script(text);
    let (mut exchanges, mut gaps) = (Vec::new(), Vec::new());
    for line in &script.unclosed {
        let message = "a quote is not closed: copy the whole command";
        gaps.push(Gap::new("request", format!("line {line}"), message));
    }
    for command in &script.commands {
        let place = format!("line {}", command.line);
        for words in command.words.split(|word| word == "--next" || word == "-:") {
            exchanges.extend(Line::read(words).exchanges(&place, &mut gaps));
        }
    }
    if exchanges.is_empty() {
        let is_powershell = ["Invoke-WebRequest", "Invoke-RestMethod"];
        if is_powershell.iter().any(|name| text.contains(name)) {
            let help = "in a browser, copy as cURL and not as PowerShell";
            return Err(Failure::new("these are commands of PowerShell", help));
        }
        return Err(match gaps.first() {
            Some(gap) => Failure::of(gap, HELP),
            None => Failure::new("there is no command of `curl`", HELP),
        });
    }
    recorded::describe(exchanges, &script.secrets, selection, gaps)
}
