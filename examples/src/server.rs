//! A server on the loopback interface, for examples that play an API of their own.

use std::io;

use axum::Router;
use tokio::net::TcpListener;

/// Serves routes on a free port until the program ends, and gives their address.
///
/// ```
/// use axum::{Router, routing::get};
/// use rest_source_examples::server::serve;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let address = serve(Router::new().route("/", get("hello"))).await?;
/// assert!(address.starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// If there is no free port.
pub async fn serve(routes: Router) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(address)
}
