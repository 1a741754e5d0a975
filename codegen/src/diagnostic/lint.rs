//! Lints: what is bad practice rather than impossible, and how seriously to take it.

use std::collections::HashMap;

use super::{Code, Level, closest};

/// The level of a finding, and how it came to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LintLevel {
    /// How seriously it is taken.
    pub level: Level,
    /// Whether this is the default.
    pub is_default: bool,
}

/// The levels that were chosen; every other lint has its default.
#[derive(Debug, Clone, Default)]
pub struct LintLevels {
    chosen: HashMap<Code, Level>,
}

/// The name of a lint that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLint {
    /// The name that comes closest, if one does.
    pub closest: Option<&'static str>,
    /// All lints there are.
    pub known: Vec<&'static str>,
}

impl LintLevels {
    /// Gives the lint of this name a level; the last one given counts.
    ///
    /// # Errors
    ///
    /// There is no lint of this name.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownLint> {
        let lints = || Code::ALL.iter().filter(|code| code.default_level().is_some());
        match lints().find(|code| code.name() == name) {
            Some(code) => {
                self.chosen.insert(*code, level);
                Ok(())
            }
            None => {
                let known: Vec<_> = lints().map(|code| code.name()).collect();
                Err(UnknownLint { closest: closest(name, known.iter().copied()), known })
            }
        }
    }

    /// The level that applies to a lint.
    pub(super) fn of(&self, code: Code, default: Level) -> LintLevel {
        match self.chosen.get(&code) {
            Some(level) => LintLevel { level: *level, is_default: false },
            None => LintLevel { level: default, is_default: true },
        }
    }
}
