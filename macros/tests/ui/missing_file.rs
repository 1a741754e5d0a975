use rest_source::rest_source;

#[rest_source("ten_mistake.yaml")]
mod api {}

fn main() {}
