//! Plans as Rust code: each value writes the expression that makes it again. Types are named without
//! a path, as in a block that begins with `use rest_source_plan::*`.

use std::{borrow::Cow, fmt::Write as _, time::Duration};

/// A value that can write itself as a constant expression.
pub trait Code {
    /// Appends the expression.
    fn write_code(&self, code: &mut String);

    /// The expression.
    ///
    /// ```
    /// use rest_source_plan::{Code, Column, DataType};
    ///
    /// let column = Column::new("id", DataType::Text);
    /// assert_eq!(column.code(), r#"Column::new("id", DataType::Text)"#);
    /// ```
    fn code(&self) -> String {
        let mut code = String::new();
        self.write_code(&mut code);
        code
    }
}

impl Code for bool {
    fn write_code(&self, code: &mut String) {
        code.push_str(if *self { "true" } else { "false" });
    }
}

impl Code for str {
    fn write_code(&self, code: &mut String) {
        let _ = write!(code, "{self:?}");
    }
}

macro_rules! numbers {
    ($($number:ident)+) => {$(
        impl Code for $number {
            fn write_code(&self, code: &mut String) {
                let _ = write!(code, "{self:?}{}", stringify!($number));
            }
        }
    )+};
}

numbers! { u16 u32 u64 i64 f64 }

impl Code for Duration {
    fn write_code(&self, code: &mut String) {
        let (seconds, nanoseconds) = (self.as_secs(), self.subsec_nanos());
        let _ = match nanoseconds {
            0 => write!(code, "Duration::from_secs({seconds})"),
            _ => write!(code, "Duration::new({seconds}, {nanoseconds})"),
        };
    }
}

impl<T: Code> Code for Option<T> {
    fn write_code(&self, code: &mut String) {
        match self {
            None => code.push_str("None"),
            Some(value) => call("Some", value, code),
        }
    }
}

impl<A: Code, B: Code> Code for (A, B) {
    fn write_code(&self, code: &mut String) {
        code.push('(');
        self.0.write_code(code);
        code.push_str(", ");
        self.1.write_code(code);
        code.push(')');
    }
}

impl<T: Code + ToOwned + ?Sized> Code for Cow<'_, T> {
    fn write_code(&self, code: &mut String) {
        call("Borrowed", &**self, code);
    }
}

impl<T: Code> Code for [T] {
    fn write_code(&self, code: &mut String) {
        code.push_str("&[");
        for item in self {
            item.write_code(code);
            code.push_str(", ");
        }
        code.push(']');
    }
}

/// Appends a link to a constant.
pub(crate) fn link(of: &impl Code, code: &mut String) {
    code.push_str("Link::Static(&");
    of.write_code(code);
    code.push(')');
}

/// Appends a call with one argument.
pub(crate) fn call<T: Code + ?Sized>(function: &str, argument: &T, code: &mut String) {
    code.push_str(function);
    code.push('(');
    argument.write_code(code);
    code.push(')');
}

/// Appends a literal with these fields, and with the others of a constant of its type.
pub(crate) fn literal(name: &str, fields: &str, defaults: Option<&str>, code: &mut String) {
    let _ = match (fields, defaults) {
        ("", Some(defaults)) => write!(code, "{defaults}"),
        (fields, Some(defaults)) => write!(code, "{name} {{ {fields}..{defaults} }}"),
        (fields, None) => write!(code, "{name} {{ {fields}}}"),
    };
}

/// Declares a type of a plan, which writes itself as its literal. `or` names a constant of the type with the
/// defaults: only fields that differ from it are written, so that code expanded by one version compiles against a
/// later one whose type has more fields. `by` names a method that returns a shorter expression, if there is one.
macro_rules! plan {
    ($(#[$meta:meta])* pub struct $name:ident $(by $short:ident)? $(or $constant:ident)? {
        $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
    }) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $crate::Code for $name {
            #[allow(clippy::float_cmp, reason = "a field is left out only if it is exactly the default")]
            fn write_code(&self, code: &mut String) {
                $(if let Some(short) = self.$short() {
                    return code.push_str(&short);
                })?
                let defaults: Option<$name> = plan!(@defaults $($name::$constant)?);
                let mut fields = String::new();
                $(if defaults.as_ref().is_none_or(|defaults| self.$field != defaults.$field) {
                    fields.push_str(concat!(stringify!($field), ": "));
                    $crate::Code::write_code(&self.$field, &mut fields);
                    fields.push_str(", ");
                })*
                let defaults = plan!(@defaults $(concat!(stringify!($name), "::", stringify!($constant)))?);
                $crate::code::literal(stringify!($name), &fields, defaults, code);
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident {
        $(
            $(#[$variant_meta:meta])*
            $variant:ident
                $(($value:ty))?
                $({ $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })?,
        )*
    }) => {
        $(#[$meta])*
        pub enum $name {
            $(
                $(#[$variant_meta])*
                $variant $(($value))? $({ $($(#[$field_meta])* $field: $type,)* })?,
            )*
        }

        impl $crate::Code for $name {
            fn write_code(&self, code: &mut String) {
                match self {
                    $(
                        $name::$variant { $(0: plan!(@first value, $value),)? $($($field,)*)? } => {
                            code.push_str(concat!(stringify!($name), "::", stringify!($variant)));
                            $(
                                let value: &$value = value;
                                $crate::code::call("", value, code);
                            )?
                            $(
                                code.push_str(" { ");
                                $(
                                    code.push_str(concat!(stringify!($field), ": "));
                                    $crate::Code::write_code($field, code);
                                    code.push_str(", ");
                                )*
                                code.push('}');
                            )?
                        }
                    )*
                }
            }
        }
    };
    (@defaults) => { None };
    (@defaults $constant:expr) => { Some($constant) };
    // The identifier that a variant's value is bound to.
    (@first $first:ident, $value:ty) => { $first };
}

pub(crate) use plan;
