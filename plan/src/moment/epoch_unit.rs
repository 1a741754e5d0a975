//! The unit of a number since 1970, as its size shows it.

/// The unit of a number since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EpochUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Microseconds.
    Microseconds,
    /// Nanoseconds.
    Nanoseconds,
}

impl EpochUnit {
    /// The unit in which a number is a time between 1990 and 2100, of which at most one fits. `None` of a number
    /// that is no such time in any.
    ///
    /// ```
    /// use rest_source_plan::EpochUnit;
    ///
    /// assert_eq!(EpochUnit::of(1_706_688_000.0), Some(EpochUnit::Seconds));
    /// assert_eq!(EpochUnit::of(1_706_688_000_000.0), Some(EpochUnit::Milliseconds));
    /// assert_eq!(EpochUnit::of(20_240_131.0), None);
    /// ```
    pub fn of(number: f64) -> Option<EpochUnit> {
        const YEARS: std::ops::Range<f64> = 631_152_000.0..4_102_444_800.0;
        [
            (1.0, EpochUnit::Seconds),
            (1e3, EpochUnit::Milliseconds),
            (1e6, EpochUnit::Microseconds),
            (1e9, EpochUnit::Nanoseconds),
        ]
        .into_iter()
        .find_map(|(of_second, unit)| YEARS.contains(&(number / of_second)).then_some(unit))
    }

    /// What the numbers are, in words.
    pub fn name(self) -> &'static str {
        match self {
            EpochUnit::Seconds => "seconds",
            EpochUnit::Milliseconds => "milliseconds",
            EpochUnit::Microseconds => "microseconds",
            EpochUnit::Nanoseconds => "nanoseconds",
        }
    }
}
