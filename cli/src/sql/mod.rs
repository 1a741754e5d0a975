//! `sql`: answers a query of a source's tables.

mod answer;
mod catalog;
mod database;
mod decimal;
mod mistake;
mod statement;

use std::{
    collections::HashSet,
    io::{self, Write as _},
    path::PathBuf,
    time::Duration,
};

use clap::{Args, value_parser};
use rest_source_codegen::SourceFile;
use rest_source_dynamic::{Fetch, FetchSource, appends_again};
use rest_source_load::{Pipeline, RunReport, Sqlite, TerminalDisplay};
use rest_source_plan::printable;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::task::spawn_blocking;

use self::{
    answer::{Format, Stopped},
    catalog::{Catalog, Declared},
    database::Database,
};
use crate::{
    block_on::{block_on_beside, end_if_stuck, interrupted, settled},
    failure::{self, Failure, note},
    load_command::end_if_interrupted_again,
    outcome::Outcome,
    output,
    request_arguments::RequestOptions,
    warnings,
};

/// Answers a query of a source's tables
///
/// Loads the tables that the statement names, and only those, into a temporary SQLite database, as `load`
/// would, and prints what the statement selects. Lists are tables too, `payments__lines`. Without a
/// statement it prints the tables and their declared columns.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ACCESS_TOKEN=… cargo rest-source sql payments.yaml \"select currency, sum(amount) from payments group by 1\"
  cargo rest-source sql shop.yaml \"select * from orders join customers using (id)\" --format csv > orders.csv
  cargo rest-source sql shop.yaml \"select * from orders limit 3\" --limit 100
  cargo rest-source sql shop.yaml \"select count(*) from orders\" --keep shop.db --max-age 10m
  cargo rest-source sql shop.yaml

The statement is one query in SQLite's SQL. Fields that are not declared are columns if a record has them.
Numbers with `data_type: decimal` and `wei` are compared and sorted by their size, and `decimal_sum` adds
them exactly; `sum` gives a double.

With --keep, what was loaded stays in the file, and the next statement updates it as `load` would: by merge
keys and incremental cursors; what would be appended again is replaced. With --max-age, rows that are
younger are used without a request.

Exit status: 0 if the statement is answered, 1 if a resource failed or the description has mistakes, 2 if
the statement or the arguments are wrong, a secret is missing or a file cannot be read, 130 on Ctrl-C.
Progress is shown on a terminal.")]
pub(crate) struct Sql {
    /// The description, or - for standard input
    file: PathBuf,
    /// The query [default: print the tables and their declared columns]
    statement: Option<String>,
    /// How rows are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Load into this database and keep it for the next statement
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    /// Use what the kept database holds if its load began less than this ago: `30s`, `10m`, `1h 30m`, `1day`
    #[arg(long, value_name = "AGE", requires = "keep", value_parser = humantime::parse_duration)]
    max_age: Option<Duration>,
    /// Stop each resource after the page that reaches this number of records
    #[arg(long, value_name = "RECORDS", conflicts_with = "keep",
        value_parser = value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Leave out progress
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    request: RequestOptions,
}

