//! Words of the language: enums whose variants have one word each.

/// Declares an enum whose variants have one word each, as they are written in a description. A variant
/// may have a second word with the same meaning.
#[doc(hidden)]
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[doc = $doc:literal])+ $word:literal $(| $alias:literal)? => $variant:ident,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[doc = $doc])+ $variant,)*
        }

        impl $name {
            /// Each word with its meaning and its value, in the order in which messages list them.
            pub const WORDS: &'static [(&'static str, &'static str, $name)] = &[$(
                ($word, concat!($($doc),+).trim_ascii(), $name::$variant),
                $(($alias, concat!("The same as `", $word, "`."), $name::$variant),)?
            )*];

            /// The word for it in a description.
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The value that has this word.
            pub fn named(name: &str) -> Option<$name> {
                Self::WORDS.iter().find(|(word, ..)| *word == name).map(|(.., value)| *value)
            }
        }

        impl $crate::Code for $name {
            fn write_code(&self, code: &mut String) {
                code.push_str(match self {
                    $($name::$variant => concat!(stringify!($name), "::", stringify!($variant)),)*
                });
            }
        }
    };
}
