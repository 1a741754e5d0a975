//! The description stands in the folder of this file. The literal also works out of a
//! `macro_rules!`, whose own file is another one.

use rest_source::rest_source;

#[rest_source("source.yaml")]
mod direct {}

macro_rules! source {
    ($path:literal) => {
        #[rest_source($path)]
        mod by_macro {}
    };
}

source!("source.yaml");

fn main() {
    let _: fn(&direct::Client) -> rest_source::Fetch<direct::Thing> = direct::Client::things;
    let _: fn(&by_macro::Client) -> rest_source::Fetch<by_macro::Thing> = by_macro::Client::things;
}
