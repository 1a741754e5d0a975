//! Paths that end in a placeholder lead to one record, or to a list that must not be stored as one.

use std::fmt::Write as _;

use axum::{http::HeaderMap, response::IntoResponse};
use expect_test::expect;
use rest_source::{
    Error, Fetch,
    plan::{End, Endpoint, Inferred, Paginator, ResourcePlan, Selector},
};
use serde_json::{Value, json};

use crate::{
    pagination::{cursor, keys},
    shown::shown,
    support::{Server, client},
};

/// What comes of a fetch that is taken for one of one record, from a server that answers so.
async fn fetch(endpoint: Endpoint, body: &str, link: Option<&str>) -> Result<Vec<Value>, Error> {
    let mut headers = HeaderMap::new();
    if let Some(link) = link {
        headers.insert("link", link.parse().unwrap());
    }
    let body = body.to_owned();
    let server = Server::answering(move |_| (headers.clone(), body.clone()).into_response()).await;
    let plan = ResourcePlan::new("lines", endpoint, &[]);
    Fetch::<Value>::of_plan(&client(&server), plan).all().await
}

fn entity() -> Endpoint {
    let inferred = Inferred { data_selector: true, paginator: true, ..Inferred::DEFAULT };
    let endpoint = Endpoint::new(&[], Some(Selector::ROOT), Paginator::SinglePage);
    Endpoint { inferred, ..endpoint }
}

const NEXT: Option<&str> = Some("</lines?page=2>; rel=\"next\"");

