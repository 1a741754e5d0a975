//! Whatever fails and wherever a fetch is interrupted, each paginator gives exactly the records of
//! the server, in their order: a property, tried at random. What it was tried with stands in the
//! message of a failure, and `REST_SOURCE_SEED` tries it again.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use fastrand::Rng;
use futures_util::{StreamExt as _, stream};
use rest_source::{
    Checkpoint, Client, Error, Fetch, NextRequest, PageResponse, Paginate,
    plan::{
        self, Choice, Cursor, End, Endpoint, FirstPageParams, HeaderCursor, HeaderLink, JsonLink,
        JsonTemplate, Method, Offset, PageNumber, PageSize, PageValue, Paginator, Param, Part,
        Place, ResourcePlan, Selector, Step, Template,
    },
};
use serde_json::{Value, json};

use crate::{
    pagination::{endpoint, keys, param, template},
    support::{SOURCE, Seen, Server, builder, json_path},
};

const RECORDS: usize = 1_000;
const PAGE_SIZES: [usize; 5] = [1, 7, 100, 1_000, 5_000];

/// How a server pages its records.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Api {
    Cursor,
    CursorInBody,
    LastId,
    HeaderCursor,
    JsonLink,
    HeaderLink,
    Offset,
    OffsetInBody,
    /// It gives at most half of what it is asked for, and never says how many there are.
    OffsetCapped,
    PageNumber,
    PageNumberUntilEmpty,
    /// A list, which is a whole value of the JSON body: `{paginator.cursor}`.
    ListInBody,
    /// An object, of which each member is a parameter.
    Members,
    /// Members of the last record, of which texts name each.
    NamedMembers,
    /// Within the text of a parameter, with the page size: `{paginator.offset}`.
    OffsetInText,
    /// A segment of the path: `{paginator.page}`.
    PageInPath,
    /// It counts pages, and a header has the total.
    OffsetOfPages,
    HeaderCursorInBody,
    /// The link is relative to another address of the response.
    LinkOfBase,
    /// The next link says by a parameter whether it leads anywhere, and other links have the same relation.
    LinkParams,
    /// A header is nothing but the address.
    BareLink,
    /// It refuses parameters beside its page cursor.
    FirstPageParams,
    /// A short page is the last one.
    LastIdUntilShort,
    /// One that the description says nothing about.
    Detected,
    Custom,
}

/// A paginator from outside: the page cursor is in the body, as for `cursor`.
#[derive(Clone, Default)]
struct Outside(Option<String>);

impl Paginate for Outside {
    fn ask(&self, request: &mut NextRequest<'_>) {
        if let Some(after) = &self.0 {
            request.set_param("after", after);
        }
    }

    fn advance(
        &mut self,
        response: &PageResponse<'_>,
    ) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
        let body: Value = serde_json::from_str(response.body())?;
        self.0 = body["next"].as_str().map(str::to_owned);
        Ok(self.0.is_some())
    }

    fn state(&self) -> Value {
        json!(self.0)
    }

    fn restore(&mut self, state: Value) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.0 = serde_json::from_value(state)?;
        Ok(())
    }
}