impl Sql {
    /// Loads what the statement names, and prints its rows.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let (file, fetch) = self.request.fetch(&self.file)?;
        let catalog = Catalog::of(fetch.plans())?;
        let Some(sql) = &self.statement else {
            let tables = catalog.shown();
            output::standard()?.write_all(printable::lines(&tables).as_bytes())?;
            return Ok(Outcome::Success);
        };
        let tables = statement::tables(sql, &catalog)?;
        // Nothing is requested for an answer that would be lost.
        output::standard()?;
        let database = match &self.keep {
            None => Database::temporary()?,
            Some(path) => {
                let max_age = self.max_age.unwrap_or_default();
                Database::kept(path, max_age, &self.origin(&file, &fetch))?
            }
        };
        let fetch = match self.limit {
            Some(records) => fetch.limit(records),
            None => fetch,
        };
        let fetch = if database.is_kept() { fetch.replacing() } else { fetch };
        match self.load(&file, fetch, &tables, &database)? {
            Outcome::Success => self.answer(sql, tables, &database),
            outcome => Ok(outcome),
        }
    }

    /// What the rows of a kept database come from, in a text that tells it apart and shows nothing of it.
    fn origin(&self, file: &SourceFile, fetch: &Fetch) -> String {
        let origin = json!([file.text(), fetch.settings(), self.request.identity()]).to_string();
        let digest = Sha256::digest(origin);
        digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }

    /// Loads the resources of the tables that are not in the database, or too old there.
    fn load(
        &self,
        file: &SourceFile,
        fetch: Fetch,
        tables: &[Declared],
        database: &Database,
    ) -> Result<Outcome, Failure> {
        let needed: HashSet<String> =
            tables.iter().flat_map(|table| &table.resources).cloned().collect();
        if needed.is_empty() {
            return Ok(Outcome::Success);
        }
        let display = if self.quiet { TerminalDisplay::hidden() } else { TerminalDisplay::new() };
        warnings::show(display.clone());
        let beside = end_if_interrupted_again(display.clone(), database.clean_up());
        let outcome = block_on_beside(beside, async {
            let mut stale = database.stale(&needed).await?;
            if stale.is_empty() {
                return Ok(Outcome::Success);
            }
            let is_stale = |name: &str| stale.iter().any(|stale| stale == name);
            if database.is_kept()
                && fetch.plans().iter().any(|plan| is_stale(&plan.name) && appends_again(plan))
            {
                database.restart(&self.origin(file, &fetch))?;
                stale = database.stale(&needed).await?;
            }
            let tokens = fetch.token_file().cloned();
            let source = stale.iter().fold(fetch, Fetch::resource).into_source()?;
            let loaded = load(&source, &stale, database, &display).await;
            settled(tokens.as_ref()).await;
            display.clear();
            Ok(self.loaded(&loaded, database))
        })?;
        display.clear();
        outcome
    }

    fn loaded(
        &self,
        loaded: &(Result<RunReport, rest_source_load::Error>, bool),
        database: &Database,
    ) -> Outcome {
        match loaded {
            (Ok(_), true) => {
                if !self.quiet {
                    let how = if database.is_kept() { "resume" } else { "restart" };
                    note(format_args!("interrupted; run the same command to {how}"));
                }
                Outcome::Stopped
            }
            (Ok(_), false) => Outcome::Success,
            (Err(error), is_stopped) => {
                let help = "the statement is not answered, as rows are missing";
                failure::error(&error.to_string(), Some(help));
                match error.report() {
                    _ if *is_stopped => Outcome::Stopped,
                    Some(_) => Outcome::Mistakes,
                    None => Outcome::Impossible,
                }
            }
        }
    }

    /// Prints the rows of the statement.
    fn answer(
        &self,
        sql: &str,
        tables: Vec<Declared>,
        database: &Database,
    ) -> Result<Outcome, Failure> {
        let connection = database.open().map_err(|error| mistake::of(&error, sql, &[]))?;
        let handle = connection.get_interrupt_handle();
        let (sql, format) = (sql.to_owned(), self.format);
        let answered = block_on_beside(end_if_stuck(None, database.clean_up()), async {
            let mut task = spawn_blocking(move || answer::print(connection, &sql, format, &tables));
            tokio::select! {
                biased;
                () = interrupted() => {
                    handle.interrupt();
                    let _ = task.await;
                    None
                }
                answered = &mut task => Some(answered),
            }
        })?;
        match answered {
            None => Ok(Outcome::Stopped),
            Some(Ok(Ok(()))) => Ok(Outcome::Success),
            Some(Ok(Err(Stopped::Failed(failure)))) => Err(failure),
            Some(Ok(Err(Stopped::Output(error)))) => Err(Failure::Output(error)),
            Some(Err(error)) => Err(Failure::Output(io::Error::other(error))),
        }
    }
}

/// Loads these resources, and whether Ctrl-C was pressed.
async fn load(
    source: &FetchSource,
    resources: &[String],
    database: &Database,
    display: &TerminalDisplay,
) -> (Result<RunReport, rest_source_load::Error>, bool) {
    let mut pressed = tokio::spawn(interrupted());
    loop {
        let name = rest_source::Source::name(source);
        let pipeline = Pipeline::new(name, Sqlite::at(database.path()))
            .resources(resources)
            .on_progress(display.progress());
        let mut is_stopped = false;
        let stop = async {
            let _ = (&mut pressed).await;
            is_stopped = true;
        };
        let loaded = pipeline.run_until(source, stop).await;
        // What an interrupted run had completed is complete now, and of its age.
        let is_old = |report: &RunReport| report.resources.iter().any(|one| one.completed_before);
        match &loaded {
            Ok(report) if !is_stopped && is_old(report) => {}
            _ => return (loaded, is_stopped),
        }
    }
}
