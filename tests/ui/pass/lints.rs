//! A lint that is allowed says nothing, and one that warns does not stop the build.

use rest_source::rest_source;

#[rest_source("plain_secret.yaml", allow(plain_secret))]
mod allowed {}

#[rest_source("plain_secret.yaml", warn(plain_secret),)]
mod warned {}

fn main() {}
