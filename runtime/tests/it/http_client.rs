//! What a program sets on the HTTP client: certificates, a proxy, headers; and what it cannot set.

use std::{borrow::Cow, net::SocketAddr, sync::Arc};

use expect_test::expect;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair,
};
use rest_source::{
    ClientBuilder, Error,
    plan::SourcePlan,
    reqwest::{self, Certificate, Identity, Proxy, header::HeaderMap, redirect::Policy},
};
use rustls::{
    RootCertStore, ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
    server::{NoClientAuth, WebPkiClientVerifier, danger::ClientCertVerifier},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use crate::{
    shown::shown,
    support::{Server, fetch, items},
};

type Hook = fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder;

/// A certificate authority that only this test knows.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Authority {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Authority(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate for one who is called so, and its key.
    fn issue(&self, name: &str, purpose: ExtendedKeyUsagePurpose) -> (rcgen::Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.extended_key_usages = vec![purpose];
        (params.signed_by(&key, &self.0).unwrap(), key)
    }

    fn certificate(&self) -> Certificate {
        Certificate::from_pem(self.0.pem().as_bytes()).unwrap()
    }

    fn roots(&self) -> Arc<RootCertStore> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(self.0.der().to_vec())).unwrap();
        Arc::new(roots)
    }
}

/// An API behind TLS, with a certificate of that authority. `of_clients` has signed those of its clients.
async fn api(authority: &Authority, of_clients: Option<&Authority>) -> String {
    let (certificate, key) = authority.issue("127.0.0.1", ExtendedKeyUsagePurpose::ServerAuth);
    let provider = Arc::new(ring::default_provider());
    let verifier: Arc<dyn ClientCertVerifier> = match of_clients {
        None => Arc::new(NoClientAuth),
        Some(authority) => {
            let provider = Arc::clone(&provider);
            WebPkiClientVerifier::builder_with_provider(authority.roots(), provider)
                .build()
                .unwrap()
        }
    };
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            // Clients that are refused, or refuse, are what is tested.
            if let Ok(connection) = acceptor.accept(connection).await {
                answer(connection).await;
            }
        }
    });
    url
}

async fn answer(mut connection: TlsStream<TcpStream>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match connection.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let response = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\
                    connection: close\r\n\r\n[{\"id\":1}]";
    let _ = connection.write_all(response.as_bytes()).await;
    let _ = connection.shutdown().await;
}

fn builder(url: &str) -> ClientBuilder {
    let mut plan = SourcePlan::new("api", url.to_owned());
    plan.retry.max_retries = 0;
    ClientBuilder::new(Cow::Owned(plan))
}

async fn records(builder: ClientBuilder) -> Result<usize, Error> {
    Ok(fetch(&builder.build()?, items()).await?.len())
}

#[tokio::test]
async fn an_authority_of_the_program_is_trusted() {
    let authority = Authority::new();
    let url = api(&authority, None).await;
    assert!(records(builder(&url)).await.unwrap_err().is_connect());
    let certificate = authority.certificate();
    let trusting = builder(&url).http(move |http| http.tls_certs_only([certificate.clone()]));
    assert_eq!(records(trusting).await.unwrap(), 1);
}

#[tokio::test]
async fn a_client_shows_its_certificate() {
    let (authority, of_clients) = (Authority::new(), Authority::new());
    let url = api(&authority, Some(&of_clients)).await;
    let root = authority.certificate();
    let anonymous = builder(&url).http({
        let root = root.clone();
        move |http| http.tls_certs_only([root.clone()])
    });
    // The server refuses it when the handshake is over for the client.
    assert_eq!(records(anonymous).await.unwrap_err().status(), None);
    let (certificate, key) = of_clients.issue("team", ExtendedKeyUsagePurpose::ClientAuth);
    let pem = [key.serialize_pem(), certificate.pem()].concat();
    let identity = Identity::from_pem(pem.as_bytes()).unwrap();
    let known = builder(&url)
        .http(move |http| http.tls_certs_only([root.clone()]).identity(identity.clone()));
    assert_eq!(records(known).await.unwrap(), 1);
}

#[tokio::test]
async fn requests_go_through_a_proxy() {
    let proxy = Server::answering(|_| r#"[{"id":1}]"#).await;
    let url = proxy.url();
    let through = builder("http://api.invalid/v1")
        .http(move |http| http.proxy(Proxy::http(url.as_str()).unwrap()));
    assert_eq!(records(through).await.unwrap(), 1);
    assert_eq!(proxy.seen()[0].header("host"), "api.invalid");
}

#[tokio::test]
async fn headers_are_added_but_for_those_of_the_engine() {
    let server = Server::answering(|_| r#"[{"id":1}]"#).await;
    let with_headers = builder(&server.url()).http(|http| {
        let headers = [("x-team", "data"), ("accept-encoding", "compress")];
        let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        http.user_agent("data-team/1").default_headers(HeaderMap::from_iter(headers))
    });
    assert_eq!(records(with_headers).await.unwrap(), 1);
    let seen = &server.seen()[0];
    let sent = ["x-team", "user-agent", "accept-encoding"].map(|name| seen.header(name));
    expect![[r#"
        data
        data-team/1
        gzip, deflate, br, zstd"#]]
    .assert_eq(&sent.join("\n"));
}

/// Each has one owner, and it is not the HTTP client.
#[tokio::test]
async fn redirects_retries_and_decompression_are_not_those_of_the_hook() {
    let elsewhere = Server::answering(|_| r#"[{"id":1}]"#).await;
    let to = elsewhere.url();
    let server =
        Server::answering(move |_| (reqwest::StatusCode::FOUND, [("location", to.clone())])).await;
    let following = builder(&server.url()).http(|http| http.redirect(Policy::limited(5)));
    assert!(records(following).await.unwrap_err().leads_away());
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn what_cannot_be_built_is_an_error_of_the_hook() {
    let wrong: Hook = |http| http.user_agent("two\nlines");
    let error = builder("https://api.example.com").http(wrong).build().unwrap_err();
    assert!(error.is_config());
    expect!["the HTTP client that `ClientBuilder::http` sets up cannot be built"]
        .assert_eq(&shown(&error));
}
