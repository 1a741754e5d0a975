//! Pages that a scripted server computes of its data.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};
use url::form_urlencoded::Serializer;

use super::{
    player::Player,
    request::{Request, at, text},
    scenario::{End, Filter, Kind, Link, Operator, Page, Reply},
    template::fill,
};

impl Player {
    pub(crate) fn page(&self, page: &Page, request: &Request) -> Reply {
        let records = self.asked_for(page, request);
        let size = self.size(page, request, &records);
        let param = page.param.as_deref().unwrap_or(match page.kind {
            Kind::Offset => "offset",
            Kind::Page => "page",
            _ => "cursor",
        });
        let given = request.text(&page.r#in, param).filter(|given| !given.is_empty());
        let number = |text: String| text.parse::<usize>().unwrap();
        let base = usize::try_from(page.base).unwrap();
        let start = match page.kind {
            Kind::Offset => given.map_or(0, number),
            Kind::Page | Kind::LinkHeader | Kind::JsonLink => {
                (given.map_or(base, number).saturating_sub(base)) * size
            }
            Kind::Cursor | Kind::HeaderCursor => {
                given.map_or(0, |given| number(given.rsplit('-').next().unwrap().to_owned()))
            }
            Kind::None => 0,
        };
        let after = start + size;
        let part: Vec<Value> = records.iter().skip(start).take(size).cloned().collect();
        let more = after < records.len();

        let mut body = Value::Object(Map::new());
        if page.records.is_empty() {
            body = part.into();
        } else {
            put(&mut body, &page.records, part.into());
        }
        if body.is_object() {
            self.describe(page, request, (records.len(), size, more), &mut body);
        }
        let mut headers = page.headers.clone();
        let next = more.then(|| match page.kind {
            Kind::Cursor | Kind::HeaderCursor => {
                if page.cursor_as.as_deref() == Some("number") {
                    Value::from(after)
                } else {
                    format!("{}{after}", page.prefix.as_deref().unwrap_or("c-")).into()
                }
            }
            _ => self.link(page, request, param, after / size + base).into(),
        });
        match page.kind {
            Kind::LinkHeader => {
                let (port, path) = (self.port, &request.path);
                let mut links =
                    format!("<http://127.0.0.1:{port}{path}?{param}={base}>; rel=\"first\"");
                if let Some(next) = next {
                    let rel = page.rel.as_deref().unwrap_or("next");
                    links = format!("{links}, <{}>; rel=\"{rel}\"", text(&next));
                }
                headers.insert("Link".to_owned(), links);
            }
            Kind::HeaderCursor => {
                let value = next.or((page.end == End::Empty).then(|| Value::from("")));
                if let Some(value) = value {
                    headers.insert(page.next.clone().unwrap(), text(&value));
                }
            }
            Kind::Cursor | Kind::JsonLink => {
                let end = match page.end {
                    End::Null => Some(Value::Null),
                    End::Empty => Some("".into()),
                    End::Zero => Some(0.into()),
                    End::False => Some(false.into()),
                    End::Absent => None,
                };
                if let (Some(path), Some(value)) = (&page.next, next.or(end)) {
                    put(&mut body, path, value);
                }
            }
            Kind::Offset | Kind::Page | Kind::None => {}
        }
        Reply {
            status: page.status,
            headers,
            json: Some(body),
            gzip: page.gzip,
            delay_ms: page.delay_ms,
            ..Reply::default()
        }
    }

    /// The records that the page's filters let through.
    fn asked_for(&self, page: &Page, request: &Request) -> Vec<Value> {
        let mut records = self.data[&page.data].clone();
        for Filter { from, name, field, op } in &page.filter {
            let Some(given) = request.text(from, name).filter(|given| !given.is_empty()) else {
                continue;
            };
            records.retain(|record| {
                let value = at(record, field).unwrap_or(&Value::Null);
                let order = compare(value, &given);
                match op {
                    Operator::Equal => text(value) == given,
                    Operator::AtLeast => order.is_ge(),
                    Operator::Above => order.is_gt(),
                    Operator::Below => order.is_lt(),
                    Operator::AtMost => order.is_le(),
                }
            });
        }
        records
    }

    #[allow(clippy::unused_self, reason = "the parts of a page stand side by side")]
    fn size(&self, page: &Page, request: &Request, records: &[Value]) -> usize {
        if page.kind == Kind::None {
            return records.len().max(1);
        }
        let asked = page.size_param.as_ref().and_then(|param| request.text(&page.r#in, param));
        asked.and_then(|size| size.parse().ok()).filter(|size| *size > 0).unwrap_or(page.size)
    }

    /// Puts in what a server says beside the records.
    #[allow(clippy::unused_self, reason = "the parts of a page stand side by side")]
    fn describe(
        &self,
        page: &Page,
        request: &Request,
        (records, size, more): (usize, usize, bool),
        body: &mut Value,
    ) {
        if let Some(path) = &page.total {
            let total = match page.total_is.as_ref().map(|total| (total, total.as_str())) {
                None | Some((_, Some("records"))) => records.into(),
                Some((_, Some("pages"))) => records.div_ceil(size).into(),
                Some((value, _)) => value.clone(),
            };
            let as_text = page.total_as.as_deref() == Some("text");
            put(body, path, if as_text { text(&total).into() } else { total });
        }
        if let Some(path) = &page.has_more {
            let as_text = page.has_more_as.as_deref() == Some("text");
            put(body, path, if as_text { more.to_string().into() } else { json!(more) });
        }
        for (path, value) in &page.extra {
            put(body, path, fill(value, request));
        }
    }

    fn link(&self, page: &Page, request: &Request, param: &str, number: usize) -> String {
        let mut query: Vec<(String, String)> =
            if page.link_keeps_query { request.query.clone() } else { Vec::new() };
        query.retain(|(name, _)| name != param);
        query.push((param.to_owned(), number.to_string()));
        let query = Serializer::new(String::new()).extend_pairs(query).finish();
        let (port, path) = (self.port, &request.path);
        match page.link {
            Link::Absolute => format!("http://127.0.0.1:{port}{path}?{query}"),
            Link::OtherHost => format!("http://localhost:{port}{path}?{query}"),
            Link::Path => format!("{path}?{query}"),
            Link::LastSegment => format!("{}?{query}", path.rsplit('/').next().unwrap()),
            Link::Query => format!("?{query}"),
        }
    }
}

/// A record's value beside the text of a request: as numbers where it is one.
fn compare(value: &Value, given: &str) -> Ordering {
    match value.as_f64() {
        Some(number) => number.total_cmp(&given.parse().unwrap()),
        None => text(value).as_str().cmp(given),
    }
}

/// Puts a value at the end of a path of keys.
fn put(body: &mut Value, path: &str, value: Value) {
    let place = path.split('.').fold(body, |here, key| {
        if !here.is_object() {
            *here = Value::Object(Map::new());
        }
        here.as_object_mut().unwrap().entry(key).or_insert(Value::Null)
    });
    *place = value;
}
