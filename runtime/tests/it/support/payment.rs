//! Records as generated code has them.

use std::borrow::Cow;

use rest_source::plan::{Endpoint, PageSize, Paginator, Segment, Selector};

const fn key(name: &'static str) -> Segment {
    Segment::Key(Cow::Borrowed(name))
}

/// `data_selector: payments` with a `cursor` paginator of 500 a page.
pub(crate) const PAYMENTS: Endpoint = Endpoint {
    path: Cow::Borrowed("/v1/payments"),
    params: Cow::Borrowed(&[
        (Cow::Borrowed("status"), Cow::Borrowed("paid")),
        (Cow::Borrowed("sort"), Cow::Borrowed("created at")),
        (Cow::Borrowed("expand"), Cow::Borrowed("links")),
        (Cow::Borrowed("expand"), Cow::Borrowed("fx")),
    ]),
    data_selector: Some(Selector(Cow::Borrowed(&[key("payments")]))),
    paginator: Paginator::Cursor {
        cursor_path: Selector(Cow::Borrowed(&[key("meta"), key("cursors"), key("after")])),
        cursor_param: Cow::Borrowed("after"),
        page_size: Some(PageSize { param: Cow::Borrowed("limit"), records: 500 }),
    },
};

/// `data_selector: $` with `single_page`.
pub(crate) const BALANCE: Endpoint = Endpoint {
    path: Cow::Borrowed("v1/balance?currency=EUR"),
    params: Cow::Borrowed(&[]),
    data_selector: Some(Selector(Cow::Borrowed(&[]))),
    paginator: Paginator::SinglePage,
};

/// A list without anything around it, with `single_page`.
pub(crate) const PAYOUTS: Endpoint = Endpoint {
    path: Cow::Borrowed("/v1/payouts"),
    params: Cow::Borrowed(&[]),
    data_selector: None,
    paginator: Paginator::SinglePage,
};

/// An address in the place of a path, and not the client's.
const ELSEWHERE: Endpoint = Endpoint {
    path: Cow::Borrowed("https://elsewhere.example/v1/payouts"),
    params: Cow::Borrowed(&[]),
    data_selector: None,
    paginator: Paginator::SinglePage,
};

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
            use std::borrow::Cow;

            use rest_source::{
                Extra, Field, FieldMut, FieldRef, Record, Resource,
                __private::serde::{Deserialize, Deserializer, Serialize, Serializer},
                plan::{Column, DataType, ResourcePlan, WriteDisposition},
            };

            #[allow(non_camel_case_types)]
            enum Index { $($field),* }

            static PLAN: ResourcePlan = ResourcePlan {
                name: Cow::Borrowed($resource),
                endpoint: $endpoint,
                columns: Cow::Borrowed(&[$(Column {
                    name: Cow::Borrowed($column),
                    data_type: DataType::$data_type,
                    nullable: $nullable,
                    description: None,
                }),*]),
                primary_key: Cow::Borrowed(&[]),
                merge_key: Cow::Borrowed(&[]),
                write_disposition: WriteDisposition::Append,
            };

            impl Record for $name {
                fn columns(&self) -> &[Column] {
                    &PLAN.columns
                }

                fn field(&self, index: usize) -> FieldRef<'_> {
                    $(if index == Index::$field as usize {
                        return Field::field(&self.$field);
                    })*
                    unreachable!("column {index}")
                }

                fn field_mut(&mut self, index: usize) -> FieldMut<'_> {
                    $(if index == Index::$field as usize {
                        return Field::field_mut(&mut self.$field);
                    })*
                    unreachable!("column {index}")
                }

                fn extra(&self) -> &Extra {
                    &self.extra
                }

                fn extra_mut(&mut self) -> &mut Extra {
                    &mut self.extra
                }
            }

            impl Resource for $name {
                const PLAN: &'static ResourcePlan = &PLAN;
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    rest_source::__private::serialize(self, serializer)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    rest_source::__private::deserialize(deserializer)
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
