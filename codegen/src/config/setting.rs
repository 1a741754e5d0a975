//! `config`: the settings that a program, a command or the environment gives a client.

use rest_source_plan::SettingType;

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::{Parse, Prose, Shape, TemplateText, mapping, parse_words, wrong_type},
    source::Spanned,
    yaml::{Kind, Node, Scalar, Value},
};

mapping! {
    /// A setting, `{config.NAME}`.
    pub struct ConfigSetting is "a setting" {
        /// What its value is; by default what `default` is, or else text.
        optional r#type: Spanned<SettingType>,
        /// Its value where none is given: a value, `now - 2 years`, or text with other settings in it.
        optional default: Spanned<SettingDefault>,
        /// Whether it may have no value, by default false. The parameter, header or member that uses it is not sent then.
        optional optional: Spanned<bool>,
        /// What it is.
        optional description: Prose,
    }
}

parse_words! {
    SettingType is "a type of a setting";
}

/// The default of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingDefault {
    /// A text, a number or a truth value, as the file writes it, and what that is.
    One(String, SettingType),
    /// A list of them.
    Many(Vec<(String, SettingType)>),
}

impl Parse for SettingDefault {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) => {
                Some(SettingDefault::One(scalar.text.clone(), type_of(scalar)))
            }
            Value::Sequence(items) => {
                let items: Vec<_> = items.iter().map(|item| item_of(item, diagnostics)).collect();
                items.into_iter().collect::<Option<Vec<_>>>().map(SettingDefault::Many)
            }
            // `{config.region}` without quotes, or no value at all.
            Value::Mapping(_) => {
                let text = TemplateText::parse(node, diagnostics)?;
                Some(SettingDefault::One(text.0, SettingType::Text))
            }
        }
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::Scalar, Shape::List(Box::new(Shape::Scalar))])
    }
}

fn type_of(scalar: &Scalar) -> SettingType {
    match scalar.kind() {
        Kind::Bool(_) => SettingType::Boolean,
        Kind::Number if scalar.text.parse::<i64>().is_ok() => SettingType::Integer,
        Kind::Number | Kind::Text | Kind::Null => SettingType::Text,
    }
}

fn item_of(item: &Node, diagnostics: &mut Diagnostics) -> Option<(String, SettingType)> {
    match &item.value {
        Value::Scalar(scalar) if scalar.kind() != Kind::Null => {
            Some((scalar.text.clone(), type_of(scalar)))
        }
        Value::Scalar(_) => {
            let message = "an element of a list has a value";
            diagnostics.push(Diagnostic::error(Code::WrongType, item.span, message));
            None
        }
        _ => wrong_type(item, "text or a number", diagnostics),
    }
}
