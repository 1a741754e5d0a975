//! The reference as one HTML page.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html::push_html};

use super::{markdown::TREE, words};

const STYLE: &str = include_str!("style.css");

/// A complete page with this title.
pub(super) fn page(title: &str, markdown: &str) -> String {
    let mut events: Vec<Event<'_>> = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        events.push(match event {
            Event::Html(html) if html.trim() == TREE => Event::Html(TREE.into()),
            event => harmless(event),
        });
    }
    name_headings(&mut events);
    let events = trees(tables(events));
    let mut body = String::new();
    push_html(&mut body, events.into_iter());
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}: reference</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Descriptions may come from anywhere. What looks like HTML in them is shown as it is written, and
/// links lead to pages.
fn harmless(event: Event<'_>) -> Event<'_> {
    let allowed = |url: &CowStr<'_>| {
        ["https://", "http://", "mailto:", "#"].iter().any(|scheme| url.starts_with(scheme))
    };
    match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) if !allowed(&dest_url) => {
            let dest_url = CowStr::Borrowed("#");
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        // A page that needs no other file loads none.
        Event::Start(Tag::Image { link_type, title, id, .. }) => {
            let dest_url = CowStr::Borrowed("#");
            Event::Start(Tag::Image { link_type, dest_url, title, id })
        }
        event => event,
    }
}

/// Gives headings the anchors that the links of the document have.
fn name_headings(events: &mut [Event<'_>]) {
    for at in 0..events.len() {
        let text =
            text(events[at + 1..].iter().take_while(|event| !matches!(event, Event::End(_))));
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[at] {
            *id = Some(words::anchor(&text).into());
        }
    }
}

fn text<'e, 'i: 'e>(events: impl Iterator<Item = &'e Event<'i>>) -> String {
    let texts = events.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        _ => None,
    });
    texts.collect()
}

/// Makes the list after a marker a tree that the page's style draws.
fn trees(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut is_tree = false;
    let mut drawn = Vec::with_capacity(events.len());
    for event in events {
        match event {
            Event::Html(html) if html.as_ref() == TREE => is_tree = true,
            Event::Start(Tag::List(None)) if is_tree => {
                is_tree = false;
                drawn.push(html("<ul class=\"tree\">\n"));
            }
            event => drawn.push(event),
        }
    }
    drawn
}

/// Tables that can be read on a phone, where the style shows each row by itself: a cell has the name of its
/// column. If no column has a name, the first cell names its row.
fn tables(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut written = Vec::with_capacity(events.len());
    let mut names: Vec<String> = Vec::new();
    let mut is_head = false;
    let mut head_begins = 0;
    let mut cell_begins = 0;
    let mut column = 0;
    for event in events {
        let is_named = names.iter().any(|name| !name.is_empty());
        match event {
            Event::Start(Tag::Table(_)) => {
                names.clear();
                written.push(html("<table>\n"));
            }
            Event::End(TagEnd::Table) => written.push(html("</tbody>\n</table>\n")),
            Event::Start(Tag::TableHead) => {
                is_head = true;
                head_begins = written.len();
                written.push(html("<thead><tr>"));
            }
            Event::End(TagEnd::TableHead) => {
                is_head = false;
                written.push(html("</tr></thead>\n"));
                if !is_named {
                    written.truncate(head_begins);
                }
                written.push(html("<tbody>\n"));
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                written.push(html("<tr>"));
            }
            Event::End(TagEnd::TableRow) => written.push(html("</tr>\n")),
            Event::Start(Tag::TableCell) => {
                written.push(match names.get(column) {
                    _ if is_head => html("<th scope=\"col\">"),
                    _ if column == 0 && !is_named => html("<th scope=\"row\">"),
                    Some(name) if !name.is_empty() => {
                        Event::Html(format!("<td data-column=\"{}\">", escaped(name)).into())
                    }
                    _ => html("<td>"),
                });
                cell_begins = written.len();
            }
            Event::End(TagEnd::TableCell) => {
                let is_row = column == 0 && !is_named;
                if is_head {
                    names.push(text(written[cell_begins..].iter()));
                }
                written.push(html(if is_head || is_row { "</th>" } else { "</td>" }));
                column += 1;
            }
            event => written.push(event),
        }
    }
    written
}

fn html(text: &'static str) -> Event<'static> {
    Event::Html(CowStr::Borrowed(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
