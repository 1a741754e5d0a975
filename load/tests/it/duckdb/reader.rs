//! A process that looks into databases: DuckDB keeps other processes out of a file that is open, and not
//! the process that has it open already, as this one may.

use std::{env, path::Path, process::Command, sync::Mutex, thread, time::Duration};

use adbc_core::{
    Connection as _, Database as _, Driver as _, Statement as _,
    options::{AdbcVersion, OptionDatabase},
};
use adbc_driver_manager::{ManagedConnection, ManagedDriver};
use arrow_array::{Array as _, RecordBatch, cast::AsArray as _};

use crate::answerer::{ANSWER, Answerer, Idle};

/// Makes a process of this test one that answers.
const READS: &str = "DUCKDB_TEST_READS";
static IDLE: Idle = Mutex::new(Vec::new());

/// The rows of a query, or of a statement none: one text for each, its values with `|` between.
pub(super) fn ask(path: &Path, sql: &str, is_query: bool) -> Vec<String> {
    Answerer::ask_any(&IDLE, start, &question(path, sql, is_query, false))
}

/// A process that has a database open until it is told to end.
pub(super) struct Holder(Answerer);

impl Holder {
    pub(super) fn of(path: &Path) -> Holder {
        let mut answerer = start();
        answerer.ask(&question(path, "SELECT 1 AS one", true, true));
        Holder(answerer)
    }

    pub(super) fn end(self) {
        self.0.end();
    }
}

fn question(path: &Path, sql: &str, is_query: bool, is_kept: bool) -> String {
    serde_json::to_string(&(path, sql, is_query, is_kept)).unwrap()
}

fn start() -> Answerer {
    let own = ["--exact", "duckdb::reader::questions_are_answered", "--nocapture"];
    Answerer::start(Command::new(env::current_exe().unwrap()).args(own).env(READS, "1"))
}

/// The process itself, which ends with the one that has started it.
#[test]
fn questions_are_answered() {
    if env::var_os(READS).is_none() {
        return;
    }
    let mut kept = Vec::new();
    for line in std::io::stdin().lines() {
        let (path, sql, is_query, is_kept): (std::path::PathBuf, String, bool, bool) =
            serde_json::from_str(&line.unwrap()).unwrap();
        let mut connection = connect(&path, is_query);
        let rows = if is_query {
            query(&mut connection, &sql)
        } else {
            run(&mut connection, &sql).map(|_| Vec::new()).unwrap()
        };
        println!("{ANSWER}{}", serde_json::to_string(&rows).unwrap());
        if is_kept {
            kept.push(connection);
        }
    }
    // There is nobody left to be told about this test.
    std::process::exit(0);
}

/// Waits for another process that has it open.
fn connect(path: &Path, only_reads: bool) -> ManagedConnection {
    let library = env::var("DUCKDB_LIBRARY").expect("`DUCKDB_LIBRARY` is the path of libduckdb.so");
    let entry: &[u8] = b"duckdb_adbc_init";
    let driver = ManagedDriver::load_dynamic_from_filename(library, Some(entry), AdbcVersion::V110);
    let mut driver = driver.unwrap();
    // To look for what is not there, the database is made.
    let mode = if only_reads && path.exists() { "read_only" } else { "read_write" };
    loop {
        let options = [("path", path.to_str().unwrap()), ("access_mode", mode)];
        let options =
            options.map(|(name, value)| (OptionDatabase::Other(name.to_owned()), value.into()));
        match driver.new_database_with_opts(options) {
            Ok(database) => return database.new_connection().unwrap(),
            Err(error) if error.message.contains("Could not set lock") => {
                thread::sleep(Duration::from_millis(5));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

fn run(
    connection: &mut ManagedConnection,
    sql: &str,
) -> Result<Vec<RecordBatch>, adbc_core::error::Error> {
    let mut statement = connection.new_statement()?;
    statement.set_sql_query(sql)?;
    Ok(statement.execute()?.collect::<Result<_, _>>()?)
}

fn query(connection: &mut ManagedConnection, sql: &str) -> Vec<String> {
    run(connection, "SET TimeZone = 'UTC'").unwrap();
    let describe = format!("SELECT column_name, column_type FROM (DESCRIBE {sql})");
    let mut columns = Vec::new();
    for batch in run(connection, &describe).unwrap() {
        for row in 0..batch.num_rows() {
            let name = batch.column(0).as_string::<i32>().value(row).replace('"', "\"\"");
            let name = format!("\"{name}\"");
            let text = match batch.column(1).as_string::<i32>().value(row) {
                "BOOLEAN" => format!("{name}::INTEGER::VARCHAR"),
                "TIMESTAMP WITH TIME ZONE" => {
                    format!("replace({name}::VARCHAR, ' ', 'T') || ':00'")
                }
                "TIMESTAMP" | "TIMESTAMP_NS" => format!("replace({name}::VARCHAR, ' ', 'T')"),
                "BLOB" => format!("'\\x' || lower(hex({name}))"),
                _ => format!("{name}::VARCHAR"),
            };
            columns.push(format!("coalesce({text}, 'NULL')"));
        }
    }
    let rows = format!("SELECT {} FROM ({sql})", columns.join(" || '|' || "));
    let mut texts = Vec::new();
    for batch in run(connection, &rows).unwrap() {
        let column = batch.column(0).as_string::<i32>();
        texts.extend((0..column.len()).map(|row| column.value(row).to_owned()));
    }
    texts
}
