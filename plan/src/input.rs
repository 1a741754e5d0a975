//! What a client is given and the file only names.

use crate::{List, Str, Template, code::plan, words};

plan! {
    /// A value that a client needs and the file only names: a secret or a setting.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Input or DEFAULT {
        /// Its name in the file, `access_token`.
        pub name: Str = Str::Borrowed(""),
        /// The method of the generated builder that takes it, for errors to name.
        pub setter: Str = Str::Borrowed(""),
        /// The environment variables that may hold it, in the order in which they are looked at.
        pub variables: List<Str> = List::Borrowed(&[]),
        /// When a client needs it: if one of these holds. Empty: always.
        pub needed_if: List<Condition> = List::Borrowed(&[]),
        /// Of a setting: what its value is.
        pub data_type: SettingType = SettingType::Text,
        /// Of a setting: its value where none is given, a list as JSON. Text may be
        /// [`Relative`](crate::Relative) to the beginning of a run.
        pub default: Option<Template> = None,
        /// Of a setting: whether it may have no value. What uses it is not sent then.
        pub optional: bool = false,
        /// Of a setting: whether the file declares it, so that its value cannot be empty text.
        pub declared: bool = false,
        /// What it is.
        pub description: Option<Str> = None,
    }
}

impl Input {
    /// Whether a client needs it whose settings have these values.
    pub fn is_needed(&self, setting: impl Fn(&str) -> Option<String>) -> bool {
        let holds = |Condition { choose, option, .. }: &Condition| {
            choose.filled(&setting).as_deref() == Some(&**option)
        };
        self.needed_if.is_empty() || self.needed_if.iter().any(holds)
    }
}

plan! {
    /// That settings choose an option of [`AuthChoice`](crate::AuthChoice).
    #[derive(Clone, PartialEq, Eq)]
    pub struct Condition or DEFAULT {
        /// The text, of settings, that is the name of an option.
        pub choose: Template = Template::EMPTY,
        /// The name of the option.
        pub option: Str = Str::Borrowed(""),
    }
}

words! {
    /// What the value of a setting is.
    pub enum SettingType {
        /// Text.
        "text" => Text,
        /// A whole number.
        "integer" => Integer,
        /// `true` or `false`.
        "boolean" => Boolean,
        /// A list of texts.
        "list" => List,
    }
}

impl SettingType {
    /// What a value must be, for errors.
    pub const fn expected(self) -> &'static str {
        match self {
            SettingType::Text => "text",
            SettingType::Integer => "a whole number",
            SettingType::Boolean => "`true` or `false`",
            SettingType::List => "a list: `a,b` or `[\"a\", \"b\"]`",
        }
    }
}
