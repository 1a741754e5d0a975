//! Records as generated code has them.

use std::borrow::Cow;

use rest_source::plan::{
    Column, Configurable, Cursor, DataType, Endpoint, Inferred, Link, Method, PageSize, Paginator,
    Param, Part, Place, Selector, Template,
};

pub(crate) const fn column(name: &'static str, data_type: DataType, nullable: bool) -> Column {
    nested_column(name, data_type, nullable, &[], None)
}

pub(crate) const fn nested_column(
    name: &'static str,
    data_type: DataType,
    nullable: bool,
    fields: &'static [Column],
    items: Option<Link<Column>>,
) -> Column {
    Column {
        name: Cow::Borrowed(name),
        data_type,
        inferred: false,
        nullable,
        description: None,
        precision: None,
        scale: None,
        timezone: true,
        unique: false,
        sort: false,
        hard_delete: false,
        dedup_sort: None,
        fields: Cow::Borrowed(fields),
        items,
        words: Cow::Borrowed(&[]),
        ..Column::DEFAULT
    }
}

const fn text(text: &'static str) -> Part {
    Part::Text(Cow::Borrowed(text))
}

macro_rules! param {
    ($name:literal, $value:literal) => {
        Param {
            name: Template(Cow::Borrowed(&[text($name)])),
            value: Template(Cow::Borrowed(&[text($value)])),
            ..Param::DEFAULT
        }
    };
}

/// `data_selector: payments` with a `cursor` paginator of 500 a page.
pub(crate) const PAYMENTS: Endpoint = Endpoint {
    method: Method::Get,
    path: Template(Cow::Borrowed(&[text("/v1/payments")])),
    params: Cow::Borrowed(&[
        param!("status", "paid"),
        param!("sort", "created at"),
        param!("expand", "links"),
        param!("expand", "fx"),
    ]),
    headers: Cow::Borrowed(&[]),
    body: None,
    auth: None,
    data_selector: Some(Selector::Keys(Cow::Borrowed(&[Cow::Borrowed("payments")]))),
    data_selector_required: true,
    paginator: Paginator::Cursor(Cursor {
        cursor_path: Selector::Keys(Cow::Borrowed(&[
            Cow::Borrowed("meta"),
            Cow::Borrowed("cursors"),
            Cow::Borrowed("after"),
        ])),
        place: Place::Param(Template(Cow::Borrowed(&[text("after")]))),
        initial_cursor: None,
        page_size: Some(PageSize {
            place: Place::Param(Template(Cow::Borrowed(&[text("limit")]))),
            records: Configurable::Known(500),
            ..PageSize::DEFAULT
        }),
        ..Cursor::DEFAULT
    }),
    inferred: Inferred { data_selector: false, paginator: false, ..Inferred::DEFAULT },
    response_actions: Cow::Borrowed(&[]),
    incremental: None,
    ..Endpoint::DEFAULT
};

const BALANCE_PATH: &[Part] = &[text("v1/balance?currency=EUR")];

/// `data_selector: $` with `single_page`.
pub(crate) const BALANCE: Endpoint =
    Endpoint::new(BALANCE_PATH, Some(Selector::ROOT), Paginator::SinglePage);

const PAYOUTS_PATH: &[Part] = &[text("/v1/payouts")];

/// A list without anything around it, with `single_page`.
pub(crate) const PAYOUTS: Endpoint = Endpoint::new(PAYOUTS_PATH, None, Paginator::SinglePage);

const ELSEWHERE_PATH: &[Part] = &[text("https://elsewhere.example/v1/payouts")];

/// An address in place of a path, and not the client's.
const ELSEWHERE: Endpoint = Endpoint::new(ELSEWHERE_PATH, None, Paginator::SinglePage);

/// Implements [`Record`](rest_source::Record) for a struct with these fields in the columns' order.
macro_rules! fields {
    ($name:ident, $columns:expr, $($field:ident)*) => {
        impl rest_source::Record for $name {
            fn columns(&self) -> &[rest_source::plan::Column] {
                $columns
            }

            fn field(&self, index: usize) -> rest_source::FieldRef<'_> {
                #[allow(non_camel_case_types)]
                enum Index { $($field),* }
                $(if index == Index::$field as usize {
                    return rest_source::Field::field(&self.$field);
                })*
                unreachable!("column {index}")
            }

            fn field_mut(&mut self, index: usize) -> rest_source::FieldMut<'_> {
                #[allow(non_camel_case_types)]
                enum Index { $($field),* }
                $(if index == Index::$field as usize {
                    return rest_source::Field::field_mut(&mut self.$field);
                })*
                unreachable!("column {index}")
            }

            fn extra(&self) -> &rest_source::Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut rest_source::Extra {
                &mut self.extra
            }
        }
    };
}

pub(crate) use fields;

/// Defines a record, its resource and its serde traits.
macro_rules! record {
    (
        $name:ident, $resource:literal, $endpoint:expr,
        { $($field:ident $column:literal: $type:ty => $data_type:ident, $nullable:literal;)* }
    ) => {
        #[derive(Debug, Clone, PartialEq, Default)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)*
            pub(crate) extra: rest_source::Extra,
        }

        const _: () = {
            use rest_source::{
                Resource,
                __private::v1::serde::{Deserialize, Deserializer, Serialize, Serializer},
                plan::{Column, DataType, ResourcePlan},
            };

            const COLUMNS: &[Column] =
                &[$($crate::support::column($column, DataType::$data_type, $nullable)),*];
            static PLAN: ResourcePlan = ResourcePlan::new($resource, $endpoint, COLUMNS);

            $crate::support::fields!($name, COLUMNS, $($field)*);

            impl Resource for $name {
                const PLAN: &'static ResourcePlan = &PLAN;
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    rest_source::__private::v1::serialize(self, serializer)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    rest_source::__private::v1::deserialize(deserializer)
                }
            }
        };
    };
}

pub(crate) use record;

record!(Payment, "payments", PAYMENTS, {
    id "id": String => Text, false;
    amount "amount": Option<i64> => Bigint, true;
    created_at "created_at": Option<rest_source::Timestamp> => Timestamp, true;
});

record!(Balance, "balance", BALANCE, {
    amount "amount": Option<rest_source::Decimal> => Decimal, true;
});

record!(Payout, "payouts", PAYOUTS, {
    id "id": Option<String> => Text, true;
});

record!(Elsewhere, "elsewhere", ELSEWHERE, {
    id "id": Option<String> => Text, true;
});
