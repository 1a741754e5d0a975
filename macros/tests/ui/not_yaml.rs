use rest_source::rest_source;

#[rest_source("not_yaml.yaml")]
mod api {}

fn main() {}
