//! Addresses as checkpoints keep them: with the names of secrets in their place. A server may repeat in
//! a next link what a request was authenticated with.

use std::{borrow::Cow, cmp::Reverse};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    checkpoint::Position,
    inputs::Inputs,
    mask::{find, replace},
};

/// What the name of a secret stands behind.
const NAME: &str = "{secrets.";

impl Position {
    /// The same position as a checkpoint keeps it.
    pub(crate) fn kept(self, inputs: &Inputs) -> Position {
        self.with_addresses(|address| hidden(address, inputs))
    }

    /// The position that a checkpoint has kept.
    pub(crate) fn taken_up(self, inputs: &Inputs) -> Position {
        self.with_addresses(|address| shown(address, inputs))
    }

    fn with_addresses(self, change: impl Fn(&str) -> String) -> Position {
        match self {
            Position::NextUrl(address) => Position::NextUrl(change(&address)),
            Position::Found(mut found) => {
                found.next = found.next.map(|next| next.with_addresses(change));
                Position::Found(found)
            }
            Position::PageCursor(_)
            | Position::Offset(_)
            | Position::PageNumber(_)
            | Position::Custom(_) => self,
        }
    }
}

fn hidden(address: &str, inputs: &Inputs) -> String {
    let mut secrets: Vec<_> = inputs.named_secrets().collect();
    // One may contain another.
    secrets.sort_by_key(|(_, secret)| Reverse(secret.len()));
    replace(address, |before, rest| {
        let found =
            secrets.iter().find_map(|(name, secret)| Some((name, find(before, rest, secret)?)));
        match found {
            Some((name, after)) => Some((format!("{NAME}{name}}}").into(), after)),
            // What the server itself has written so is not taken for a name.
            None => rest.strip_prefix('{').map(|after| (Cow::Borrowed("%7B"), after)),
        }
    })
}

fn shown(address: &str, inputs: &Inputs) -> String {
    replace(address, |_, rest| {
        let (name, after) = rest.strip_prefix(NAME)?.split_once('}')?;
        let (_, secret) = inputs.named_secrets().find(|(named, _)| *named == name)?;
        Some((utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string().into(), after))
    })
}
