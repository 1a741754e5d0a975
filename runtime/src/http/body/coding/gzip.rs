//! `gzip`: a series of members (RFC 1952, section 2.2).

use std::io::{self, Write as _};

use flate2::write::GzDecoder;

use super::unpack::Coding;

/// The first byte of every member.
const MAGIC: u8 = 0x1f;

pub(super) struct Gzip {
    member: GzDecoder<Vec<u8>>,
    place: Place,
}

enum Place {
    /// Nothing has come yet. A body of no bytes unpacks to none.
    Before,
    Within,
    /// Behind the last member: some servers fill up with zeros.
    Behind,
}

impl Default for Gzip {
    fn default() -> Gzip {
        Gzip { member: GzDecoder::new(Vec::new()), place: Place::Before }
    }
}

impl Coding for Gzip {
    fn unpack(&mut self, input: &[u8], piece: &mut Vec<u8>) -> io::Result<Option<usize>> {
        match self.place {
            Place::Before => self.place = Place::Within,
            Place::Within => {}
            Place::Behind => return Ok(None),
        }
        let mut read = self.member.write(input)?;
        // Nothing of it belongs to the member, which is over.
        if read == 0 {
            self.end(piece)?;
            if input.first() != Some(&MAGIC) {
                self.place = Place::Behind;
                return Ok(None);
            }
            self.member = GzDecoder::new(Vec::new());
            read = self.member.write(input)?;
        }
        piece.append(self.member.get_mut());
        Ok(Some(read))
    }

    fn end(&mut self, piece: &mut Vec<u8>) -> io::Result<bool> {
        if matches!(self.place, Place::Within) {
            self.member.try_finish()?;
            piece.append(self.member.get_mut());
        }
        Ok(true)
    }
}
