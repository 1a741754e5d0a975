use rest_source::rest_source;

#[rest_source("empty.yaml")]
mod api {}

fn main() {}
