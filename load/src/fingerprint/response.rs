//! What a description says of responses, in its form.

use rest_source::plan::{
    BodyFilter, Csv, Encoding, Jsonl, ResponseAction, ResponseFormat, Selector, Syntax,
};
use serde_json::{Value, json};

/// The form with what bodies are. Earlier releases knew no other than the default, which is left out.
pub(super) fn with_format(
    mut form: Value,
    format: &ResponseFormat,
    selector: fn(&Selector) -> Value,
) -> Value {
    if *format != ResponseFormat::DEFAULT {
        form["format"] = of(format, selector);
    }
    form
}

fn of(format: &ResponseFormat, selector: fn(&Selector) -> Value) -> Value {
    let ResponseFormat { syntax, files, encoding, _non_exhaustive: _ } = format;
    let form = match syntax {
        Syntax::Json | Syntax::Xml => Value::Null,
        Syntax::Jsonl(Jsonl { data_selector, _non_exhaustive: _ }) => {
            json!(data_selector.as_ref().map(selector))
        }
        Syntax::Csv(Csv { delimiter, quote, columns, skip_lines, _non_exhaustive: _ }) => {
            json!([delimiter, quote, columns, skip_lines])
        }
    };
    json!([syntax.name(), form, files, encoding.map(Encoding::name)])
}

/// How specific responses are handled.
pub(super) fn action(action: &ResponseAction) -> Value {
    let ResponseAction { statuses, content, filter, action, _non_exhaustive: _ } = action;
    json!({
        "statuses": statuses,
        "content": content,
        "filter": filter.as_ref().map(|filter| match filter {
            BodyFilter::Holds(_) => "holds",
            BodyFilter::NotJson => "not_json",
        }),
        "action": action.name(),
    })
}
