//! The client that every resource of a source shares.

/// The client that every resource of a source shares. Cloning it is cheap.
#[derive(Debug, Clone)]
pub struct Client {}
