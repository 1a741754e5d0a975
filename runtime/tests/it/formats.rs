//! Bodies of other formats than JSON: lines of JSON, CSV, XML, and what may be around them.

use std::io::Write as _;

use axum::response::IntoResponse;
use expect_test::expect;
use flate2::{Compression, write::GzEncoder};
use rest_source::{
    Error, Fetch,
    plan::{
        Action, BodyFilter, Choice, Column, Csv, Cursor, DataType, Encoding, Endpoint, Filter,
        Jsonl, Link, Paginator, Place, ResourcePlan, ResponseAction, ResponseFormat, Selector,
        Step, Syntax,
    },
};
use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    shown::shown,
    support::{Seen, Server, items, json_path, member, plan_of, text, with},
};

fn csv(csv: Csv) -> Endpoint {
    of(Syntax::Csv(csv))
}

fn of(syntax: Syntax) -> Endpoint {
    let response_format = ResponseFormat { syntax, ..ResponseFormat::DEFAULT };
    Endpoint { response_format, ..items() }
}

fn xml(path: &[&'static str]) -> Endpoint {
    let keys = path.iter().map(|key| (*key).into()).collect();
    Endpoint { data_selector: Some(Selector::Keys(keys)), ..of(Syntax::Xml) }
}

fn columns(endpoint: Endpoint, columns: Vec<Column>) -> ResourcePlan {
    ResourcePlan { columns: columns.into(), ..plan_of(endpoint) }
}

fn typed() -> Vec<Column> {
    vec![
        Column::new("id", DataType::Bigint),
        Column::new("name", DataType::Text),
        Column::new("price", DataType::Decimal),
        Column::new("open", DataType::Bool),
        Column::new("at", DataType::Timestamp),
        Column::new("tags", DataType::Json),
    ]
}

/// What comes of a body, sent with a content type.
async fn fetched(
    plan: impl Into<ResourcePlan>,
    content_type: &'static str,
    body: impl AsRef<[u8]>,
) -> Result<Vec<Value>, Error> {
    let body = body.as_ref().to_vec();
    let server = Server::answering(move |_| {
        ([("content-type", content_type)], body.clone()).into_response()
    })
    .await;
    let client = with(&server, |_| {}).build().unwrap();
    Fetch::of_plan(&client, plan.into()).all().await
}

async fn fails(plan: ResourcePlan, content_type: &'static str, body: impl AsRef<[u8]>) -> String {
    let error = fetched(plan, content_type, body).await.unwrap_err();
    assert!(error.is_decode() || error.is_status(), "{error}");
    shown(&error)
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[tokio::test]
async fn rows_are_typed_by_their_columns() {
    let body = "\u{feff}id, name ,price,open,at,tags,other\r\n\
                1,\"a, \"\"b\"\"\nc\",1.50,yes,2024-01-02T03:04:05Z,\"[1,2]\",7\r\n\
                \r\n\
                +2,,,,,,\n\
                3, x ,1e2,FALSE,2024-01-02 03:04:05,plain,";
    let records = fetched(columns(csv(Csv::DEFAULT), typed()), "text/csv", body).await.unwrap();
    let expected = json!([
        {"id": 1, "name": "a, \"b\"\nc", "price": 1.50, "open": true, "at": "2024-01-02T03:04:05Z", "tags": [1, 2], "other": "7"},
        {"id": "+2", "name": "", "price": null, "open": null, "at": null, "tags": null, "other": ""},
        {"id": 3, "name": " x ", "price": 1e2, "open": false, "at": "2024-01-02 03:04:05", "tags": "plain", "other": ""},
    ]);
    assert_eq!(Value::from(records), expected);
}

#[tokio::test]
async fn rows_may_have_other_characters_and_no_header() {
    let plan = Csv {
        delimiter: ";".into(),
        quote: Some("'".into()),
        columns: Some(vec!["a".into(), "b".into()].into()),
        skip_lines: 2,
        ..Csv::DEFAULT
    };
    let body = "Report of\nToday\n1;'x;y'\n2;\"";
    let records = fetched(plan_of(csv(plan)), "text/plain", body).await.unwrap();
    assert_eq!(Value::from(records), json!([{"a": "1", "b": "x;y"}, {"a": "2", "b": "\""}]));

    let tabs = Csv { delimiter: "\t".into(), quote: None, ..Csv::DEFAULT };
    let records =
        fetched(plan_of(csv(tabs)), "text/tab-separated-values", "a\tb\n\"x\ty\n").await.unwrap();
    assert_eq!(Value::from(records), json!([{"a": "\"x", "b": "y"}]));

    let mut endpoint = csv(Csv::DEFAULT);
    endpoint.response_format.encoding = Some(Encoding::Windows1252);
    let records = fetched(plan_of(endpoint), "text/csv", b"a,b\n\xe9,1\n").await.unwrap();
    assert_eq!(Value::from(records), json!([{"a": "é", "b": "1"}]));
}

#[tokio::test]
async fn a_header_alone_is_no_record_and_an_empty_body_an_error() {
    let none = fetched(columns(csv(Csv::DEFAULT), typed()), "text/csv", "id,name\n").await.unwrap();
    assert!(none.is_empty());
    let plan = columns(csv(Csv::DEFAULT), typed());
    expect![[r#"
        items, page 1: the response (text/csv) has no row with the names of the fields
          help: if the API sends that where there are no records, say `data_selector_required: false`; if it names no fields, list them, `response_format: {type: csv, columns: [id, name]}`"#]]
    .assert_eq(&fails(plan.clone(), "text/csv", "").await);
    let mut plan = plan;
    plan.endpoint.data_selector_required = false;
    assert!(fetched(plan, "text/csv", "\n").await.unwrap().is_empty());
    let named = Csv { columns: Some(vec!["a".into()].into()), ..Csv::DEFAULT };
    assert!(fetched(plan_of(csv(named)), "text/csv", "").await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_no_table_is_an_error() {
    let known = || columns(csv(Csv::DEFAULT), typed());
    let unknown = || plan_of(csv(Csv::DEFAULT));
    let mut said = String::new();
    for (plan, content_type, body) in vec![
        (known(), "text/html", "<!DOCTYPE html><html><body>Sorry</body></html>"),
        (known(), "application/json", "{\"error\": \"no such report\"}"),
        (unknown(), "text/csv", "{\"id\": 1}\n{\"id\": 2}\n"),
        (unknown(), "text/csv", "<?xml version=\"1.0\"?><error/>"),
        (known(), "text/csv", "Too many requests, wait\n"),
        (unknown(), "text/plain", "Service unavailable"),
        (unknown(), "text/html", "Error\nplease log in\n"),
        (known(), "text/csv", "id,name\n1,a\n2\n3,c\n"),
        (known(), "text/csv", "id,name\n1,\"a\nb\",c\n"),
        (known(), "text/csv", "id,name\n1,\"a\n2,b\n"),
        (known(), "text/csv", "id,name,id\n1,a,2\n"),
        (known(), "text/csv", "id,,name\n1,a,2\n"),
        (unknown(), "text/csv", "a;b\n1,5;2\n"),
    ] {
        said.extend([&fails(plan, content_type, body).await, "\n"]);
    }
    expect![[r#"
        items, page 1: the response (text/html) is an HTML page, where `response_format` says `csv`, found <!DOCTYPE html><html><body>Sorry</body></html>
        items, page 1: the response (application/json) is JSON, where `response_format` says `csv`, found {"error": "no such report"}
          help: if that is what the API sends, say `response_format: json`
        items, page 1: the response (text/csv) is a JSON value on each line, where `response_format` says `csv`, found {"id": 1} {"id": 2}
          help: if that is what the API sends, say `response_format: jsonl`
        items, page 1: the response (text/csv) is XML, where `response_format` says `csv`, found <?xml version="1.0"?><error/>
          help: if that is what the API sends, say `response_format: xml`
        items, page 1: the response (text/csv) has none of the fields that the description names in its first row, found Too many requests, wait
          help: if it passes, `response_actions` can have it requested again, `{content: "…", action: retry}`; if rows come after some other lines, `skip_lines` says after how many
        items, page 1: the response (text/plain) is text and no table, found Service unavailable
          help: if it passes, `response_actions` can have it requested again, `{content: "…", action: retry}`; if rows come after some other lines, `skip_lines` says after how many
        items, page 1: the response (text/html) is text and no table, found Error please log in
          help: if it passes, `response_actions` can have it requested again, `{content: "…", action: retry}`; if rows come after some other lines, `skip_lines` says after how many
        items, page 1: the response (text/csv) has a row of 1 field at line 3, where 2 are expected, found 2
          help: if fields are between other characters, say which, `response_format: {type: csv, delimiter: ";"}`
        items, page 1: the response (text/csv) has a row of 3 fields at line 2, where 2 are expected, found 1,"a
          help: if fields are between other characters, say which, `response_format: {type: csv, delimiter: ";"}`
        items, page 1: the response (text/csv) has a quote that is never closed, in the row at line 2, found 1,"a
          help: fields without quotes around them are read with `quote: null`
        items, page 1: the response (text/csv) has two fields of the name `id` in line 1, found id,name,id
          help: name the fields yourself, `response_format: {type: csv, skip_lines: 1, columns: [id, name]}`; if rows come after some other lines, `skip_lines` says after how many
        items, page 1: the response (text/csv) has no name for field 2 in line 1, found id,,name
          help: name the fields yourself, `response_format: {type: csv, skip_lines: 1, columns: [id, name]}`; if rows come after some other lines, `skip_lines` says after how many
        items, page 1: the response (text/csv) has a row of 2 fields at line 2, where 1 are expected, found 1,5;2
          help: if fields are between other characters, say which, `response_format: {type: csv, delimiter: ";"}`
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn lines_of_json_are_records_or_have_them() {
    let lines = of(Syntax::Jsonl(Jsonl::DEFAULT));
    let body = "\u{feff}{\"id\":1}\r\n\n  {\"id\": 2.50}\n{\"id\":3}";
    let records = fetched(plan_of(lines.clone()), "application/x-ndjson", body).await.unwrap();
    assert_eq!(Value::from(records), json!([{"id": 1}, {"id": 2.50}, {"id": 3}]));
    assert!(fetched(plan_of(lines.clone()), "text/plain", "\n\n").await.unwrap().is_empty());

    let selector = Some(Selector::Keys(vec!["data".into(), "rows".into()].into()));
    let inner = of(Syntax::Jsonl(Jsonl { data_selector: selector, ..Jsonl::DEFAULT }));
    let body = "{\"data\":{\"rows\":[{\"id\":1},{\"id\":2}]}}\n{\"data\":{\"rows\":{\"id\":3}}}\n";
    let records = fetched(plan_of(inner.clone()), "text/plain", body).await.unwrap();
    assert_eq!(Value::from(records), json!([{"id": 1}, {"id": 2}, {"id": 3}]));

    let mut said = String::new();
    for (endpoint, body) in [
        (&lines, "{\"id\":1}\n{\"id\":2"),
        (&lines, "{\"id\":1}\n{\"id\":}\n{\"id\":3}\n"),
        (&lines, "{\n  \"id\": 1\n}\n"),
        (&lines, "[{\"id\":1},\n{\"id\":2}]"),
        (&lines, "<html></html>"),
        (&inner, "{\"data\":{\"rows\":[]}}\n{\"meta\":{}}\n"),
    ] {
        said.extend([&fails(plan_of(endpoint.clone()), "text/plain", body).await, "\n"]);
    }
    expect![[r#"
        items, page 1: the response (text/plain) is cut short in line 2: EOF while parsing an object at line 1 column 7, found {"id":2
        items, page 1: the response (text/plain) has no JSON in line 2 (expected value at line 1 column 7), found {"id":}
        items, page 1: the response (text/plain) has no JSON in line 1 (EOF while parsing an object at line 1 column 1), found {
          help: it is one JSON document: say `response_format: json`
        items, page 1: the response (text/plain) is a JSON list, where `response_format` says `jsonl`, found [{"id":1}, {"id":2}]
          help: if that is what the API sends, say `response_format: json`
        items, page 1: the response (text/plain) is an HTML page, where `response_format` says `jsonl`, found <html></html>
        items, page 1: the response (text/plain) has in line 2: the data selector `data.rows` matches nothing: the response has the keys `meta`; if the API leaves it out where there are no records, write `data_selector_required: false`, or `data.rows[*]` for the selector, found {"meta":{}}
    "#]].assert_eq(&said);

    let error = fetched(
        plan_of(lines),
        "application/json",
        "{\"error\":{\"code\":5,\"message\":\"no\"}}\n",
    );
    assert!(error.await.unwrap_err().is_status());
}

fn list(name: &'static str, items: Column) -> Column {
    Column { items: Some(Link::from(items)), ..Column::new(name, DataType::Json) }
}

#[tokio::test]
async fn elements_are_records() {
    let body = r#"<?xml version="1.0" encoding="UTF-8"?>
        <!-- a comment -->
        <orders xmlns="urn:a" xmlns:x="urn:b" page="1" total="2">
          <order id="7" state="">
            <x:name>A &amp; B &#233;</x:name>
            <price currency="EUR"> 1.50 </price>
            <line><sku>a</sku></line>
            <line><sku>b</sku></line>
            <tag>one</tag>
            <note/>
            <memo><![CDATA[<b>]]></memo>
            <gone x:nil="true"/>
          </order>
          <next>abc</next>
          <order id="8"><tag>two</tag>mixed</order>
        </orders>"#;
    let records = fetched(plan_of(xml(&["orders", "order"])), "text/xml", body).await.unwrap();
    let expected = json!([
        {"@id": "7", "@state": "", "x:name": "A & B é", "price": {"@currency": "EUR", "#text": "1.50"},
         "line": [{"sku": "a"}, {"sku": "b"}], "tag": "one", "note": null, "memo": "<b>", "gone": null},
        {"@id": "8", "tag": "two", "#text": "mixed"},
    ]);
    assert_eq!(Value::from(records), expected);

    let declared = vec![
        Column::new("@id", DataType::Bigint),
        Column::new("price", DataType::Decimal),
        list("tag", Column::new("", DataType::Text)),
        Column::new("note", DataType::Text),
    ];
    let plan = columns(xml(&["orders", "order"]), declared);
    let records = fetched(plan, "text/xml", body).await.unwrap();
    let of = |name: &str| -> Vec<&Value> { records.iter().map(|record| &record[name]).collect() };
    assert_eq!(of("@id"), [&json!(7), &json!(8)]);
    assert_eq!((of("price")[0], of("note")[0]), (&json!(1.50), &json!("")));
    assert_eq!(of("tag"), [&json!(["one"]), &json!(["two"])]);
}

#[tokio::test]
async fn elements_may_be_none_or_deep_or_the_root() {
    let path = || plan_of(xml(&["rss", "channel", "item"]));
    let several =
        "<rss><channel><item><a>1</a></item></channel><channel><t/><item>2</item></channel></rss>";
    let records = fetched(path(), "text/xml", several).await.unwrap();
    assert_eq!(Value::from(records), json!([{"a": "1"}, {"#text": "2"}]));
    assert!(fetched(path(), "text/xml", "<rss><channel/></rss>").await.unwrap().is_empty());
    let one = fetched(plan_of(xml(&["order"])), "text/xml", "<order><id>1</id></order>").await;
    assert_eq!(Value::from(one.unwrap()), json!([{"id": "1"}]));

    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a><b>\xe9</b></a>";
    let records = fetched(plan_of(xml(&["a", "b"])), "text/xml", latin).await.unwrap();
    assert_eq!(Value::from(records), json!([{"#text": "é"}]));

    let mut said = String::new();
    for body in [
        "<rss></rss>",
        "<Error><Code>AccessDenied</Code></Error>",
        "<rss><channel><item>",
        "<rss><channel><item></rss>",
        "<rss>&unknown;</rss>",
        "<!DOCTYPE html><html></html>",
        "{\"a\": 1}",
        "id,name\n1,2\n",
        "",
    ] {
        said.extend([&fails(path(), "text/xml", body).await, "\n"]);
    }
    expect![[r#"
        items, page 1: the data selector `rss.channel.item` matches nothing: `rss` is null; if the API leaves it out where there are no records, write `data_selector_required: false`, or `rss.channel.item[*]` for the selector
        items, page 1: GET URL/items answered 200 OK and reports an error in place of records; if it means something else, `response_actions` say so, `{where: "@.Error", action: ignore}`, or `action: accept` for a record (1 try in … s): {"Error":{"Code":"AccessDenied"}}
        items, page 1: the response (text/xml) ends within `rss.channel.item`, in line 1, found <rss><channel><item>
        items, page 1: the response (text/xml) is not well-formed XML (ill-formed document: expected `</item>`, but `</rss>` was found), in line 1, found <rss><channel><item></rss>
        items, page 1: the response (text/xml) has the unknown entity `&unknown;`, in line 1, found <rss>&unknown;</rss>
        items, page 1: the response (text/xml) is an HTML page, where `response_format` says `xml`, found <!DOCTYPE html><html></html>
        items, page 1: the response (text/xml) is JSON, where `response_format` says `xml`, found {"a": 1}
          help: if that is what the API sends, say `response_format: json`
        items, page 1: the response (text/xml) is no XML, where `response_format` says `xml`, found id,name 1,2
          help: if that is what the API sends, say `response_format: xml`
        items, page 1: the response (text/xml) is empty
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn gzip_and_archives_are_undone_whatever_the_headers_say() {
    let plan = || plan_of(csv(Csv::DEFAULT));
    let expected = json!([{"id": "1", "name": "a"}, {"id": "2", "name": "b"}]);
    let (one, two): (&[u8], &[u8]) = (b"id,name\n1,a\n", b"name,id\nb,2\n");
    let both = b"id,name\n1,a\n2,b\n";
    for body in [
        gzip(both),
        gzip(&gzip(both)),
        zip(&[("all.csv", both)]),
        zip(&[("a/1.csv", one), ("a/2.csv", two), ("__MACOSX/a/._1.csv", b"\0")]),
        zip(&[("1.csv.gz", &gzip(one)), ("2.csv.gz", &gzip(two))]),
        gzip(&zip(&[("all.csv", both)])),
        [gzip(b"id,name\n1,a\n"), gzip(b"2,b\n")].concat(),
    ] {
        let records = fetched(plan(), "application/octet-stream", body).await.unwrap();
        assert_eq!(Value::from(records), expected);
    }
    let records =
        fetched(plan_of(items()), "application/zip", gzip(b"[{\"id\":1}]")).await.unwrap();
    assert_eq!(Value::from(records), json!([{"id": 1}]));
    let records = fetched(plan_of(items()), "application/zip", zip(&[("a.json", b"[{\"id\":1}]")]));
    assert_eq!(Value::from(records.await.unwrap()), json!([{"id": 1}]));

    let mut chosen = csv(Csv::DEFAULT);
    chosen.response_format.files = Some("API_*.csv".into());
    let archive = zip(&[("Metadata.csv", b"x\n1\n"), ("b/API_1.csv", both)]);
    let records = fetched(plan_of(chosen.clone()), "application/zip", archive).await.unwrap();
    assert_eq!(Value::from(records), expected);

    let error =
        fetched(plan_of(chosen), "application/zip", zip(&[("a.csv", one)])).await.unwrap_err();
    assert!(error.to_string().contains("no file is `API_*.csv`"), "{error}");
    let several = zip(&[("a.json", b"[]"), ("b.json", b"[]")]);
    let error = fails(plan_of(items()), "application/zip", several).await;
    assert!(error.contains("files: \"NAME*.json\""), "{error}");
    let broken = zip(&[("a.csv", one), ("b.csv", b"name,id\nb\n")]);
    let error = fails(plan(), "application/zip", broken).await;
    assert!(error.contains("line 2 of `b.csv`"), "{error}");
}

#[tokio::test]
async fn what_unpacks_to_too_much_is_refused() {
    let bomb = vec![b'x'; 1 << 20];
    let wide = [b"a".repeat(1000), b"\n".to_vec(), b"1\n".repeat(1000)].concat();
    for (body, is_bomb) in [
        (gzip(&bomb), true),
        (zip(&[("a.csv", &bomb)]), true),
        (gzip(&gzip(&bomb)), true),
        (wide, false),
    ] {
        let server = Server::answering(move |_| body.clone()).await;
        let client = with(&server, |_| {}).max_body_bytes(100_000).build().unwrap();
        let fetch = Fetch::<Value>::of_plan(&client, plan_of(csv(Csv::DEFAULT)));
        let error = fetch.all().await.unwrap_err();
        let said = if is_bomb {
            "answered more than 100000 bytes"
        } else {
            "more than 100000 bytes of JSON"
        };
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn bodies_that_are_cut_are_requested_again() {
    let whole = b"id,name\n1,a\n2,b\n".to_vec();
    let packed = gzip(&whole);
    let archive = zip(&[("a.csv", &whole)]);
    for body in [packed, archive] {
        let server = Server::answering(move |seen: Seen| {
            let end = if seen.number == 1 { body.len() - 9 } else { body.len() };
            body[..end].to_vec()
        })
        .await;
        let client = with(&server, |_| {}).build().unwrap();
        let records: Vec<Value> =
            Fetch::of_plan(&client, plan_of(csv(Csv::DEFAULT))).all().await.unwrap();
        assert_eq!((records.len(), server.seen().len()), (2, 2));
    }
}

#[tokio::test]
async fn pages_follow_the_last_row() {
    let server = Server::answering(|seen: Seen| {
        let after: usize = seen.param("after").map_or(0, |after| after.parse().unwrap());
        let rows = (after + 1..=5).take(2).map(|id| format!("{id},n{id}\n"));
        format!("id,name\n{}", rows.collect::<String>())
    })
    .await;
    let last = json_path(
        "$[-1].id",
        vec![Choice::One(Step::Index(-1)), Choice::One(Step::Name("id".into()))],
    );
    let endpoint = Endpoint {
        paginator: Paginator::Cursor(Cursor {
            cursor_path: last,
            place: Place::Param(text("after")),
            ..Cursor::DEFAULT
        }),
        ..csv(Csv::DEFAULT)
    };
    let client = with(&server, |_| {}).build().unwrap();
    let plan = columns(endpoint, vec![Column::new("id", DataType::Bigint)]);
    let fetch = Fetch::<Value>::of_plan(&client, plan);
    let mut pages = fetch.clone().max_pages(2).pages();
    let mut checkpoint = None;
    while let Some(page) = pages.try_next().await.unwrap() {
        checkpoint = Some(page.checkpoint);
    }
    let rest = fetch.resume(checkpoint.unwrap()).all().await.unwrap();
    assert_eq!(Value::from(rest), json!([{"id": 5, "name": "n5"}]));
}

#[tokio::test]
async fn a_body_of_another_format_is_named() {
    for (content_type, body, word) in [
        ("application/x-ndjson", "{\"id\":1}\n{\"id\":2}\n", "jsonl"),
        ("text/plain", "{\"id\":1}\n{\"id\":2}\n{\"i", "jsonl"),
        ("text/csv; charset=utf-8", "id,name\n1,2\n", "csv"),
        ("application/atom+xml", "<feed/>", "xml"),
        ("", "<?xml version=\"1.0\"?><feed/>", "xml"),
    ] {
        let error = fetched(plan_of(items()), content_type, body).await.unwrap_err();
        assert_eq!(error.response_format(), Some(word), "{error}");
        assert!(error.to_string().contains(&format!("say `response_format: {word}`")), "{error}");
    }
    let error = fetched(plan_of(items()), "text/html", "<html></html>").await.unwrap_err();
    assert_eq!(error.response_format(), None);
}

#[tokio::test]
async fn response_actions_look_into_every_format() {
    let filter = |name: &'static str| BodyFilter::Holds(Filter::Exists(member(name)));
    let rule = |filter| ResponseAction {
        filter: Some(filter),
        action: Action::Ignore,
        ..ResponseAction::DEFAULT
    };
    for (endpoint, body, filter) in [
        (xml(&["a", "b"]), "<error><code>5</code></error>", filter("error")),
        (xml(&["a", "b"]), "{\"error\": 5}", filter("error")),
        (csv(Csv::DEFAULT), "{\"error\": 5}", filter("error")),
        (csv(Csv::DEFAULT), "<html>busy</html>", BodyFilter::NotJson),
        (of(Syntax::Jsonl(Jsonl::DEFAULT)), "{\"error\": {\"code\": 5}}\n", filter("error")),
    ] {
        let failed = fetched(plan_of(endpoint.clone()), "text/plain", body).await;
        assert!(failed.is_err(), "{body}: {failed:?}");
        let mut plan = plan_of(endpoint);
        plan.endpoint.response_actions = vec![rule(filter)].into();
        assert!(fetched(plan, "text/plain", body).await.unwrap().is_empty(), "{body}");
    }
    let mut plan = plan_of(csv(Csv::DEFAULT));
    plan.endpoint.response_actions = vec![rule(BodyFilter::NotJson)].into();
    assert_eq!(fetched(plan, "text/csv", "a,b\n1,2\n").await.unwrap().len(), 1);
}
