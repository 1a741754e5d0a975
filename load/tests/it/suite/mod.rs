//! What every destination does alike: each test below runs on each of them.

mod contracts;
mod deleted;
pub(crate) mod earlier;
mod failures;
mod keyed;
mod nesting;
mod renamed;
pub(crate) mod restored;
mod shared;
mod strategies;
mod types;

use std::path::{Path, PathBuf};

use expect_test::expect_file;
use rest_source_load::{Destination, Error, Pipeline, RunReport, Sqlite};
use rusqlite::Connection;
use tempfile::TempDir;

#[cfg(feature = "adbc-tests")]
pub(crate) use crate::adbc::{AdbcPostgresPlace, AdbcSqlitePlace};
#[cfg(feature = "delta-tests")]
pub(crate) use crate::delta::DeltaPlace;
#[cfg(feature = "duckdb-tests")]
pub(crate) use crate::duckdb::DuckDbPlace;
pub(crate) use crate::parquet::ParquetPlace;
#[cfg(feature = "postgres-tests")]
pub(crate) use crate::postgres::PostgresPlace;
use crate::support::{Resource, Shop, query};

/// Where a test loads to: a destination of its own, and how to look into it.
pub(crate) trait Place: Sized + Send + Sync + 'static {
    type Destination: Destination<Session: 'static> + 'static;

    /// What the manual calls it.
    const CALLED: &str;

    /// What it is called where it says something else than others of its kind.
    const NAMED: &str = Self::CALLED;

    /// How deep JSON may be; where a destination sets no bound, one that would exhaust a stack.
    const JSON_DEPTH: usize = 20_000;

    /// Whether a column that is declared `unique` is so.
    const KEEPS_UNIQUE: bool = true;

    /// Whether JSON is stored as the text that it is.
    const KEEPS_JSON: bool = true;

    /// Whether several resources may be loaded into one table.
    const SHARES_TABLES: bool = true;

    /// How many pages a load has that is killed again and again: some seconds' worth.
    const PAGES: i64 = 2_000;

    /// An empty one.
    async fn new() -> Self;

    /// What another process finds it by.
    fn name(&self) -> String;

    /// The one of this name, which somebody else holds.
    fn named(name: &str) -> Self;

    fn destination(&self) -> Self::Destination;

    /// The rows of a table, sorted: one text for each, the values of these columns with `|` between.
    /// `NULL` stands for no value, 1 and 0 for truth; timestamps end in `+00:00`.
    async fn rows(&self, table: &str, columns: &[&str]) -> Vec<String>;

    /// How many rows a table has, and how many different values each of these columns; nothing of a
    /// table that is not there.
    async fn counts(&self, table: &str, columns: &[&str]) -> Vec<String>;

    /// The names of a table's columns. None of a table that is not there.
    async fn columns(&self, table: &str) -> Vec<String>;

    /// Deletes a table, as somebody may.
    async fn delete(&self, table: &str);

    /// The type of a column.
    async fn type_of(&self, table: &str, column: &str) -> String;

    /// What runs have done, sorted: these columns.
    async fn runs(&self, columns: &[&str]) -> Vec<String> {
        self.rows("_rest_source_runs", columns).await
    }

    /// What runs have done, sorted: run, resource, outcome, rows, rejected, discarded.
    async fn history(&self) -> Vec<String> {
        self.runs(&["run", "resource", "outcome", "rows", "rejected", "discarded"]).await
    }

    /// Whether the destination itself is whole.
    async fn check(&self) {}

    /// A pipeline that commits after every page.
    fn pipeline(&self) -> Pipeline<Self::Destination> {
        Pipeline::new("test", self.destination()).batch_rows(1)
    }

    /// Compares what was said in a test with the file of the test and of this destination.
    fn says(test: &str, said: &str) {
        let file = |called: &str| format!("said/{test}.{}.txt", called.to_lowercase());
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/suite"));
        let has_own = folder.join(file(Self::NAMED)).exists();
        let name = file(if has_own { Self::NAMED } else { Self::CALLED });
        expect_file![name].assert_eq(said);
    }

    async fn load(&self, resource: &Resource) -> Result<RunReport, Error> {
        self.pipeline().run(&Shop(vec![resource.clone()])).await
    }
}

