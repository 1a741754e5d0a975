//! Values of the paginator in the texts of a request, `{paginator.cursor}`, and what else a request for a page
//! has that others have not.

use std::fmt::Write as _;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use expect_test::expect;
use rest_source::{
    Error, Fetch, NextRequest, PageResponse, Paginate,
    plan::{
        Body, Cursor, End, FirstPageParams, HeaderCursor, HeaderLink, JsonLink, JsonTemplate,
        Method, Offset, PageNumber, PageSize, PageValue, Paginator, Param, Part, Place,
        ResourcePlan, Selector, Str, Template, Total,
    },
};
use serde_json::{Value, json};

use crate::{
    pagination::{keys, param, plan, template},
    shown::shown,
    support::{Log, SOURCE, Seen, Server, builder, client},
};

fn whole() -> Template {
    Template(vec![Part::PageCursor(Selector::ROOT)].into())
}

fn within(before: &str, part: Part, after: &str) -> Template {
    let text = |text: &str| Part::Text(Str::from(text.to_owned()));
    Template(vec![text(before), part, text(after)].into())
}

fn of_param(name: &str, value: Template) -> Param {
    Param { name: template(name), value, ..Param::DEFAULT }
}

fn cursor(place: Place) -> Cursor {
    Cursor { cursor_path: keys("next"), place, ..Cursor::DEFAULT }
}

/// A plan whose parameters have these values.
fn with_params(paginator: Paginator, params: Vec<Param>) -> ResourcePlan {
    let mut plan = plan(paginator);
    plan.endpoint.params = params.into();
    plan
}

/// A plan with a JSON body.
fn with_body(paginator: Paginator, members: Vec<(Template, JsonTemplate)>) -> ResourcePlan {
    let mut plan = plan(paginator);
    plan.endpoint.method = Method::Post;
    plan.endpoint.body = Some(Body::Json(JsonTemplate::Object(members.into())));
    plan
}

