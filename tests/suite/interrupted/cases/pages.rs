//! Pages: what the next request is made of, and what ends them.

use serde_json::{Value, json};

use super::super::{
    Case,
    server::{Answer, Asked, part, records},
};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "page_cursors",
        description: r#"
resources:
  - name: texts
    endpoint:
      path: "texts/{paginator.limit}/{paginator.cursor}"
      headers: {X-After: "{paginator.cursor}"}
      params: {query: "after {paginator.cursor} limit {paginator.limit}"}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, initial_cursor: "0", limit: 3, total_path: total}
  - name: lists
    endpoint:
      method: POST
      json: {search_after: "{paginator.cursor}", size: 3}
      data_selector: data
      paginator: {type: cursor, cursor_path: "data[-1].sort", limit: 3, stop_after_short_page: true}
  - name: objects
    endpoint:
      method: POST
      json: {all: true}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_body_path: page.after, limit: 3, limit_body_path: page.size}
  - name: members
    endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next}}
  - name: places
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_paths: {after: "data[-1].id", after_time: "data[-1].at"}, end_path: done, maximum_empty_pages: 3}
  - name: first
    endpoint:
      params: {filter: open, sort: id}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after, first_page_params: [filter], stop_after_empty_page: true}
  - name: headers
    endpoint:
      params: {filter: open}
      data_selector: data
      paginator: {type: header_cursor, cursor_key: X-Next, cursor_param: after, initial_cursor: "0", first_page_params: all, limit: 3, limit_param: per, has_more_path: more}
  - name: headers_in_body
    endpoint:
      method: POST
      json: {all: true}
      data_selector: data
      paginator: {type: header_cursor, cursor_key: X-Next, cursor_body_path: after, limit: 3, limit_body_path: size}
"#,
        answer: page_cursors,
        records: 56,
        ..Case::BASE
    },
    Case {
        name: "links",
        description: r#"
resources:
  - {name: relative, endpoint: {data_selector: data, paginator: {type: json_link, next_url_path: links.next, base_path: links.base}}}
  - {name: older, endpoint: {data_selector: data, paginator: {type: json_response, next_url_path: links.next, base_path: links.base}}}
  - name: rated
    endpoint:
      data_selector: data
      paginator: {type: header_link, links_header: X-Links, links_next_key: more, link_params: {results: "true"}, total_header: X-Total}
  - {name: based, endpoint: {data_selector: data, paginator: {type: header_link, base_path: links.base}}}
"#,
        answer: |asked| {
            let name = asked.path.rsplit('/').next().unwrap();
            let (data, next) = part(&records(7), asked.number("from").unwrap_or(0), 3);
            let host = asked.header("host");
            let link = next.map(|next| format!("{name}?from={next}"));
            let mut body = json!({"data": data, "links": {"base": format!("http://{host}/base")}});
            let link_of = |link: &str, rel: &str| format!("<{link}>; rel=\"{rel}\"");
            match name {
                "rated" => {
                    // Another link of the same relation says that it leads to nothing.
                    let link = link_of(&link.unwrap_or_default(), "more");
                    let links = [
                        format!("{}; results=\"false\"", link_of("/rated?from=0", "more")),
                        format!("{link}; results=\"{}\"", next.is_some()),
                    ];
                    Answer::from(body).header("X-Links", links.join(", ")).header("X-Total", "7")
                }
                "based" => match link {
                    Some(link) => Answer::from(body).header("Link", link_of(&link, "next")),
                    None => body.into(),
                },
                _ => {
                    body["links"]["next"] = link.into();
                    body.into()
                }
            }
        },
        records: 28,
        ..Case::BASE
    },
    Case {
        name: "counted_pages",
        description: r#"
resources:
  - name: statements
    endpoint:
      params: {query: "SELECT * START {paginator.offset} MAX {paginator.limit}"}
      data_selector: data
      paginator: {type: offset, limit: 3, total_path: null, stop_after_short_page: true}
  - name: steps
    endpoint:
      data_selector: data
      paginator: {type: offset, limit: 3, limit_param: size, offset: 0, offset_param: number, offset_step: 1, total_header: Content-Range}
  - name: bodies
    endpoint:
      method: POST
      json: {all: true}
      data_selector: data
      paginator: {type: offset, limit: 3, limit_body_path: page.size, offset_body_path: page.from, total_path: total}
  - name: bounded
    endpoint:
      data_selector: data
      paginator: {type: offset, limit: 3, maximum_offset: 7, total_path: null, stop_after_empty_page: false}
  - name: paths
    endpoint:
      path: "paths/{paginator.page}"
      data_selector: data
      paginator: {type: page_number, base_page: 1, page: 1, limit: 3, limit_param: per, total_path: pages}
  - name: numbers
    endpoint:
      params: {per_page: 3}
      data_selector: data
      paginator: {type: page_number, base_page: 0, page_param: p, maximum_page: 3, total_path: null, has_more_path: more}
  - name: numbers_in_body
    endpoint:
      method: POST
      json: {size: 3}
      data_selector: data
      paginator: {type: page_number, base_page: 1, page_body_path: page, limit: 3, limit_body_path: size, total_path: null, end_path: done}
"#,
        answer: counted,
        records: 49,
        ..Case::BASE
    },
    Case {
        name: "detected_pages",
        description: r#"
resources:
  - {name: by_cursor, endpoint: {paginator: auto}}
  - {name: by_offset, endpoint: {params: {limit: 3}, paginator: auto}}
"#,
        answer: |asked| {
            let from = asked.number("cursor").or(asked.number("offset")).unwrap_or(0);
            let (data, next) = part(&records(7), from, 3);
            match asked.path.as_str() {
                "by_cursor" => {
                    let next = next.map(|next| next.to_string());
                    json!({"items": data, "next_cursor": next}).into()
                }
                _ => json!({"items": data, "offset": from, "limit": 3, "total": 7}).into(),
            }
        },
        records: 14,
        ..Case::BASE
    },
];

