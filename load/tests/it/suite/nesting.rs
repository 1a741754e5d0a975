//! Records within records, and lists.

use std::borrow::Cow;

use rest_source::{
    Decimal, Extra, Field, FieldMut, FieldRef, Record,
    plan::{
        Column,
        DataType::{self, Json, Text},
        Link,
        WriteDisposition::Append,
    },
};

use super::Place;
use crate::support::{Cell, Resource, row};

/// A resource whose records have these fields beside an id that is declared.
fn orders<const N: usize>(
    records: [(&'static str, &'static [(&'static str, &'static str)]); N],
) -> Resource {
    let orders = Resource::new("orders", Append).column("id", Text);
    orders.page_with_extra(
        records.map(|(id, members)| (row![id], members.iter().copied().collect::<Extra>())),
    )
}

pub(super) async fn nested_records_are_columns_and_lists_are_tables<P: Place>() {
    let place = P::new().await;
    let orders = orders([
        (
            "O1",
            &[
                ("customer", r#"{"name": "Zoë", "address": {"city": "Bath"}}"#),
                (
                    "lines",
                    r#"[{"sku": "A", "taxes": [{"rate": "0.2"}]}, {"sku": "B", "taxes": []}]"#,
                ),
                ("labels", r#"["new", null, "bulky"]"#),
            ],
        ),
        ("O2", &[("customer", "{}"), ("lines", "[]"), ("labels", "null")]),
        ("O3", &[("lines", r#"[{"sku": "C", "taxes": [{"rate": "0.1"}, {"rate": "0.3"}]}]"#)]),
    ]);
    place.load(&orders).await.unwrap();
    assert_eq!(
        place.rows("orders", &["id", "customer__name", "customer__address__city"]).await,
        ["O1|Zoë|Bath", "O2|NULL|NULL", "O3|NULL|NULL"]
    );
    let lines = place.rows("orders__lines", &["sku", "_list_index", "_parent_id", "_row_id"]).await;
    let lines: Vec<Vec<_>> = lines.iter().map(|row| row.split('|').collect()).collect();
    let heads: Vec<_> = lines.iter().map(|line| (line[0], line[1])).collect();
    assert_eq!(heads, [("A", "0"), ("B", "1"), ("C", "0")]);
    let orders = place.rows("orders", &["id", "_row_id"]).await;
    assert_eq!(orders[0], format!("O1|{}", lines[0][2]));
    assert_eq!(orders[2], format!("O3|{}", lines[2][2]));
    let taxes = place.rows("orders__lines__taxes", &["rate", "_parent_id", "_root_id"]).await;
    let (of_a, of_c) = (&lines[0], &lines[2]);
    assert_eq!(
        taxes,
        [
            format!("0.1|{}|{}", of_c[3], of_c[2]),
            format!("0.2|{}|{}", of_a[3], of_a[2]),
            format!("0.3|{}|{}", of_c[3], of_c[2]),
        ]
    );
    let labels = place.rows("orders__labels", &["_list_index", "value"]).await;
    assert_eq!(labels, ["0|new", "1|NULL", "2|bulky"]);
}

/// A record that is declared, with a nested one and a list of them.
#[derive(Default)]
struct Order {
    id: Option<String>,
    buyer: Option<Party>,
    parties: Option<Vec<Party>>,
    words: Option<Vec<Option<String>>>,
    extra: Extra,
}

#[derive(Default)]
struct Party {
    name: Option<String>,
    share: Option<Decimal>,
    extra: Extra,
}

fn column(name: &'static str, data_type: DataType) -> Column {
    Column::new(name, data_type)
}

static PARTY: std::sync::LazyLock<[Column; 2]> =
    std::sync::LazyLock::new(|| [column("name", Text), column("share", DataType::Decimal)]);
static ORDER: std::sync::LazyLock<[Column; 4]> = std::sync::LazyLock::new(|| {
    let party = Column { fields: Cow::Owned(PARTY.to_vec()), ..column("buyer", Json) };
    let item = Column { name: "".into(), ..party.clone() };
    let word = column("", Text);
    [
        column("id", Text),
        party,
        Column { items: Some(Link::from(item)), ..column("parties", Json) },
        Column { items: Some(Link::from(word)), ..column("words", Json) },
    ]
});

macro_rules! record {
    ($name:ident, $columns:ident, $($index:pat => $field:ident),+) => {
        impl Record for $name {
            fn columns(&self) -> &[Column] {
                &*$columns
            }
            fn field(&self, index: usize) -> FieldRef<'_> {
                match index {
                    $($index => self.$field.field(),)+
                }
            }
            fn field_mut(&mut self, index: usize) -> FieldMut<'_> {
                match index {
                    $($index => self.$field.field_mut(),)+
                }
            }
            fn extra(&self) -> &Extra {
                &self.extra
            }
            fn extra_mut(&mut self) -> &mut Extra {
                &mut self.extra
            }
        }
    };
}

record!(Party, PARTY, 0 => name, _ => share);
record!(Order, ORDER, 0 => id, 1 => buyer, 2 => parties, _ => words);

fn party(name: &str, share: &str) -> Party {
    let extra = [("vip", "true")].into_iter().collect();
    Party { name: Some(name.to_owned()), share: share.parse().ok(), extra }
}

fn declared(nesting: Option<u32>) -> Resource {
    let order = Order {
        id: Some("O1".to_owned()),
        buyer: Some(party("Zoë", "0.50")),
        parties: Some(vec![party("A", "0.1"), party("B", "0.2")]),
        words: Some(vec![Some("new".to_owned()), None]),
        extra: Extra::default(),
    };
    let mut resource = Resource::new("orders", Append);
    resource.plan.columns = Cow::Owned(ORDER.to_vec());
    resource.plan.max_table_nesting = nesting;
    let empty = Order { id: Some("O2".to_owned()), ..Order::default() };
    let cells = |order: Order| -> Vec<Cell> {
        vec![
            Box::new(order.id),
            Box::new(order.buyer),
            Box::new(order.parties),
            Box::new(order.words),
        ]
    };
    resource.page([cells(order), cells(empty)])
}

pub(super) async fn what_is_declared_has_its_types<P: Place>() {
    let place = P::new().await;
    place.load(&declared(None)).await.unwrap();
    let rows = place.rows("orders", &["id", "buyer__name", "buyer__share", "buyer__vip"]).await;
    assert_eq!(rows, ["O1|Zoë|0.50|1", "O2|NULL|NULL|NULL"]);
    let rows = place.rows("orders__parties", &["_list_index", "name", "share", "vip"]).await;
    assert_eq!(rows, ["0|A|0.1|1", "1|B|0.2|1"]);
    let rows = place.rows("orders__words", &["_list_index", "value"]).await;
    assert_eq!(rows, ["0|new", "1|NULL"]);
    // What has lists is told apart from the first record on.
    assert!(!place.rows("orders", &["_row_id"]).await.contains(&"NULL".to_owned()));
}

pub(super) async fn lists_in_lists_are_tables_of_tables<P: Place>() {
    let place = P::new().await;
    place.load(&orders([("O1", &[("grid", "[[1, 2], [], [3]]")])])).await.unwrap();
    assert_eq!(place.rows("orders__grid", &["_list_index"]).await, ["0", "1", "2"]);
    let rows = place.rows("orders__grid__list", &["value", "_list_index"]).await;
    assert_eq!(rows, ["1|0", "2|1", "3|0"]);
}

pub(super) async fn max_table_nesting_keeps_the_rest_as_json<P: Place>() {
    let place = P::new().await;
    let mut whole =
        orders([("O1", &[("lines", r#"[{"sku":"A"}]"#), ("customer", r#"{"name":"Z"}"#)])]);
    whole.plan.max_table_nesting = Some(0);
    place.load(&whole).await.unwrap();
    let rows = place.rows("orders", &["id", "lines", "customer"]).await;
    assert_eq!(without_spaces(&rows[0]), r#"O1|[{"sku":"A"}]|{"name":"Z"}"#);

    let place = P::new().await;
    let mut one = orders([(
        "O1",
        &[
            ("lines", r#"[{"sku":"A","taxes":[1]}]"#),
            ("customer", r#"{"address":{"city":"Bath"}}"#),
        ],
    )]);
    one.plan.max_table_nesting = Some(1);
    place.load(&one).await.unwrap();
    let rows = place.rows("orders", &["customer__address"]).await;
    assert_eq!(without_spaces(&rows[0]), r#"{"city":"Bath"}"#);
    assert_eq!(place.rows("orders__lines", &["sku", "taxes"]).await, ["A|[1]"]);
    assert!(place.columns("orders__lines__taxes").await.is_empty());

    let place = P::new().await;
    place.load(&declared(Some(0))).await.unwrap();
    let rows = place.rows("orders", &["id", "words"]).await;
    assert_eq!(without_spaces(&rows[0]), r#"O1|["new",null]"#);
    assert!(place.columns("orders__words").await.is_empty());
}

/// Not every destination keeps the spaces of JSON.
fn without_spaces(text: &str) -> String {
    text.replace(' ', "")
}

pub(super) async fn json_that_is_declared_stays_whole<P: Place>() {
    let place = P::new().await;
    // With its order and every digit, where the destination's type has them.
    let json: rest_source::Json =
        r#"{"b": 1.10, "a": [1, {"b": null}], "c": 12345678901234567890123}"#.parse().unwrap();
    let orders = Resource::new("orders", Append).column("id", Text).column("data", Json);
    let cells: Vec<Cell> = vec![Box::new(Some("O1".to_owned())), Box::new(Some(json))];
    place.load(&orders.page([cells])).await.unwrap();
    let rows = place.rows("orders", &["id", "data"]).await;
    let kept = if P::KEEPS_JSON {
        r#"O1|{"b":1.10,"a":[1,{"b":null}],"c":12345678901234567890123}"#
    } else {
        r#"O1|{"a":[1,{"b":null}],"b":1.10,"c":12345678901234567890123}"#
    };
    assert_eq!(without_spaces(&rows[0]), kept);
    assert_eq!(place.columns("orders").await, ["id", "data"]);
}

pub(super) async fn what_is_deep_stays_json<P: Place>() {
    let place = P::new().await;
    let deep = |depth: usize| format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
    let lists = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let orders = Resource::new("orders", Append).column("id", Text);
    let members = [("deep", deep(P::JSON_DEPTH)), ("lists", lists(P::JSON_DEPTH))];
    let extra: Extra = members.iter().map(|(name, json)| (*name, json.as_str())).collect();
    place.load(&orders.page_with_extra([(row!["O1"], extra)])).await.unwrap();
    assert_eq!(place.rows("orders", &["id"]).await, ["O1"]);
    assert!(place.columns("orders").await.len() >= 2);
}
