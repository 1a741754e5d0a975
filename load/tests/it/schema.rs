//! Tables and columns: any name, added columns, and what is refused.

use expect_test::expect;
use rest_source::{
    Timestamp,
    plan::{
        Contract,
        DataType::{self, Bigint, Text},
        WriteDisposition::{self, Append, Merge, Replace},
    },
};
use rest_source_load::ErrorKind;
use rusqlite::Connection;

use crate::{
    shown::shown,
    suite::{Place, SqlitePlace, earlier::columns_that_are_missing_are_added},
    support::{Cell, Database, Resource, Shop, row},
};

fn table(name: &str, columns: &[&str], disposition: WriteDisposition) -> Resource {
    let table = Resource::new(name, disposition);
    columns.iter().fold(table, |table, column| table.column(column, Text))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[tokio::test]
async fn any_name_works_for_tables_and_columns() {
    let database = Database::new();
    let names = [
        "order",
        "select",
        "a\"b",
        "a'b",
        "a`b]c[",
        "two words",
        "créé",
        "日本",
        "🙂",
        "7shifts",
        "User-ID",
        "a.b",
        "a;--",
        "rowid",
        "%s",
        "?1",
        ":name",
        "",
        "_",
        "excluded",
    ];
    for disposition in [Append, Merge, Replace] {
        for name in names {
            let odd = Resource::new(name, disposition).column("key", Text);
            let odd = odd.column(name, Text).primary_key(&["key"]);
            let odd = odd.page([row!["K", name]]).page([row!["L", "x"]]);
            database.load(&odd).await.unwrap_or_else(|error| panic!("{name:?}: {error}"));
            let (table, column) = (quoted(name), quoted(name));
            let sql = format!("SELECT {column} FROM {table} WHERE key = 'K'");
            assert_eq!(database.query(&sql), [name], "{disposition:?}");
            database.execute(&format!("DROP TABLE {table}"));
        }
    }
}

#[tokio::test]
async fn a_key_may_have_an_odd_name() {
    let database = Database::new();
    for key in ["a\"b", "order", "créé", "rowid"] {
        for merge_key in [&[][..], &[key]] {
            let odd = Resource::new("odd", Merge)
                .column(key, Text)
                .primary_key(&[key])
                .merge_key(merge_key)
                .page([row!["1"], row!["1"], row!["2"]]);
            database.load(&odd).await.unwrap();
            database.load(&odd).await.unwrap();
            assert_eq!(database.query("SELECT count(*) FROM odd"), ["2"], "{key}");
            database.execute("DROP TABLE odd");
        }
    }
}

#[tokio::test]
async fn columns_that_are_declared_later_are_added() {
    for disposition in [Append, Merge, Replace] {
        let database = Database::new();
        let old = table("payments", &["id"], disposition).primary_key(&["id"]);
        database.load(&old.page([row!["P1"]])).await.unwrap();
        let new = table("payments", &["note", "id"], disposition).primary_key(&["id"]);
        database.load(&new.page([row!["new", "P2"]])).await.unwrap();
        let rows = database.query("SELECT id, note FROM payments ORDER BY id");
        let expected: &[_] = match disposition {
            Replace => &["P2|new"],
            _ => &["P1|NULL", "P2|new"],
        };
        assert_eq!(rows, expected, "{disposition:?}");
    }
}

#[tokio::test]
async fn columns_that_are_declared_no_longer_stay() {
    let database = Database::new();
    let old = table("payments", &["id", "note"], Merge).primary_key(&["id"]);
    database.load(&old.page([row!["P1", "kept"]])).await.unwrap();
    let new = table("payments", &["id"], Merge).primary_key(&["id"]);
    database.load(&new.page([row!["P1"], row!["P2"]])).await.unwrap();
    let rows = database.query("SELECT id, note FROM payments ORDER BY id");
    assert_eq!(rows, ["P1|kept", "P2|NULL"]);
}

#[tokio::test]
async fn a_column_that_must_have_a_value_must_stay_declared() {
    let database = Database::new();
    let mut old = table("payments", &["id", "note"], Append);
    old.plan.columns.to_mut()[1].nullable = false;
    database.load(&old.page([row!["P1", "kept"]])).await.unwrap();
    let new = table("payments", &["id"], Append).page([row!["P2"]]);
    let error = database.load(&new).await.unwrap_err();
    assert!(error.failures()[0].error.is_schema());
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the table's column `note` must have a value, and the source does not declare it any more; declare it again, or rename the table so that a new one is created"#]].assert_eq(&shown(&error));
    assert_eq!(database.query("SELECT id FROM payments"), ["P1"]);
}

#[tokio::test]
async fn a_column_declared_half_way_does_not_keep_an_append_from_going_on() {
    let database = Database::new();
    let old = table("payments", &["id"], Append).page([row!["P1"]]).page([row!["P2"]]);
    old.fail_at(2);
    database.load(&old).await.unwrap_err();
    let new = table("payments", &["id", "note"], Append);
    let new = new.page([row!["P1", "a"]]).page([row!["P2", "b"]]);
    database.load(&new).await.unwrap();
    let rows = database.query("SELECT id, note FROM payments ORDER BY id");
    assert_eq!(rows, ["P1|NULL", "P2|b"]);
}

#[tokio::test]
async fn another_type_for_a_column_is_refused() {
    let database = Database::new();
    let of = |data_type: DataType, cell: Cell| {
        Resource::new("payments", Append).column("amount", data_type).page([vec![cell]])
    };
    database.load(&of(Text, Box::new(Some("1".to_owned())))).await.unwrap();
    let error = database.load(&of(Bigint, Box::new(2_i64))).await.unwrap_err();
    let failure = &error.failures()[0];
    assert_eq!(failure.error.kind(), ErrorKind::Schema);
    let text = failure.to_string();
    expect!["payments: the table's column `amount` is TEXT, and the source declares a type that is stored as INTEGER; columns are only ever added, so rename the old column or the table, or declare the old type"].assert_eq(&shown(&text));
    assert_eq!(database.query("SELECT amount FROM payments"), ["1"]);
}

#[tokio::test]
async fn a_column_that_is_renamed_makes_room_for_one_of_another_type() {
    let database = Database::new();
    let of = |data_type| Resource::new("payments", Append).column("at", data_type);
    database.load(&of(Text).page([row!["now"]])).await.unwrap();
    let at: Timestamp = "2024-01-02T03:04:05Z".parse().unwrap();
    let new = || of(DataType::Timestamp).page([row![Some(at)]]);
    let text = database.load(&new()).await.unwrap_err().to_string();
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the table's column `at` holds text, and the source declares timestamp; columns are only ever added, so rename the old column or the table, or declare the old type"#]].assert_eq(&shown(&text));
    database.execute("ALTER TABLE payments RENAME at TO said");
    database.load(&new()).await.unwrap();
    database.load(&new()).await.unwrap();
    assert_eq!(database.query("SELECT count(at), count(said) FROM payments"), ["2|1"]);
}

#[tokio::test]
async fn numbers_of_any_size_are_stored_alike() {
    let database = Database::new();
    let of = |data_type| Resource::new("payments", Append).column("amount", data_type);
    for data_type in [DataType::Decimal, DataType::Wei, DataType::Decimal] {
        database.load(&of(data_type).page([])).await.unwrap();
    }
}

#[tokio::test]
async fn a_list_that_was_deleted_is_done_without_by_the_statement_that_is_told() {
    let database = Database::new();
    let payments = Resource::new("payments", Append).column("id", Text);
    let payments = payments.page_with_extra([(row!["1"], [("list", "[1]")].into_iter().collect())]);
    database.load(&payments).await.unwrap();
    database.execute("DROP TABLE payments__list");
    let text = database.load(&payments).await.unwrap_err().to_string();
    database.execute(text.split('`').find(|part| part.starts_with("DELETE")).unwrap());
    database.load(&payments).await.unwrap();
    assert_eq!(database.query("SELECT count(*) FROM payments__list"), ["1"]);
}

#[tokio::test]
async fn names_that_sqlite_cannot_tell_apart_or_keeps_for_itself_are_refused() {
    let database = Database::new();
    let cases = [
        vec![table("Payments", &["id"], Append), table("payments", &["id"], Append)],
        vec![table("payments", &["userId", "userid"], Append)],
        vec![table("payments", &["_Row_id"], Append)],
        vec![table("sqlite_payments", &["id"], Append)],
        vec![table("_rest_source_state", &["id"], Append)],
        vec![table("payments", &["a\0b"], Append)],
    ];
    let mut said = String::new();
    for resources in cases {
        let error = database.pipeline().run(&Shop(resources)).await.unwrap_err();
        assert!(error.is_schema(), "{error}");
        said.extend([&shown(&error), "\n"]);
        assert!(!database.path.exists());
    }
    expect![[r#"
        the resources `Payments` and `payments` would both be stored in the table `payments`, because SQLite ignores upper and lower case; give one of them another `table_name`
        table `payments`: the columns `userId` and `userid` would be one column of the table `payments`
        table `payments`: the column name `_Row_id` is reserved for the loader
        table `sqlite_payments`: names that begin with `_rest_source_` or `sqlite_` are reserved; give the resource another `name`
        table `_rest_source_state`: names that begin with `_rest_source_` or `sqlite_` are reserved; give the resource another `name`
        table `payments`: a name with a zero byte cannot be stored
    "#]].assert_eq(&said);
    // The case of letters beyond ASCII does tell names apart.
    let shop = Shop(vec![table("é", &["ü", "Ü"], Append), table("É", &["id"], Append)]);
    database.pipeline().run(&shop).await.unwrap();
}

#[tokio::test]
async fn merging_needs_a_key_that_can_be_there() {
    let database = Database::new();
    let mut frozen = table("payments", &["name"], Merge).primary_key(&["id"]);
    frozen.plan.schema_contract.columns = Contract::Freeze;
    let cases = [table("payments", &["id"], Merge), frozen];
    let mut said = String::new();
    for resource in cases {
        let error = database.load(&resource).await.unwrap_err();
        assert!(error.is_schema(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        table `payments`: `merge` needs a `primary_key` or a `merge_key`
        table `payments`: declare the key `id` under `columns`
    "#]]
    .assert_eq(&said);
}

#[tokio::test]
async fn what_an_earlier_version_has_made_gets_the_columns_that_it_lacks() {
    let place = SqlitePlace::new().await;
    columns_that_are_missing_are_added(&place, async |sql| {
        Connection::open(place.name()).unwrap().execute_batch(sql).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_new_table_has_the_key_that_its_rows_are_merged_by() {
    let database = Database::new();
    let of = |name: &str, disposition, key: &[&str]| {
        let items = Resource::new(name, disposition).column("id", Text).column("at", Text);
        items.primary_key(key).page([row!["1", "a"]])
    };
    database.load(&of("merged", Merge, &["id"])).await.unwrap();
    database.load(&of("appended", Append, &["id"])).await.unwrap();
    let keys = |table: &str| {
        let sql = format!("SELECT name, \"notnull\", pk FROM pragma_table_info('{table}')");
        database.query(&sql)
    };
    assert_eq!(keys("merged"), ["id|1|1", "at|0|0"]);
    assert_eq!(keys("appended"), ["id|1|0", "at|0|0"]);

    // With another key the table is made again, with what somebody has added to it.
    database
        .execute("CREATE INDEX of_mine ON merged (at); CREATE VIEW mine AS SELECT at FROM merged");
    database.load(&of("merged", Merge, &["at"])).await.unwrap();
    assert_eq!(keys("merged"), ["id|0|0", "at|0|0"]);
    assert_eq!(database.query("SELECT * FROM mine"), ["a"]);
    let mine = "SELECT tbl_name FROM sqlite_schema WHERE name = 'of_mine'";
    assert_eq!(database.query(mine), ["merged"]);
}
