//! Records as Arrow record batches.

use std::borrow::Cow;

use arrow_array::{Array, RecordBatch, cast::AsArray, types::Int64Type};
use expect_test::expect;
use futures_util::{FutureExt, StreamExt, stream};
use rest_source::{
    AnyResource, Source, Start,
    plan::{Contract, DataType, WriteDisposition::Append},
};
use rest_source_load::{ArrowBatch, ArrowBatches, IntoArrow};

use crate::support::{Resource, Shop, json, row};

fn any(resource: &Resource) -> AnyResource {
    Shop(vec![resource.clone()]).resources().remove(0)
}

/// Orders of two pages; the second one has a field and a list more.
fn orders() -> Resource {
    let undeclared = [("city", r#""Bonn""#), ("tags", r#"["a", "b"]"#)].into_iter().collect();
    Resource::new("orders", Append)
        .column("id", DataType::Bigint)
        .column("lines", DataType::Json)
        .page([row![1, Some(json!({"a": 1}))], row![2, None::<rest_source::Json>]])
        .page_with_extra([(row![3, Some(json!([1]))], undeclared)])
}

async fn all(mut batches: ArrowBatches) -> (Vec<ArrowBatch>, Option<String>) {
    let mut all = Vec::new();
    while let Some(batch) = batches.next().await {
        match batch {
            Ok(batch) => all.push(batch),
            Err(error) => {
                assert!(batches.next().await.is_none());
                return (all, Some(error.to_string()));
            }
        }
    }
    (all, None)
}

fn told(batches: &[ArrowBatch]) -> String {
    let tables = batches.iter().flat_map(|batch| &batch.tables);
    let lines = tables.map(|table| {
        let schema = table.rows.schema();
        let fields: Vec<_> = schema
            .fields()
            .iter()
            .filter(|field| !field.name().starts_with("_rest_source_"))
            .map(|field| {
                let data_type = &field.metadata()["data_type"];
                format!("{} {} {data_type}", field.name(), field.data_type())
            })
            .collect();
        format!("{}, {} rows: {}\n", table.name, table.rows.num_rows(), fields.join(", "))
    });
    lines.collect()
}

fn ids(batch: &RecordBatch) -> Vec<i64> {
    batch.column_by_name("id").unwrap().as_primitive::<Int64Type>().values().to_vec()
}

#[tokio::test]
async fn rows_of_a_page_are_a_batch_and_undeclared_fields_become_columns_and_tables() {
    let batches = any(&orders()).arrow(1).unwrap();
    let schemas = batches.schemas();
    assert_eq!((schemas.len(), &*schemas[0].0), (1, "orders"));
    let (batches, error) = all(batches).await;
    assert_eq!(error, None);
    expect![[r#"
        orders, 2 rows: id Int64 bigint, lines Utf8 json
        orders, 1 rows: id Int64 bigint, lines Utf8 json, city Utf8 text, _row_id Utf8 text
        orders__tags, 2 rows: _row_id Utf8 text, _parent_id Utf8 text, _root_id Utf8 text, _list_index Int64 bigint, value Utf8 text
    "#]]
    .assert_eq(&told(&batches));
    let lines = batches[0].tables[0].rows.column(1).as_string::<i32>();
    assert_eq!((lines.value(0), lines.is_null(1)), (r#"{"a":1}"#, true));
    let names = batches[1].tables[0].rows.schema();
    assert!(names.fields().iter().any(|field| field.name() == "city"));
}

#[tokio::test]
async fn lists_are_columns_of_one_table_where_that_is_wanted() {
    let start = Start::default();
    let (batches, error) = all(any(&orders()).arrow_table(1, start).unwrap()).await;
    assert_eq!(error, None);
    expect![[r#"
        orders, 2 rows: id Int64 bigint, lines Utf8 json
        orders, 1 rows: id Int64 bigint, lines Utf8 json, city Utf8 text, tags Utf8 json
    "#]]
    .assert_eq(&told(&batches));
    let tags = batches[1].tables[0].rows.column(3).as_string::<i32>();
    assert_eq!(tags.value(0), r#"["a", "b"]"#);
    // It begins where it is told.
    let start = Start::default().resume(Some(batches[0].checkpoint.clone()));
    let (rest, _) = all(any(&orders()).arrow_table(1, start).unwrap()).await;
    assert_eq!(rest.iter().flat_map(|batch| ids(&batch.tables[0].rows)).collect::<Vec<_>>(), [3]);
}

#[tokio::test]
async fn pages_are_gathered_up_to_so_many_rows() {
    for (rows, sizes) in [(0, vec![2, 1]), (2, vec![2, 1]), (3, vec![3]), (100, vec![3])] {
        let (batches, _) = all(any(&orders()).arrow(rows).unwrap()).await;
        let found: Vec<_> = batches.iter().map(|batch| batch.tables[0].rows.num_rows()).collect();
        assert_eq!(found, sizes, "{rows}");
    }
}

#[tokio::test]
async fn a_column_that_shows_up_within_a_batch_has_no_values_before() {
    let (batches, _) = all(any(&orders()).arrow(100).unwrap()).await;
    let city = batches[0].tables[0].rows.column_by_name("city").unwrap().as_string::<i32>();
    assert_eq!(city.iter().collect::<Vec<_>>(), [None, None, Some("Bonn")]);
}

#[test]
fn there_need_be_no_runtime_that_could_have_a_task() {
    let (batches, error) = all(any(&orders()).arrow(1).unwrap()).now_or_never().unwrap();
    assert_eq!((batches.len(), error), (2, None));
}

/// The task that reads ahead ends then, and says nothing.
#[tokio::test]
async fn a_source_that_panics_is_not_taken_for_one_that_has_ended() {
    let plan = Cow::Owned(orders().plan);
    let broken = AnyResource::new(plan, |_| Box::pin(stream::poll_fn(|_| panic!("it is broken"))));
    let (batches, error) = all(broken.arrow(1).unwrap()).await;
    assert!(batches.is_empty());
    expect!["the task that reads pages has ended before the last one"].assert_eq(&error.unwrap());
}

#[tokio::test]
async fn a_list_that_the_contract_does_not_allow_ends_the_stream() {
    let mut orders = orders();
    orders.plan.schema_contract.tables = Contract::Freeze;
    let (batches, error) = all(any(&orders).arrow(1).unwrap()).await;
    assert_eq!(batches.len(), 1);
    expect!["page 2, record 1: the list would be the table `orders__tags`, which is new, and `schema_contract` says `tables: freeze`; declare it as a column, or say `tables: discard_value`"].assert_eq(&error.unwrap());
}

#[tokio::test]
async fn rows_before_an_error_come_before_it_and_the_rest_behind_their_checkpoint() {
    let orders = orders();
    orders.fail_at(2);
    let (batches, error) = all(any(&orders).arrow(100).unwrap()).await;
    assert_eq!(
        batches.iter().flat_map(|batch| ids(&batch.tables[0].rows)).collect::<Vec<_>>(),
        [1, 2]
    );
    expect!["page 2 broke"].assert_eq(&error.unwrap());
    assert!(!batches[0].checkpoint.is_end());
}

#[tokio::test]
async fn a_value_that_a_column_cannot_hold_says_where_it_is() {
    let mut prices = Resource::new("prices", Append).column("price", DataType::Decimal);
    let column = &mut prices.plan.columns.to_mut()[0];
    (column.precision, column.scale) = (Some(4), Some(2));
    let prices = prices.page([row![Some("123456".parse::<rest_source::Decimal>().unwrap())]]);
    let (batches, error) = all(any(&prices).arrow(1).unwrap()).await;
    assert!(batches.is_empty());
    expect!["page 1, record 1: `price` is 123456, and its column holds 4 digits, 2 of them behind the point"].assert_eq(&error.unwrap());
}