impl Api {
    /// The paginator that the file says.
    fn paginator(self, size: usize) -> Paginator {
        let cursor = |path, place| {
            Paginator::Cursor(Cursor {
                cursor_path: path,
                place,
                initial_cursor: None,
                page_size: None,
                ..Cursor::DEFAULT
            })
        };
        let offset = |places: [Place; 2], total_path, stop_after_empty_page| {
            let [place, limit] = places;
            Paginator::Offset(Offset {
                offset: 0.into(),
                place,
                page_size: PageSize {
                    place: limit,
                    records: (size as u64).into(),
                    ..PageSize::DEFAULT
                },
                total_path,
                maximum_offset: None,
                end: End { stop_after_empty_page: Some(stop_after_empty_page), ..End::NONE },
                ..Offset::DEFAULT
            })
        };
        let page = |base_page: u64, total_path| {
            Paginator::PageNumber(PageNumber {
                base_page: base_page.into(),
                page: base_page.into(),
                place: param("page"),
                total_path,
                maximum_page: None,
                ..PageNumber::DEFAULT
            })
        };
        let body = |key: &str| Place::Body(vec!["query".into(), key.to_owned().into()].into());
        let page_size = |at: Place| {
            Some(PageSize { place: at, records: (size as u64).into(), ..PageSize::DEFAULT })
        };
        let last = |member: &'static str| {
            let steps =
                [Step::Name("data".into()), Step::Index(-1), Step::Name(member.to_owned().into())];
            json_path(
                if member == "id" { "data[-1].id" } else { "data[-1].name" },
                steps.map(Choice::One).to_vec(),
            )
        };
        let link =
            |link: HeaderLink| Paginator::HeaderLink(HeaderLink { rel: "next".into(), ..link });
        match self {
            Api::ListInBody => cursor(keys("sort"), Place::Json),
            Api::Members => Paginator::Cursor(Cursor {
                cursor_path: keys("continue"),
                place: param("cursor"),
                sends_members: true,
                ..Cursor::DEFAULT
            }),
            Api::NamedMembers => Paginator::Cursor(Cursor {
                cursor_paths: vec![("id".into(), last("id")), ("name".into(), last("name"))].into(),
                place: Place::Text,
                end: End { has_more_path: Some(keys("has_more")), ..End::NONE },
                ..Cursor::DEFAULT
            }),
            Api::OffsetInText => offset([Place::Text, Place::Text], None, true),
            Api::PageInPath => Paginator::PageNumber(PageNumber {
                base_page: 1.into(),
                page: 1.into(),
                place: Place::Text,
                page_size: page_size(param("limit")),
                total_header: Some("X-Total-Pages".into()),
                ..PageNumber::DEFAULT
            }),
            Api::OffsetOfPages => match offset([param("offset"), param("limit")], None, true) {
                Paginator::Offset(offset) => Paginator::Offset(Offset {
                    offset_step: Some(1.into()),
                    total_header: Some("Content-Range".into()),
                    ..offset
                }),
                other => other,
            },
            Api::HeaderCursorInBody => Paginator::HeaderCursor(HeaderCursor {
                header: "X-Next".into(),
                place: Some(body("after")),
                page_size: page_size(body("limit")),
                ..HeaderCursor::DEFAULT
            }),
            Api::LinkOfBase => Paginator::JsonLink(JsonLink {
                next_url_path: keys("_links.next"),
                base_path: Some(keys("_links.base")),
                ..JsonLink::DEFAULT
            }),
            Api::LinkParams => link(HeaderLink {
                link_params: vec![("results".into(), "true".into())].into(),
                ..HeaderLink::DEFAULT
            }),
            Api::BareLink => {
                link(HeaderLink { header: Some("X-Next-Page".into()), ..HeaderLink::DEFAULT })
            }
            Api::FirstPageParams => Paginator::Cursor(Cursor {
                cursor_path: keys("meta.next"),
                place: param("after"),
                page_size: page_size(param("limit")),
                first_page_params: FirstPageParams::Named(vec!["sort".into()].into()),
                ..Cursor::DEFAULT
            }),
            Api::LastIdUntilShort => Paginator::Cursor(Cursor {
                cursor_path: last("id"),
                place: param("after"),
                page_size: page_size(param("limit")),
                end: End { stop_after_short_page: Some(true), ..End::NONE },
                ..Cursor::DEFAULT
            }),
            Api::Cursor => cursor(keys("meta.next"), param("after")),
            Api::CursorInBody => cursor(keys("meta.next"), body("after")),
            Api::LastId => Paginator::Cursor(Cursor {
                cursor_path: json_path(
                    "data[-1].id",
                    vec![
                        Choice::One(Step::Name("data".into())),
                        Choice::One(Step::Index(-1)),
                        Choice::One(Step::Name("id".into())),
                    ],
                ),
                place: param("after"),
                initial_cursor: None,
                page_size: None,
                end: End { has_more_path: Some(keys("has_more")), ..End::NONE },
                ..Cursor::DEFAULT
            }),
            Api::HeaderCursor => {
                let (header, cursor_param) = ("X-Next".into(), "after".into());
                Paginator::HeaderCursor(HeaderCursor {
                    header,
                    cursor_param,
                    ..HeaderCursor::DEFAULT
                })
            }
            Api::JsonLink => Paginator::JsonLink(JsonLink {
                next_url_path: keys("links.next"),
                ..JsonLink::DEFAULT
            }),
            Api::HeaderLink => {
                Paginator::HeaderLink(HeaderLink { rel: "next".into(), ..HeaderLink::DEFAULT })
            }
            Api::Offset => {
                offset([param("offset"), param("limit")], Some(keys("meta.total")), true)
            }
            Api::OffsetInBody => {
                offset([body("offset"), body("limit")], Some(keys("meta.total")), false)
            }
            Api::OffsetCapped => offset([param("offset"), param("limit")], None, true),
            Api::PageNumber => page(1, Some(keys("meta.total_pages"))),
            Api::PageNumberUntilEmpty => page(0, None),
            Api::Detected => Paginator::Auto,
            Api::Custom => Paginator::SinglePage,
        }
    }

    fn plan(self, size: usize) -> ResourcePlan {
        let mut endpoint = Endpoint {
            data_selector: (self != Api::Detected).then(|| keys("data")),
            paginator: self.paginator(size),
            ..endpoint()
        };
        let value = |part: Part| Template(vec![part].into());
        let member = |name: &str| Part::PageCursor(keys(name));
        let of_param =
            |name: &str, value: Template| Param { name: template(name), value, ..Param::DEFAULT };
        match self {
            Api::NamedMembers => {
                endpoint.params = vec![of_param("after", value(member("id")))].into();
                endpoint.headers = vec![(template("X-Name"), value(member("name")))].into();
            }
            Api::OffsetInText => {
                let parts = vec![
                    Part::Text("SELECT * START ".into()),
                    Part::Paginator(PageValue::Offset),
                    Part::Text(" MAX ".into()),
                    Part::Paginator(PageValue::Limit),
                ];
                endpoint.params = vec![of_param("query", Template(parts.into()))].into();
            }
            Api::PageInPath => {
                let page = Part::Paginator(PageValue::Page);
                endpoint.path = Template(vec![Part::Text("/events/".into()), page].into());
            }
            Api::FirstPageParams => {
                endpoint.params = vec![of_param("sort", template("id"))].into();
            }
            Api::ListInBody => {
                endpoint.method = Method::Post;
                let after = JsonTemplate::Text(value(Part::PageCursor(Selector::ROOT)));
                let members = vec![(template("search_after"), after)];
                endpoint.body = Some(plan::Body::Json(JsonTemplate::Object(members.into())));
            }
            _ => {}
        }
        if matches!(self, Api::CursorInBody | Api::OffsetInBody | Api::HeaderCursorInBody) {
            endpoint.method = Method::Post;
            let kind = JsonTemplate::Literal("\"all\"".into());
            let kind = ("kind".to_owned(), kind);
            endpoint.body = Some(plan::Body::Json(JsonTemplate::Object(
                vec![(crate::pagination::template(&kind.0), kind.1)].into(),
            )));
        }
        ResourcePlan::new("events", endpoint, &[])
    }

    /// The page that a request asks for.
    fn page(self, size: usize, seen: &Seen) -> Response {
        let body: Value = serde_json::from_str(&seen.body).unwrap_or_default();
        let number = |name: &str| -> Option<usize> {
            let value = &body["query"][name];
            let text = seen.param(name).or_else(|| (!value.is_null()).then(|| value.to_string()));
            text.map(|text| text.trim_matches('"').parse().unwrap())
        };
        let mut limit = number("limit").unwrap_or(size);
        if self == Api::OffsetCapped {
            limit = limit.div_ceil(2);
        }
        let words = |at: usize| -> Option<usize> {
            seen.param("query")?.split(' ').nth(at).map(|word| word.parse().unwrap())
        };
        if self == Api::OffsetInText {
            limit = words(5).unwrap();
        }
        let is_refused = self == Api::FirstPageParams
            && seen.param("after").is_some() == seen.param("sort").is_some();
        if is_refused {
            return Response::builder().status(422).body(Body::empty()).unwrap();
        }
        let start = match self {
            Api::ListInBody => match &body["search_after"] {
                Value::Null => 0,
                after => {
                    assert_eq!(after[1], after[0].to_string());
                    usize::try_from(after[0].as_u64().unwrap()).unwrap()
                }
            },
            Api::Members => {
                assert_eq!(seen.param("after").is_some(), seen.param("mode").is_some());
                number("after").unwrap_or(0)
            }
            Api::NamedMembers => {
                let after = number("after").unwrap_or(0);
                let name = seen.headers.get("x-name").map(|name| name.to_str().unwrap());
                assert_eq!(name.map(str::to_owned), (after > 0).then(|| format!("record {after}")));
                after
            }
            Api::OffsetInText => words(3).unwrap(),
            Api::PageInPath => {
                (seen.path.rsplit('/').next().unwrap().parse::<usize>().unwrap() - 1) * size
            }
            Api::OffsetOfPages => number("offset").unwrap() * size,
            Api::LinkOfBase | Api::LinkParams | Api::BareLink | Api::JsonLink | Api::HeaderLink => {
                number("from").unwrap_or(0)
            }
            Api::PageNumber => (number("page").unwrap() - 1) * size,
            Api::PageNumberUntilEmpty => number("page").unwrap() * size,
            Api::Detected => number("offset").unwrap_or(0),
            Api::Offset | Api::OffsetInBody | Api::OffsetCapped => number("offset").unwrap(),
            _ => number("after").unwrap_or(0),
        };
        let end = (start + limit).min(RECORDS);
        let records: Vec<Value> = (start..end)
            .map(|n| json!({"id": n + 1, "name": format!("record {}", n + 1)}))
            .collect();
        let next = (end < RECORDS).then(|| end.to_string());
        let link = next.as_ref().map(|next| format!("?from={next}"));
        let body = json!({
            "data": records,
            "has_more": next.is_some(),
            "next": next,
            "links": {"next": link},
            "_links": {"base": "/wiki", "next": link.as_ref().map(|link| format!("/events{link}"))},
            "continue": next.as_ref().map(|next| json!({"after": next, "mode": "-||"})),
            "sort": [end, end.to_string()],
            "meta": {"next": next, "total": RECORDS, "total_pages": RECORDS.div_ceil(size)},
        });
        let body = match self {
            Api::ListInBody if next.is_none() => json!({"data": body["data"]}),
            Api::Detected => json!({
                "data": body["data"],
                "meta": {"offset": start, "limit": size, "total": RECORDS},
            }),
            _ => body,
        };
        let mut response = Response::builder();
        if self == Api::LinkParams {
            let more = next.is_some();
            let link = link.clone().unwrap_or_else(|| format!("?from={RECORDS}"));
            let header = format!(
                "<?from=0>; rel=\"previous\"; results=\"true\", <?x>; rel=\"next\"; results=\"other\", \
                 <{link}>; rel=\"next\"; results=\"{more}\""
            );
            response = response.header("link", header);
        }
        if let (Api::BareLink, Some(link)) = (self, &link) {
            response = response.header("x-next-page", link);
        }
        if matches!(self, Api::PageInPath) {
            response = response.header("x-total-pages", RECORDS.div_ceil(size));
        }
        if matches!(self, Api::OffsetOfPages) {
            response = response.header("content-range", format!("items {start}-{end}/{RECORDS}"));
        }
        if let (Api::HeaderLink, Some(link)) = (self, link) {
            let header = format!("</>; rel=first, <{link}>; title=\"a, b\"; rel=\"next last\"");
            response = response.header("link", header);
        }
        if matches!(self, Api::HeaderCursor | Api::HeaderCursorInBody) {
            response = response.header("x-next", next.unwrap_or_default());
        }
        response.body(body.to_string().into()).unwrap()
    }
}

