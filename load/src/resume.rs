//! Whether a load that an earlier run left unfinished is resumed: the same for every destination.

use rest_source::{Checkpoint, plan::WriteDisposition};

use crate::{Error, ErrorKind, Run, Shape, Strategy, Table, fingerprint::in_words, state::State};

/// A load that an earlier run may have left unfinished.
pub(crate) struct Unfinished<'a> {
    pub(crate) state: &'a State,
    /// Whether its rows are staged.
    pub(crate) is_staged: bool,
    /// How a user has it start over, as a clause.
    pub(crate) how_to_restart: String,
}

impl Unfinished<'_> {
    /// Where the load resumes, of a destination that `stages` rows of this table or not. `None` if it
    /// is complete, or has to start over, which does no harm.
    ///
    /// # Errors
    ///
    /// If it would have to start over, and that would double rows; or if the checkpoint cannot be
    /// read.
    pub(crate) fn go_on(
        &self,
        run: &Run,
        table: &Table,
        shape: &Shape,
        stages: bool,
    ) -> Result<Option<Checkpoint>, Error> {
        let Some(checkpoint) = &self.state.checkpoint else { return Ok(None) };
        let changed = table.load_changes(&self.state.fingerprint);
        if run.full_refresh || !changed.is_empty() {
            if !self.is_staged && table.write_disposition == WriteDisposition::Append {
                return Err(self.refuse_to_append_again(run, table, shape, &changed));
            }
            return Ok(None);
        }
        if self.is_staged != stages {
            return Ok(None);
        }
        let checkpoint = read(checkpoint, &self.start_over(table, shape))?;
        // One that begins a run is of a load that has to restart.
        Ok((!checkpoint.begins_run()).then_some(checkpoint))
    }

    /// How a user has it start over, and what has to be done before, as a clause.
    pub(crate) fn start_over(&self, table: &Table, shape: &Shape) -> String {
        let Unfinished { state: State { rows, .. }, how_to_restart, .. } = self;
        if table.write_disposition == WriteDisposition::Append {
            let lists: Vec<_> =
                shape.tables()[1..].iter().map(|list| format!("`{}`", list.name)).collect();
            let with = match &*lists {
                [] => String::new(),
                lists => format!(", with what belongs to them in {}", lists.join(", ")),
            };
            format!(
                "delete the {rows} rows that it has written so far{with}, and then start over by \
                 {how_to_restart}"
            )
        } else {
            format!("run the pipeline once with `full_refresh`, or start over by {how_to_restart}")
        }
    }

    /// A merge or a replace begins again without harm. An append would double what it has appended
    /// so far, and only its owner can tell whether that matters.
    fn refuse_to_append_again(
        &self,
        run: &Run,
        table: &Table,
        shape: &Shape,
        changed: &[String],
    ) -> Error {
        let (why, finish) = if run.full_refresh {
            ("an append was interrupted".to_owned(), "without `full_refresh`")
        } else {
            let changed = in_words(changed);
            let why =
                format!("the description has changed since an append was interrupted ({changed})");
            (why, "with the old one")
        };
        let message = format!(
            "{why}, after {} rows, and restarting would append these a second time; finish it \
             {finish}, or {}",
            self.state.rows,
            self.start_over(table, shape),
        );
        Error::new(ErrorKind::WouldDouble, message)
    }
}

/// A checkpoint from JSON that a destination has kept.
pub(crate) fn read(json: &str, start_over: &str) -> Result<Checkpoint, Error> {
    serde_json::from_str(json).map_err(|error| {
        let message = format!("the checkpoint in the state cannot be read; {start_over}");
        Error::caused_by(ErrorKind::Destination, message, error)
    })
}

/// Warns that so many other loads into the table begin at the beginning, because it has lost their rows, too:
/// those of other settings and arguments, of other resources and of other pipelines.
pub(crate) fn tell_others(table: &Table, others: u64) {
    if others > 0 {
        tracing::warn!(
            resource = &*table.resource,
            others,
            "other loads have lost their rows with the table `{}`: their next runs load everything again",
            table.name,
        );
    }
}

/// Sees whether loading from the beginning brings back the rows of a list whose table was
/// deleted. `forget` is a statement by which they are done without.
///
/// # Errors
///
/// If it does not, as it adds nothing to rows that are there.
pub(crate) fn bring_back(
    table: &Table,
    shape: &Shape,
    list: &str,
    forget: Option<&str>,
) -> Result<(), Error> {
    if let Strategy::Replace | Strategy::Upsert | Strategy::DeleteInsert = table.strategy() {
        return Ok(());
    }
    let others = shape.tables().iter().filter(|table| table.name != list);
    let others: Vec<_> = others.map(|table| format!("`{}`", table.name)).collect();
    let without = forget.map(|forget| format!(", or continue without them by `{forget}`"));
    let message = format!(
        "the table `{list}`, in which a list of the records was, has been deleted, and loading again \
         does not bring back the elements of rows that stay; put it back, or delete {} as well, so \
         that everything is loaded from the beginning{}",
        others.join(", "),
        without.unwrap_or_default(),
    );
    Err(Error::new(ErrorKind::Schema, message))
}

/// Says that rows of a list went with the table that they belonged to.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "adbc"))]
pub(crate) fn warn_of_orphans(shape: &Shape, list: &str, rows: u64) {
    if rows > 0 {
        let table = &shape.tables()[0].name;
        tracing::warn!(
            "the table `{table}` is gone, and with it {rows} rows of the list `{list}` that belonged \
             to its rows"
        );
    }
}

/// A checkpoint as JSON.
pub(crate) fn written(checkpoint: &Checkpoint) -> Result<String, Error> {
    serde_json::to_string(checkpoint).map_err(|error| {
        Error::caused_by(ErrorKind::Destination, "the checkpoint cannot be written", error)
    })
}
