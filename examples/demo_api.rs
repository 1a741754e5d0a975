//! Serves the demo API until Ctrl-C, for commands of `cargo rest-source`.

use std::{error::Error, io::Write as _};

use rest_source_examples::demo_api::{DemoApi, Options};
use tokio::signal;

/// Where `openapi.yaml` says that it is.
const PORT: u16 = 8080;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let api = DemoApi::start_on(PORT, Options::default()).await?;
    let mut out = std::io::stdout();
    writeln!(out, "the demo API is at {}; its token is `{}`", api.base_url(), api.token())?;
    signal::ctrl_c().await?;
    Ok(())
}