/// Spoils every sixth answer.
async fn spoil(random: &Mutex<Rng>, response: Response) -> Response {
    let fault = random.lock().unwrap().usize(..30);
    let status = |status: u16| Response::builder().status(status).body(Body::empty()).unwrap();
    if fault > 4 {
        return response;
    }
    let (parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let half: Result<Bytes, io::Error> = Ok(whole.slice(..whole.len() / 2));
    let half = stream::iter([half]);
    match fault {
        0 => status(429),
        1 => status(500),
        2 => status(503),
        3 => {
            let cut = stream::iter([Err(io::ErrorKind::ConnectionReset.into())]);
            Response::from_parts(parts, Body::from_stream(half.chain(cut)))
        }
        _ => Response::from_parts(parts, Body::from_stream(half.chain(stream::pending()))),
    }
}

async fn fetch_all(api: Api, size: usize, seed: u64) -> Vec<u64> {
    let random = Arc::new(Mutex::new(Rng::with_seed(seed)));
    let chance = Arc::clone(&random);
    let server = Server::start(move |seen| {
        let (random, page) = (Arc::clone(&random), api.page(size, &seen));
        async move { spoil(&random, page).await }
    })
    .await;
    let mut client = builder(&SOURCE).base_url(server.url()).timeout(Some(Duration::from_secs(20)));
    if api == Api::Custom {
        client = client.paginator("events", Outside::default());
    }
    let client: Client = client.build().unwrap();
    let (mut ids, mut checkpoint): (Vec<u64>, Option<Checkpoint>) = (Vec::new(), None);
    // A page that has failed for good is asked for again as often as may reasonably be needed.
    for _ in 0..10_000 {
        let mut fetch = Fetch::<Value>::of_plan(&client, api.plan(size));
        if let Some(checkpoint) = &checkpoint {
            let kept = serde_json::to_string(checkpoint).unwrap();
            fetch = fetch.resume(serde_json::from_str(&kept).unwrap());
        }
        let mut pages = fetch.pages();
        let interrupted_after = chance.lock().unwrap().usize(1..RECORDS.div_ceil(size).max(2));
        for _ in 0..interrupted_after {
            match pages.try_next().await {
                Ok(Some(page)) => {
                    ids.extend(page.records.iter().map(|record| record["id"].as_u64().unwrap()));
                    checkpoint = Some(page.checkpoint);
                }
                Ok(None) => return ids,
                Err(error) => {
                    assert!(is_passing(&error), "{api:?}, {size} a page, seed {seed}: {error}");
                    break;
                }
            }
        }
    }
    unreachable!("{api:?}, {size} a page, seed {seed}: there is no end");
}

fn is_passing(error: &Error) -> bool {
    error.is_status() || error.is_broken() || error.is_timeout() || error.is_connect()
}

async fn check(api: Api) {
    let seed = std::env::var("REST_SOURCE_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| fastrand::u64(..));
    for size in PAGE_SIZES {
        let ids = fetch_all(api, size, seed).await;
        assert_eq!(
            ids,
            (1..=RECORDS as u64).collect::<Vec<_>>(),
            "{api:?}, {size} a page, seed {seed}"
        );
    }
}

macro_rules! each {
    ($($name:ident: $api:ident,)*) => {$(
        #[tokio::test(start_paused = true)]
        async fn $name() {
            check(Api::$api).await;
        }
    )*};
}

each! {
    cursor: Cursor,
    cursor_in_the_body: CursorInBody,
    cursor_of_the_last_record: LastId,
    header_cursor: HeaderCursor,
    json_link: JsonLink,
    header_link: HeaderLink,
    offset: Offset,
    offset_in_the_body: OffsetInBody,
    offset_of_a_server_that_gives_fewer: OffsetCapped,
    page_number: PageNumber,
    page_number_until_a_page_is_empty: PageNumberUntilEmpty,
    a_list_in_the_body: ListInBody,
    the_members_of_a_page_cursor: Members,
    members_that_texts_name: NamedMembers,
    an_offset_in_a_text: OffsetInText,
    a_page_number_in_the_path: PageInPath,
    an_offset_that_counts_pages: OffsetOfPages,
    header_cursor_in_the_body: HeaderCursorInBody,
    a_link_relative_to_another_address: LinkOfBase,
    a_link_with_parameters: LinkParams,
    a_header_that_is_an_address: BareLink,
    parameters_of_the_first_page: FirstPageParams,
    page_cursors_until_a_short_page: LastIdUntilShort,
    one_that_is_detected: Detected,
    one_of_ones_own: Custom,
}
