use rest_source::rest_source;

#[rest_source("tests/ui/plain_secret.yaml")]
mod api {}

fn main() {}