/// The query of [`Place::counts`] where there is SQL: one, so that all are of one moment.
pub(crate) fn counts(table: &str, columns: &[&str]) -> String {
    let distinct = columns.iter().map(|name| format!("count(DISTINCT \"{name}\")"));
    let counts: Vec<_> = ["count(*)".to_owned()].into_iter().chain(distinct).collect();
    format!("SELECT {} FROM \"{table}\"", counts.join(", "))
}

/// The cells of the only row.
pub(crate) fn split(rows: &[String]) -> Vec<String> {
    rows[0].split('|').map(str::to_owned).collect()
}

/// A SQLite database file.
pub(crate) struct SqlitePlace {
    path: PathBuf,
    _folder: Option<TempDir>,
}

impl Place for SqlitePlace {
    type Destination = Sqlite;

    const CALLED: &str = "SQLite";

    async fn new() -> SqlitePlace {
        let folder = TempDir::new().unwrap();
        SqlitePlace { path: folder.path().join("shop.db"), _folder: Some(folder) }
    }

    fn name(&self) -> String {
        self.path.to_str().unwrap().to_owned()
    }

    fn named(name: &str) -> SqlitePlace {
        SqlitePlace { path: name.into(), _folder: None }
    }

    fn destination(&self) -> Sqlite {
        Sqlite::at(&self.path)
    }

    async fn rows(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let columns: Vec<_> = columns.iter().map(|name| format!("\"{name}\"")).collect();
        let sql = format!("SELECT {} FROM \"{table}\"", columns.join(", "));
        let mut rows = query(&Connection::open(&self.path).unwrap(), &sql);
        rows.sort();
        rows
    }

    async fn counts(&self, table: &str, columns: &[&str]) -> Vec<String> {
        if self.columns(table).await.is_empty() {
            return Vec::new();
        }
        let sql = counts(table, columns);
        split(&query(&Connection::open(&self.path).unwrap(), &sql))
    }

    async fn delete(&self, table: &str) {
        let drop = format!("DROP TABLE \"{table}\"");
        Connection::open(&self.path).unwrap().execute_batch(&drop).unwrap();
    }

    async fn check(&self) {
        let connection = Connection::open(&self.path).unwrap();
        assert_eq!(query(&connection, "PRAGMA integrity_check"), ["ok"]);
    }

    async fn type_of(&self, table: &str, column: &str) -> String {
        let sql = format!("SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}'");
        query(&Connection::open(&self.path).unwrap(), &sql).remove(0)
    }

    async fn columns(&self, table: &str) -> Vec<String> {
        let sql = format!("SELECT name FROM pragma_table_info('{table}')");
        query(&Connection::open(&self.path).unwrap(), &sql)
    }
}

/// Runs every test on every destination.
macro_rules! on_every_destination {
    ($($module:ident: $($test:ident),+;)+) => {
        on_every_destination!(@ sqlite SqlitePlace $($module: $($test),+;)+);
        on_every_destination!(@ parquet ParquetPlace $($module: $($test),+;)+);
        #[cfg(feature = "adbc-tests")]
        on_every_destination!(@ adbc_postgres AdbcPostgresPlace $($module: $($test),+;)+);
        #[cfg(feature = "adbc-tests")]
        on_every_destination!(@ adbc_sqlite AdbcSqlitePlace $($module: $($test),+;)+);
        #[cfg(feature = "delta-tests")]
        on_every_destination!(@ delta DeltaPlace $($module: $($test),+;)+);
        #[cfg(feature = "duckdb-tests")]
        on_every_destination!(@ duckdb DuckDbPlace $($module: $($test),+;)+);
        #[cfg(feature = "postgres-tests")]
        on_every_destination!(@ postgres PostgresPlace $($module: $($test),+;)+);
    };
    (@ $name:ident $place:ident $($module:ident: $($test:ident),+;)+) => {
        mod $name {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    crate::suite::$module::$test::<crate::suite::$place>().await;
                }
            )+}
        )+}
    };
}

