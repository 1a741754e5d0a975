//! How arguments, settings and secrets are given, for messages.

/// From where a fetch is requested: its errors show how what is missing is given there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Caller {
    /// The command line.
    #[default]
    CommandLine,
    /// Python.
    Python,
}

impl Caller {
    pub(crate) fn argument(self, name: &str, value: &str) -> String {
        match self {
            Caller::CommandLine => format!("`--arg {name}={value}`"),
            Caller::Python if value.parse::<i64>().is_ok() => {
                format!("`arguments={{\"{name}\": {value}}}`")
            }
            Caller::Python => format!("`arguments={{\"{name}\": \"{value}\"}}`"),
        }
    }

    pub(crate) fn setting(self, name: &str) -> String {
        match self {
            Caller::CommandLine => format!("`--set {name}=VALUE`"),
            Caller::Python => format!("`config={{\"{name}\": \"VALUE\"}}`"),
        }
    }

    /// `None` where there is no way: command lines can be read by other users.
    pub(crate) fn secret(self, name: &str) -> Option<String> {
        match self {
            Caller::CommandLine => None,
            Caller::Python => Some(format!("`secrets={{\"{name}\": \"VALUE\"}}`")),
        }
    }
}
