//! `br` (RFC 7932).

use std::io;

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

use super::unpack::{Coding, PIECE};

type Alloc = StandardAlloc;

pub(super) struct Brotli {
    state: BrotliState<Alloc, Alloc, Alloc>,
    place: Place,
}

#[derive(PartialEq)]
enum Place {
    Before,
    Within,
    Behind,
}

impl Default for Brotli {
    fn default() -> Brotli {
        let state = BrotliState::new(Alloc::default(), Alloc::default(), Alloc::default());
        Brotli { state, place: Place::Before }
    }
}

impl Coding for Brotli {
    fn unpack(&mut self, input: &[u8], piece: &mut Vec<u8>) -> io::Result<Option<usize>> {
        if self.place == Place::Behind {
            return Ok(None);
        }
        self.place = Place::Within;
        let start = piece.len();
        piece.resize(start + PIECE, 0);
        let (mut left, mut read, mut room, mut written) = (input.len(), 0, PIECE, 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut read,
            input,
            &mut room,
            &mut written,
            &mut piece[start..],
            &mut 0,
            &mut self.state,
        );
        piece.truncate(start + written);
        match result {
            BrotliResult::ResultSuccess => self.place = Place::Behind,
            BrotliResult::NeedsMoreInput | BrotliResult::NeedsMoreOutput => {}
            BrotliResult::ResultFailure => return Err(io::ErrorKind::InvalidData.into()),
        }
        Ok(Some(read))
    }

    fn end(&mut self, piece: &mut Vec<u8>) -> io::Result<bool> {
        if self.place == Place::Within {
            self.unpack(&[], piece)?;
            if piece.is_empty() && self.place == Place::Within {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(self.place != Place::Within)
    }
}
