//! How one coding is undone, piece by piece.

use std::io;

/// About how much is unpacked at a time, in bytes.
pub(super) const PIECE: usize = 32 << 10;

/// One way to pack bytes.
pub(super) trait Coding: Send {
    /// Appends about a [`PIECE`] of what `input` unpacks to, and gives how much of it was read.
    /// `None` behind the end of what is packed; what follows means nothing.
    fn unpack(&mut self, input: &[u8], piece: &mut Vec<u8>) -> io::Result<Option<usize>>;

    /// Appends about a [`PIECE`] of what is left at the end of the input, and gives whether that was
    /// all. An error if something is missing.
    fn end(&mut self, piece: &mut Vec<u8>) -> io::Result<bool>;
}