fn page_cursors(asked: &Asked) -> Answer {
    let body = asked.json();
    let name = asked.path.split('/').next().unwrap();
    let mut all = records(7);
    for record in &mut all {
        record["sort"] = json!([record["id"], record["at"]]);
    }
    let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    let from = match name {
        "texts" => asked.header("x-after").parse().ok(),
        "lists" => number(&body["search_after"][0]),
        "objects" => number(&body["page"]["after"]["from"]),
        "headers_in_body" => body["after"].as_str().and_then(|after| after.parse().ok()),
        _ => asked.number("after"),
    };
    let is_first = from.unwrap_or(0) == 0;
    let is_right = match name {
        "texts" => {
            let from = from.unwrap_or(0);
            asked.path == format!("texts/3/{from}")
                && asked.text("query") == format!("after {from} limit 3")
        }
        "objects" => body["page"]["size"] == 3,
        "members" => asked.param("mode").is_some() != is_first,
        "places" => asked.param("after_time").is_some() != is_first,
        "first" => asked.param("filter").is_some() == is_first && asked.text("sort") == "id",
        "headers" => asked.param("filter").is_some() == is_first && asked.number("per") == Some(3),
        "headers_in_body" => body["size"] == 3,
        _ => true,
    };
    if !is_right {
        return Answer::status(400);
    }
    let (data, next) = part(&all, from.unwrap_or(0), 3);
    let text = next.map(|next| next.to_string());
    match name {
        "objects" => {
            let next = next.map(|next| json!({"from": next, "of": [7]}));
            json!({"data": data, "next": next}).into()
        }
        "members" => {
            let next = next.map(|next| json!({"mode": "fast", "after": next}));
            json!({"data": data, "next": next}).into()
        }
        "headers" | "headers_in_body" => {
            let body = Answer::from(json!({"data": data, "more": next.is_some()}));
            match text {
                Some(next) => body.header("X-Next", next),
                None => body,
            }
        }
        _ => json!({"data": data, "next": text, "done": next.is_none(), "total": 7}).into(),
    }
}

fn counted(asked: &Asked) -> Answer {
    let body = asked.json();
    let word = |at: usize| asked.text("query").split(' ').nth(at)?.parse::<usize>().ok();
    let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    let name = asked.path.split('/').next().unwrap();
    let (from, size) = match name {
        "statements" => (word(3), word(5)),
        "steps" => (asked.number("number").map(|number| number * 3), asked.number("size")),
        "bodies" => (number(&body["page"]["from"]), number(&body["page"]["size"])),
        "bounded" => (asked.number("offset"), asked.number("limit")),
        "paths" => {
            let page = asked.path.rsplit('/').next().unwrap().parse::<usize>().unwrap();
            (Some((page - 1) * 3), asked.number("per"))
        }
        "numbers" => (asked.number("p").map(|page| page * 3), asked.number("per_page")),
        _ => (number(&body["page"]).map(|page| (page - 1) * 3), number(&body["size"])),
    };
    let (Some(from), Some(3)) = (from, size) else { return Answer::status(400) };
    let (data, next) = part(&records(7), from, 3);
    let body = match name {
        // The others have no total, and what ends them is that of the first one.
        "bodies" if from == 0 => json!({"data": data, "total": 7}),
        "paths" => json!({"data": data, "pages": 3}),
        "numbers" => json!({"data": data, "more": next.is_some()}),
        "numbers_in_body" => json!({"data": data, "done": next.is_none()}),
        _ => json!({ "data": data }),
    };
    Answer::from(body).header("Content-Range", format!("items {from}-{}/7", from + 2))
}
