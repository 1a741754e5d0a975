//! `zstd`: a series of frames (RFC 8878, section 3).

use std::io;

use zstd::stream::raw::{Decoder, Operation as _};

use super::unpack::{Coding, PIECE};

pub(super) struct Zstd {
    decoder: Decoder<'static>,
    /// Whether a frame has begun and is not over.
    is_within: bool,
}

impl Zstd {
    pub(super) fn new() -> io::Result<Zstd> {
        Ok(Zstd { decoder: Decoder::new()?, is_within: false })
    }
}

impl Coding for Zstd {
    fn unpack(&mut self, input: &[u8], piece: &mut Vec<u8>) -> io::Result<Option<usize>> {
        let start = piece.len();
        piece.resize(start + PIECE, 0);
        let status = self.decoder.run_on_buffers(input, &mut piece[start..])?;
        piece.truncate(start + status.bytes_written);
        self.is_within = status.remaining != 0;
        Ok(Some(status.bytes_read))
    }

    fn end(&mut self, piece: &mut Vec<u8>) -> io::Result<bool> {
        if self.is_within {
            self.unpack(&[], piece)?;
            if piece.is_empty() && self.is_within {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(!self.is_within)
    }
}
