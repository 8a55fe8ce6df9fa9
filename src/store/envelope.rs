//! What stands around a secret inside a store: whose it is, and that it is whole.
//!
//! Every piece begins with the same header, so that swapped, mixed and truncated entries are
//! noticed, whatever the store names them:
//!
//! | bytes | content |
//! |---|---|
//! | 3 | `SA` and the format's version, 1 |
//! | 16 | UUID |
//! | 8 | generation, big-endian |
//! | 16 | the beginning of the SHA-256 of the whole secret |
//! | 2 + 2 | this piece's number from 0, how many there are; big-endian |

use std::fmt;

use secrecy::{ExposeSecret, SecretSlice};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::Key;

const MAGIC: [u8; 3] = *b"SA\x01";

/// Bytes that stand before the secret in each piece.
const HEADER: usize = MAGIC.len() + 16 + 8 + DIGEST + 2 + 2;

const DIGEST: usize = 16;

/// Why what a store returned is not the secret that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Not written by us, cut short, mixed from two attempts, or changed.
    Damaged,
    /// Another secret lies under this key.
    Foreign(Key),
    /// The secret needs more pieces than a header can count.
    TooLarge,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => f.write_str("damaged"),
            Self::Foreign(key) => write!(f, "holds the secret of {key}"),
            Self::TooLarge => f.write_str("too many pieces"),
        }
    }
}

/// `bytes` as a secret of exactly their size: growing or shrinking would leave copies behind.
pub fn secret(bytes: &[u8]) -> SecretSlice<u8> {
    SecretSlice::from(bytes.to_vec())
}

/// The pieces to store for `secret` under `key`, in order, none longer than `max` bytes.
pub fn seal(key: &Key, secret: &[u8], max: Option<usize>) -> Result<Vec<SecretSlice<u8>>, Flaw> {
    let room = max.map_or(usize::MAX, |max| max.saturating_sub(HEADER));
    if room == 0 {
        return Err(Flaw::TooLarge);
    }
    let parts = secret.len().div_ceil(room).max(1);
    let parts = u16::try_from(parts).map_err(|_| Flaw::TooLarge)?;
    let digest = digest(secret);
    let piece = |part: u16| {
        let begin = usize::from(part) * room;
        let body = &secret[begin..secret.len().min(begin.saturating_add(room))];
        Header { key: *key, digest, part, parts }.before(body)
    };
    Ok((0..parts).map(piece).collect())
}

/// How many pieces there are, by the first one's header.
pub fn parts(first: &[u8]) -> Result<u16, Flaw> {
    Header::parse(first).map(|(header, _)| header.parts)
}

/// The secret under `key` from all its pieces, in order.
pub fn open(key: &Key, pieces: &[SecretSlice<u8>]) -> Result<SecretSlice<u8>, Flaw> {
    let size = pieces.iter().map(|piece| piece.expose_secret().len()).sum();
    let mut whole = Zeroizing::new(Vec::with_capacity(size));
    let mut digests = Vec::with_capacity(pieces.len());
    for (number, piece) in pieces.iter().enumerate() {
        let (header, body) = Header::parse(piece.expose_secret())?;
        if header.key != *key {
            return Err(Flaw::Foreign(header.key));
        }
        if usize::from(header.part) != number || usize::from(header.parts) != pieces.len() {
            return Err(Flaw::Damaged);
        }
        whole.extend_from_slice(body);
        digests.push(header.digest);
    }
    let expected = digest(&whole);
    if digests.is_empty() || digests.iter().any(|found| *found != expected) {
        return Err(Flaw::Damaged);
    }
    Ok(secret(&whole))
}

struct Header {
    key: Key,
    digest: [u8; DIGEST],
    part: u16,
    parts: u16,
}

