//! The canonical form of a paginator.

use rest_source::plan::{
    Cursor, End, FirstPageParams, HeaderCursor, HeaderLink, JsonLink, Offset, PageNumber, PageSize,
    Paginator, Place,
};
use serde_json::{Map, Value, json};

use super::form::{Form, selector};

impl Form<'_> {
    pub(super) fn paginator(&mut self, paginator: &Paginator) -> Value {
        let (kind, form) = match paginator {
            Paginator::Auto => ("auto", Value::Null),
            Paginator::SinglePage => ("single_page", Value::Null),
            Paginator::JsonLink(JsonLink {
                next_url_path,
                base_path,
                end: _,
                _non_exhaustive: _,
            }) => {
                let form = selector(next_url_path);
                ("json_link", beside(form, [("base_path", base_path.as_ref().map(selector))]))
            }
            Paginator::HeaderLink(link) => ("header_link", self.header_link(link)),
            Paginator::HeaderCursor(cursor) => ("header_cursor", self.header_cursor(cursor)),
            Paginator::Cursor(cursor) => ("cursor", self.page_cursor(cursor)),
            Paginator::Offset(offset) => ("offset", self.offset(offset)),
            Paginator::PageNumber(page) => ("page_number", self.page_number(page)),
        };
        let End {
            stop_after_empty_page,
            stop_after_short_page,
            maximum_empty_pages,
            has_more_path,
            end_path,
            // It shows whether all has come, and changes nothing of what comes.
            total: _,
            _non_exhaustive: _,
        } = paginator.end();
        json!({
            "kind": kind,
            "form": form,
            "stop_after_empty_page": stop_after_empty_page,
            "stop_after_short_page": stop_after_short_page,
            "maximum_empty_pages": self.count(maximum_empty_pages.as_ref()),
            "has_more_path": has_more_path.as_ref().map(selector),
            "end_path": end_path.as_ref().map(selector),
        })
    }

    fn header_link(&mut self, link: &HeaderLink) -> Value {
        let HeaderLink { rel, header, link_params, base_path, end: _, _non_exhaustive: _ } = link;
        let params = link_params.iter().map(|(name, value)| json!([name, self.template(value)]));
        let params: Value = params.collect();
        let others = [
            ("header", header.as_ref().map(|header| self.template(header))),
            ("link_params", (!link_params.is_empty()).then_some(params)),
            ("base_path", base_path.as_ref().map(selector)),
        ];
        beside(self.template(rel), others)
    }

    fn header_cursor(&mut self, cursor: &HeaderCursor) -> Value {
        let HeaderCursor {
            header,
            cursor_param,
            place,
            initial_cursor,
            page_size,
            first_page_params,
            end: _,
            _non_exhaustive: _,
        } = cursor;
        let form = json!([self.template(header), self.template(cursor_param)]);
        let others = [
            ("place", place.as_ref().map(|place| self.place(place))),
            ("initial_cursor", initial_cursor.as_ref().map(|text| self.template(text))),
            ("page_size", page_size.as_ref().map(|size| self.page_size(size))),
            ("first_page_params", self.first_page_params(first_page_params)),
        ];
        beside(form, others)
    }

    fn page_cursor(&mut self, cursor: &Cursor) -> Value {
        let Cursor {
            cursor_path,
            cursor_paths,
            place,
            // Whether it is so is seen by what the page cursors are.
            sends_members: _,
            initial_cursor,
            page_size,
            first_page_params,
            end: _,
            _non_exhaustive: _,
        } = cursor;
        let paths = cursor_paths.iter().map(|(name, path)| json!([name, selector(path)]));
        let paths: Value = paths.collect();
        let others = [
            ("cursor_paths", (!cursor_paths.is_empty()).then_some(paths)),
            ("first_page_params", self.first_page_params(first_page_params)),
        ];
        let form = json!({
            "cursor_path": selector(cursor_path),
            "place": self.place(place),
            "initial_cursor": initial_cursor.as_ref().map(|cursor| self.template(cursor)),
            "page_size": page_size.as_ref().map(|size| self.page_size(size)),
        });
        beside(form, others)
    }

    fn offset(&mut self, offset: &Offset) -> Value {
        let Offset {
            offset,
            place,
            page_size,
            total_path,
            maximum_offset,
            offset_step,
            total_header,
            end: _,
            _non_exhaustive: _,
        } = offset;
        let others = [
            ("offset_step", offset_step.as_ref().map(|step| self.count(Some(step)))),
            ("total_header", total_header.as_ref().map(|header| self.template(header))),
        ];
        let form = json!({
            "offset": self.count(Some(offset)),
            "place": self.place(place),
            "page_size": self.page_size(page_size),
            "total_path": total_path.as_ref().map(selector),
            "maximum_offset": self.count(maximum_offset.as_ref()),
        });
        beside(form, others)
    }

    fn page_number(&mut self, page: &PageNumber) -> Value {
        let PageNumber {
            base_page,
            page,
            place,
            total_path,
            maximum_page,
            page_size,
            total_header,
            end: _,
            _non_exhaustive: _,
        } = page;
        let others = [
            ("page_size", page_size.as_ref().map(|size| self.page_size(size))),
            ("total_header", total_header.as_ref().map(|header| self.template(header))),
        ];
        let form = json!({
            "base_page": self.count(Some(base_page)),
            "page": self.count(Some(page)),
            "place": self.place(place),
            "total_path": total_path.as_ref().map(selector),
            "maximum_page": self.count(maximum_page.as_ref()),
        });
        beside(form, others)
    }

    /// `None` if every request has all parameters.
    fn first_page_params(&mut self, params: &FirstPageParams) -> Option<Value> {
        match params {
            FirstPageParams::None => None,
            FirstPageParams::All => Some(json!("all")),
            FirstPageParams::Named(names) => {
                Some(names.iter().map(|name| self.template(name)).collect())
            }
        }
    }

    fn place(&mut self, place: &Place) -> Value {
        match place {
            Place::Text => json!("text"),
            Place::Json => json!("json"),
            Place::Param(name) => json!({"param": self.template(name)}),
            Place::Body(keys) => {
                json!({"body": keys.iter().map(|key| self.template(key)).collect::<Value>()})
            }
        }
    }

    fn page_size(&mut self, size: &PageSize) -> Value {
        json!([self.place(&size.place), self.count(Some(&size.records))])
    }
}

/// A form with what else a description says, so that one that says nothing else has the form that it had before
/// that could be said.
fn beside<const N: usize>(form: Value, others: [(&str, Option<Value>); N]) -> Value {
    let others = others.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let others: Map<String, Value> = others.collect();
    if others.is_empty() { form } else { json!([form, others]) }
}
