//! What the runnable examples share: servers for those that play an API of their own. The payments API that
//! others load from is the package `rest_source_demo`.

pub mod server;

/// What the README shows compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// What the tutorial shows compiles.
#[cfg(doctest)]
#[doc = include_str!("../../docs/tutorial.md")]
struct Tutorial;

/// What the answers to common questions show compiles.
#[cfg(doctest)]
#[doc = include_str!("../../docs/how-to.md")]
struct HowTo;

/// What the page on several machines shows compiles.
#[cfg(doctest)]
#[doc = include_str!("../../docs/many-machines.md")]
struct ManyMachines;
