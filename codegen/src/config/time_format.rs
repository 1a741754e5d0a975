//! Formats of times.

use rest_source_plan::TimeFormat;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{Parse, Shape},
    yaml::Node,
};

impl Parse for TimeFormat {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = String::parse(node, diagnostics)?;
        let format = TimeFormat::read(&text).map_err(|mistake| {
            let span = node.span.within(&text, mistake.begin, mistake.end);
            diagnostics.push(
                Diagnostic::error(Code::InvalidFormat, span, mistake.message).help(mistake.help),
            );
        });
        format.ok()
    }

    fn shape() -> Shape {
        Shape::Text
    }
}
