use rest_source::rest_source;

#[rest_source]
mod nothing {}

#[rest_source(payments)]
mod no_text {}

#[rest_source("plain_secret.yaml", permit(plain_secret))]
mod level {}

#[rest_source("plain_secret.yaml", allow(plain_secrets))]
mod lint {}

#[rest_source("../../../tests/src/dlt.yml", source = pokemon)]
mod source_without_quotes {}

#[rest_source("../../../tests/src/dlt.yml", source = "pokemon", source = "orders")]
mod two_sources {}

#[rest_source("../../../tests/src/dlt.yml", source = "pokemons")]
mod unknown_source {}

#[rest_source("/plain_secret.yaml")]
mod absolute {}

#[rest_source("plain_secret.yaml")]
struct Payments;

fn main() {}
