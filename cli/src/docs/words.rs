//! What the parts of a source are called in sentences, and how text becomes part of Markdown.

use rest_source_codegen::model::{
    Auth, Column, Content, Paginator, Part, Resource, Retry, Secret, Template, WriteDisposition,
};

/// How requests are authenticated.
pub(super) fn authentication(auth: Option<&Auth>) -> String {
    match auth {
        Some(Auth::Bearer { token }) => format!("a bearer token, {}", code(&template(token))),
        None => "none".to_owned(),
    }
}

/// Method and path.
pub(super) fn endpoint(resource: &Resource) -> String {
    format!("GET {}", resource.path)
}

/// How the next page is asked for.
pub(super) fn paging(paginator: &Paginator) -> String {
    match paginator {
        Paginator::SinglePage => "a single page".to_owned(),
        Paginator::Cursor { cursor_path, cursor_param, limit, .. } => {
            let size = limit.map_or_else(String::new, |limit| format!("{limit} a page, "));
            format!("{size}following {} by {}", code(&cursor_path.text), code(cursor_param))
        }
    }
}

/// What the values of a column are.
pub(super) fn values(column: &Column) -> String {
    match &column.content {
        Content::Plain => code(column.data_type.word()),
        Content::Record(_) => "a record".to_owned(),
        Content::List(items) => format!("a list: {}", values(items)),
        Content::Words(of) => {
            let words: Vec<String> = of.words.iter().map(|word| code(&word.word)).collect();
            words.join(" or ")
        }
    }
}

/// Where the records are in a response.
pub(super) fn records(resource: &Resource) -> String {
    match &resource.data_selector {
        Some(selector) if selector.text == "$" => "the response itself".to_owned(),
        Some(selector) => format!("the response's {}", code(&selector.text)),
        None => "the list that the response is".to_owned(),
    }
}

/// What loading does to existing rows.
pub(super) fn loading(resource: &Resource) -> String {
    let disposition = code(resource.write_disposition.word());
    if resource.write_disposition != WriteDisposition::Merge {
        return disposition;
    }
    let key =
        if resource.merge_key.is_empty() { &resource.primary_key } else { &resource.merge_key };
    let key: Vec<String> = key.iter().map(|column| code(column)).collect();
    format!("{disposition} by {}", key.join(", "))
}

/// When and how often a failed request is tried again.
pub(super) fn retries(retry: &Retry) -> String {
    if retry.max_retries == 0 {
        return "none".to_owned();
    }
    let statuses: Vec<String> = retry.statuses.iter().map(u16::to_string).collect();
    format!(
        "at most {}, after {} and failures of the connection, within {} s",
        retry.max_retries,
        statuses.join(", "),
        retry.max_elapsed
    )
}

/// The environment variables in which a client looks for a secret, in this order. The runtime
/// derives them in the same way.
pub(super) fn variables(secret: &Secret, module: &str) -> [String; 2] {
    let variable = secret.name.replace('.', "__").to_ascii_uppercase();
    [format!("{}__{variable}", plain(module).to_ascii_uppercase()), variable]
}

/// Text with its secrets named.
pub(super) fn template(template: &Template) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Secret(name) => format!("{{secrets.{name}}}"),
    };
    template.parts.iter().map(part).collect()
}

/// People call `r#type` `type`.
pub(super) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Text as code, also if it has backquotes in it (`CommonMark` 6.1).
pub(super) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    if longest == 0 {
        return format!("`{text}`");
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// A name as text: nothing in it is Markdown.
pub(super) fn text(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if "\\`*_[]<>#|!&".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// A description on one line.
pub(super) fn cell(description: &str) -> String {
    description.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The anchor of a heading, as GitHub derives it.
pub(super) fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}
