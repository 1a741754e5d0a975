//! What the engine executes: a source and its resources as plain data.
//!
//! The checks make a plan of a source description. Generated code hands it to the engine as a
//! constant, a program that reads descriptions at run time as a value; it is the same thing, and
//! therefore everything is a [`Cow`] or [`Link`] that can borrow from the program. Nothing here does
//! anything but read the texts that the checks and the engine must understand alike, and write those
//! of others so that a terminal does not obey them; secrets appear by
//! name only.
//!
//! A struct is written with the constant of its type for the fields that are not named, such as
//! `..Endpoint::DEFAULT`, and matched with `..`; an enum is matched with a `_` arm. New fields and variants are minor
//! changes.
//!
//! ```
//! use std::borrow::Cow;
//! use rest_source_plan::{Column, DataType};
//!
//! static ID: Column = Column::new("id", DataType::Text);
//! assert_eq!(ID, Column { name: Cow::Owned("id".to_owned()), ..ID.clone() });
//! ```

mod auth;
mod auth_value;
mod client_setting;
#[doc(hidden)]
pub mod code;
mod column;
mod configurable;
mod credential;
mod endpoint;
mod incremental;
mod input;
mod link;
mod loading;
mod moment;
mod paginator;
#[doc(hidden)]
pub mod printable;
mod record_form;
mod request;
mod resource;
mod response_action;
mod response_format;
mod selector;
mod signing;
mod source;
mod source_setting;
mod template;
mod token;
mod words;

use std::borrow::Cow;

pub use self::{
    auth::{Auth, AuthChoice},
    auth_value::AuthValue,
    client_setting::ClientSetting,
    code::Code,
    column::{Column, DataType, DedupSort},
    configurable::Configurable,
    credential::{ApiKey, Bearer, HttpBasic, KeyLocation, SendAs},
    endpoint::{Endpoint, Inferred},
    incremental::{
        Distance, Edge, Incremental, LastValue, NextRun, OnMissing, Relative, RowOrder, RunCursor,
        Unit, Window,
    },
    input::{Condition, Input, SettingType},
    link::Link,
    loading::{Contract, MergeStrategy, Scd2, SchemaContract, WriteDisposition},
    moment::{EpochUnit, FormatMistake, Moment, MomentForm, NamedFormat, Notation, TimeFormat},
    paginator::{
        Cursor, End, FirstPageParams, HeaderCursor, HeaderLink, JsonLink, Offset, PageNumber,
        PageSize, Paginator, Place, Total,
    },
    record_form::{
        Cast, FieldPath, Names, Origin, ProcessingStep, RecordFilter, RecordForm, Row, With,
    },
    request::{Body, JsonTemplate, Method, Param},
    resource::{
        Argument, Batch, Batched, Crossed, Each, Included, Parent, ResourcePlan, plan_constant,
    },
    response_action::{Action, BodyFilter, ResponseAction},
    response_format::{Csv, Encoding, Jsonl, ResponseFormat, Syntax},
    selector::{
        Choice, Compare, Comparison, Filter, JsonPath, Literal, Node, Operand, Query, Segment,
        Selector, Slice, Step,
    },
    signing::{BinaryEncoding, Claim, Hash, Hmac, Jwt, JwtAlgorithm, JwtAuth, TimestampFormat},
    source::{RateLimit, RateLimitHeaders, Retry, SourcePlan},
    template::{Bound, Formatted, PageValue, Part, Template},
    token::{ClientAuth, Grant, Login, OAuth2, Session, TokenPlace},
};

/// Keeps other crates from writing a struct without `..` and the constant with its defaults.
#[doc(hidden)]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct NonExhaustive(pub(crate) ());

/// Text of a plan.
pub type Str = Cow<'static, str>;
/// A list in a plan.
pub type List<T> = Cow<'static, [T]>;
