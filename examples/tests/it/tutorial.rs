//! The program of the tutorial.

use std::process::{Command, Output};

use rest_source_demo::{DemoApi, Options};

use super::programs::program;

const PAGE: &str = include_str!("../../../docs/tutorial.md");

/// It is the example `acme`, and prints what the page shows.
#[tokio::test(flavor = "multi_thread")]
async fn the_program_of_the_tutorial_prints_what_the_page_shows() {
    let block = |begin: &str| {
        let (_, rest) = PAGE.split_once(begin).expect("the page has this block");
        rest.split_once("```\n").expect("a block ends").0
    };
    let source = include_str!("../../acme.rs");
    assert_eq!(source.split_once("\n\n").unwrap().1, block("```rust,no_run\n"));

    let options = Options { fault_every: None, ..Options::default() };
    let api = DemoApi::start_with(options).await.unwrap();
    let mut acme = Command::new(program("acme"));
    // So that the address of the page leads to the API of this test.
    acme.env("HTTP_PROXY", api.base_url()).env("http_proxy", api.base_url());
    acme.env_remove("NO_PROXY").env_remove("no_proxy").env("ACCESS_TOKEN", api.token());
    let Output { status, stdout, stderr } =
        tokio::task::spawn_blocking(move || acme.output().unwrap()).await.unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    assert_eq!(String::from_utf8(stdout).unwrap(), block("$ cargo run --quiet\n"));
}
