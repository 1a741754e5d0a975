//! JSON Web Tokens that the client signs (RFC 7515, RFC 7519). The signatures are made by the
//! cryptography that TLS has anyway.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::hmac;
use rustls::{
    SignatureScheme,
    crypto::ring::sign::any_supported_type,
    pki_types::{PrivateKeyDer, pem::PemObject as _},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::encoding::{hmac_key, nonce};
use crate::{
    error::{Reason, mask::Mask},
    http::inputs::Inputs,
    plan::{AuthValue, Claim, Hash, JsonTemplate, Jwt, JwtAlgorithm},
};

/// How long a token is used that does not say how long it is valid.
const VALID: Duration = Duration::from_secs(600);

/// What makes and signs the tokens of one plan.
pub(super) struct JwtSigner {
    plan: Jwt,
    inputs: Arc<Inputs>,
    key: Key,
    account: Option<ServiceAccount>,
    token_url: Option<String>,
}

enum Key {
    Secret(hmac::Key),
    /// The bytes of one of the two numbers of an ECDSA signature, which are written one after the other.
    Pair(Box<dyn rustls::sign::Signer>, Option<usize>),
}

/// The key file of a Google service account.
#[derive(Deserialize)]
pub(super) struct ServiceAccount {
    client_email: String,
    private_key: String,
    #[serde(default)]
    private_key_id: Option<String>,
    #[serde(default = "google")]
    pub(super) token_uri: String,
}

fn google() -> String {
    "https://oauth2.googleapis.com/token".to_owned()
}

impl ServiceAccount {
    /// The key file that a plan names. The error shows nothing of it.
    pub(super) fn read(plan: &Jwt, inputs: &Inputs) -> Result<Option<ServiceAccount>, Reason> {
        let Some(template) = &plan.service_account else { return Ok(None) };
        let text = inputs.fill(template)?;
        let account = serde_json::from_str(text.expose_secret());
        account.map(Some).map_err(|_| {
            "the service account is not the text of a key file: JSON with `client_email` and \
             `private_key`"
                .into()
        })
    }
}

impl JwtSigner {
    pub(super) fn new(
        plan: &Jwt,
        inputs: &Arc<Inputs>,
        token_url: Option<&Url>,
        mask: &Mask,
    ) -> Result<JwtSigner, Reason> {
        let account = ServiceAccount::read(plan, inputs)?;
        let given = inputs.fill(&plan.key)?;
        let key = match &account {
            Some(account) if given.expose_secret().is_empty() => {
                SecretString::from(account.private_key.clone())
            }
            _ => given,
        };
        mask.keep_literal(&key);
        let signer = JwtSigner {
            plan: plan.clone(),
            inputs: Arc::clone(inputs),
            key: Key::new(key.expose_secret(), plan)?,
            account,
            token_url: token_url.map(Url::to_string),
        };
        // What cannot be signed is an error now.
        signer.sign()?;
        Ok(signer)
    }

    /// How long a token is valid.
    pub(super) fn valid(&self) -> Duration {
        let end = self.plan.claims.iter().find_map(|(name, claim)| match claim {
            Claim::Time(seconds) if name.as_text() == Some("exp") => u64::try_from(*seconds).ok(),
            _ => None,
        });
        end.map_or(VALID, Duration::from_secs)
    }

    /// A new token.
    pub(super) fn sign(&self) -> Result<String, Reason> {
        let encode = |members: Map<String, Value>| {
            BASE64_URL_SAFE_NO_PAD.encode(Value::Object(members).to_string())
        };
        let signed = format!("{}.{}", encode(self.header()?), encode(self.claims()?));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(self.key.sign(signed.as_bytes())?);
        Ok(format!("{signed}.{signature}"))
    }

    fn header(&self) -> Result<Map<String, Value>, Reason> {
        let mut header = Map::new();
        header.insert("alg".to_owned(), self.plan.algorithm.name().into());
        header.insert("typ".to_owned(), "JWT".into());
        if let Some(id) = self.account.as_ref().and_then(|account| account.private_key_id.clone()) {
            header.insert("kid".to_owned(), id.into());
        }
        for (name, value) in self.plan.header.iter() {
            if let Some(value) = self.value(value)? {
                header.insert(self.inputs.name(name)?.into_owned(), value);
            }
        }
        Ok(header)
    }

    fn claims(&self) -> Result<Map<String, Value>, Reason> {
        let mut claims = Map::new();
        if let Some(account) = &self.account {
            claims.insert("iss".to_owned(), account.client_email.clone().into());
        }
        for (name, claim) in self.plan.claims.iter() {
            let value = match claim {
                Claim::Value(value) => self.value(value)?,
                Claim::Time(after) => Some(Value::from(now()?.saturating_add(*after))),
                Claim::TokenUrl => self.token_url.clone().map(Value::from),
            };
            if let Some(value) = value.filter(|value| !value.is_null()) {
                claims.insert(self.inputs.name(name)?.into_owned(), value);
            }
        }
        Ok(claims)
    }

    fn value(&self, template: &JsonTemplate) -> Result<Option<Value>, Reason> {
        let nonce = nonce();
        self.inputs
            .json(template, &|value| (value == AuthValue::Nonce).then(|| nonce.clone().into()))
    }
}

impl Key {
    fn new(text: &str, plan: &Jwt) -> Result<Key, Reason> {
        let algorithm = plan.algorithm;
        let (scheme, number) = match algorithm {
            JwtAlgorithm::Hs256 => return Key::secret(text, plan, Hash::Sha256),
            JwtAlgorithm::Hs384 => return Key::secret(text, plan, Hash::Sha384),
            JwtAlgorithm::Hs512 => return Key::secret(text, plan, Hash::Sha512),
            JwtAlgorithm::Rs256 => (SignatureScheme::RSA_PKCS1_SHA256, None),
            JwtAlgorithm::Rs384 => (SignatureScheme::RSA_PKCS1_SHA384, None),
            JwtAlgorithm::Rs512 => (SignatureScheme::RSA_PKCS1_SHA512, None),
            JwtAlgorithm::Ps256 => (SignatureScheme::RSA_PSS_SHA256, None),
            JwtAlgorithm::Ps384 => (SignatureScheme::RSA_PSS_SHA384, None),
            JwtAlgorithm::Ps512 => (SignatureScheme::RSA_PSS_SHA512, None),
            JwtAlgorithm::Es256 => (SignatureScheme::ECDSA_NISTP256_SHA256, Some(32)),
            JwtAlgorithm::Es384 => (SignatureScheme::ECDSA_NISTP384_SHA384, Some(48)),
            JwtAlgorithm::EdDsa => (SignatureScheme::ED25519, None),
        };
        // Variables of an environment often have `\n` where the lines of a key end.
        let text = text.replace("\\n", "\n");
        let der = PrivateKeyDer::from_pem_slice(text.as_bytes()).map_err(|_| {
            "the private key is not PEM: `-----BEGIN PRIVATE KEY-----` and the lines after it, not \
             encrypted"
                .to_owned()
        })?;
        let key = any_supported_type(&der).map_err(|_| {
            "the private key is none of RSA with at least 2048 bits, P-256, P-384 or Ed25519"
                .to_owned()
        })?;
        let signer = key.choose_scheme(&[scheme]).ok_or_else(|| {
            format!("the private key is not one for {}: it is of another kind", algorithm.name())
        })?;
        Ok(Key::Pair(signer, number))
    }

    fn secret(text: &str, plan: &Jwt, hash: Hash) -> Result<Key, Reason> {
        hmac_key(text, plan.key_encoding, hash).map(Key::Secret)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Reason> {
        match self {
            Key::Secret(key) => Ok(hmac::sign(key, message).as_ref().to_vec()),
            Key::Pair(signer, number) => {
                let signature = signer.sign(message).ok();
                let signature = match number {
                    None => signature,
                    Some(length) => signature.and_then(|signature| fixed(&signature, *length)),
                };
                signature.ok_or_else(|| "the token could not be signed".into())
            }
        }
    }
}

/// The two numbers of an ECDSA signature in DER, one after the other (RFC 7518, section 3.4). Its
/// lengths take one byte: the longest has two numbers of 49 bytes.
fn fixed(der: &[u8], length: usize) -> Option<Vec<u8>> {
    let rest = der.strip_prefix(&[0x30])?.get(1..)?;
    let (first, rest) = integer(rest)?;
    let (second, rest) = integer(rest)?;
    let mut fixed = Vec::with_capacity(length * 2);
    for number in [first, second] {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let number = &number[zeros..];
        fixed.resize(fixed.len() + length.checked_sub(number.len())?, 0);
        fixed.extend(number);
    }
    rest.is_empty().then_some(fixed)
}

fn integer(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = der.strip_prefix(&[0x02])?.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

/// Seconds since 1970.
fn now() -> Result<i64, Reason> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    now.ok()
        .and_then(|now| i64::try_from(now.as_secs()).ok())
        .ok_or_else(|| "the clock of this machine is before 1970".into())
}
