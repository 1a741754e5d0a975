//! The declaration of mappings with fixed keys.

/// The key that a field of this name is: `enum` for `r#enum`.
pub(crate) fn name_of(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// A struct that is read from a mapping with just its fields as keys, and those of the structs behind
/// `with`, which other mappings have too. The values of keys behind `discarding` are checked and have no
/// effect; `instead` says what to write instead of keys that do not exist.
macro_rules! mapping {
    ($(#[doc = $doc:literal])+ pub struct $name:ident is $what:literal {
        $($(#[doc = $field_doc:literal])+ $rule:ident $key:ident: $type:ty,)*
    } $(with {
        $($group:ident: $group_type:ty,)*
    })? $(discarding {
        $($(#[doc = $discarded_doc:literal])+
            $discarded_rule:ident $discarded:ident: $discarded_type:ty,)*
    })? $(instead {
        $($other:ident: $help:literal,)*
    })?) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default)]
        #[allow(clippy::struct_field_names, reason = "the keys are the language's")]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $key: $crate::parse::Setting<$type>,)*
            $($(#[doc = "Keys that other mappings have too."] pub $group: $group_type,)*)?
        }

        impl $name {
            /// What it is called in messages.
            pub(crate) const WHAT: &'static str = $what;

            pub(crate) fn read(reader: &mut $crate::parse::Reader<'_>) -> Self {
                reader.takes(&$name::names(), &[$($((stringify!($other), $help),)*)?]);
                $name::read_keys(reader)
            }

            #[allow(unused_variables, clippy::needless_pass_by_ref_mut)]
            pub(crate) fn read_keys(reader: &mut $crate::parse::Reader<'_>) -> Self {
                let read = $name {
                    $($key: reader.$rule($crate::parse::name_of(stringify!($key))),)*
                    $($($group: <$group_type>::read_keys(reader),)*)?
                };
                $($(reader
                    .describe(concat!($($discarded_doc),+).trim_ascii())
                    .$discarded_rule::<$discarded_type>(stringify!($discarded));)*)?
                read
            }

            pub(crate) fn names() -> Vec<&'static str> {
                [
                    vec![$($crate::parse::name_of(stringify!($key)),)*],
                    $($(<$group_type>::names(),)*)?
                    vec![$($(stringify!($discarded),)*)?],
                ]
                .concat()
            }

            pub(crate) fn keys() -> Vec<$crate::parse::Key> {
                let own = vec![$($crate::parse::Key::new(
                    $crate::parse::name_of(stringify!($key)),
                    concat!($($field_doc),+).trim_ascii(),
                    stringify!($rule),
                    <$type as $crate::parse::Parse>::shape(),
                ),)*];
                let discarded = vec![$($($crate::parse::Key::new(
                    stringify!($discarded),
                    concat!($($discarded_doc),+).trim_ascii(),
                    stringify!($discarded_rule),
                    <$discarded_type as $crate::parse::Parse>::shape(),
                ),)*)?];
                [own, $($(<$group_type>::keys(),)*)? discarded].concat()
            }
        }

        impl $crate::parse::Parse for $name {
            fn parse(
                node: &$crate::yaml::Node,
                diagnostics: &mut $crate::diagnostic::Diagnostics,
            ) -> Option<Self> {
                let mut reader = $crate::parse::Reader::begin(
                    node,
                    $name::WHAT,
                    stringify!($name),
                    diagnostics,
                )?;
                let parsed = $name::read(&mut reader);
                reader.finish();
                Some(parsed)
            }

            fn shape() -> $crate::parse::Shape {
                $crate::parse::Shape::Mapping($crate::parse::MappingShape {
                    name: stringify!($name),
                    what: $what,
                    doc: concat!($($doc),+).trim_ascii(),
                    keys: $name::keys,
                })
            }
        }
    };
}

pub(crate) use mapping;
