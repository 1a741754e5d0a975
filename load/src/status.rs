//! How the last load of a resource stands.

use serde::Serialize;

/// How the last load of a resource stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Status {
    /// It has begun and not ended: a run is under way, or its process was killed.
    Running,
    /// Its run was stopped. The next run resumes it.
    Interrupted,
    /// An error ended it. The next run resumes it.
    Failed,
    /// It is complete in a run that is not: the run that resumes that one leaves the resource out.
    Loaded,
    /// It is complete, and so is its run. The next run begins a new load.
    Complete,
    /// Its state was reset. The next run loads the resource from the beginning.
    Reset,
}

impl Status {
    /// The word for it: `complete`.
    pub fn name(self) -> &'static str {
        match self {
            Status::Running => "running",
            Status::Interrupted => "interrupted",
            Status::Failed => "failed",
            Status::Loaded => "loaded",
            Status::Complete => "complete",
            Status::Reset => "reset",
        }
    }
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "parquet", feature = "adbc"))]
impl Status {
    const ALL: [Status; 6] = [
        Status::Running,
        Status::Interrupted,
        Status::Failed,
        Status::Loaded,
        Status::Complete,
        Status::Reset,
    ];

    /// The one of this name. Earlier versions have kept none: there only a load with a checkpoint was
    /// unfinished.
    pub(crate) fn read(name: Option<&str>, has_checkpoint: bool) -> Status {
        let named = Status::ALL.into_iter().find(|status| Some(status.name()) == name);
        named.unwrap_or(if has_checkpoint { Status::Interrupted } else { Status::Complete })
    }

    /// Whether the run that has left it is open.
    #[cfg(feature = "parquet")]
    pub(crate) fn is_unfinished(self) -> bool {
        matches!(self, Status::Running | Status::Interrupted | Status::Failed)
    }
}
