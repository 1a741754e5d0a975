//! The values of a paginator that texts of an endpoint name: `{paginator.offset}`. Where the position is in
//! a text, the paginator sends no parameter of its own that the file does not name.

use rest_source_plan::{
    Cursor, FirstPageParams, HeaderCursor, Offset, PageNumber, PageSize, PageValue, Paginator,
    Part, Place, Selector,
};

use crate::{
    config,
    diagnostic::{Code, Diagnostic, Diagnostics, closest},
    parse::Setting,
    source::{Span, Spanned},
};

/// A value of the paginator that a text names.
pub(in crate::check) struct Mention {
    /// Which it is.
    pub(in crate::check) part: Part,
    /// Where it is named.
    pub(in crate::check) span: Span,
    /// What names it.
    pub(in crate::check) place: MentionPlace,
}

/// What a value of the paginator is named by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum MentionPlace {
    /// A segment of the path.
    Path,
    /// A parameter.
    Param,
    /// A value of a JSON body, which is nothing else.
    Json,
    /// Other text.
    Text,
}

/// Fits a paginator to what the texts of its endpoint name. `given` is what the file says of it.
pub(in crate::check) fn fit(
    paginator: &mut Paginator,
    given: Option<&config::Paginator>,
    mentions: &[Mention],
    diagnostics: &mut Diagnostics,
) {
    for mention in mentions {
        if let Some(diagnostic) = unknown(paginator, mention) {
            diagnostics.push(diagnostic);
            return;
        }
    }
    let is_limit = |mention: &&Mention| mention.part == Part::Paginator(PageValue::Limit);
    let positions: Vec<&Mention> = mentions.iter().filter(|mention| !is_limit(mention)).collect();
    let names_limit = mentions.iter().any(|mention| is_limit(&mention));
    let sent = Sent::of(given);
    if !sent.limit && (names_limit || !positions.is_empty()) {
        if let Some(size) = page_size(paginator) {
            size.place = Place::Text;
        }
        check_limit(paginator, given, names_limit, diagnostics);
    }
    if positions.is_empty() {
        return;
    }
    for mention in &positions {
        check_first(paginator, mention, diagnostics);
    }
    if !sent.position {
        let is_whole_in_text = |mention: &&&Mention| {
            mention.place != MentionPlace::Json && mention.part == Part::PageCursor(Selector::ROOT)
        };
        let is_text = positions.iter().any(|mention| is_whole_in_text(&mention));
        place(paginator, if is_text { Place::Text } else { Place::Json });
    }
}

/// What a paginator sends by names that the file has.
struct Sent {
    position: bool,
    limit: bool,
}

impl Sent {
    fn of(given: Option<&config::Paginator>) -> Sent {
        let has = |settings: [bool; 2]| settings.contains(&true);
        let is = |setting: &Setting<_>| !setting.is_absent();
        let (position, limit) = match given {
            Some(
                config::Paginator::Cursor(config::CursorPaginator { sent, limit, .. })
                | config::Paginator::HeaderCursor(config::HeaderCursorPaginator {
                    sent, limit, ..
                }),
            ) => {
                let sent = [is(&sent.cursor_param), is(&sent.cursor_body_path)];
                (sent, [is(&limit.limit_param), is(&limit.limit_body_path)])
            }
            Some(config::Paginator::Offset(offset)) => (
                [is(&offset.offset_param), is(&offset.offset_body_path)],
                [is(&offset.limit_param), is(&offset.limit_body_path)],
            ),
            Some(config::Paginator::PageNumber(page)) => (
                [is(&page.page_param), is(&page.page_body_path)],
                [is(&page.limit.limit_param), is(&page.limit.limit_body_path)],
            ),
            _ => ([false; 2], [false; 2]),
        };
        Sent { position: has(position), limit: has(limit) }
    }
}

fn page_size(paginator: &mut Paginator) -> Option<&mut PageSize> {
    match paginator {
        Paginator::Offset(Offset { page_size, .. }) => Some(page_size),
        Paginator::Cursor(Cursor { page_size, .. })
        | Paginator::HeaderCursor(HeaderCursor { page_size, .. })
        | Paginator::PageNumber(PageNumber { page_size, .. }) => page_size.as_mut(),
        _ => None,
    }
}

fn place(paginator: &mut Paginator, named: Place) {
    match paginator {
        Paginator::Cursor(Cursor { place, sends_members, .. }) => {
            (*place, *sends_members) = (named, false);
        }
        Paginator::HeaderCursor(HeaderCursor { place, .. }) => *place = Some(named),
        Paginator::Offset(Offset { place, .. })
        | Paginator::PageNumber(PageNumber { place, .. }) => *place = Place::Text,
        _ => {}
    }
}

