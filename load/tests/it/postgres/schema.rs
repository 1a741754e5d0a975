//! Datasets, tables, columns, indexes and names.

use expect_test::expect;
use rest_source::{
    Extra,
    plan::{
        Column,
        DataType::{self, Bigint, Text},
        MergeStrategy,
        WriteDisposition::{Append, Merge, Replace},
    },
};
use rest_source_load::{Destination, Pipeline, Postgres};

use super::{PostgresPlace, cluster::Cluster};
use crate::{
    shown::shown,
    suite::{Place, earlier::columns_that_are_missing_are_added, restored},
    support::{Resource, Shop, row},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_dataset_the_search_path_decides() {
    let place = PostgresPlace::new().await;
    place.execute("CREATE SCHEMA \"Search Path\"").await;
    let path = "options=-c%20search_path%3D%22Search%5C%20Path%22";
    let url = format!("{}?{path}", Cluster::get().url());
    let payments = Resource::new("payments", Append).column("id", Text).page([row!["P1"]]);
    let pipeline = Pipeline::new("test", Postgres::at(&url).unwrap());
    pipeline.run(&Shop(vec![payments.clone()])).await.unwrap();
    assert_eq!(place.query("SELECT id FROM \"Search Path\".payments").await, ["P1"]);
    assert_eq!(Postgres::at(&url).unwrap().state().await.unwrap().len(), 1);

    let url = url.replace("Search%5C%20Path", "nothing");
    let pipeline = Pipeline::new("test", Postgres::at(url).unwrap());
    let error = pipeline.run(&Shop(vec![payments])).await.unwrap_err();
    assert!(error.is_schema(), "{error}");
    expect!["no schema of the user's search path exists; name one as the dataset"]
        .assert_eq(&shown(&error));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_of_datasets_and_tables_that_cannot_be_are_refused() {
    let payments = Resource::new("payments", Append).column("id", Text).page([row!["P1"]]);
    let shop = Shop(vec![payments]);
    for name in ["", "pg_x", "a\0b", &"é".repeat(32)] {
        let postgres = Postgres::at(Cluster::get().url()).unwrap().dataset(name);
        let error = Pipeline::new("test", postgres).run(&shop).await.unwrap_err();
        assert!(error.is_schema(), "{name}: {error}");
    }
    let place = PostgresPlace::new().await;
    for (name, column) in
        [("pg_class", "id"), ("_rest_source_x", "id"), ("", "id"), ("t", ""), ("t", "xmin")]
    {
        let resource = Resource::new(name, Append).column(column, Text).page([row!["1"]]);
        let error = place.pipeline().run(&Shop(vec![resource])).await.unwrap_err();
        assert!(error.is_schema(), "{name}.{column}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_other_name_works() {
    let place = PostgresPlace::new().await;
    for name in [
        "order", "a\"b", "a'b", "User-ID", "日本", "🙂", "a;--", "$1", "excluded", "target",
        "staged",
    ] {
        for disposition in [Append, Merge, Replace] {
            let table = format!("{name} {disposition:?}");
            let table = if name == "excluded" { name } else { &table };
            let odd = Resource::new(table, disposition).column("key", Text).column(name, Text);
            let odd = odd.primary_key(&["key"]).page([row!["K", name]]).page([row!["L", "x"]]);
            place.load(&odd).await.unwrap_or_else(|error| panic!("{name:?}: {error}"));
            let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
            let sql = format!("SELECT {} FROM {} WHERE key = 'K'", quoted(name), quoted(table));
            assert_eq!(place.query(&sql).await, [name], "{disposition:?}");
            if name == "excluded" {
                place.execute("DROP TABLE excluded").await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_names_are_shortened_and_stay_apart() {
    let long = |end: &str| format!("{}{end}", "é".repeat(40));
    for strategy in [MergeStrategy::Upsert, MergeStrategy::InsertOnly, MergeStrategy::DeleteInsert]
    {
        let place = PostgresPlace::new().await;
        let resources: Vec<_> = ["a", "b"]
            .map(|end| {
                let mut resource = Resource::new(&long(end), Merge)
                    .column(&long("key"), Text)
                    .column(&long("other"), Bigint)
                    .primary_key(&[&long("key")]);
                if strategy == MergeStrategy::DeleteInsert {
                    resource = resource.merge_key(&[&long("key")]);
                }
                resource.plan.merge_strategy = strategy.clone();
                let columns = resource.plan.columns.to_mut();
                (columns[0].unique, columns[1].sort) = (true, true);
                let extra = || -> Extra {
                    [(&*long("list"), "[1]"), (&*long("list too"), "[2]")].into_iter().collect()
                };
                resource.page_with_extra([(row!["1", 1], extra()), (row!["2", 2], extra())])
            })
            .into();
        for _ in 0..2 {
            place.pipeline().run(&Shop(resources.clone())).await.unwrap();
        }
        let sql = format!(
            "SELECT relname, relkind FROM pg_class WHERE relnamespace = '\"{}\"'::regnamespace
             AND relname LIKE '%é%' ORDER BY 1",
            place.dataset,
        );
        let names = place.query(&sql).await;
        let tables: Vec<_> = names.iter().filter_map(|name| name.strip_suffix("|r")).collect();
        assert_eq!(tables.len(), 6, "{names:?}");
        // For each resource: its key, what is unique, what is sorted, its rows, and two lists.
        assert_eq!(names.len() - tables.len(), 12, "{names:?}");
        for table in tables {
            let count = place.query(&format!("SELECT count(*) FROM \"{table}\"")).await;
            assert_eq!(count, ["2"], "{table}, {strategy:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_column_of_another_type_is_refused_and_a_wider_one_is_not() {
    let place = PostgresPlace::new().await;
    let declared = |data_type, precision, scale| {
        let column = Column { precision, scale, ..Column::new("x", data_type) };
        let mut resource = Resource::new("t", Append).column("id", Text);
        resource.plan.columns.to_mut().push(column);
        resource
    };
    let mut said = String::new();
    for (present, data_type, precision, scale, is_taken) in [
        ("text", Text, None, None, true),
        ("text", Text, Some(5), None, true),
        ("varchar", Text, None, None, true),
        ("varchar(9)", Text, Some(5), None, true),
        ("varchar(4)", Text, Some(5), None, false),
        ("varchar(9)", Text, None, None, false),
        ("integer", Bigint, None, None, false),
        ("numeric", DataType::Decimal, Some(5), Some(2), true),
        ("numeric(6,3)", DataType::Decimal, Some(5), Some(2), true),
        ("numeric(6,1)", DataType::Decimal, Some(5), Some(2), false),
        ("numeric(5,3)", DataType::Decimal, Some(5), Some(2), false),
        ("numeric(5,2)", DataType::Decimal, None, None, false),
        ("numeric(78,0)", DataType::Wei, None, None, false),
        ("timestamp", DataType::Timestamp, None, None, false),
        ("timestamptz", DataType::Timestamp, Some(3), None, true),
        ("timestamptz(3)", DataType::Timestamp, None, None, false),
        ("json", DataType::Json, None, None, false),
        ("jsonb", DataType::Json, None, None, true),
        ("real", DataType::Double, None, None, false),
    ] {
        place.execute(&format!("CREATE SCHEMA IF NOT EXISTS \"{}\"", place.dataset)).await;
        place.execute(&format!("CREATE TABLE t (x {present})")).await;
        let loaded = place.load(&declared(data_type, precision, scale)).await;
        match loaded {
            Ok(_) => assert!(is_taken, "{present}, {data_type:?}"),
            Err(error) => {
                let error = &error.failures()[0].error;
                assert!(!is_taken && error.is_schema(), "{present}, {data_type:?}: {error}");
                said.extend([&shown(&error), "\n"]);
            }
        }
        place.execute("DROP TABLE t; DELETE FROM _rest_source_state").await;
    }
    expect![[r#"
        the table's column `x` is character varying(4), and the source declares a type that is stored as character varying(5); columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE character varying(5)`), rename the old column or the table, or declare the old type
        the table's column `x` is character varying(9), and the source declares a type that is stored as text; columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE text`), rename the old column or the table, or declare the old type
        the table's column `x` is integer, and the source declares a type that is stored as bigint; columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE bigint`), rename the old column or the table, or declare the old type
        the table's column `x` is numeric(6,1), and the source declares a type that is stored as numeric(5,2); columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE numeric(5,2)`), rename the old column or the table, or declare the old type
        the table's column `x` is numeric(5,3), and the source declares a type that is stored as numeric(5,2); columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE numeric(5,2)`), rename the old column or the table, or declare the old type
        the table's column `x` is numeric(5,2), and the source declares a type that is stored as numeric; columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE numeric`), rename the old column or the table, or declare the old type
        the table's column `x` is numeric(78,0), and the source declares a type that is stored as numeric; columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE numeric`), rename the old column or the table, or declare the old type
        the table's column `x` is timestamp without time zone, and the source declares a type that is stored as timestamp with time zone; columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE timestamp with time zone`), rename the old column or the table, or declare the old type
        the table's column `x` is timestamp(3) with time zone, and the source declares a type that is stored as timestamp with time zone; columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE timestamp with time zone`), rename the old column or the table, or declare the old type
        the table's column `x` is json, and the source declares a type that is stored as jsonb; columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE jsonb`), rename the old column or the table, or declare the old type
        the table's column `x` is real, and the source declares a type that is stored as double precision; columns are only ever added, so change it yourself (`ALTER TABLE "t" ALTER "x" TYPE double precision`), rename the old column or the table, or declare the old type
    "#]].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_column_that_must_have_a_value_and_is_not_declared_is_refused() {
    let place = PostgresPlace::new().await;
    place.execute(&format!("CREATE SCHEMA \"{}\"", place.dataset)).await;
    place
        .execute(
            "CREATE TABLE t (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text,
               at timestamptz NOT NULL DEFAULT now(), note text NOT NULL)",
        )
        .await;
    let resource = Resource::new("t", Merge).column("id", Text).primary_key(&["id"]);
    let resource = resource.page([row!["1"]]);
    let error = place.load(&resource).await.unwrap_err();
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          t: the table's column `note` must have a value, and the source does not declare it any more; declare it again, or rename the table so that a new one is created"#]].assert_eq(&shown(&error));
    place.execute("ALTER TABLE t ALTER note DROP NOT NULL").await;
    place.load(&resource).await.unwrap();
    assert_eq!(place.rows("t", &["n", "id"]).await, ["1|1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn indexes_follow_what_is_declared() {
    let place = PostgresPlace::new().await;
    let of = |disposition, unique, sort| {
        let mut resource = Resource::new("t", disposition).column("id", Text).column("mail", Text);
        resource = resource.primary_key(&["id"]);
        let columns = resource.plan.columns.to_mut();
        (columns[1].unique, columns[1].sort) = (unique, sort);
        resource
    };
    let indexes = || async {
        let sql = format!(
            "SELECT indexname FROM pg_indexes WHERE schemaname = '{}' AND tablename = 't' ORDER BY 1",
            place.dataset,
        );
        place.query(&sql).await
    };
    place.load(&of(Append, false, false).page([row!["1", "a"], row!["1", "a"]])).await.unwrap();
    assert!(indexes().await.is_empty());
    let error = place.load(&of(Merge, false, false).page([row!["2", "b"]])).await.unwrap_err();
    let text = error.failures()[0].error.to_string();
    assert!(error.failures()[0].error.is_schema(), "{text}");
    // What it says to do does it.
    let statement = text.split('`').nth(1).unwrap();
    place.execute(statement).await;
    place.load(&of(Merge, true, true).page([row!["2", "b"]])).await.unwrap();
    let all = ["_rest_source_key_t", "_rest_source_sort_t.mail", "_rest_source_unique_t.mail"];
    assert_eq!(indexes().await, all);
    let error = place.load(&of(Append, true, false).page([row!["3", "c"], row!["4", "b"]])).await;
    let text = error.unwrap_err().failures()[0].error.to_string();
    expect!["the description has changed since the last run (its write disposition), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice"].assert_eq(&shown(&text));
    assert_eq!(place.rows("t", &["id"]).await, ["1", "2"]);
    place.execute("ALTER TABLE t RENAME TO old").await;
    place.load(&of(Merge, true, false).page([row!["2", "b"]])).await.unwrap();
    assert_eq!(indexes().await, [all[0], all[2]]);
    // The key that a new table is made with is in nobody's way either.
    place.execute("ALTER TABLE t RENAME TO older").await;
    place.load(&of(Merge, true, false).page([row!["2", "b"]])).await.unwrap();
    assert_eq!(indexes().await, [all[0], all[2]]);
    let refresh = place.pipeline().full_refresh();
    let appended = of(Append, false, false).page([row!["2", "b"]]);
    refresh.run(&Shop(vec![appended])).await.unwrap();
    assert!(indexes().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_can_read_the_state() {
    let place = PostgresPlace::new().await;
    let resource = Resource::new("payments", Replace).column("id", Text);
    let resource = resource.page([row!["1"]]).page([row!["2"]]);
    resource.fail_at(2);
    place.load(&resource).await.unwrap_err();
    let sql = "SELECT checkpoint -> 'page', rows, now() - updated_at < '1 minute'
               FROM _rest_source_state";
    assert_eq!(place.query(sql).await, ["1|1|1"]);
    let sql =
        "SELECT run, resource, outcome, rows, ended_at IS NOT NULL, error LIKE '%page 2 broke%'
               FROM _rest_source_runs ORDER BY run";
    assert_eq!(place.query(sql).await, ["1|payments|failed|1|1|1"]);
    let sql = "SELECT count(*) FROM _rest_source_staging_1";
    assert_eq!(place.query(sql).await, ["1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_table_is_loaded_from_the_beginning_also_after_a_run_that_loaded_nothing() {
    let place = PostgresPlace::new().await;
    let payments = Resource::new("payments", Append).column("id", Text).incremental();
    let payments = payments.page([row!["P1"]]);
    place.load(&payments).await.unwrap();
    assert_eq!(place.load(&payments).await.unwrap().rows(), 0);
    place.execute("DROP TABLE payments").await;
    payments.fail_at(1);
    place.load(&payments).await.unwrap_err();
    payments.fail_at(0);
    assert_eq!(place.load(&payments).await.unwrap().rows(), 1);
    assert_eq!(place.rows("payments", &["id"]).await, ["P1"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_earlier_version_has_made_gets_the_columns_that_it_lacks() {
    let place = PostgresPlace::new().await;
    columns_that_are_missing_are_added(&place, async |sql| place.execute(sql).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_state_of_another_moment_than_its_rows_is_told() {
    let execute = async |place: &PostgresPlace, sql: String| place.execute(&sql).await;
    restored::an_append_is_refused_behind_an_older_state(execute).await;
    restored::an_older_state_with_its_rows_is_gone_on_with(execute).await;
    restored::other_states_are_no_reason_to_stop(execute).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_table_has_the_key_that_its_rows_are_merged_by() {
    let place = PostgresPlace::new().await;
    let of = |name: &str, disposition, key: &[&str]| {
        let items = Resource::new(name, disposition).column("id", Text).column("at", Text);
        items.primary_key(key).page([row!["1", "a"]])
    };
    place.load(&of("merged", Merge, &["id"])).await.unwrap();
    place.load(&of("appended", Append, &["id"])).await.unwrap();
    let keys = "SELECT c.relname, a.attname, a.attnotnull, coalesce(x.indisprimary, false)
                FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
                LEFT JOIN pg_index AS x ON x.indrelid = c.oid AND x.indisprimary
                  AND a.attnum = ANY (x.indkey)
                WHERE c.relnamespace::regnamespace::text = quote_ident(current_schema())
                  AND c.relname IN ('merged', 'appended') AND a.attnum > 0 ORDER BY 1, 2";
    let before = ["appended|at|0|0", "appended|id|1|0", "merged|at|0|0", "merged|id|1|1"];
    assert_eq!(place.query(keys).await, before);
    // What is declared otherwise later is an index, and the column may be null.
    place.load(&of("merged", Merge, &["at"])).await.unwrap();
    let after = ["appended|at|0|0", "appended|id|1|0", "merged|at|0|0", "merged|id|0|0"];
    assert_eq!(place.query(keys).await, after);
}
