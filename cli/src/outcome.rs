//! What a command has come to.

/// What a command has come to, from the best to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// There is nothing wrong.
    Success,
    /// A description has mistakes, or not everything that it names could be fetched.
    Mistakes,
    /// The command could not be carried out.
    Impossible,
    /// The user has stopped it.
    Stopped,
}

impl Outcome {
    /// The exit status.
    pub(crate) fn status(self) -> u8 {
        match self {
            Outcome::Success => 0,
            Outcome::Mistakes => 1,
            Outcome::Impossible => 2,
            // What shells make of SIGINT.
            Outcome::Stopped => 130,
        }
    }
}