#[tokio::test]
async fn a_list_is_not_stored_as_one_record() {
    let (mut texts, mut paged_texts) = (String::new(), String::new());
    for body in [
        r#"{"data":[{"id":1},{"id":2}]}"#,
        r#"{"data":[{"id":1}],"next":"/lines?page=2"}"#,
        r#"{"data":[{"id":1}],"next_cursor":"a","has_more":true}"#,
        r#"{"items":[],"total":0,"page":1}"#,
        r#"{"lines":[{"id":1}],"count":1}"#,
        r#"{"data":{"lines":[{"sku":"a"}],"page":{"size":1,"totalElements":3}}}"#,
        r#"{"results":[{"id":1}],"copyright":"x","has_more":false,"num_results":1}"#,
        r#"{"hits":{"total":{"value":1},"hits":[{"id":1}]},"took":3}"#,
        r#"{"_embedded":{"lines":[{"id":1}]},"_links":{"self":{"href":"/a"}}}"#,
        r#"{"kind":"shop#lines","items":[{"id":1}]}"#,
        r#"{"items":null,"total":0,"limit":10}"#,
        r#"{"id":7,"name":"a","items":[{"id":1}],"has_more":true}"#,
        r#"{"orders":[{"id":1}],"refunds":[{"id":2}],"has_more":false}"#,
    ] {
        let error = fetch(entity(), body, None).await.expect_err(body);
        _ = writeln!(texts, "{body}\n{}", shown(&error));
        // The same whatever the paginator, and none of it where the file says where the records are.
        let inferred = Inferred { data_selector: true, paginator: false, ..Inferred::DEFAULT };
        let paged = Endpoint { inferred, paginator: cursor(End::NONE), ..entity() };
        let error = fetch(paged, body, None).await.expect_err(body);
        _ = writeln!(paged_texts, "{}", shown(&error));
        let declared = Endpoint { inferred: Inferred::default(), ..entity() };
        assert_eq!(fetch(declared, body, None).await.unwrap().len(), 1, "{body}");
    }
    expect![[r#"
        {"data":[{"id":1},{"id":2}]}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: data` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"data":[{"id":1}],"next":"/lines?page=2"}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: data` and `paginator: {type: json_link, next_url_path: next}`, or `data_selector: $` if the object itself is the record
        {"data":[{"id":1}],"next_cursor":"a","has_more":true}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: data` and `paginator: {type: cursor, cursor_path: next_cursor, cursor_param: cursor, has_more_path: has_more}`, or `data_selector: $` if the object itself is the record
        {"items":[],"total":0,"page":1}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: items` and `paginator: {type: page_number, base_page: 1, page_param: page, total_path: null}`, or `data_selector: $` if the object itself is the record
        {"lines":[{"id":1}],"count":1}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: lines` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"data":{"lines":[{"sku":"a"}],"page":{"size":1,"totalElements":3}}}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: data.lines` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"results":[{"id":1}],"copyright":"x","has_more":false,"num_results":1}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: results` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"hits":{"total":{"value":1},"hits":[{"id":1}]},"took":3}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: hits.hits` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"_embedded":{"lines":[{"id":1}]},"_links":{"self":{"href":"/a"}}}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: _embedded.lines` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"kind":"shop#lines","items":[{"id":1}]}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: items` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"items":null,"total":0,"limit":10}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file where its records are by `data_selector` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"id":7,"name":"a","items":[{"id":1}],"has_more":true}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file where its records are by `data_selector` and `paginator: auto`, or `data_selector: $` if the object itself is the record
        {"orders":[{"id":1}],"refunds":[{"id":2}],"has_more":false}
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file where its records are by `data_selector` and `paginator: auto`, or `data_selector: $` if the object itself is the record
    "#]].assert_eq(&texts);
    expect![[r#"
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: data`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: data`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: data`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: items`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: lines`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: data.lines`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: results`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: hits.hits`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: _embedded.lines`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file `data_selector: items`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file where its records are by `data_selector`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file where its records are by `data_selector`, or `data_selector: $` if the object itself is the record
        lines, page 1: the response is a list, and would be stored as one record because the path ends in a placeholder; say in the file where its records are by `data_selector`, or `data_selector: $` if the object itself is the record
    "#]].assert_eq(&paged_texts);
}

#[tokio::test]
async fn a_record_with_lists_in_it_is_one_record() {
    for body in [
        r#"{"id":1,"items":[{"sku":"a"},{"sku":"b"}],"total":2}"#,
        r#"{"id":1,"items":[{"sku":"a"}],"next":"/lines/2"}"#,
        r#"{"order_no":"A1","items":[{"sku":"a"}],"total":2,"currency":"EUR"}"#,
        r#"{"number":5,"items":[{"sku":"a"}],"total":1}"#,
        r#"{"items":[{"sku":"a"}],"total":12.5,"status":"open"}"#,
        r#"{"currency":"EUR","items":[],"total":0}"#,
        r#"{"data":{"id":1,"lines":[{"sku":"a"}]}}"#,
        r#"{"data":{"name":"a","lines":[{"sku":"a"}]}}"#,
        r#"{"data":{"id":1},"included":[{"id":2}]}"#,
        r#"{"symbol":"A","data":[{"close":1}]}"#,
        r#"{"labels":["a","b"],"data":[1,2]}"#,
        r#"{"name":"a","tags":["x"],"count":1}"#,
        r#"{"user":{"id":1},"orders":[{"id":2}]}"#,
        r#"{"id":"i","lines":{"object":"list","data":[{"id":1}],"has_more":true,"url":"/l"}}"#,
        r#"{"slug":"a","next":"/articles/b","previous":null}"#,
        r#"{"total":12}"#,
        r#"{"count":0}"#,
        r#"{"open":3,"closed":0,"total":3}"#,
        r#"{"name":"a"}"#,
    ] {
        assert_eq!(fetch(entity(), body, None).await.expect(body).len(), 1, "{body}");
    }
    let list = fetch(entity(), r#"[{"id":1},{"id":2}]"#, None).await.unwrap();
    assert_eq!(list, [json!({"id": 1}), json!({"id": 2})]);
}

#[tokio::test]
async fn more_pages_of_one_record_are_an_error() {
    let mut texts = String::new();
    for body in [r#"[{"id":1},{"id":2}]"#, r#"{"sha":"a","files":[{"name":"b"}]}"#] {
        let error = fetch(entity(), body, NEXT).await.expect_err(body);
        _ = writeln!(texts, "{}", shown(&error));
        let declared = Inferred { data_selector: true, paginator: false, ..Inferred::DEFAULT };
        let declared = Endpoint { inferred: declared, ..entity() };
        assert!(fetch(declared, body, NEXT).await.is_ok(), "{body}");
    }
    expect![[r#"
        lines, page 1: there are more records (the `link` header leads to /lines?…), but one page is fetched because the path ends in a placeholder; say in the file `paginator: header_link`, or `paginator: single_page` if that is all
        lines, page 1: there are more records (the `link` header leads to /lines?…), but one page is fetched because the path ends in a placeholder; say in the file `paginator: header_link`, or `paginator: single_page` if that is all
    "#]].assert_eq(&texts);
    // Where the file says where the records are, the path says no more than that there is one page.
    let inferred = Inferred { data_selector: false, paginator: true, ..Inferred::DEFAULT };
    let selecting = Endpoint { inferred, data_selector: Some(keys("data")), ..entity() };
    let body = r#"{"data":[{"id":1}],"meta":{"next_cursor":"abc"}}"#;
    let error = fetch(selecting.clone(), body, None).await.unwrap_err();
    expect![[r#"lines, page 1: there are more records (`meta.next_cursor` is "abc"), but one page is fetched because the path ends in a placeholder; say in the file `paginator: {type: cursor, cursor_path: meta.next_cursor, cursor_param: cursor}`, or `paginator: single_page` if that is all"#]].assert_eq(&shown(&error));
    let body = r#"{"data":[{"id":1}],"meta":{"next_cursor":null}}"#;
    assert_eq!(fetch(selecting, body, None).await.unwrap().len(), 1);
}