/// What a server sees that gives these responses one after the other: addresses and bodies; and the
/// records or the error.
async fn run(plan: ResourcePlan, responses: &[Value]) -> (Vec<String>, Result<Vec<Value>, Error>) {
    let responses = responses.to_vec();
    let server = Server::answering(move |seen: Seen| match responses.get(seen.number - 1) {
        Some(response) => response.to_string().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
    .await;
    let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await;
    (server.seen().iter().map(request).collect(), records)
}

fn request(seen: &Seen) -> String {
    let query: Vec<String> =
        seen.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let header = seen.headers.get("x-after").map(|value| value.to_str().unwrap());
    [seen.path.as_str(), &query.join("&"), &seen.body, header.unwrap_or_default()]
        .join(" ")
        .trim()
        .to_owned()
}

async fn requests(plan: ResourcePlan, responses: &[Value]) -> String {
    let (seen, records) = run(plan, responses).await;
    assert_eq!(records.unwrap().len(), responses.len());
    seen.join("\n") + "\n"
}

fn two() -> [Value; 2] {
    [json!({"data": [1], "next": "a b"}), json!({"data": [2]})]
}

#[tokio::test]
async fn the_first_page_has_no_page_cursor() {
    let params = || {
        vec![
            of_param("after", whole()),
            of_param("query", within("from(", Part::PageCursor(Selector::ROOT), ")")),
            of_param("kind", template("all")),
        ]
    };
    let plan = |cursor: Cursor| with_params(Paginator::Cursor(cursor), params());
    expect![[r"
        /events query=from()&kind=all
        /events after=a b&query=from(a b)&kind=all
    "]]
    .assert_eq(&requests(plan(cursor(Place::Text)), &two()).await);
    let initial = Cursor { initial_cursor: Some("*".into()), ..cursor(Place::Text) };
    expect![[r"
        /events after=*&query=from(*)&kind=all
        /events after=a b&query=from(a b)&kind=all
    "]]
    .assert_eq(&requests(plan(initial), &two()).await);
    // A parameter that the file names is sent beside the texts.
    let named = Cursor { initial_cursor: Some("".into()), ..cursor(param("cursor")) };
    expect![[r"
        /events after=&query=from()&kind=all&cursor=
        /events after=a b&query=from(a b)&kind=all&cursor=a b
    "]]
    .assert_eq(&requests(plan(named), &two()).await);
}

#[tokio::test]
async fn headers_forms_and_paths_name_it() {
    let mut plan = plan(Paginator::HeaderCursor(HeaderCursor {
        header: "X-Next".into(),
        place: Some(Place::Text),
        initial_cursor: Some("start".into()),
        ..HeaderCursor::DEFAULT
    }));
    plan.endpoint.path = within("/events/", Part::PageCursor(Selector::ROOT), "/list");
    plan.endpoint.headers = vec![(template("X-After"), whole())].into();
    plan.endpoint.method = Method::Post;
    plan.endpoint.body = Some(Body::Form(vec![(template("after"), whole())].into()));
    let server = Server::answering(|seen: Seen| {
        let next = if seen.number == 1 { "a/b" } else { "" };
        ([("x-next", next)], json!({"data": [seen.number]}).to_string())
    })
    .await;
    let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
    assert_eq!(records, [1, 2]);
    let seen: Vec<String> = server.seen().iter().map(request).collect();
    expect![[r#"
        [
            "/events/start/list  after=start start",
            "/events/a%2Fb/list  after=a%2Fb a/b",
        ]
    "#]]
    .assert_debug_eq(&seen);
}

#[tokio::test]
async fn whole_values_of_a_body_are_any_json() {
    let members = vec![
        (template("after"), JsonTemplate::Text(whole())),
        (template("list"), JsonTemplate::List(vec![JsonTemplate::Text(whole())].into())),
        (template("id"), JsonTemplate::Text(Template(vec![Part::PageCursor(keys("id"))].into()))),
    ];
    let plan = with_body(Paginator::Cursor(cursor(Place::Json)), members);
    let responses = [
        json!({"data": [1], "next": {"id": 7, "at": [1.5, null]}}),
        json!({"data": [2], "next": {"at": "x"}}),
        json!({"data": [3]}),
    ];
    expect![[r#"
        /events  {"list":[]}
        /events  {"after":{"at":[1.5,null],"id":7},"id":7,"list":[{"at":[1.5,null],"id":7}]}
        /events  {"after":{"at":"x"},"list":[{"at":"x"}]}
    "#]]
    .assert_eq(&requests(plan, &responses).await);
}

#[tokio::test]
async fn a_page_cursor_that_has_no_text_is_an_error() {
    let mut said = String::new();
    let responses = [json!({"data": [1], "next": [1, "1"]})];
    let text = |place| with_params(Paginator::Cursor(cursor(place)), vec![of_param("q", whole())]);
    let members = Cursor { sends_members: true, ..cursor(param("cursor")) };
    let member = Template(vec![Part::PageCursor(keys("id"))].into());
    let member = with_params(Paginator::Cursor(cursor(Place::Json)), vec![of_param("q", member)]);
    for (plan, response) in [
        (text(Place::Text), json!({"data": [1], "next": [1, "1"]})),
        (text(param("after")), json!({"data": [1], "next": {"a": 1}})),
        (plan(Paginator::Cursor(members.clone())), json!({"data": [1], "next": {"a": [1]}})),
        (plan(Paginator::Cursor(members)), json!({"data": [1], "next": [1]})),
        (member.clone(), json!({"data": [1], "next": {"id": {"a": 1}}})),
        (member, json!({"data": [1], "next": "a"})),
    ] {
        let (_, records) = run(plan, &[response]).await;
        let error = records.unwrap_err();
        assert_eq!(error.page(), Some(1), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        events, page 1: the page cursor at `next` must be a text or a number to be part of a text; an object or a list can be sent as a whole value of a JSON body, `"{paginator.cursor}"`, found [1,"1"]
        events, page 1: the page cursor at `next` must be a text or a number to be sent as a parameter; an object or a list can be sent in a JSON body, by `cursor_body_path`, found {"a":1}
        events, page 1: the page cursor at `next` has a member that is an object or a list, and each must be a text or a number to be sent as the parameter of its name, found {"a":[1]}
        events, page 1: the page cursor at `next` must be a text or a number to be sent as a parameter; an object or a list can be sent in a JSON body, by `cursor_body_path`, found [1]
        events, page 1: {"a":1} cannot stand in an address, a header or a form
        events, page 1: the page cursor "a" has no members, and so no `id`
    "#]].assert_eq(&said);
    // The same list again is noticed.
    let plan = with_body(
        Paginator::Cursor(cursor(Place::Json)),
        vec![(template("after"), JsonTemplate::Text(whole()))],
    );
    let again = [responses[0].clone(), json!({"data": [2], "next": [1, "1"]})];
    let error = run(plan, &again).await.1.unwrap_err();
    assert!(error.is_stuck());
    expect![[r#"events, page 2: the page cursor came a second time, and following it would fetch the same pages for ever: the server seems not to look at `{paginator.cursor}` where the request has it, found "[1,\"1\"]""#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn members_are_parameters_of_their_names() {
    let members = Cursor { sends_members: true, ..cursor(param("cursor")) };
    let responses = [
        json!({"data": [1], "next": {"b": 2, "a": "x y", "c": null}}),
        json!({"data": [2], "next": "text"}),
        json!({"data": [3], "next": {"c": ""}}),
    ];
    expect![[r"
        /events
        /events a=x y&b=2
        /events cursor=text
    "]]
    .assert_eq(&requests(plan(Paginator::Cursor(members)), &responses).await);
    let of_two = Cursor {
        cursor_paths: vec![("id".into(), keys("next.id")), ("t".into(), keys("meta.t"))].into(),
        sends_members: true,
        ..cursor(param("cursor"))
    };
    let responses = [
        json!({"data": [1], "next": {"id": 1}, "meta": {"t": "z"}}),
        json!({"data": [2], "next": {"id": 2}, "meta": {"t": null}}),
        json!({"data": [3], "next": {"id": 0}, "meta": {"t": 5}}),
        json!({"data": [4], "next": {"id": null}}),
    ];
    expect![[r"
        /events
        /events id=1&t=z
        /events id=2
        /events id=0&t=5
    "]]
    .assert_eq(&requests(plan(Paginator::Cursor(of_two)), &responses).await);
}

#[tokio::test]
async fn parameters_of_the_first_page_are_not_sent_with_others() {
    let plan = |first_page_params| {
        let page_size =
            Some(PageSize { place: param("limit"), records: 5.into(), ..PageSize::DEFAULT });
        let initial_cursor = Some("*".into());
        let cursor =
            Cursor { first_page_params, page_size, initial_cursor, ..cursor(param("after")) };
        let params = vec![of_param("sort", template("id")), of_param("kind", template("all"))];
        with_params(Paginator::Cursor(cursor), params)
    };
    let named = FirstPageParams::Named(vec!["sort".into()].into());
    expect![[r"
        /events sort=id&kind=all&limit=5&after=*
        /events kind=all&limit=5&after=a b
    "]]
    .assert_eq(&requests(plan(named), &two()).await);
    expect![[r"
        /events sort=id&kind=all&limit=5&after=*
        /events limit=5&after=a b
    "]]
    .assert_eq(&requests(plan(FirstPageParams::All), &two()).await);
}

/// Where the total is known, pages that texts ask for are requested at the same time.
#[tokio::test]
async fn offsets_in_texts_are_requested_ahead() {
    let (server, most) = Server::counting(|seen: Seen| {
        let start: u64 = seen.param("q").unwrap()[1..].parse().unwrap();
        json!({"data": (start..start + 10).collect::<Vec<_>>(), "total": 200}).to_string()
    })
    .await;
    let paginator = Paginator::Offset(Offset {
        place: Place::Text,
        page_size: PageSize { place: Place::Text, records: 10.into(), ..PageSize::DEFAULT },
        total_path: Some(keys("total")),
        ..Offset::DEFAULT
    });
    let value = Template(vec![Part::Text("+".into()), Part::Paginator(PageValue::Offset)].into());
    let plan = with_params(paginator, vec![of_param("q", value)]);
    let records = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
    assert_eq!(records, (0..200).map(Value::from).collect::<Vec<_>>());
    assert_eq!(server.seen().len(), 20);
    assert!(most.load(std::sync::atomic::Ordering::SeqCst) > 1);
}

/// A paginator that gives nothing to texts.
#[derive(Clone)]
struct Once;

impl Paginate for Once {
    fn ask(&self, _: &mut NextRequest<'_>) {}

    fn advance(
        &mut self,
        _: &PageResponse<'_>,
    ) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
        Ok(false)
    }

    fn state(&self) -> Value {
        Value::Null
    }

    fn restore(&mut self, _: Value) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Ok(())
    }
}

#[tokio::test]
async fn a_paginator_of_ones_own_gives_nothing_to_texts() {
    let server = Server::answering(|_| "{\"data\": []}".to_owned()).await;
    let client = builder(&SOURCE).base_url(server.url()).paginator("events", Once).build().unwrap();
    let plan = with_params(Paginator::Cursor(cursor(Place::Text)), vec![of_param("q", whole())]);
    let error = Fetch::<Value>::of_plan(&client, plan).all().await.unwrap_err();
    expect!["events: a text of the endpoint names a value of the file's paginator, which another one has replaced"].assert_eq(&shown(&error));
    assert!(server.seen().is_empty());
}

/// A server whose pages have these headers and bodies.
async fn with_headers(pages: Vec<(&'static str, String, Value)>) -> Server {
    Server::answering(move |seen: Seen| -> Response {
        let Some((name, value, body)) = pages.get(seen.number - 1).cloned() else {
            return StatusCode::NOT_FOUND.into_response();
        };
        ([(name, value)], body.to_string()).into_response()
    })
    .await
}

fn page(numbers: std::ops::Range<u64>) -> Value {
    json!({"data": numbers.map(|id| json!({"id": id})).collect::<Vec<_>>()})
}

#[tokio::test]
async fn links_that_cannot_be_followed_are_errors() {
    let mut said = String::new();
    let base = Paginator::JsonLink(JsonLink {
        next_url_path: keys("next"),
        base_path: Some(keys("base")),
        ..JsonLink::DEFAULT
    });
    for response in [
        json!({"data": [1], "next": "/b"}),
        json!({"data": [1], "next": "/b", "base": 7}),
        json!({"data": [1], "next": "/b", "base": "https://elsewhere.example/x"}),
    ] {
        let error = run(plan(base.clone()), &[response]).await.1.unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    let link = |params: Vec<(Str, Template)>| {
        Paginator::HeaderLink(HeaderLink {
            rel: "next".into(),
            link_params: params.into(),
            ..HeaderLink::DEFAULT
        })
    };
    // No link has such a parameter, though there is a next one.
    let server =
        with_headers(vec![("link", "<?page=2>; rel=next; results=true".into(), page(0..2))]).await;
    let plan = plan(link(vec![("result".into(), "true".into())]));
    let error = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap_err();
    said.extend([&shown(&error), "\n"]);
    expect![[r#"
        events, page 1: the link to the next page is relative, and there is no address at `base` that it could be appended to; if it is relative to the address that answered, leave `base_path` out
        events, page 1: the link to the next page is relative, and there is no address at `base` that it could be appended to; if it is relative to the address that answered, leave `base_path` out, found 7
        events, page 2: https://elsewhere.example/x/b is not asked: credentials stay at URL; if elsewhere.example may see them, too, add it to `allowed_hosts` of `client`
        events, page 1: the response has no link (`link_params: {result: true}`), but there are more records: the `link` header leads to ?…; the response shows `paginator: header_link`
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_total_may_be_in_a_header() {
    let offset = |step: Option<u64>| {
        Paginator::Offset(Offset {
            place: param("offset"),
            page_size: PageSize { place: param("limit"), records: 2.into(), ..PageSize::DEFAULT },
            offset_step: step.map(Into::into),
            total_header: Some("X-Total".into()),
            ..Offset::DEFAULT
        })
    };
    let pages = Paginator::PageNumber(PageNumber {
        base_page: 1.into(),
        page: 1.into(),
        place: param("page"),
        total_header: Some("X-Total".into()),
        ..PageNumber::DEFAULT
    });
    let follows = Paginator::Cursor(Cursor {
        end: End { total: Total::Header("X-Total".into()), ..End::NONE },
        ..cursor(param("after"))
    });
    let mut said = String::new();
    for (paginator, total) in [
        (offset(None), "3"),
        (offset(None), "items 0-1/3"),
        (offset(Some(1)), "3"),
        (offset(Some(100)), " 3 "),
        (pages.clone(), "3"),
        (offset(None), "many"),
        (offset(None), "*"),
        (pages, "0-1/*"),
        (follows.clone(), "3"),
        (follows.clone(), "many"),
        (follows, "*"),
    ] {
        let server = with_headers(vec![
            ("x-total", total.to_owned(), page(0..2)),
            ("x-total", total.to_owned(), page(2..3)),
        ])
        .await;
        let log = Log::of_all();
        let name = paginator.name();
        let records = Fetch::<Value>::of_plan(&client(&server), plan(paginator)).all().await;
        let records = records.map(|records| records.len()).map_err(|error| shown(&error));
        let seen: Vec<String> = server.seen().iter().map(request).collect();
        let warnings = log.warnings();
        let _ = writeln!(said, "{name} {total}: {records:?} {seen:?} {}", warnings.trim());
    }
    expect![[r#"
        offset 3: Ok(3) ["/events offset=0&limit=2", "/events offset=2&limit=2"] 
        offset items 0-1/3: Ok(3) ["/events offset=0&limit=2", "/events offset=2&limit=2"] 
        offset 3: Ok(3) ["/events offset=0&limit=2", "/events offset=1&limit=2"] 
        offset  3 : Ok(3) ["/events offset=0&limit=2", "/events offset=100&limit=2"] 
        page_number 3: Ok(3) ["/events page=1", "/events page=2", "/events page=3"] `x-total` said that there are 3 pages, but the server has no page for `page=3`, where the fetch ends: the total has shrunk, or the pages before were short resource="events"
        offset many: Err("events, page 1: the total at `x-total` must be a whole number, found many") ["/events offset=0&limit=2"] 
        offset *: Ok(3) ["/events offset=0&limit=2", "/events offset=2&limit=2", "/events offset=3&limit=2"] 
        page_number 0-1/*: Ok(3) ["/events page=1", "/events page=2", "/events page=3"] 
        cursor 3: Err("events, page 1: the response has no page cursor (`cursor_path: next`), but there are more records: `x-total` is 3 and 2 came") ["/events"] 
        cursor many: Err("events, page 1: there is no whole number at `x-total`, where the total is; if the API sends none, leave `total_header` out, found many") ["/events"] 
        cursor *: Ok(2) ["/events"] 
    "#]].assert_eq(&said);
}
