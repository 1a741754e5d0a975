//! The address of a server: what it may say, what it must not show, and TLS.

use expect_test::expect;
use rest_source::plan::{DataType::Text, WriteDisposition::Append};
use rest_source_load::{Destination, Pipeline, Postgres};

use super::{
    PostgresPlace,
    cluster::{Cluster, PASSWORD},
};
use crate::{
    shown::shown,
    suite::Place,
    support::{Resource, Shop, row},
};

fn one() -> Shop {
    Shop(vec![Resource::new("payments", Append).column("id", Text).page([row!["P1"]])])
}

/// Whether any part of the password is in a text.
fn shows_secret(text: &str) -> bool {
    ["canary", "w?rd", "w%3Frd"].iter().any(|part| text.contains(part))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_password_is_never_shown() {
    assert!(shows_secret(PASSWORD));
    let urls = [
        format!("{}?sslmode=disable", Cluster::get().url().replace("%231", "%232")),
        Cluster::get().url().replace("localhost", "nowhere.invalid"),
        format!("postgres://postgres:canary@localhost:{}/nothing", Cluster::get().port),
        "postgres://user:canary@localhost:1/payments".to_owned(),
        "postgres://localhost:1/payments?password=canary&user=u".to_owned(),
    ];
    for url in urls {
        let postgres = Postgres::at(&url).unwrap();
        let debug = format!("{postgres:?} {postgres:#?}");
        assert!(!shows_secret(&debug) && debug.contains('/'), "{debug}");
        let error = Pipeline::new("test", postgres).run(&one()).await.unwrap_err();
        let text = format!("{error} {error:?} {error:#?}");
        assert!(!shows_secret(&text), "{text}");
        assert!(error.is_destination(), "{text}");
    }
    let mut said = String::new();
    for url in [
        "user:canary@localhost/payments",
        "postgres:/user:canary@localhost/payments",
        "postgres://user:p@canary@localhost/payments",
        "postgres://user:p@canary/x@localhost/payments",
        "postgres://user:canary@localhost:port/payments",
        "postgres://user:canary@localhost/payments?canary=1",
        "postgres://user:canary@localhost/payments?sslmode=canary",
        "postgres://user:canary@/payments",
        "host=localhost password=canary",
        "canary",
        "",
    ] {
        let error = Postgres::at(url).expect_err(url);
        let text = format!("{error} {error:?} {error:#?}");
        assert!(!shows_secret(&text), "{url}: {text}");
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        the address of the PostgreSQL server cannot be used: the URL does not begin with `postgres://`; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: the URL does not begin with `postgres://`; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: the URL has more than one `@`; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: the URL has more than one `@`; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: the URL cannot be understood; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: the URL cannot be understood; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: `sslmode` is not one of `disable`, `prefer`, `require`, `verify-ca` and `verify-full`
        the address of the PostgreSQL server cannot be used: the URL names no host; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: the URL does not begin with `postgres://`; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: the URL does not begin with `postgres://`; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
        the address of the PostgreSQL server cannot be used: the URL does not begin with `postgres://`; write it as `postgres://user:password@host:5432/database`, with `%40` for `@` and the like inside of its parts
    "#]].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_and_a_server_that_is_not_there_are_told_apart() {
    let wrong = Cluster::get().url().replace("%231", "");
    let error = Postgres::at(wrong).unwrap().state().await.unwrap_err();
    expect![[r#"the PostgreSQL server localhost:PORT/postgres cannot be used: password authentication failed for user "postgres""#]].assert_eq(&shown(&error));
    assert!(!error.is_transient());
    let error = Postgres::at("postgres://u@localhost:1/db").unwrap().state().await.unwrap_err();
    assert!(error.is_transient(), "{error}");
    expect!["the PostgreSQL server localhost:1/db cannot be used: error connecting to server: Connection refused (os error 111)"].assert_eq(&shown(&error));
}

#[test]
fn the_environment_names_the_server() {
    let error = Postgres::from_env("REST_SOURCE_NO_SUCH_VARIABLE").unwrap_err();
    expect!["the environment variable `REST_SOURCE_NO_SUCH_VARIABLE` is not set; set it to the URL of the PostgreSQL database"].assert_eq(&shown(&error));
    // A variable that is there, and is no URL.
    assert!(!Postgres::from_env("PATH").unwrap_err().to_string().contains("/bin"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_is_as_sure_as_the_url_says() {
    let cluster = Cluster::get();
    let authority = cluster.authority();
    let root = authority.display();
    let by_address = cluster.url().replace("localhost", "127.0.0.1");
    let other = cluster.folder.join("server.pem");
    let mut said = String::new();
    for (url, options, is_taken) in [
        (cluster.url(), "sslmode=require".to_owned(), true),
        (cluster.url(), "sslmode=prefer".to_owned(), true),
        (cluster.url(), format!("sslmode=require&sslrootcert={root}"), true),
        (cluster.url(), format!("sslmode=verify-ca&sslrootcert={root}"), true),
        (cluster.url(), format!("sslmode=verify-full&sslrootcert={root}"), true),
        (cluster.url(), "channel_binding=require&sslmode=require".to_owned(), true),
        (by_address.clone(), format!("sslmode=verify-ca&sslrootcert={root}"), true),
        (by_address, format!("sslmode=verify-full&sslrootcert={root}"), false),
        // The operating system does not know this authority.
        (cluster.url(), "sslmode=verify-full".to_owned(), false),
        (cluster.url(), format!("sslmode=verify-ca&sslrootcert={}", other.display()), false),
    ] {
        let place = PostgresPlace::at(format!("{url}?{options}"));
        let loaded = place.pipeline().run(&one()).await;
        match (loaded, is_taken) {
            (Ok(_), true) => assert_eq!(place.rows("payments", &["id"]).await, ["P1"]),
            (Err(error), false) => {
                said.extend([&shown(&error), "\n"]);
                assert!(!error.is_transient(), "{options}");
            }
            (loaded, _) => panic!("{options}: {loaded:?}"),
        }
    }
    expect![[r#"
        the PostgreSQL server 127.0.0.1:PORT/postgres cannot be used: error performing TLS handshake: invalid peer certificate: certificate not valid for name "127.0.0.1"; certificate is only valid for DnsName("localhost")
        the PostgreSQL server localhost:PORT/postgres cannot be used: error performing TLS handshake: invalid peer certificate: UnknownIssuer
        the PostgreSQL server localhost:PORT/postgres cannot be used: error performing TLS handshake: invalid peer certificate: UnknownIssuer
    "#]].assert_eq(&said);
    let encrypted =
        PostgresPlace::at(format!("{}?sslmode=require&application_name=tls", cluster.url()));
    let client = encrypted.client().await;
    let run = async {
        let resource = Resource::new("payments", Append).column("id", Text).page([row!["P1"]]);
        let slow = resource.delay(std::time::Duration::from_millis(800));
        encrypted.pipeline().run(&Shop(vec![slow])).await.unwrap();
    };
    let look = async {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let sql = "SELECT bool_and(ssl) AND count(*) > 0 FROM pg_stat_ssl JOIN pg_stat_activity
                   USING (pid) WHERE application_name = 'tls'";
        assert_eq!(super::place::query(&client, sql).await, ["1"]);
    };
    tokio::join!(run, look);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tls_is_never_given_up_silently() {
    // A server that has no TLS: it answers `N` to whoever asks for it.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut said = Vec::new();
        for _ in 0..2 {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = [0; 8];
            socket.read_exact(&mut request).await.unwrap();
            assert_eq!(request, [0, 0, 0, 8, 4, 210, 22, 47]);
            socket.write_all(b"N").await.unwrap();
            socket.read_to_end(&mut said).await.unwrap();
        }
        said
    });
    let file = Cluster::get().authority();
    let mut said = String::new();
    for options in [
        "sslmode=require".to_owned(),
        format!("sslmode=verify-full&sslrootcert={}", file.display()),
    ] {
        let url = format!("postgres://user:canary@localhost:{port}/db?{options}");
        let error = Postgres::at(url).unwrap().state().await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
        assert!(!error.is_transient());
    }
    expect![[r#"
        the PostgreSQL server localhost:PORT/db cannot be used: error performing TLS handshake: server does not support TLS
        the PostgreSQL server localhost:PORT/db cannot be used: error performing TLS handshake: server does not support TLS
    "#]].assert_eq(&said);
    // Not even the user's name.
    assert!(server.await.unwrap().is_empty());

    let mut said = String::new();
    for options in [
        "sslmode=verify-ca",
        "sslmode=allow",
        "sslmode=prefer&sslrootcert=a.pem",
        "sslrootcert=a.pem",
        "sslcert=a.pem",
        "host=/tmp&sslmode=require",
    ] {
        let base = if options.starts_with("host") { "postgres:///db" } else { "postgres://h/db" };
        let error = Postgres::at(format!("{base}?{options}")).unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        the address of the PostgreSQL server cannot be used: `sslmode=verify-ca` needs the authorities, `sslrootcert=FILE`; without that say `sslmode=verify-full`
        the address of the PostgreSQL server cannot be used: `sslmode` is not one of `disable`, `prefer`, `require`, `verify-ca` and `verify-full`
        the address of the PostgreSQL server cannot be used: `sslrootcert` has no meaning with this `sslmode`; say `sslmode=verify-full`
        the address of the PostgreSQL server cannot be used: `sslrootcert` has no meaning with this `sslmode`; say `sslmode=verify-full`
        the address of the PostgreSQL server cannot be used: the option `sslcert` is not supported
        the address of the PostgreSQL server cannot be used: a connection through a socket file has no TLS
    "#]].assert_eq(&said);
    let missing = "postgres://localhost:1/db?sslmode=verify-full&sslrootcert=/no/such/file.pem";
    let error = Postgres::at(missing).unwrap().state().await.unwrap_err();
    expect!["the certificates in /no/such/file.pem cannot be used: I/O error: No such file or directory (os error 2)"].assert_eq(&shown(&error));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_file_is_an_address() {
    let cluster = Cluster::get();
    let folder = cluster.folder.display().to_string().replace('/', "%2F");
    let url = cluster.url().replace("localhost", &folder);
    let place = PostgresPlace::at(url);
    place.pipeline().run(&one()).await.unwrap();
    assert_eq!(place.rows("payments", &["id"]).await, ["P1"]);
}
