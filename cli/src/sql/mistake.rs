//! What is wrong with a statement: where, what, and which tables and columns there are.

use std::fmt::Write as _;

use rest_source_codegen::closest;
use rusqlite::{Error, ErrorCode};
use unicode_width::UnicodeWidthStr as _;

use super::catalog::Catalog;
use crate::failure::Failure;

/// A table and its columns.
pub(super) type Columns = (String, Vec<String>);

/// How many columns of a table are listed.
const LISTED: usize = 60;

/// The table that the database does not have.
pub(super) fn missing_table(error: &Error) -> Option<&str> {
    let name = message_of(error)?.strip_prefix("no such table: ")?;
    Some(name.strip_prefix("main.").unwrap_or(name))
}

/// Whether an error may be gone when a table has its columns that are not declared.
pub(super) fn depends_on_columns(error: &Error) -> bool {
    let told = ["column", "row value", "should be between"];
    message_of(error).is_some_and(|message| told.iter().any(|part| message.contains(part)))
}

/// A table that no resource is loaded into.
pub(super) fn of_table(name: &str, sql: &str, catalog: &Catalog) -> Failure {
    let message = format!("there is no table `{name}`");
    let known = listed(catalog.names());
    let help = match closest(name, catalog.names()) {
        Some(meant) => format!("did you mean `{meant}`? The tables are {known}"),
        None => format!("the tables are {known}, and those of their lists"),
    };
    Failure::user(with_place(&message, sql, find(sql, name)), help)
}

/// What SQLite says against a statement that names these tables.
pub(super) fn of(error: &Error, sql: &str, tables: &[Columns]) -> Failure {
    match error {
        Error::MultipleStatement => {
            return Failure::user("there is more than one statement", "write one `SELECT`");
        }
        Error::SqliteFailure(code, _) if code.code == ErrorCode::OperationInterrupted => {
            return Failure::user("interrupted", "run the same command to restart");
        }
        _ => {}
    }
    if is_denied(error) {
        let help = "write a `SELECT`; rows come from the API, as the description says";
        return Failure::user("the statement is not a query, and only queries are answered", help);
    }
    let Some(said) = message_of(error) else {
        let help = "write one `SELECT`, such as `select count(*) from payments`";
        return Failure::user(format!("the statement cannot be used: {error}"), help);
    };
    if let Some(name) = said.strip_prefix("no such table: ") {
        let message = format!("there is no table `{name}`: no record has such a list");
        return Failure::user(
            with_place(&message, sql, find(sql, name)),
            format!("the tables are {}", listed(tables.iter().map(|(name, _)| name.as_str()))),
        );
    }
    let place = offset(error).and_then(|offset| word_at(sql, offset));
    match said.strip_prefix("no such column: ") {
        Some(name) => of_column(name, sql, place, tables),
        None => {
            let help = if said.contains("function") {
                "the functions are those of https://sqlite.org/lang_corefunc.html and `decimal_sum`"
            } else if said.contains("column") {
                return Failure::user(with_place(&plain(said), sql, place), columns(tables));
            } else {
                "see https://sqlite.org/lang_select.html"
            };
            Failure::user(with_place(&plain(said), sql, place), help)
        }
    }
}

fn of_column(said: &str, sql: &str, place: Option<Place>, tables: &[Columns]) -> Failure {
    // SQLite adds a guess of its own to a name in double quotes.
    let (name, is_quoted) = match said.split_once("\" - should this be") {
        Some((name, _)) => (name.trim_start_matches('"'), true),
        None => (said, false),
    };
    let column = name.rsplit('.').next().unwrap_or(name);
    let known = tables.iter().flat_map(|(_, columns)| columns).map(String::as_str);
    let message = with_place(&format!("there is no column `{name}`"), sql, place);
    let mut help = match closest(column, known) {
        Some(meant) => format!("did you mean `{meant}`? "),
        None if is_quoted => format!("a text is in single quotes: `'{name}'`. "),
        None => String::new(),
    };
    help += &columns(tables);
    Failure::user(message, help)
}

/// The columns of the tables, in a sentence.
fn columns(tables: &[Columns]) -> String {
    let mut text = String::new();
    for (table, columns) in tables.iter().filter(|(_, columns)| !columns.is_empty()) {
        let more = match columns.len().saturating_sub(LISTED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let listed = listed(columns.iter().take(LISTED).map(String::as_str));
        let _ =
            write!(text, "{}`{table}` has {listed}{more}", if text.is_empty() { "" } else { "; " });
    }
    if text.is_empty() { "see https://sqlite.org/lang_select.html".to_owned() } else { text }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// `near "form": syntax error` as the project's errors are written.
fn plain(said: &str) -> String {
    said.replace('"', "`")
}

fn is_denied(error: &Error) -> bool {
    let code = error.sqlite_error_code();
    matches!(code, Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly))
}

fn message_of(error: &Error) -> Option<&str> {
    match error {
        Error::SqlInputError { msg, .. } => Some(msg),
        Error::SqliteFailure(_, msg) => msg.as_deref(),
        _ => None,
    }
}

fn offset(error: &Error) -> Option<usize> {
    match error {
        Error::SqlInputError { offset, .. } => usize::try_from(*offset).ok(),
        _ => None,
    }
}

/// A place in a statement: where it begins and how long it is, in bytes.
type Place = (usize, usize);

fn find(sql: &str, name: &str) -> Option<Place> {
    let at = sql.to_ascii_lowercase().find(&name.to_ascii_lowercase())?;
    Some((at, name.len()))
}

/// The name that begins at this byte, or the character there.
fn word_at(sql: &str, offset: usize) -> Option<Place> {
    let rest = sql.get(offset..)?;
    if let Some(end) = rest.strip_prefix('"').and_then(|rest| rest.find('"')) {
        return Some((offset, end + 2));
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$');
    let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    let length = length.max(rest.chars().next().map_or(0, char::len_utf8));
    Some((offset, length))
}

/// The message, and below it the line of the statement with its place marked.
fn with_place(message: &str, sql: &str, place: Option<Place>) -> String {
    let Some((begin, length)) = place.filter(|(begin, _)| *begin < sql.len()) else {
        return message.to_owned();
    };
    let start = sql[..begin].rfind('\n').map_or(0, |at| at + 1);
    let end = sql[begin..].find('\n').map_or(sql.len(), |at| begin + at);
    let line = sql[start..end].replace('\t', " ");
    let before = line.get(..begin - start).unwrap_or_default().width();
    let marked = sql.get(begin..(begin + length).min(end)).unwrap_or_default().width().max(1);
    format!("{message}\n  {line}\n  {}{}", " ".repeat(before), "^".repeat(marked))
}