impl Header {
    fn before(&self, body: &[u8]) -> SecretSlice<u8> {
        let mut piece = Vec::with_capacity(HEADER + body.len());
        piece.extend_from_slice(&MAGIC);
        piece.extend_from_slice(self.key.owner.as_bytes());
        piece.extend_from_slice(&self.key.generation.to_be_bytes());
        piece.extend_from_slice(&self.digest);
        piece.extend_from_slice(&self.part.to_be_bytes());
        piece.extend_from_slice(&self.parts.to_be_bytes());
        piece.extend_from_slice(body);
        SecretSlice::from(piece)
    }

    fn parse(piece: &[u8]) -> Result<(Self, &[u8]), Flaw> {
        let mut rest = piece;
        let magic = take(&mut rest)?;
        let owner = take(&mut rest)?;
        let generation = take(&mut rest)?;
        let digest = take(&mut rest)?;
        let part = take(&mut rest)?;
        let parts = take(&mut rest)?;
        if magic != MAGIC {
            return Err(Flaw::Damaged);
        }
        let key = Key { owner: Uuid::from_bytes(owner), generation: u64::from_be_bytes(generation) };
        let header = Self { key, digest, part: u16::from_be_bytes(part), parts: u16::from_be_bytes(parts) };
        Ok((header, rest))
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Flaw> {
    let (head, tail) = rest.split_first_chunk().ok_or(Flaw::Damaged)?;
    *rest = tail;
    Ok(*head)
}

fn digest(secret: &[u8]) -> [u8; DIGEST] {
    let whole: [u8; 32] = Sha256::digest(secret).into();
    *whole.first_chunk().expect("SHA-256 is longer than what is kept of it")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(generation: u64) -> Key {
        Key { owner: Uuid::from_u128(7), generation }
    }

    fn sealed(generation: u64, secret: &[u8]) -> Vec<SecretSlice<u8>> {
        seal(&key(generation), secret, Some(HEADER + 4)).unwrap()
    }

    #[test]
    fn every_size_comes_back() {
        for size in [0, 1, 3, 4, 5, 8, 9, 2_560, 10_000] {
            let secret: Vec<u8> = (0..=u8::MAX).cycle().take(size).collect();
            for max in [None, Some(HEADER + 1), Some(HEADER + 4), Some(2_560)] {
                let pieces = seal(&key(1), &secret, max).unwrap();
                assert_eq!(usize::from(parts(pieces[0].expose_secret()).unwrap()), pieces.len());
                assert!(pieces.iter().all(|piece| max.is_none_or(|max| piece.expose_secret().len() <= max)));
                assert_eq!(open(&key(1), &pieces).unwrap().expose_secret(), secret);
            }
        }
    }

    #[test]
    fn anothers_secret_is_noticed() {
        let pieces = sealed(1, b"secret");
        assert_eq!(open(&key(2), &pieces).unwrap_err(), Flaw::Foreign(key(1)));
    }

    #[test]
    fn pieces_out_of_order_missing_or_mixed_are_damaged() {
        let mut swapped = sealed(1, b"secrets!");
        swapped.swap(0, 1);
        let mut short = sealed(1, b"secrets!");
        short.pop();
        let mut mixed = sealed(1, b"secrets!");
        mixed[1] = sealed(1, b"another!").remove(1);
        for pieces in [swapped, short, mixed, Vec::new()] {
            assert_eq!(open(&key(1), &pieces).unwrap_err(), Flaw::Damaged);
        }
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_noticed() {
        let whole = seal(&key(1), b"secret", None).unwrap().remove(0).expose_secret().to_vec();
        for index in 0..whole.len() {
            assert!(open(&key(1), &[secret(&whole[..index])]).is_err(), "cut at {index}");
            let mut changed = whole.clone();
            changed[index] ^= 1;
            assert!(open(&key(1), &[secret(&changed)]).is_err(), "changed at {index}");
        }
    }

    #[test]
    fn what_no_header_can_count_is_too_large() {
        let secret = vec![0; usize::from(u16::MAX) + 1];
        assert_eq!(seal(&key(1), &secret, Some(HEADER + 1)).unwrap_err(), Flaw::TooLarge);
        assert_eq!(seal(&key(1), &secret, Some(HEADER)).unwrap_err(), Flaw::TooLarge);
    }
}
