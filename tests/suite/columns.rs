//! Records within records, lists and words: from a server by way of generated types to a database.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

use futures_util::TryStreamExt as _;
use rest_source::{Field as _, FieldRef};
use rest_source_load::{Pipeline, Sqlite};
use rest_source_tests::orders::{Client, Option as Legal, Order, OrderLabel, OrderStatus};
use serde_json::{Value, json};

/// The orders of [`server`].
const ORDERS: &str = r#"{"orders": [
    {
        "id": "OR1", "status": "in-progress", "placed": "2024-01-02T03:04:05", "price": 12.30,
        "customer": {
            "name": "Zoë", "type": "person", "since": 2019,
            "address": {"lines": ["1 High Street", "Bath"], "country": "GB", "geo": [51.38, -2.36]}
        },
        "lineItems": [
            {"sku": "A", "quantity": "2", "taxes": [{"rate": 0.20, "self": true}]},
            {"sku": "B", "note": "a gift"}
        ],
        "labels": ["new", null, "bulky"], "grid": [[1, null], []], "string": {"a": 1},
        "total": 12345678901234567890.10
    },
    {"id": "OR2", "status": "lost", "customer": {"type": "cooperative"}, "lineItems": []}
]}"#;

/// A server that answers every request with [`ORDERS`]. It runs as long as the test.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            _ = connection.read(&mut [0; 8192]).unwrap();
            let length = ORDERS.len();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close");
            write!(connection, "{head}\r\n\r\n{ORDERS}").unwrap();
        }
    });
    format!("http://{address}")
}

fn client() -> Client {
    Client::builder().base_url(server()).build().unwrap()
}

#[tokio::test]
async fn nested_records_are_typed_to_any_depth() {
    let orders: Vec<Order> = client().orders().stream().try_collect().await.unwrap();
    let [first, second] = orders.as_slice() else { panic!("{orders:?}") };

    assert_eq!(first.status, Some(OrderStatus::InProgress));
    assert_eq!(first.placed.unwrap().to_string(), "2024-01-02T03:04:05");
    assert_eq!(first.price.unwrap().to_string(), "12.30");
    assert_eq!(first.customer.r#type, Legal::Person);
    assert_eq!(first.customer.extra.get("since"), Some(json!(2019)));
    let address = first.customer.address.as_ref().unwrap();
    assert_eq!(address.lines.as_deref().unwrap(), ["1 High Street", "Bath"]);
    assert_eq!(address.extra.raw("geo"), Some("[51.38, -2.36]"));
    let [a, b] = first.line_items.as_deref().unwrap() else { panic!("{first:?}") };
    assert_eq!((a.sku.as_str(), a.quantity), ("A", Some(2)));
    let tax = &a.taxes.as_ref().unwrap()[0];
    assert_eq!((tax.rate.unwrap().to_string().as_str(), tax.self_), ("0.20", Some(true)));
    assert_eq!((b.taxes.as_ref(), b.extra.get("note")), (None, Some(json!("a gift"))));
    let bulky = OrderLabel::Unknown("bulky".to_owned());
    assert_eq!(first.labels, Some(vec![Some(OrderLabel::New), None, Some(bulky)]));
    assert_eq!(first.grid, Some(vec![vec![Some(1.0), None], vec![]]));

    assert_eq!(second.status, Some(OrderStatus::Unknown("lost".to_owned())));
    assert_eq!(second.customer.r#type.to_string(), "cooperative");
    assert_eq!(second.line_items.as_deref(), Some(&[][..]));

    for order in &orders {
        let text = serde_json::to_string(order).unwrap();
        assert_eq!(serde_json::from_str::<Order>(&text).unwrap(), *order);
    }
    let sent: Value = serde_json::from_str(ORDERS).unwrap();
    let customer = &sent["orders"][0]["customer"];
    assert_eq!(serde_json::to_value(&first.customer).unwrap(), *customer);
    let read: rest_source_tests::orders::OrderCustomer =
        serde_json::from_value(customer.clone()).unwrap();
    assert_eq!(read, first.customer);
}

#[test]
fn words_go_to_text_and_back() {
    let words =
        ["paid", "in-progress", "30 days", "unknown", "Self", "Err", "`quoted` \\ \"word\""];
    for word in words {
        let status: OrderStatus = word.parse().unwrap();
        assert!(!matches!(status, OrderStatus::Unknown(_)), "{word}");
        assert_eq!((status.as_str(), status.to_string().as_str()), (word, word));
        assert_eq!(status.field(), FieldRef::Text(word));
        let json = serde_json::to_value(&status).unwrap();
        assert_eq!(json, word);
        assert_eq!(serde_json::from_value::<OrderStatus>(json).unwrap(), status);
    }
    assert_eq!(OrderStatus::from("PAID"), OrderStatus::Unknown("PAID".to_owned()));
    assert_eq!(OrderStatus::default(), OrderStatus::Unknown(String::new()));
    assert_eq!(format!("{:>6}", OrderStatus::Paid), "  paid");
    assert!(serde_json::from_str::<OrderStatus>("null").is_err());
    assert!(serde_json::from_str::<OrderStatus>("{}").is_err());
}

#[tokio::test]
async fn nested_records_are_columns_and_lists_are_tables_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.db");
    let client = Client::builder().base_url(server()).build().unwrap();
    let pipeline = Pipeline::new("orders", Sqlite::at(&path));
    // Of `bags` the server has nothing, so that its load fails beside that of the orders.
    assert_eq!(pipeline.run(&client).await.unwrap_err().failures().len(), 1);

    let database = rusqlite::Connection::open(path).unwrap();
    let query = |sql: &str| -> rusqlite::types::Value {
        database.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    let text = |text: &str| rusqlite::types::Value::Text(text.to_owned());
    for (expression, expected) in [
        ("status", "in-progress"),
        ("placed", "2024-01-02T03:04:05"),
        ("customer__address__country", "GB"),
        ("customer__type", "person"),
        ("string", r#"{"a":1}"#),
        ("total", "12345678901234567890.10"),
    ] {
        let sql = format!("SELECT CAST({expression} AS TEXT) FROM orders WHERE id = 'OR1'");
        assert_eq!(query(&sql), text(expected), "{expression}");
    }
    for (table, expression, expected) in [
        ("orders__customer__address__geo", "group_concat(value)", "51.38,-2.36"),
        ("orders__lineItems", "group_concat(note)", "a gift"),
        ("orders__lineItems__taxes", "min(rate)", "0.20"),
        ("orders__labels", "group_concat(value)", "new,bulky"),
        ("orders__grid__list", "group_concat(value)", "1.0"),
    ] {
        let sql = format!("SELECT {expression} FROM \"{table}\"");
        assert_eq!(query(&sql), text(expected), "{table}");
    }
}
