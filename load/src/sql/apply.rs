//! How staged rows become rows of their tables, by SQL that SQLite and PostgreSQL both know.
//!
//! Staged are the rows of the resource's own table and those of its lists, each with the number of
//! its record. First the staged rows that do not count are removed, then the old ones that the new
//! take the place of, then all staged rows are inserted. It is done in the transaction that completes
//! a load, or, by destinations that write no other way, in that of each batch.

use rest_source::plan::{Column, DedupSort, Scd2};

use super::{
    SEQUENCE, is_deleted, list, list_columns, literal, on_conflict_update, quote, updated,
};
use crate::{Changes, ROOT_ID, ROW_HASH, ROW_ID, Shape, Strategy, Table, VALID_FROM, VALID_TO};

/// The condition that the rows of two names are the same to the last byte in these columns.
pub(crate) type IsSame = fn(&str, &str, &[&Column]) -> String;

/// How a database tells rows that differ from those that do not, and new rows from updated ones.
#[derive(Clone, Copy, Default)]
pub(crate) struct Comparison {
    /// With it, staged rows that are in the table already are not inserted.
    pub(crate) is_same: Option<IsSame>,
    /// With it, the condition under which an insert updates a row in these columns.
    pub(crate) differs: Option<fn(&[&Column]) -> String>,
    /// With it, an insert that updates gives a row: how many rows are new, how many are updated, and how
    /// many were staged. It is the expression by which a row that it returns is new.
    pub(crate) is_new: Option<&'static str>,
    /// With it, how many staged rows have a key that is in the table is asked before an insert that updates,
    /// which does not tell.
    pub(crate) asks_known: bool,
    /// With it, no key of a table is kept by an index: an upsert is a `MERGE`, which updates the rows that
    /// are not the same and inserts those whose key is not there.
    pub(crate) merges: Option<IsSame>,
    /// With it, the expression by which a staged column is sorted, if not the column itself.
    pub(crate) sorted_by: Option<fn(&Column) -> Option<String>>,
}

/// A statement, and what the rows are that it changes.
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) counts: Option<Counted>,
}

/// What the rows are that a statement changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    New,
    Updated,
    /// They are staged, and of no use, as a row of the table is the same.
    Unchanged,
    /// New ones and updated ones.
    Written,
    /// None: it asks how many rows are staged, and how many of them have a key that is in the table, before
    /// they are [`Written`](Counted::Written).
    Known,
    /// New ones and updated ones, for each of which the statement returns the word `INSERT` or `UPDATE`.
    Merged,
    /// Staged ones, each of which is new, updated or the same as a row of the table: a query.
    Staged,
}

/// What is known of changes before the statements of [`apply`] are executed.
pub(crate) fn uncounted(table: &Table) -> Changes {
    match table.strategy() {
        // Whether a row that is removed is inserted again is not known.
        Strategy::DeleteInsert => Changes::default(),
        _ => Changes::NONE,
    }
}

/// Takes note of how many rows a statement has changed, or staged; not of those that are
/// [`Counted::Written`], [`Counted::Known`] or [`Counted::Merged`].
pub(crate) fn count(changes: &mut Changes, counted: Counted, rows: u64) {
    let count = match counted {
        Counted::New => &mut changes.new,
        Counted::Updated => &mut changes.updated,
        Counted::Unchanged => &mut changes.unchanged,
        Counted::Staged => {
            let others = [changes.new, changes.updated];
            let others = others.iter().map(|count| count.unwrap_or(0)).sum();
            changes.unchanged = Some(rows.saturating_sub(others));
            return;
        }
        Counted::Written | Counted::Known | Counted::Merged => return,
    };
    *count = count.map(|count| count + rows);
}

/// What the statement has done that is [`Counted::Written`], from the numbers in the row that it gives: how many
/// rows are new, updated and were staged.
#[cfg(any(feature = "postgres", feature = "adbc"))]
pub(crate) fn upserted(number: impl Fn(usize) -> Option<u64>) -> Changes {
    let (new, updated) = (number(0), number(1));
    let written = new.zip(updated).map(|(new, updated)| new + updated);
    let unchanged = number(2).zip(written).map(|(staged, written)| staged.saturating_sub(written));
    Changes { new, updated, unchanged }
}

