//! Signatures of requests by a secret that both sides have (RFC 2104).

use std::{sync::Arc, time::SystemTime};

use ring::hmac;
use secrecy::ExposeSecret;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{
    Outgoing,
    encoding::{encode, hmac_key, nonce},
};
use crate::{
    Error, Timestamp,
    error::{Reason, mask::Mask},
    http::inputs::Inputs,
    plan::{AuthValue, BinaryEncoding, Hmac, Part, Str, Template, TimestampFormat},
};

/// What signs the requests of one `auth`.
pub(crate) struct Signer {
    plan: Hmac,
    inputs: Arc<Inputs>,
    key: hmac::Key,
}

impl Signer {
    pub(super) fn new(plan: &Hmac, inputs: &Arc<Inputs>, mask: &Mask) -> Result<Signer, Reason> {
        let secret = inputs.fill(&plan.key)?;
        mask.keep_literal(&secret);
        let key = hmac_key(secret.expose_secret(), plan.key_encoding, plan.algorithm)?;
        let all = plan.headers.iter().chain(plan.params.iter());
        for template in all.map(|(_, value)| value).chain([&plan.sign]) {
            inputs.fill_with(template, &|_| Some(Str::default()))?;
        }
        for (name, _) in plan.headers.iter().chain(plan.params.iter()) {
            inputs.name(name)?;
        }
        Ok(Signer { plan: plan.clone(), inputs: Arc::clone(inputs), key })
    }

    /// Whether a second try is signed otherwise than the first.
    pub(super) fn is_dated(&self) -> bool {
        let all = self.plan.headers.iter().chain(self.plan.params.iter());
        all.map(|(_, value)| value).chain([&self.plan.sign]).any(|template| {
            names(template, AuthValue::Timestamp) || names(template, AuthValue::Nonce)
        })
    }

    /// Signs a request. Parameters that do not have the signature are a part of what is signed.
    pub(super) fn apply(&self, request: &mut Outgoing<'_>) -> Result<(), Error> {
        let (timestamp, nonce) = (timestamp(self.plan.timestamp)?, nonce());
        let fixed = |value| match value {
            AuthValue::Timestamp => Some(Str::Owned(timestamp.clone())),
            AuthValue::Nonce => Some(Str::Owned(nonce.clone())),
            _ => None,
        };
        let (signed, unsigned): (Vec<_>, Vec<_>) =
            self.plan.params.iter().partition(|(_, value)| !names(value, AuthValue::Signature));
        // One that a next link repeats is not signed either.
        for (name, _) in &unsigned {
            request.remove_param(&self.inputs.name(name).map_err(Error::config)?);
        }
        for (name, value) in signed {
            self.set(request, Place::Param, name, value, &fixed)?;
        }
        let text = self.inputs.fill_with(&self.plan.sign, &|value| {
            fixed(value).or_else(|| of_request(request, value))
        });
        let text = text.map_err(Error::config)?;
        let signature = hmac::sign(&self.key, text.expose_secret().as_bytes());
        let signature = encode(signature.as_ref(), self.plan.encoding);
        let (method, body) =
            (request.method().to_owned(), of_request(request, AuthValue::BodySha256));
        let known = |value| match value {
            AuthValue::Signature => Some(Str::Owned(signature.clone())),
            AuthValue::Method => Some(Str::Owned(method.clone())),
            AuthValue::BodySha256 => body.clone(),
            other => fixed(other),
        };
        for (name, value) in unsigned {
            self.set(request, Place::Param, name, value, &known)?;
        }
        for (name, value) in self.plan.headers.iter() {
            self.set(request, Place::Header, name, value, &known)?;
        }
        Ok(())
    }

    fn set(
        &self,
        request: &mut Outgoing<'_>,
        place: Place,
        name: &Template,
        value: &Template,
        values: &dyn Fn(AuthValue) -> Option<Str>,
    ) -> Result<(), Error> {
        let is_secret = names(value, AuthValue::Signature)
            || value.0.iter().any(|part| matches!(part, Part::Secret(_)));
        let name = self.inputs.name(name).map_err(Error::config)?;
        let value = self.inputs.fill_with(value, values).map_err(Error::config)?;
        let value = value.expose_secret();
        match (place, is_secret) {
            (Place::Header, true) => request.set_header(&name, value)?,
            (Place::Header, false) => request.set_plain_header(&name, value)?,
            (Place::Param, true) => request.set_param(&name, value),
            (Place::Param, false) => request.set_plain_param(&name, value),
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Place {
    Header,
    Param,
}

fn names(template: &Template, value: AuthValue) -> bool {
    template.0.contains(&Part::Auth(value))
}

/// What a request says of itself.
fn of_request(request: &Outgoing<'_>, value: AuthValue) -> Option<Str> {
    let url = Url::parse(request.url()).ok()?;
    let text = match value {
        AuthValue::Method => request.method().to_owned(),
        AuthValue::Path => url.path().to_owned(),
        AuthValue::Query => url.query().unwrap_or_default().to_owned(),
        AuthValue::Target => match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        },
        AuthValue::Host => {
            let host = url.host_str().unwrap_or_default();
            url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
        }
        AuthValue::Url => url.to_string(),
        AuthValue::Body => String::from_utf8_lossy(request.body()).into_owned(),
        AuthValue::BodySha256 => encode(&Sha256::digest(request.body()), BinaryEncoding::Hex),
        AuthValue::Token | AuthValue::Signature | AuthValue::Timestamp | AuthValue::Nonce => {
            return None;
        }
    };
    Some(text.into())
}

fn timestamp(format: TimestampFormat) -> Result<String, Error> {
    let now = SystemTime::now();
    let since = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let iso = |nanoseconds: u128| {
        let time = i128::try_from(nanoseconds).ok().and_then(Timestamp::from_nanosecond);
        let time = time.and_then(Timestamp::to_jiff);
        time.ok_or_else(|| Error::config("the clock of this machine is beyond every calendar"))
    };
    Ok(match format {
        TimestampFormat::Epoch => since.as_secs().to_string(),
        TimestampFormat::EpochMs => since.as_millis().to_string(),
        TimestampFormat::Iso => iso(u128::from(since.as_secs()) * 1_000_000_000)?.to_string(),
        TimestampFormat::IsoMs => format!("{:.3}", iso(since.as_nanos())?),
        TimestampFormat::Http => httpdate::fmt_http_date(now),
    })
}
