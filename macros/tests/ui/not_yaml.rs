use rest_source::rest_source;

#[rest_source("not_yaml.yaml")]
mod api {}

/// What comes before the mistake is known.
fn main() -> Result<(), rest_source::Error> {
    let client = api::Client::builder().access_token("…").build()?;
    let _: rest_source::Fetch<api::Payment> = client.payments();
    Ok(())
}
