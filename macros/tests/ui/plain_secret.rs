use rest_source::rest_source;

#[rest_source("plain_secret.yaml")]
mod api {}

fn main() {}
