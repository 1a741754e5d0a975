//! Drivers that are not there, and addresses that lead nowhere.

use std::fs;

use expect_test::expect;
use rest_source::plan::{DataType::Text, WriteDisposition::Append};
use rest_source_load::{Adbc, Pipeline};
use tempfile::TempDir;

use super::library;
use crate::{
    postgres::PASSWORD,
    shown::shown,
    suite::{AdbcSqlitePlace, Place as _},
    support::{Resource, Shop, row},
};

fn payments() -> Resource {
    Resource::new("payments", Append).column("id", Text).page([row!["P1"]])
}

async fn refused(destination: Adbc) -> String {
    let error = Pipeline::new("test", destination).run(&Shop(vec![payments()])).await.unwrap_err();
    shown(&error)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_driver_that_is_not_installed_is_told_with_how_to_install_it() {
    expect!["the ADBC driver `no_such_vendor` is not installed: Driver not found: no_such_vendor; install it with `dbc install no_such_vendor`; or name the path of its library instead, `adbc:/…/libadbc_driver_no_such_vendor.so?…`, which `pip install adbc-driver-no_such_vendor` brings, or its folder in `ADBC_DRIVER_PATH`"].assert_eq(&refused(Adbc::driver("no_such_vendor")).await);
    let said = refused(Adbc::driver("/no/such/libdriver.so")).await;
    expect!["the ADBC driver /no/such/libdriver.so cannot be loaded: /no/such/libdriver.so: cannot open shared object file: No such file or directory; name the path of a driver's library or manifest, or a driver"].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_driver_is_found_by_its_manifest() {
    let place = AdbcSqlitePlace::new().await;
    let folder = TempDir::new().unwrap();
    let manifest = folder.path().join("lite.toml");
    let library = library("ADBC_SQLITE_LIBRARY");
    let text = format!("manifest_version = 1\nname = \"lite\"\n[Driver]\nshared = {library:?}\n");
    fs::write(&manifest, text).unwrap();
    let driver = Adbc::driver(manifest.to_str().unwrap()).option("uri", place.name());
    Pipeline::new("test", driver).run(&Shop(vec![payments()])).await.unwrap();
    assert_eq!(place.rows("payments", &["id"]).await, ["P1"]);
}

/// Whatever a driver makes of an address, it shows no part of a password.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_of_a_driver_show_no_password() {
    let library = library("ADBC_POSTGRESQL_LIBRARY");
    let addresses = [
        format!("postgres://user:{PASSWORD}@localhost:1/db"),
        format!("postgres://user:{PASSWORD}@localhost/db?no_such_option=1"),
        format!("host=localhost port=1 password={PASSWORD}"),
        format!("user:{PASSWORD}"),
        PASSWORD.to_owned(),
    ];
    for address in addresses {
        let driver = Adbc::driver(&library).option("uri", &address);
        let debug = format!("{driver:?}");
        let said = refused(driver).await;
        for part in ["canary", "p:s", "w?rd", "rd#1", "s/w"] {
            assert!(!said.contains(part) && !debug.contains(part), "{part} of {address}: {said}");
        }
    }
}

#[test]
fn an_address_names_a_driver_and_its_options() {
    let read = |url: &str| match Adbc::from_url(url) {
        Ok(adbc) => format!("{adbc:?}"),
        Err(error) => error.to_string(),
    };
    let urls = [
        "adbc:postgresql?uri=postgres%3A%2F%2Fu%3Ap%40h%2Fd&adbc.x=env:PATH",
        "adbc:/opt/libadbc_driver_sqlite.so?uri=a.db",
        "adbc:",
        "adbc:sqlite?uri",
        "adbc:sqlite?uri=env:NO_SUCH_VARIABLE",
    ];
    let read: Vec<_> = urls.iter().map(|url| read(url)).collect();
    expect![[r#"
        Adbc { address: Address { driver: "postgresql", options: ["uri", "adbc.x"], dataset: None } }
        Adbc { address: Address { driver: "/opt/libadbc_driver_sqlite.so", options: ["uri"], dataset: None } }
        the address names no driver of ADBC; write it as `adbc:postgresql?uri=env:DATABASE_URL`, with `%26` for `&` and the like inside of values
        an option of the driver has no value; write it as `adbc:postgresql?uri=env:DATABASE_URL`, with `%26` for `&` and the like inside of values
        the environment variable `NO_SUCH_VARIABLE`, which the option `uri` takes its value from, is not set; set it to that value"#]].assert_eq(&read.join("\n"));
}

/// The dialect is that of the vendor, whose name the driver says.
#[cfg(feature = "duckdb-tests")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vendor_without_a_dialect_is_refused() {
    let library = super::library("DUCKDB_LIBRARY");
    let folder = TempDir::new().unwrap();
    let manifest = folder.path().join("duck.toml");
    let text = format!("[Driver]\nshared = {library:?}\nentrypoint = \"duckdb_adbc_init\"\n");
    fs::write(&manifest, text).unwrap();
    let driver = Adbc::driver(manifest.to_str().unwrap()).option("path", ":memory:");
    let said = refused(driver).await.replace(manifest.to_str().unwrap(), "duck.toml");
    expect![[r#"the database of the ADBC driver `FOLDER/duck.toml` is "duckdb", whose SQL the loader does not know; it knows that of PostgreSQL and SQLite; load into it as `duckdb:payments.duckdb`, in a program by `DuckDb::at`"#]].assert_eq(&said);
}
