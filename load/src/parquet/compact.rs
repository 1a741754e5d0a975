//! Small files made into larger ones, so that readers get few.

use arrow_schema::SchemaRef;

use super::{
    file::{Names, Output},
    manifest::DataFile,
    store::Store,
};
use crate::Error;

/// Below this size, in bytes, a file is small: it is rewritten with the next rows that come.
const SMALL: u64 = 16 << 20;

/// Sizes below which a run of files at the end becomes one when it is [`MANY`] long. Two of them, so
/// that a row is written about three times however long the load is: alone, with its next, and again.
const TIERS: [u64; 2] = [1 << 20, SMALL];

/// How many files an unfinished load leaves unmerged. As each commit lists every file, there must
/// be a bound.
const MANY: usize = 16;

/// How many of the last files are small.
pub(super) fn small_at_end(files: &[DataFile]) -> usize {
    at_end(files, SMALL)
}

fn at_end(files: &[DataFile], size: u64) -> usize {
    files.iter().rev().take_while(|file| file.bytes < size).count()
}

/// How many of the last files are to become one.
fn due(files: &[DataFile], is_complete: bool) -> usize {
    let many = if is_complete { 2 } else { MANY };
    let runs = TIERS.map(|size| at_end(files, size));
    let due = if is_complete {
        runs.into_iter().max()
    } else {
        runs.into_iter().find(|run| *run >= many)
    };
    due.filter(|run| *run >= many).unwrap_or(0)
}

/// Makes one file, or a few large ones, of the last of these if it is time to.
pub(super) async fn compact(
    store: &Store,
    names: &Names,
    folder: &str,
    schema: SchemaRef,
    files: &mut Vec<DataFile>,
    is_complete: bool,
) -> Result<(), Error> {
    let due = due(files, is_complete);
    if due == 0 {
        return Ok(());
    }
    let small = files.split_off(files.len() - due);
    let mut output = Output::new(store, names, folder.to_owned(), schema);
    for file in &small {
        output.copy(file, None, Ok).await?;
    }
    files.extend(output.finish(true).await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{DataFile, due};

    fn files(sizes: &[u64]) -> Vec<DataFile> {
        sizes.iter().map(|bytes| DataFile { path: String::new(), rows: 1, bytes: *bytes }).collect()
    }

    #[test]
    fn files_become_one_when_they_are_many_or_the_load_is_complete() {
        assert_eq!(due(&files(&[1; 15]), false), 0);
        assert_eq!(due(&files(&[1; 16]), false), 16);
        assert_eq!(due(&files(&[1; 2]), true), 2);
        assert_eq!(due(&files(&[1]), true), 0);
        // Large ones are left alone, and so is what is before them.
        assert_eq!(due(&files(&[1, 1, 64 << 20, 1, 1]), true), 2);
        let mut medium = vec![2 << 20; 16];
        assert_eq!(due(&files(&medium), false), 16);
        medium.truncate(15);
        medium.extend([1; 3]);
        assert_eq!(due(&files(&medium), false), 18);
        assert_eq!(due(&files(&[1; 40]), false), 40);
    }
}
