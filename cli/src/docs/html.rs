//! The reference as one HTML page.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html::push_html};

use super::words;

const STYLE: &str = include_str!("style.css");

/// A complete page with this title.
pub(super) fn page(title: &str, markdown: &str) -> String {
    let mut events: Vec<Event<'_>> =
        Parser::new_ext(markdown, Options::ENABLE_TABLES).map(harmless).collect();
    name_headings(&mut events);
    let mut body = String::new();
    push_html(&mut body, events.into_iter());
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         <main>\n{body}</main>\n</html>\n"
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
        let text: String = events[at + 1..]
            .iter()
            .take_while(|event| !matches!(event, Event::End(_)))
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[at] {
            *id = Some(words::anchor(&text).into());
        }
    }
}
