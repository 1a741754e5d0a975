//! Requests and their responses, whatever describes them, and the resources that are made of them: records,
//! columns, keys, parents and paginators. The formats give the requests.

mod columns;
mod key;
mod naming;
mod operation;
mod paginator;
mod parent;
mod records;
mod reference;
mod resources;
mod schema;

pub use self::key::KeyName;
pub(crate) use self::{
    key::REPEATED,
    naming::{is_version, setting_name},
    operation::{Operation, Parameter},
    paginator::{is_cursor, is_next_cursor, is_paging},
    records::simple,
    reference::Document,
    resources::Resources,
};
