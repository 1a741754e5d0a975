//! The runtime against real HTTP on the loopback interface, with records as generated code has them.

mod fetching;
mod support;
