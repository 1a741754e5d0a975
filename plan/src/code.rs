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
pub(crate) fn literal(name: &str, fields: &str, constant: &str, code: &mut String) {
    let _ = match fields {
        "" => write!(code, "{constant}"),
        fields => write!(code, "{name} {{ {fields}..{constant} }}"),
    };
}

/// Declares a type of a plan, which writes itself as Rust.
///
/// A struct has a constant, which `or` names, with the defaults of its fields. It is written as the fields that
/// differ from them, and cannot be written without `..` and the constant, by a field that only this crate can make: so
/// code that was expanded by one version compiles against a later one whose struct has more fields. For the
/// same reason a variant of an enum has one value at most; what has fields is a struct. `by` names a method that returns
/// a shorter expression, if there is one.
///
/// What expanded code leaves out is the constant's: the default of a field never changes.
macro_rules! plan {
    ($(#[$meta:meta])* pub struct $name:ident $(by $short:ident)? or $constant:ident {
        $($(#[$field_meta:meta])* pub $field:ident: $type:ty = $default:expr,)*
    }) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            #[doc(hidden)]
            pub _non_exhaustive: $crate::NonExhaustive,
        }

        impl $name {
            /// The values of fields that are not written.
            pub const $constant: $name = $name {
                $($field: $default,)*
                _non_exhaustive: $crate::NonExhaustive(()),
            };
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($field), &self.$field))*
                    .finish()
            }
        }

        impl $crate::Code for $name {
            #[allow(clippy::float_cmp, reason = "a field is left out only if it is exactly the default")]
            fn write_code(&self, code: &mut String) {
                $(if let Some(short) = self.$short() {
                    return code.push_str(&short);
                })?
                let defaults = $name::$constant;
                let mut fields = String::new();
                $(if self.$field != defaults.$field {
                    fields.push_str(concat!(stringify!($field), ": "));
                    $crate::Code::write_code(&self.$field, &mut fields);
                    fields.push_str(", ");
                })*
                let constant = concat!(stringify!($name), "::", stringify!($constant));
                $crate::code::literal(stringify!($name), &fields, constant, code);
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident $(($value:ty))?,)*
    }) => {
        $(#[$meta])*
        pub enum $name {
            $($(#[$variant_meta])* $variant $(($value))?,)*
        }

        impl $crate::Code for $name {
            fn write_code(&self, code: &mut String) {
                match self {
                    $(
                        $name::$variant { $(0: plan!(@first value, $value))? } => {
                            code.push_str(concat!(stringify!($name), "::", stringify!($variant)));
                            $(
                                let value: &$value = value;
                                $crate::code::call("", value, code);
                            )?
                        }
                    )*
                }
            }
        }
    };
    // The identifier that a variant's value is bound to.
    (@first $first:ident, $value:ty) => { $first };
}

pub(crate) use plan;
