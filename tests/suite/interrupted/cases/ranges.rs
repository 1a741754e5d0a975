//! Incremental ranges, and what the next run begins with that is no field of the records.

use serde_json::{Value, json};

use super::super::{
    Case,
    server::{Answer, Asked, after, part, records},
};

pub(super) const CASES: &[Case] = &[
    Case {
        name: "windows_in_formats",
        description: r#"
resources:
  - name: days
    columns: {day: {data_type: text}}
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental:
        cursor_path: day
        cursor_format: "%d/%m/%Y"
        param_format: "%Y-%m-%d"
        initial_value: 2024-01-01
        end_value: 2024-01-22
        start_param: since
        end_param: until
        window: 1 week
"#,
        answer: |asked| {
            let is_in = |day: &usize| {
                let day = format!("2024-01-{day:02}");
                day.as_str() >= asked.text("since") && day.as_str() < asked.text("until")
            };
            let days = (1..=25).filter(is_in);
            let days: Vec<Value> =
                days.map(|day| json!({"id": day, "day": format!("{day:02}/01/2024")})).collect();
            after(asked, &days, 4)
        },
        records: 21,
        ..Case::BASE
    },
    Case {
        name: "windows_of_numbers",
        description: r#"
resources:
  - name: blocks
    columns: {id: {data_type: bigint}}
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {cursor_path: id, initial_value: 0, end_value: 30, start_param: above, end_param: to, range_start: open, range_end: closed, last_value_func: max, window: 10}
"#,
        answer: |asked| {
            let is_in = |id: &usize| {
                *id > asked.number("above").unwrap() && *id <= asked.number("to").unwrap()
            };
            let ids: Vec<Value> = (1..=40).filter(is_in).map(|id| json!({"id": id})).collect();
            after(asked, &ids, 6)
        },
        records: 30,
        ..Case::BASE
    },
    // The server gives what lies at a bound to both windows.
    Case {
        name: "windows_of_times_until_now",
        description: r#"
resources:
  - name: events
    columns: {at: {data_type: timestamp}}
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {cursor_path: at, initial_value: "2024-01-01T00:00:00Z", end_value: now, range_end: closed, start_param: since, end_param: until, window: 1 year}
"#,
        answer: |asked| {
            let is_first = asked.text("since") <= "2025-01-01T00:00:00Z";
            let mut all = records(3);
            for (record, at) in all.iter_mut().zip(["2024-05-05", "2025-01-01", "2025-06-06"]) {
                record["at"] = format!("{at}T00:00:00Z").into();
            }
            if !is_first {
                all.push(json!({"id": 4, "at": "2025-06-06T00:00:00Z"}));
            }
            let is_in = |one: &Value| {
                let at = one["at"].as_str().unwrap();
                at >= asked.text("since") && at <= asked.text("until")
            };
            after(asked, &all.into_iter().filter(is_in).collect::<Vec<Value>>(), 1)
        },
        records: 3,
        ..Case::BASE
    },
    Case {
        name: "until_now",
        description: r#"
resources:
  - name: events
    primary_key: id
    write_disposition: merge
    endpoint:
      path: "events/{incremental.start_value:%Y}"
      params: {until: "{incremental.end_value:epoch}", filter: "at ge {incremental.start_value:%Y-%m-%d}"}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {cursor_path: ms, cursor_format: epoch_ms, initial_value: 2024-01-01, end_value: now, lag: 86400000, future_tolerance: 1 day}
"#,
        answer: |asked| {
            let all = [(2, 1_704_153_600_000_u64), (3, 1_704_240_000_000), (4, 1_704_326_400_000)];
            let all = all.map(|(id, ms)| json!({"id": id, "ms": ms}));
            let begins = asked.text("filter").trim_start_matches("at ge 2024-01-");
            let begins: u64 = begins.parse().unwrap();
            let all: Vec<Value> =
                all.into_iter().filter(|one| one["id"].as_u64() >= Some(begins)).collect();
            after(asked, &all, 1)
        },
        records: 3,
        times: &["until"],
        ..Case::BASE
    },
    Case {
        name: "since_an_hour_ago",
        description: r#"
config:
  start: {default: now - 1 hour}
resources:
  - name: events
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {cursor_path: at, initial_value: "{config.start}", start_param: since, on_cursor_value_missing: include}
"#,
        answer: |asked| {
            let all: Vec<Value> = (1..=5).map(|id| json!({"id": id})).collect();
            after(asked, &all, 2)
        },
        records: 5,
        times: &["since"],
        ..Case::BASE
    },
    Case {
        name: "newest_first",
        description: r#"
resources:
  - name: events
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {cursor_path: at, row_order: desc, initial_value: "2024-01-02T00:00:00Z", start_param: since, primary_key: id}
"#,
        answer: |asked| {
            // The first run knows five days, the next one seven.
            let known = if asked.text("since").starts_with("2024-01-02") { 5 } else { 7 };
            after(asked, &records(known).into_iter().rev().collect::<Vec<Value>>(), 1)
        },
        records: 4,
        ..Case::BASE
    },
    Case {
        name: "smallest_first",
        description: r#"
resources:
  - name: history
    columns: {id: {data_type: bigint}}
    endpoint:
      params:
        below: {type: incremental, cursor_path: id, initial_value: 10, last_value_func: min, row_order: desc}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
"#,
        answer: |asked| {
            let below = asked.number("below").unwrap();
            let from = below.saturating_sub(4);
            let ids: Vec<Value> = (from..=below).rev().map(|id| json!({"id": id})).collect();
            after(asked, &ids, 2)
        },
        records: 5,
        ..Case::BASE
    },
    Case {
        name: "ranges_of_parents",
        description: r#"
resources:
  - {name: users, selected: false, endpoint: {data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}}
  - name: events
    include_from_parent: {user: id}
    endpoint:
      path: "events/{resources.users.id}"
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {cursor_path: at, initial_value: "2024-01-01T00:00:00Z", start_param: since}
"#,
        answer: |asked| match asked.path.as_str() {
            "users" => after(asked, &records(3), 2),
            path => {
                let user: usize = path.trim_start_matches("events/").parse().unwrap();
                let is_first = asked.text("since").starts_with("2024-01-01");
                let all = records(if is_first { 2 + user } else { 6 + user });
                let is_new = |one: &Value| one["at"].as_str().unwrap() >= asked.text("since");
                let new: Vec<Value> = all.into_iter().filter(is_new).collect();
                after(asked, &new, 2)
            }
        },
        records: 12,
        again: &["users"],
        ..Case::BASE
    },
    Case {
        name: "token_of_the_response",
        description: r#"
resources:
  - name: changes
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {response_path: meta.sync, start_param: token}
"#,
        answer: |asked| {
            let count = if asked.param("token").is_none() { 5 } else { 3 };
            let (data, next) = part(&records(count), asked.number("after").unwrap_or(0), 2);
            let sync = next.is_none().then(|| format!("{}+", asked.text("token")));
            json!({"data": data, "next": next, "meta": {"sync": sync}}).into()
        },
        records: 5,
        ..Case::BASE
    },
    Case {
        name: "time_of_the_last_run",
        description: r#"
resources:
  - name: polls
    write_disposition: merge
    primary_key: id
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
      incremental: {cursor: run_time, start_param: since, end_param: until, end_value: now, param_format: epoch, lag: 60}
"#,
        answer: |asked| after(asked, &records(5), 2),
        records: 5,
        times: &["since", "until"],
        ..Case::BASE
    },
    Case {
        name: "kept_page_cursor",
        description: r#"
resources:
  - name: changes
    endpoint:
      data_selector: data
      paginator: {type: cursor, cursor_path: cursor, cursor_param: cursor, has_more_path: more, keep: true}
"#,
        answer: log,
        records: 5,
        ..Case::BASE
    },
    Case {
        name: "kept_page_cursor_of_a_header",
        description: r#"
resources:
  - name: changes
    endpoint:
      data_selector: data
      paginator: {type: header_cursor, cursor_key: X-Next, cursor_param: cursor, has_more_path: more, keep: true}
"#,
        answer: log,
        records: 5,
        ..Case::BASE
    },
    Case {
        name: "kept_link",
        description: r#"
resources:
  - name: delta
    endpoint:
      data_selector: data
      paginator: {type: json_link, next_url_path: next, keep: delta}
"#,
        answer: log,
        records: 5,
        ..Case::BASE
    },
    Case {
        name: "kept_link_of_a_header",
        description: r#"
resources:
  - name: changes
    endpoint:
      data_selector: data
      paginator: {type: header_link, has_more_path: more, keep: true}
"#,
        answer: log,
        records: 5,
        ..Case::BASE
    },
];

/// Two records of a log, what leads to those behind them in every form, and whether there are more: five in the
/// first run, three in each that begins behind them.
fn log(asked: &Asked) -> Answer {
    let from = asked.number("cursor").unwrap_or(0);
    let known = if from < 5 { 5 } else { 5 + (from - 5) / 3 * 3 + 3 };
    let data: Vec<Value> = (from..known.min(from + 2)).map(|id| json!({"id": id})).collect();
    let end = from + data.len();
    let link = format!("/{}?cursor={end}", asked.path);
    let (next, delta) = if end < known { (Some(&link), None) } else { (None, Some(&link)) };
    let body = json!({
        "data": data, "cursor": end.to_string(), "more": end < known, "next": next, "delta": delta,
    });
    let links = format!("<{link}>; rel=\"next\"");
    Answer::from(body).header("X-Next", end.to_string()).header("Link", links)
}
