//! The runtime against real HTTP on the loopback interface, with records as generated code has them.

mod checkpoints;
mod fetching;
mod progress;
mod retrying;
mod support;
