//! Content codings (RFC 9110, section 8.4.1), undone while a body arrives. A piece of a body may
//! unpack to any size, so that all is passed on in small pieces, and the last place may refuse one.

#[cfg(feature = "brotli")]
mod brotli;
mod deflate;
mod gzip;
mod unpack;
#[cfg(feature = "zstd")]
mod zstd;

use std::io;

use reqwest::header::{CONTENT_ENCODING, HeaderMap};

use self::{deflate::Deflate, gzip::Gzip, unpack::Coding};
use crate::error::{Reason, brief};

/// `Accept-Encoding`: what this program can undo.
pub(crate) const ACCEPTED: &str = match (cfg!(feature = "brotli"), cfg!(feature = "zstd")) {
    (true, true) => "gzip, deflate, br, zstd",
    (true, false) => "gzip, deflate, br",
    (false, true) => "gzip, deflate, zstd",
    (false, false) => "gzip, deflate",
};

/// More than any server applies; each takes time for what the one before has unpacked.
const MOST_CODINGS: usize = 4;

/// The codings of a body, the one that was applied last first.
pub(super) struct Codings(Vec<Applied>);

struct Applied {
    name: String,
    coding: Box<dyn Coding>,
    /// What was unpacked last.
    piece: Vec<u8>,
}

/// Why a body cannot be unpacked.
pub(super) enum CodingError {
    /// The last place takes no more.
    Full,
    Broken(String),
}

impl Codings {
    /// The codings that a response names, in any case and in one header or several. The error says why
    /// they cannot be undone, as the end of a sentence.
    pub(super) fn of(headers: &HeaderMap) -> Result<Codings, Reason> {
        let mut codings = Vec::new();
        for value in headers.get_all(CONTENT_ENCODING) {
            let names = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
            for name in names.split(',').map(str::trim) {
                let coding: Box<dyn Coding> = match name {
                    // `none` is no coding, but what some servers call it.
                    "" | "identity" | "none" => continue,
                    "gzip" | "x-gzip" => Box::new(Gzip::default()),
                    "deflate" => Box::new(Deflate::default()),
                    #[cfg(feature = "brotli")]
                    "br" => Box::new(brotli::Brotli::default()),
                    #[cfg(feature = "zstd")]
                    "zstd" => Box::new(zstd::Zstd::new().map_err(|error| {
                        format!("answered in `zstd`, which cannot be begun: {error}")
                    })?),
                    _ => return Err(unknown(name)),
                };
                if codings.len() == MOST_CODINGS {
                    return Err(format!(
                        "answered in more than {MOST_CODINGS} content codings, one over the other: \
                         {}",
                        brief(&names)
                    )
                    .into());
                }
                codings.push(Applied { name: name.to_owned(), coding, piece: Vec::new() });
            }
        }
        codings.reverse();
        Ok(Codings(codings))
    }

    /// Gzip, of a body that begins so.
    pub(super) fn gzip() -> Codings {
        let coding = Box::new(Gzip::default());
        Codings(vec![Applied { name: "gzip".to_owned(), coding, piece: Vec::new() }])
    }

    /// Unpacks the next bytes of a body into `put`, which returns false if it takes no more.
    pub(super) fn undo(
        &mut self,
        bytes: &[u8],
        put: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<(), CodingError> {
        undo(&mut self.0, bytes, put)
    }

    /// Unpacks what is left at the end of a body.
    pub(super) fn end(&mut self, put: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), CodingError> {
        let mut codings = &mut self.0[..];
        while let Some((Applied { name, coding, piece }, rest)) = codings.split_first_mut() {
            let mut is_over = false;
            while !is_over {
                piece.clear();
                is_over = coding.end(piece).map_err(|error| broken(name, &error))?;
                undo(rest, piece, put)?;
            }
            codings = rest;
        }
        Ok(())
    }
}

/// Why a coding is not among those that are undone.
fn unknown(name: &str) -> Reason {
    let why = match name {
        "br" | "zstd" => {
            let feature = if name == "br" { "brotli" } else { name };
            format!(
                "answered in the content coding `{name}`, which this program was built without; \
                 `{feature}` is a feature of rest_source"
            )
        }
        _ => format!(
            "answered in the content coding `{}`, which is not known; known are {ACCEPTED}",
            brief(name)
        ),
    };
    why.into()
}

fn undo(
    codings: &mut [Applied],
    mut bytes: &[u8],
    put: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<(), CodingError> {
    let Some((Applied { name, coding, piece }, rest)) = codings.split_first_mut() else {
        return if put(bytes) { Ok(()) } else { Err(CodingError::Full) };
    };
    while !bytes.is_empty() {
        piece.clear();
        let read = coding.unpack(bytes, piece).map_err(|error| broken(name, &error))?;
        undo(rest, piece, put)?;
        let Some(read) = read else { break };
        bytes = &bytes[read..];
    }
    Ok(())
}

fn broken(name: &str, error: &io::Error) -> CodingError {
    CodingError::Broken(format!("the {name} body is corrupt or cut short: {error}"))
}
