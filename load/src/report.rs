//! What a run did.

use std::{
    fmt::{self, Write as _},
    time::Duration,
};

use rest_source::plan::printable::{Lines, line};
use serde::{Serialize, Serializer};

use crate::Changes;

/// What a run did, resource by resource. Its `Display` is an aligned table.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct RunReport {
    /// The pipeline's name.
    pub pipeline: String,
    /// From the beginning of the run to its end, in seconds when serialised.
    #[serde(rename = "elapsed_seconds", serialize_with = "seconds")]
    pub elapsed: Duration,
    /// The resources, in the file's order.
    pub resources: Vec<ResourceReport>,
}

/// What a run did for one resource.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ResourceReport {
    /// The resource's name.
    pub resource: String,
    /// Records that came and were committed: as rows, rejected or discarded.
    pub records: u64,
    /// Rows that this run committed. A record that replaced another counts as well.
    pub rows: u64,
    /// What the run has done to the resource's own table: `new`, `updated` and `unchanged` when serialised.
    #[serde(flatten)]
    pub changes: Changes,
    /// Records that were set aside because they cannot be stored, and committed so.
    pub rejected: u64,
    /// Records that the `schema_contract` leaves out, `discard_row`.
    pub discarded: u64,
    /// Of the first 100,000 rows, those with the primary key of an earlier one of the load: of each key,
    /// one is in the table. Counted with `merge`, unless `dedup_sort` says which one counts.
    pub repeated: u64,
    /// Pages that were fetched.
    pub pages: u64,
    /// How often a request was sent again.
    pub retries: u64,
    /// Bytes of the responses, after decompression.
    pub bytes: u64,
    /// From the opening of its table to the last commit, in seconds when serialised.
    #[serde(rename = "elapsed_seconds", serialize_with = "seconds")]
    pub elapsed: Duration,
    /// Whether it resumed where an earlier run had stopped.
    pub resumed: bool,
    /// Whether it was complete before this run, which resumes one that was not complete as a whole, and
    /// has therefore left it out.
    pub completed_before: bool,
    /// How it ended.
    pub outcome: Outcome,
}

/// How the load of a resource ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// It has not ended yet.
    Running,
    /// Every record is in the table.
    Complete,
    /// An error ended it. What was committed stays, and the next run continues after it.
    Failed {
        /// What went wrong.
        error: String,
    },
    /// It was stopped, by [`limit`](crate::Pipeline::limit) or
    /// [`run_until`](crate::Pipeline::run_until), or because the future of the run was dropped. What
    /// was committed stays, and the next run continues after it.
    Stopped,
}

impl Outcome {
    /// The word for it: `complete`.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Running => "running",
            Outcome::Complete => "complete",
            Outcome::Failed { .. } => "failed",
            Outcome::Stopped => "stopped",
        }
    }

    /// What went wrong, if something did.
    pub fn error(&self) -> Option<&str> {
        match self {
            Outcome::Failed { error } => Some(error),
            Outcome::Running | Outcome::Complete | Outcome::Stopped => None,
        }
    }
}

impl RunReport {
    /// Whether every record of every resource is loaded.
    pub fn is_complete(&self) -> bool {
        self.resources.iter().all(|resource| resource.outcome == Outcome::Complete)
    }

    /// Rows that the run committed, over all resources.
    pub fn rows(&self) -> u64 {
        self.resources.iter().map(|resource| resource.rows).sum()
    }
}

impl ResourceReport {
    pub(crate) fn begin(resource: &str) -> ResourceReport {
        ResourceReport {
            resource: resource.to_owned(),
            records: 0,
            rows: 0,
            changes: Changes::NONE,
            rejected: 0,
            discarded: 0,
            repeated: 0,
            pages: 0,
            retries: 0,
            bytes: 0,
            elapsed: Duration::ZERO,
            resumed: false,
            completed_before: false,
            outcome: Outcome::Running,
        }
    }

    /// Its rows, rejected and discarded records, pages, retries and bytes, as databases hold numbers.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
    pub(crate) fn counts(&self) -> [i64; 6] {
        let ResourceReport { rows, rejected, discarded, pages, retries, bytes, .. } = self;
        [rows, rejected, discarded, pages, retries, bytes].map(|count| number(*count))
    }

    /// Its records, and its new, updated and unchanged rows, which earlier releases did not count.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
    pub(crate) fn later_counts(&self) -> [Option<i64>; 4] {
        let Changes { new, updated, unchanged } = self.changes;
        [Some(self.records), new, updated, unchanged].map(|count| count.map(number))
    }

    fn cells(&self) -> [String; 11] {
        let mut outcome = self.outcome.name().to_owned();
        if self.completed_before {
            "completed by the run before".clone_into(&mut outcome);
        } else if self.resumed && self.outcome != Outcome::Running {
            outcome.push_str(", resumed");
        }
        for (count, what) in [
            (self.rejected, "rejected"),
            (self.discarded, "discarded"),
            (self.repeated, "repeated"),
        ] {
            if count > 0 {
                outcome = format!("{outcome}, {} {what}", grouped(count));
            }
        }
        [
            line(&self.resource).into_owned(),
            grouped(self.records),
            grouped(self.rows),
            known(self.changes.new),
            known(self.changes.updated),
            known(self.changes.unchanged),
            grouped(self.pages),
            grouped(self.retries),
            bytes(self.bytes),
            time(self.elapsed),
            outcome,
        ]
    }
}

impl fmt::Display for RunReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut Lines(f);
        let head = [
            "resource",
            "records",
            "rows",
            "new",
            "updated",
            "unchanged",
            "pages",
            "retries",
            "bytes",
            "time",
            "outcome",
        ];
        let mut table = vec![head.map(str::to_owned)];
        table.extend(self.resources.iter().map(ResourceReport::cells));
        let width =
            |column: usize| table.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; 10] = std::array::from_fn(width);

        write!(
            f,
            "{}: {} rows in {}",
            line(&self.pipeline),
            grouped(self.rows()),
            time(self.elapsed)
        )?;
        for [resource, numbers @ .., outcome] in &table {
            write!(f, "\n{resource:<0$}", widths[0])?;
            for (number, width) in numbers.iter().zip(&widths[1..]) {
                write!(f, "  {number:>width$}")?;
            }
            write!(f, "  {outcome}")?;
        }
        Ok(())
    }
}

fn seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// A count that may be absent.
fn known(count: Option<u64>) -> String {
    count.map_or_else(|| "-".to_owned(), grouped)
}

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of bytes with a unit of 1000, to one digit: `12.3 MB`.
fn bytes(number: u64) -> String {
    let (mut unit, mut value) = (1, number);
    let mut name = "B";
    for larger in ["kB", "MB", "GB", "TB"] {
        if value < 1000 {
            break;
        }
        (unit, value, name) = (unit * 1000, value / 1000, larger);
    }
    match unit {
        1 => format!("{number} B"),
        _ => format!("{value}.{} {name}", number % unit * 10 / unit),
    }
}

/// `0.4 s`, `59.9 s`, `2 min 5 s`.
fn time(duration: Duration) -> String {
    match duration.as_secs() {
        0..60 => format!("{:.1} s", duration.as_secs_f64()),
        seconds => format!("{} min {} s", grouped(seconds / 60), seconds % 60),
    }
}
