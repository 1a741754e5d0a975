//! What the body of a response is, from decoders.

use super::gaps::{Gaps, is_custom};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// The `response_format` of a retriever; `None` for JSON.
pub(super) fn response_format(retriever: &Value, gaps: &mut Gaps) -> Option<Node> {
    format_of(retriever.get("decoder")?, gaps)
}

fn format_of(decoder: &Value, gaps: &mut Gaps) -> Option<Node> {
    if is_custom(decoder) {
        gaps.custom("retriever.decoder", decoder);
        return None;
    }
    match decoder.text_of("type").unwrap_or("JsonDecoder") {
        "JsonDecoder" | "JsonParser" => None,
        "JsonlDecoder" | "JsonLineParser" => Some(Node::text("jsonl")),
        "XmlDecoder" => Some(Node::text("xml")),
        "CsvDecoder" | "CsvParser" => {
            let mut csv = Mapping::of([("type", Node::text("csv"))]);
            for key in ["delimiter", "encoding"] {
                let value = decoder.text_of(key).map(|text| text.replace("\\t", "\t"));
                let usual = if key == "encoding" { "utf-8" } else { "," };
                let value = value
                    .filter(|value| !value.to_lowercase().replace('_', "-").starts_with(usual));
                if let Some(value) = value {
                    // Python's name of an encoding that has another one elsewhere.
                    let is_latin = key == "encoding" && value.to_lowercase().starts_with("latin");
                    csv.set(
                        key,
                        Node::Text(if is_latin { "iso-8859-1".to_owned() } else { value }),
                    );
                }
            }
            Some(if csv.entries.len() == 1 { Node::text("csv") } else { csv.into() })
        }
        // What is around a body is found by itself.
        "GzipDecoder"
        | "GzipJsonDecoder"
        | "GzipParser"
        | "ZipfileDecoder"
        | "CompositeRawDecoder" => {
            let inner =
                ["decoder", "parser", "inner_parser"].iter().find_map(|key| decoder.get(key));
            format_of(inner?, gaps)
        }
        kind => {
            gaps.add("decoder", "retriever.decoder", format!("`{kind}` has no format"));
            None
        }
    }
}