on_every_destination! {
    types: the_table_of_types_is_true;
    strategies:
        append_adds_and_a_second_run_adds_again,
        replace_puts_the_new_rows_in_the_place_of_the_old,
        a_replace_without_records_empties_the_tables,
        merge_updates_by_its_key_and_the_last_record_counts,
        merge_by_a_key_that_is_not_declared,
        merge_by_several_columns,
        a_merge_key_removes_what_is_not_there_any_more,
        insert_only_keeps_the_rows_that_are_there,
        scd2_keeps_the_versions_of_rows,
        scd2_with_a_merge_key_ends_only_what_shares_it,
        scd2_by_a_column_and_names_of_ones_own,
        scd2_by_a_column_keeps_records_that_share_its_value,
        hard_delete_removes_rows_and_those_of_their_lists,
        dedup_sort_says_which_record_counts,
        dedup_sort_compares_numbers_by_size,
        an_upsert_removes_elements_that_are_gone,
        every_strategy_again_changes_nothing,
        records_that_share_a_key_are_told,
        rows_are_counted_by_what_becomes_of_them,
        a_load_that_is_resumed_counts_what_it_changes,
        rows_with_nothing_but_a_key_are_counted,
        rows_of_lists_and_deletions_are_not_counted,
        what_needs_everything_does_not_begin_behind_the_last_run;
    nesting:
        nested_records_are_columns_and_lists_are_tables,
        what_is_declared_has_its_types,
        lists_in_lists_are_tables_of_tables,
        max_table_nesting_keeps_the_rest_as_json,
        json_that_is_declared_stays_whole,
        what_is_deep_stays_json;
    contracts:
        undeclared_fields_become_columns_as_they_show_up,
        values_of_another_type_go_beside,
        a_field_shares_no_column_with_values_of_another,
        a_declared_field_has_its_column_to_itself,
        numbers_keep_their_digits,
        numbers_of_a_million_digits_are_text,
        a_key_of_another_type_is_told_so,
        a_frozen_type_is_an_error,
        a_discarded_type_has_no_value,
        frozen_tables_take_no_lists,
        fields_that_would_be_one_column_are_an_error,
        lists_that_would_be_one_table_are_an_error,
        a_record_without_any_value_is_not_lost,
        a_record_that_is_left_out_leaves_no_columns,
        records_that_are_left_out_are_counted,
        columns_are_known_to_the_next_run,
        a_column_that_is_declared_later_keeps_its_values,
        a_column_that_is_declared_with_another_type_is_refused,
        a_column_that_is_declared_no_longer_gets_the_field_all_the_same,
        a_column_that_is_declared_no_longer_keeps_its_type,
        a_list_that_is_declared_no_longer_goes_with_its_rows;
    deleted:
        a_list_whose_table_is_deleted_is_loaded_again,
        a_list_that_loading_would_not_bring_back_is_not_passed_over,
        a_deleted_table_leaves_no_element_twice,
        a_deleted_table_leaves_no_element_behind;
    keyed:
        a_key_that_is_not_declared_has_the_type_of_its_values,
        a_key_may_be_within_another_field,
        a_deletion_needs_its_key_only;
    shared:
        resources_share_a_table_that_they_describe_alike,
        what_one_resource_may_lack_the_table_may_lack,
        resources_that_would_replace_each_other_share_no_table;
    renamed:
        a_source_of_another_name_may_declare_other_rows,
        a_source_of_another_name_goes_on_with_the_same_load;
    restored: what_could_not_begin_is_shown;
    failures:
        a_load_that_breaks_off_goes_on,
        a_replace_that_breaks_off_leaves_the_old_rows,
        columns_that_came_before_the_break_are_there_behind_it,
        a_load_whose_rows_would_be_others_begins_anew,
        a_load_goes_on_in_a_table_that_another_pipeline_has_extended,
        records_that_cannot_be_stored_are_set_aside,
        the_last_row_counts_behind_records_that_are_not_stored,
        where_records_are_set_aside_is_no_table_of_others,
        what_is_not_unique_is_told_with_how_to_mend_it,
        one_resource_that_fails_leaves_the_others,
        a_run_that_is_resumed_does_what_one_run_would_have_done,
        what_one_resource_refuses_no_other_begins,
        a_resource_that_keeps_failing_does_not_keep_others_from_being_updated,
        a_run_is_ended_by_full_refresh_and_by_other_resources,
        two_runs_at_once_are_told_so,
        state_is_shown_and_forgotten,
        a_run_that_is_stopped_commits_what_has_come_and_goes_on,
        a_limit_stops_each_resource_and_the_next_run_goes_on;
}