/// The error for a value that the paginator does not have.
fn unknown(paginator: &Paginator, mention: &Mention) -> Option<Diagnostic> {
    let has_limit = match paginator {
        Paginator::Offset(_) => true,
        Paginator::Cursor(Cursor { page_size, .. })
        | Paginator::HeaderCursor(HeaderCursor { page_size, .. })
        | Paginator::PageNumber(PageNumber { page_size, .. }) => page_size.is_some(),
        _ => false,
    };
    let takes_limit = !matches!(
        paginator,
        Paginator::Auto | Paginator::SinglePage | Paginator::JsonLink(_) | Paginator::HeaderLink(_)
    );
    let (name, example) = match &mention.part {
        Part::PageCursor(path) => match paginator {
            Paginator::Cursor(Cursor { cursor_paths, .. }) => {
                return unknown_member(path, cursor_paths, mention.span);
            }
            Paginator::HeaderCursor(_) if *path != Selector::ROOT => {
                let message = "the page cursor of a header is text, which has no members";
                return Some(
                    Diagnostic::error(Code::UnknownPlaceholder, mention.span, message)
                        .help("write `{paginator.cursor}`"),
                );
            }
            Paginator::HeaderCursor(_) => return None,
            _ => ("cursor", "{type: cursor, cursor_path: meta.next}"),
        },
        Part::Paginator(PageValue::Limit) if has_limit => return None,
        Part::Paginator(PageValue::Limit) if takes_limit => {
            let message = "`{paginator.limit}` has no value: the paginator has no `limit`";
            return Some(
                Diagnostic::error(Code::UnknownPlaceholder, mention.span, message)
                    .help("add the page size, `limit: 100`"),
            );
        }
        Part::Paginator(PageValue::Offset) if matches!(paginator, Paginator::Offset(_)) => {
            return None;
        }
        Part::Paginator(PageValue::Page) if matches!(paginator, Paginator::PageNumber(_)) => {
            return None;
        }
        Part::Paginator(PageValue::Page) => ("page", "{type: page_number, base_page: 1}"),
        Part::Paginator(value) => (value.name(), "{type: offset, limit: 100}"),
        _ => return None,
    };
    let message =
        format!("`{{paginator.{name}}}` has no value: the paginator is `{}`", paginator.name());
    Some(
        Diagnostic::error(Code::UnknownPlaceholder, mention.span, message)
            .help(format!("`paginator: {example}` has one")),
    )
}

/// The error for a member that a page cursor made of several does not have.
fn unknown_member(
    path: &Selector,
    members: &[(rest_source_plan::Str, Selector)],
    span: Span,
) -> Option<Diagnostic> {
    let Selector::Keys(keys) = path else { return None };
    let first = keys.first()?;
    if members.is_empty() || members.iter().any(|(name, _)| name == first) {
        return None;
    }
    let names = members.iter().map(|(name, _)| &**name);
    let message = format!("`cursor_paths` has no `{first}`");
    let diagnostic = Diagnostic::error(Code::UnknownPlaceholder, span, message);
    Some(match closest(first, names.clone()) {
        Some(meant) => diagnostic.help(format!("did you mean `{{paginator.cursor.{meant}}}`?")),
        None => diagnostic.help(format!("it has {}", crate::diagnostic::either(names))),
    })
}

/// A page size that nothing sends, and that nothing is compared with.
fn check_limit(
    paginator: &Paginator,
    given: Option<&config::Paginator>,
    names_limit: bool,
    diagnostics: &mut Diagnostics,
) {
    let (limit, ends) = match given {
        Some(config::Paginator::Cursor(cursor)) => (&cursor.limit.limit, &cursor.ends),
        Some(config::Paginator::HeaderCursor(cursor)) => (&cursor.limit.limit, &cursor.ends),
        _ => return,
    };
    let stops = ends.stop_after_short_page.get().is_some_and(|stops| stops.value);
    let Some(Spanned { span, .. }) = limit.get().filter(|_| !names_limit && !stops) else { return };
    let message = format!(
        "the page size is not sent: the texts of the endpoint say what `{}` sends",
        paginator.name()
    );
    diagnostics.push(Diagnostic::error(Code::Unused, *span, message).help(
        "write `{paginator.limit}` where it belongs, or name its parameter by `limit_param`",
    ));
}

/// The first page has no page cursor yet: what is nothing else is not sent then, and other text has
/// nothing there, which a segment of a path cannot.
fn check_first(paginator: &Paginator, mention: &Mention, diagnostics: &mut Diagnostics) {
    let (Paginator::Cursor(Cursor { initial_cursor, first_page_params, .. })
    | Paginator::HeaderCursor(HeaderCursor { initial_cursor, first_page_params, .. })) = paginator
    else {
        return;
    };
    let is_empty = match initial_cursor {
        None => true,
        Some(initial) => initial.as_text() == Some(""),
    };
    if mention.place == MentionPlace::Path && is_empty {
        let message = "a page cursor in the path has no value on the first page";
        diagnostics.push(
            Diagnostic::error(Code::UnknownPlaceholder, mention.span, message)
                .help("add what the first request has there, `initial_cursor: start`"),
        );
    }
    if mention.place == MentionPlace::Param && *first_page_params == FirstPageParams::All {
        let message = "`first_page_params: all` leaves out the parameter with the page cursor, too";
        diagnostics.push(
            Diagnostic::error(Code::Conflict, mention.span, message)
                .help("list the names, `first_page_params: [sort_by]`"),
        );
    }
}
