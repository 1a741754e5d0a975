//! The description that an import makes: built as nodes, pulled together, checked and written. The same for
//! all formats, whose folders only build the nodes.

mod finish;
mod fit;
mod node;
mod place;
mod scalar;
mod tidy;
mod write;

pub use self::finish::Imported;
pub(crate) use self::{
    finish::finish,
    node::{Entry, Mapping, Node},
};
