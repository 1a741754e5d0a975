//! Whom a connection trusts: `sslmode` and `sslrootcert` as libpq understands them, by rustls.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres::config::{SslMode, SslNegotiation};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{Error, ErrorKind};

/// Which servers a connection with TLS may be to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trust {
    /// Any: what is sent cannot be read by others on the way, but may go to the wrong server.
    Any,
    /// One with a certificate of the authorities in this file, for whatever name.
    Authority(PathBuf),
    /// One whose certificate is for the name that the URL says: of the authorities in this file, or
    /// of those that the operating system trusts.
    Host(Option<PathBuf>),
}

impl Trust {
    /// What the options of a URL say.
    pub(super) fn of(mode: Option<&str>, root: Option<PathBuf>) -> Result<(SslMode, Trust), Error> {
        let is_system = root.as_deref() == Some(Path::new("system"));
        match (mode.unwrap_or("prefer"), root) {
            ("disable", None) => Ok((SslMode::Disable, Trust::Any)),
            ("prefer", None) => Ok((SslMode::Prefer, Trust::Any)),
            ("require", None) => Ok((SslMode::Require, Trust::Any)),
            ("verify-full", Some(_)) if is_system => Ok((SslMode::Require, Trust::Host(None))),
            ("verify-full", root) => Ok((SslMode::Require, Trust::Host(root))),
            ("require" | "verify-ca", Some(root)) if !is_system => {
                Ok((SslMode::Require, Trust::Authority(root)))
            }
            ("verify-ca", _) => Err(refused(
                "`sslmode=verify-ca` needs the authorities, `sslrootcert=FILE`; without that say \
                 `sslmode=verify-full`",
            )),
            ("disable" | "prefer" | "require", Some(_)) => Err(refused(
                "`sslrootcert` has no meaning with this `sslmode`; say `sslmode=verify-full`",
            )),
            _ => Err(refused(
                "`sslmode` is not one of `disable`, `prefer`, `require`, `verify-ca` and \
                 `verify-full`",
            )),
        }
    }

    /// What makes connections secure so.
    pub(super) fn connector(
        &self,
        negotiation: SslNegotiation,
    ) -> Result<MakeRustlsConnect, Error> {
        // A program that has installed a provider of its own keeps it, as in the runtime.
        let provider = CryptoProvider::get_default().cloned();
        let provider =
            provider.unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(cannot)?;
        let builder = match self {
            Trust::Host(None) => builder.with_platform_verifier().map_err(cannot)?,
            Trust::Host(Some(file)) => builder.with_root_certificates(authorities(file)?),
            Trust::Any | Trust::Authority(_) => {
                let authorities = match self {
                    Trust::Authority(file) => Some(webpki(authorities(file)?, &provider)?),
                    _ => None,
                };
                let verifier = AnyName { provider, authorities };
                builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
            }
        };
        let mut config = builder.with_no_client_auth();
        if negotiation == SslNegotiation::Direct {
            config.alpn_protocols = vec![b"postgresql".to_vec()];
        }
        Ok(MakeRustlsConnect::new(config))
    }
}

fn webpki(
    authorities: RootCertStore,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, Error> {
    let provider = Arc::clone(provider);
    WebPkiServerVerifier::builder_with_provider(Arc::new(authorities), provider)
        .build()
        .map_err(cannot)
}

/// The certificates in a PEM file.
fn authorities(file: &Path) -> Result<RootCertStore, Error> {
    let cannot = |error: Box<dyn std::error::Error + Send + Sync>| {
        let message = format!("the certificates in {} cannot be used", file.display());
        Error::caused_by(ErrorKind::Destination, message, error)
    };
    let mut store = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|error| cannot(error.into()))? {
        let certificate = certificate.map_err(|error| cannot(error.into()))?;
        store.add(certificate).map_err(|error| cannot(error.into()))?;
    }
    if store.is_empty() {
        return Err(cannot("there is none".into()));
    }
    Ok(store)
}

/// Takes a certificate for any name; if there are authorities, then only one of theirs.
#[derive(Debug)]
struct AnyName {
    provider: Arc<CryptoProvider>,
    authorities: Option<Arc<WebPkiServerVerifier>>,
}

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(authorities) = &self.authorities else {
            return Ok(ServerCertVerified::assertion());
        };
        // The name is looked at last: if it is all that is wrong, the authority is right.
        match authorities.verify_server_cert(certificate, intermediates, name, ocsp, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn refused(why: &str) -> Error {
    let message = format!("the address of the PostgreSQL server cannot be used: {why}");
    Error::new(ErrorKind::Destination, message)
}

fn cannot(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::caused_by(ErrorKind::Destination, "TLS cannot be set up", error)
}
