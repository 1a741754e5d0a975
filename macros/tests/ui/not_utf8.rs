use rest_source::rest_source;

#[rest_source("not_utf8.yaml")]
mod api {}

fn main() {}
