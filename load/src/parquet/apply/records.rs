//! Sets of staged records: a bit for each number that a record has in its load.

/// A set of records.
#[derive(Default)]
pub(super) struct Records(Vec<u64>);

impl Records {
    pub(super) fn insert(&mut self, record: i64) {
        // Numbers count from 0.
        let Ok(number) = usize::try_from(record) else { return };
        let (word, bit) = (number / 64, number % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << bit;
    }

    pub(super) fn remove(&mut self, record: i64) {
        let number = usize::try_from(record).unwrap_or(usize::MAX);
        if let Some(word) = self.0.get_mut(number / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    pub(super) fn contains(&self, record: i64) -> bool {
        let number = usize::try_from(record).unwrap_or(usize::MAX);
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    pub(super) fn len(&self) -> u64 {
        self.count_without(&Records::default())
    }

    /// How many of these the other set does not have.
    pub(super) fn count_without(&self, other: &Records) -> u64 {
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        self.0.iter().zip(others).map(|(word, other)| u64::from((word & !other).count_ones())).sum()
    }

    /// Whether the other set has all of these.
    pub(super) fn is_within(&self, other: &Records) -> bool {
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        self.0.iter().zip(others).all(|(word, other)| word & !other == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Records;

    #[test]
    fn a_record_is_in_until_it_is_removed() {
        let (mut records, none) = (Records::default(), Records::default());
        for record in [0, 63, 64, 1_000] {
            assert!(!records.contains(record));
            records.insert(record);
            assert!(records.contains(record) && !records.contains(record + 1));
            assert!(!records.is_within(&none) && none.is_within(&records));
        }
        for record in [0, 63, 64, 1_000, 5_000, -1] {
            records.remove(record);
        }
        assert!(records.is_within(&none));
    }
}
