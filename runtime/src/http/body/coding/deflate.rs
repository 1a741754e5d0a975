//! `deflate`: zlib (RFC 1950), as it should be, or bare DEFLATE (RFC 1951), as some servers have it.

use std::io;

use flate2::{Decompress, FlushDecompress, Status};

use super::unpack::{Coding, PIECE};

#[derive(Default)]
pub(super) struct Deflate {
    /// The first byte, while the second has not come.
    first: Option<u8>,
    stream: Option<Decompress>,
    is_over: bool,
}

impl Coding for Deflate {
    fn unpack(&mut self, input: &[u8], piece: &mut Vec<u8>) -> io::Result<Option<usize>> {
        if self.is_over {
            return Ok(None);
        }
        if self.stream.is_none() {
            let (first, second) = match (self.first, input) {
                (Some(first), [second, ..]) => (first, *second),
                (None, [first, second, ..]) => (*first, *second),
                _ => {
                    self.first = input.first().copied();
                    return Ok(Some(input.len()));
                }
            };
            self.stream = Some(Decompress::new(is_zlib(first, second)));
            if let Some(first) = self.first {
                self.decompress(&[first], piece, FlushDecompress::None)?;
            }
        }
        self.decompress(input, piece, FlushDecompress::None).map(Some)
    }

    fn end(&mut self, piece: &mut Vec<u8>) -> io::Result<bool> {
        let is_empty = self.first.is_none() && self.stream.is_none();
        if !is_empty && !self.is_over {
            self.decompress(&[], piece, FlushDecompress::Finish)?;
            if piece.is_empty() && !self.is_over {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(is_empty || self.is_over)
    }
}

impl Deflate {
    /// Unpacks up to a piece of `input`, and gives how much of it was read.
    fn decompress(
        &mut self,
        input: &[u8],
        piece: &mut Vec<u8>,
        flush: FlushDecompress,
    ) -> io::Result<usize> {
        let Some(stream) = &mut self.stream else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        piece.reserve(PIECE);
        let before = stream.total_in();
        self.is_over = stream.decompress_vec(input, piece, flush)? == Status::StreamEnd;
        Ok(usize::try_from(stream.total_in() - before).unwrap_or(input.len()))
    }
}

/// Whether these are the first bytes of zlib (RFC 1950, section 2.2): the method 8, a window of at
/// most 32 KiB, and a check by 31.
fn is_zlib(first: u8, second: u8) -> bool {
    first & 0x0f == 8 && first >> 4 <= 7 && u16::from_be_bytes([first, second]).is_multiple_of(31)
}