/// The statements that move the staged rows into the tables of `shape`.
///
/// `staging` has the quoted name of the place where the rows of each table are staged, and `now` is
/// the moment at which versions of rows begin and end, as text.
pub(crate) fn apply(
    table: &Table,
    shape: &Shape,
    staging: &[String],
    now: &str,
    comparison: Comparison,
) -> Vec<Statement> {
    let root = &shape.tables()[0];
    let apply = Apply {
        table,
        shape,
        target: quote(&root.name),
        primary_key: shape.stored(&table.primary_key),
        merge_key: shape.stored(&table.merge_key),
        staged: &staging[0],
        children: shape.tables().iter().map(|table| quote(&table.name)).skip(1).collect(),
        staged_children: &staging[1..],
        is_deleted: is_deleted(&root.columns),
        comparison,
        statements: Vec::new(),
    };
    apply.statements(now)
}

struct Apply<'a> {
    table: &'a Table,
    shape: &'a Shape,
    target: String,
    primary_key: Vec<String>,
    merge_key: Vec<String>,
    staged: &'a str,
    children: Vec<String>,
    staged_children: &'a [String],
    is_deleted: Option<String>,
    comparison: Comparison,
    statements: Vec<Statement>,
}

impl Apply<'_> {
    fn statements(mut self, now: &str) -> Vec<Statement> {
        let (mut only, mut on_conflict) = ("TRUE".to_owned(), String::new());
        let mut counts = Some(Counted::New);
        match self.table.strategy() {
            Strategy::Append => {}
            Strategy::Replace => self.empty(),
            Strategy::Upsert => {
                let key = self.primary_key.clone();
                self.keep_one_of_each(&key, "DESC");
                self.remove_children(&self.has_staged(&key, None));
                if let Some(deleted) = &self.is_deleted {
                    let matches = self.has_staged(&key, Some(deleted));
                    self.say(format!("DELETE FROM {} WHERE {matches}", self.target));
                }
                self.drop_deleted();
                if self.comparison.asks_known {
                    self.ask_known(&key);
                }
                only = self.is_news(&key).unwrap_or(only);
                let columns = &self.shape.tables()[0].columns;
                on_conflict = on_conflict_update(&key, columns, self.comparison.differs);
                counts = Some(Counted::Written);
            }
            Strategy::DeleteInsert => {
                let (primary, merge) = (self.primary_key.clone(), self.merge_key.clone());
                if !primary.is_empty() {
                    self.keep_one_of_each(&primary, "DESC");
                }
                let keys = [&primary, &merge].into_iter().filter(|key| !key.is_empty());
                let matches: Vec<_> = keys.map(|key| self.has_staged(key, None)).collect();
                self.remove(&matches.join(" OR "));
                self.drop_deleted();
                counts = None;
            }
            Strategy::InsertOnly => {
                let key = self.primary_key.clone();
                self.keep_one_of_each(&key, "ASC");
                let (staged, target, key) = (self.staged, &self.target, list(key));
                let known = format!("({key}) IN (SELECT {key} FROM {target})");
                let known = format!("DELETE FROM {staged} WHERE {known}");
                self.drop_deleted();
                self.statements.push(counted(known, Counted::Unchanged));
                self.remove_elements(&self.staged_ids());
            }
            Strategy::Scd2(scd2) => self.end_versions(&scd2, now),
        }
        self.drop_orphans();
        match self.comparison.merges {
            Some(is_same) if self.table.strategy() == Strategy::Upsert => self.merge(is_same),
            _ => self.insert(&only, &on_conflict, counts),
        }
        self.insert_elements();
        self.statements
    }

    fn say(&mut self, sql: String) {
        self.statements.push(Statement { sql, counts: None });
    }

    /// Keeps that one of the staged rows with the same key which counts.
    fn keep_one_of_each(&mut self, key: &[String], order: &str) {
        let sorts = self.shape.tables()[0].columns.iter().filter_map(|column| {
            let order = match column.dedup_sort? {
                DedupSort::Ascending => "ASC",
                DedupSort::Descending => "DESC",
            };
            let by = self.comparison.sorted_by.and_then(|sorted_by| sorted_by(column));
            let by = by.unwrap_or_else(|| quote(&column.name));
            Some(format!("{by} {order} NULLS LAST, "))
        });
        let (sorts, staged, key) = (sorts.collect::<String>(), self.staged, list(key));
        self.say(format!(
            "DELETE FROM {staged} WHERE {SEQUENCE} IN (SELECT {SEQUENCE} FROM (SELECT {SEQUENCE}, \
             row_number() OVER (PARTITION BY {key} ORDER BY {sorts}{SEQUENCE} {order}) AS place \
             FROM {staged}) AS ranked WHERE place > 1)",
        ));
    }

    /// Removes all rows.
    fn empty(&mut self) {
        let tables = self.children.iter().chain([&self.target]);
        let empty: Vec<_> = tables.map(|table| format!("DELETE FROM {table}")).collect();
        for sql in empty {
            self.say(sql);
        }
    }

    /// Removes rows of the table, and those of their lists.
    fn remove(&mut self, matches: &str) {
        self.remove_children(matches);
        self.say(format!("DELETE FROM {} WHERE {matches}", self.target));
    }

    /// Removes the rows of the lists of these rows, and of those that the staged rows will have: if
    /// a row was deleted by hand, the rows of its lists may still be there.
    fn remove_children(&mut self, matches: &str) {
        let (row, staged) = (quote(ROW_ID), self.staged_ids());
        let rows = format!("SELECT {row} FROM {} WHERE {matches}", self.target);
        self.remove_elements(&format!("{rows} UNION ALL {staged}"));
    }

    /// Removes the rows of lists whose record's row has one of these ids.
    fn remove_elements(&mut self, ids: &str) {
        let root = quote(ROOT_ID);
        let remove = |child| format!("DELETE FROM {child} WHERE {root} IN ({ids})");
        let remove: Vec<_> = self.children.iter().map(remove).collect();
        for sql in remove {
            self.say(sql);
        }
    }

    /// The ids of the staged rows, which they have if there are lists.
    fn staged_ids(&self) -> String {
        format!("SELECT {} FROM {}", quote(ROW_ID), self.staged)
    }

    /// Drops the staged rows whose records say that they are deleted.
    fn drop_deleted(&mut self) {
        if let Some(deleted) = &self.is_deleted {
            self.say(format!("DELETE FROM {} WHERE {deleted}", self.staged));
        }
    }

    /// Drops the staged rows of lists whose record's row has been dropped.
    fn drop_orphans(&mut self) {
        if matches!(self.table.strategy(), Strategy::Append | Strategy::Replace) {
            return;
        }
        for child in self.staged_children {
            self.say(format!(
                "DELETE FROM {child} WHERE {SEQUENCE} IN (SELECT {SEQUENCE} FROM {child} EXCEPT \
                 SELECT {SEQUENCE} FROM {})",
                self.staged,
            ));
        }
    }

    /// Ends the versions of rows that no staged row equals, and drops the staged rows that one equals.
    fn end_versions(&mut self, scd2: &Scd2, now: &str) {
        let (from, to) = match &scd2.validity_columns {
            Some((from, to)) => (from.to_string(), to.to_string()),
            None => (VALID_FROM.to_owned(), VALID_TO.to_owned()),
        };
        let [from, to] = [from, to].map(|name| list(self.shape.stored([&name])));
        let now = scd2.boundary_timestamp.as_deref().map_or_else(|| literal(now), text);
        let active_record = scd2.active_record_timestamp.as_deref().filter(|at| *at != "null");
        let (is_active, end) = match active_record.map(text) {
            Some(at) => (format!("{to} = {at}"), at),
            None => (format!("{to} IS NULL"), "NULL".to_owned()),
        };
        self.keep_one_of_each(&[ROW_HASH.to_owned()], "DESC");
        let mut ends = String::new();
        if !self.merge_key.is_empty() {
            ends = format!(" AND {}", self.has_staged(&self.merge_key, None));
        }
        let (target, staged, hash) = (&self.target, self.staged, quote(ROW_HASH));
        let active = format!("SELECT {hash} FROM {target} WHERE {is_active}");
        let end_old = format!(
            "UPDATE {target} SET {to} = {now} WHERE {is_active}{ends} AND ({hash} IS NULL OR {hash} IN \
             ({active} EXCEPT SELECT {hash} FROM {staged}))",
        );
        let drop_same = format!("DELETE FROM {staged} WHERE {hash} IN ({active})");
        let begin_new = format!("UPDATE {staged} SET {from} = {now}, {to} = {end}");
        self.statements.extend([
            counted(end_old, Counted::Updated),
            counted(drop_same, Counted::Unchanged),
            Statement { sql: begin_new, counts: None },
        ]);
    }

    /// The condition that a staged row has the key of a row of the table, of those staged rows for
    /// which `only` holds.
    fn has_staged(&self, key: &[String], only: Option<&str>) -> String {
        let only = only.map(|only| format!(" WHERE {only}")).unwrap_or_default();
        let key = list(key);
        format!("({key}) IN (SELECT {key} FROM {}{only})", self.staged)
    }

    /// The condition that a staged row differs from that of its key in the table, or that there is
    /// none. The rows of its lists are inserted all the same, as the old ones have been removed: a
    /// record may differ in its lists alone. It is asked of each row for itself, since of a join
    /// PostgreSQL would read all of a table that is not very large, once for each batch.
    fn is_news(&self, key: &[String]) -> Option<String> {
        let others = updated(key, &self.shape.tables()[0].columns).collect::<Vec<_>>();
        if others.is_empty() {
            return None;
        }
        let is_same = self.comparison.is_same?("known", "staged", &others);
        let (target, has_key) = (&self.target, has_key(key));
        Some(format!("(SELECT {is_same} FROM {target} AS known WHERE {has_key}) IS NOT TRUE"))
    }

    fn ask_known(&mut self, key: &[String]) {
        let (staged, target, has_key) = (self.staged, &self.target, has_key(key));
        let sql = format!(
            "SELECT (SELECT count(*) FROM {staged}), (SELECT count(*) FROM {staged} AS staged
               WHERE EXISTS (SELECT 1 FROM {target} AS known WHERE {has_key}))"
        );
        self.statements.push(counted(sql, Counted::Known));
    }

    /// Updates the rows of the table that differ from the staged ones with their key, and inserts the
    /// staged rows whose key is not there.
    fn merge(&mut self, is_same: IsSame) {
        let (key, columns) = (&self.primary_key, &self.shape.tables()[0].columns);
        let others = updated(key, columns).collect::<Vec<_>>();
        let set = |column: &&Column| format!("{0} = staged.{0}", quote(&column.name));
        let update = if others.is_empty() {
            String::new()
        } else {
            let set = others.iter().map(set).collect::<Vec<_>>().join(", ");
            let is_same = is_same("known", "staged", &others);
            format!("WHEN MATCHED AND NOT {is_same} THEN UPDATE SET {set} ")
        };
        let staged = columns.iter().map(|column| format!("staged.{}", quote(&column.name)));
        let sql = format!(
            "MERGE INTO {} AS known USING {} AS staged ON ({}) {update}\
             WHEN NOT MATCHED THEN INSERT ({}) VALUES ({}) RETURNING merge_action",
            self.target,
            self.staged,
            has_key(key),
            list_columns(columns),
            staged.collect::<Vec<_>>().join(", "),
        );
        self.statements.push(counted(sql, Counted::Merged));
        let staged = format!("SELECT count(*) FROM {}", self.staged);
        self.statements.push(counted(staged, Counted::Staged));
    }

    /// Inserts the staged rows for which `only` holds.
    fn insert(&mut self, only: &str, on_conflict: &str, counts: Option<Counted>) {
        let (target, staged) = (&self.target, self.staged);
        let sql = self.insertion(0, target, staged, only) + on_conflict;
        let sql = match (counts, self.comparison.is_new) {
            (Some(Counted::Written), Some(is_new)) => format!(
                "WITH written AS ({sql} RETURNING {is_new} AS is_new) SELECT \
                 count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new), \
                 (SELECT count(*) FROM {staged}) FROM written",
            ),
            _ => sql,
        };
        self.statements.push(Statement { sql, counts });
    }

    /// Inserts the staged rows of lists.
    fn insert_elements(&mut self) {
        let places = self.children.iter().zip(self.staged_children).enumerate();
        let insert: Vec<_> = places
            .map(|(place, (child, staged))| self.insertion(place + 1, child, staged, "TRUE"))
            .collect();
        for sql in insert {
            self.say(sql);
        }
    }

    /// The statement that inserts staged rows for which `only` holds into the table at `place`.
    fn insertion(&self, place: usize, target: &str, staged: &str, only: &str) -> String {
        let columns = list_columns(&self.shape.tables()[place].columns);
        // DuckDB keeps the order in which rows are staged, and sorts whole rows if it is told one.
        let order = match self.comparison.merges {
            Some(_) => String::new(),
            None => format!(" ORDER BY {SEQUENCE}"),
        };
        // The table may be called `excluded` itself. Without a condition, SQLite takes what follows the
        // table for a join's.
        format!(
            "INSERT INTO {target} AS target ({columns}) SELECT {columns} FROM {staged} AS staged \
             WHERE {only}{order}",
        )
    }
}

/// The condition that a row of the table and a staged one have the same key.
fn has_key(key: &[String]) -> String {
    let keys = key.iter().map(|name| quote(name));
    let has_key: Vec<_> = keys.map(|name| format!("known.{name} = staged.{name}")).collect();
    has_key.join(" AND ")
}

fn counted(sql: String, counts: Counted) -> Statement {
    Statement { sql, counts: Some(counts) }
}

/// A text that a plan has as JSON, as SQL writes it.
fn text(json: &str) -> String {
    literal(&serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned()))
}
