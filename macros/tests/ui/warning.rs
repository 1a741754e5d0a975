#![deny(deprecated)]

use rest_source::rest_source;

#[rest_source("plain_secret.yaml", warn(plain_secret))]
mod api {}

fn main() {}
