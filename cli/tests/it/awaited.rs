//! Words of the program that a test waits for or goes by. Whatever else it says is a snapshot.

/// What is sent to a terminal while records arrive: how many a second.
pub(super) const RATE: &str = "/s";
/// Said when the first page of a resource is requested.
pub(super) const LOAD_STARTED: &str = "load started";
/// Said of a resource that a run accepts: it is loaded, or has been.
pub(super) const BEGUN: [&str; 2] = [LOAD_STARTED, "completed by the run before"];
/// Said when Ctrl-C has been seen.
pub(super) const INTERRUPTED: &str = "press Ctrl-C again";
/// Said at the end of a run that the next one resumes.
pub(super) const RESUMABLE: &str = "interrupted; run the same command";
/// Said of an append that is refused, because it would add rows again.
pub(super) const WOULD_DOUBLE: &str = "a second time";
/// That several rows have the key by which a `merge` is to tell them apart.
pub(super) const SAME_KEY: &str = "have the same primary key";
/// Said of a run after which rows may differ from those of an undisturbed one.
pub(super) const MAY_DIFFER: [&str; 4] = ["once more", "twice", "are fetched again", "comes again"];
/// Said of a `null` in place of records.
pub(super) const NULL_WARNING: &str = "counts as none";
