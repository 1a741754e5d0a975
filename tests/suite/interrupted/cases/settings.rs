//! Settings, also relative ones, in what is sent.

use super::super::{
    Case,
    server::{Answer, Asked, after, records},
};

pub(super) const CASES: &[Case] = &[Case {
    name: "settings",
    description: r#"
  headers: {X-Region: "{config.region}"}
config:
  region: {default: eu, description: Where it is}
  host: {default: "{config.region}.example.com"}
  size: {type: integer, default: 3}
  archived: {type: boolean, default: false}
  team: {optional: true}
  tags: {type: list, default: [a, 2]}
  since: {default: now - 1 hour}
resources:
  - name: in_query
    endpoint:
      params: {host: "{config.host}", archived: "{config.archived}", team: "{config.team}", tag: "{config.tags}", since: "{config.since}"}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after, limit: "{config.size}"}
  - name: in_body
    endpoint:
      method: POST
      params: {since: "{config.since}"}
      json: {archived: "{config.archived}", team: "{config.team}", tags: "{config.tags}", size: "{config.size}"}
      data_selector: data
      paginator: {type: cursor, cursor_path: next, cursor_param: after}
"#,
    answer: settings,
    records: 14,
    settings: &[("region", "us")],
    times: &["since"],
    ..Case::BASE
}];

fn settings(asked: &Asked) -> Answer {
    let is_as_set = if asked.path == "in_query" {
        let tags = asked.query.iter().filter(|(name, _)| name == "tag").count();
        let is_sent = (asked.text("host"), asked.text("archived")) == ("us.example.com", "false");
        is_sent && tags == 2 && asked.param("team").is_none() && asked.number("limit") == Some(3)
    } else {
        asked.body == r#"{"archived":false,"size":3,"tags":["a",2]}"#
    };
    if is_as_set && asked.header("x-region") == "us" && asked.param("since").is_some() {
        after(asked, &records(7), 3)
    } else {
        Answer::status(400)
    }
}
