//! Commands as words, in which shell, and with which variables.

use std::collections::HashMap;

use crate::{secret, variable::marked};

/// A command as its words, and the line that it begins on.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::curl) struct Command {
    /// Its words, without quotes.
    pub(in crate::curl) words: Vec<String>,
    /// Its line, from 1.
    pub(in crate::curl) line: usize,
}

/// Which shell a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `sh` and those like it.
    Posix,
    /// `cmd` of Windows.
    Cmd,
    /// PowerShell.
    PowerShell,
}

/// Variables that a text sets, by their names.
pub(super) type Variables = HashMap<String, String>;

/// What a variable is in a text: what it is set to, unless it is a credential.
pub(super) fn variable(name: &str, variables: &Variables) -> String {
    match variables.get(name).filter(|_| !secret::is_name(name)) {
        Some(value) => value.clone(),
        None => marked(name),
    }
}
