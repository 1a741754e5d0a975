//! The formats of `strftime`: from their text to the form that they describe.

use super::{
    form::{Field, MomentForm, Name, Pad, Piece, SECOND},
    format::FormatMistake,
};

/// The directives, as messages list them.
const DIRECTIVES: &str = "`%Y` `%y` `%m` `%b` `%B` `%d` `%e` `%j` `%a` `%A` `%H` `%I` `%p` `%M` `%S` \
                          `%f` `%3f` `%.f` `%z` `%:z` `%Z` `%s` `%F` `%T` `%R` `%%`";

impl MomentForm {
    /// The form that a format of `strftime` describes.
    pub(super) fn strftime(text: &str) -> Result<MomentForm, FormatMistake> {
        let mut form = MomentForm { pieces: Vec::new(), offset: 0 };
        let mut rest = text;
        while let Some(at) = rest.find('%') {
            form.text(&rest[..at]);
            let begin = text.len() - rest.len() + at;
            let after = &rest[at + 1..];
            let length = after.find(|c: char| c.is_ascii_alphabetic() || c == '%');
            let end = length.map_or(text.len(), |length| begin + length + 2);
            let mistake = |message: String| FormatMistake {
                begin,
                end,
                message,
                help: format!("there are {DIRECTIVES}"),
            };
            let Some(length) = length else {
                return Err(mistake(format!("`{}` is not a directive", &text[begin..])));
            };
            let (flags, directive) = (&after[..length], after.as_bytes()[length]);
            let unknown = || mistake(format!("`{}` is not a known directive", &text[begin..end]));
            if !form.directive(flags, directive) {
                return Err(unknown());
            }
            rest = &text[end..];
        }
        form.text(rest);
        Ok(form)
    }

    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(before)) => before.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Adds what a directive means. Whether there is one.
    fn directive(&mut self, flags: &str, directive: u8) -> bool {
        let field = match directive {
            b'Y' => Some(Field::Year),
            b'y' => Some(Field::YearOfCentury),
            b'm' => Some(Field::Month),
            b'd' | b'e' => Some(Field::Day),
            b'j' => Some(Field::DayOfYear),
            b'H' | b'k' => Some(Field::Hour),
            b'I' | b'l' => Some(Field::HourOfHalf),
            b'M' => Some(Field::Minute),
            b'S' => Some(Field::Second),
            _ => None,
        };
        if let Some(field) = field {
            let pad = match flags {
                "" if matches!(directive, b'e' | b'k' | b'l') => Pad::Space,
                "" | "0" => Pad::Zero,
                "_" => Pad::Space,
                "-" => Pad::Nothing,
                _ => return false,
            };
            self.pieces.push(Piece::Number(field, pad));
            return true;
        }
        let digits = |flags: &str| flags.parse().ok().filter(|digits| (1..=9).contains(digits));
        let piece = match (flags, directive) {
            ("", b'b' | b'h') => Piece::Month(Name::Short),
            ("", b'B') => Piece::Month(Name::Full),
            ("", b'a') => Piece::Weekday(Name::Short),
            ("", b'A') => Piece::Weekday(Name::Full),
            ("", b'p') => Piece::Half,
            ("", b'z') => Piece::Offset { colon: false },
            (":", b'z') => Piece::Offset { colon: true },
            ("", b'Z') => Piece::Zone,
            ("", b's') => Piece::Epoch(SECOND),
            // Microseconds in Python.
            ("", b'f') => Piece::Fraction(6),
            (".", b'f') => Piece::PointFraction,
            (flags, b'f') => {
                let number = flags.strip_prefix('.');
                let Some(digits) = digits(number.unwrap_or(flags)) else { return false };
                if number.is_some() {
                    self.text(".");
                }
                Piece::Fraction(digits)
            }
            ("", b'F') => return self.each("Y-m-d"),
            ("", b'T') => return self.each("H:M:S"),
            ("", b'R') => return self.each("H:M"),
            ("", b'%') => {
                self.text("%");
                return true;
            }
            _ => return false,
        };
        self.pieces.push(piece);
        true
    }

    /// Adds several directives with text between them.
    fn each(&mut self, directives: &str) -> bool {
        directives.bytes().all(|byte| match byte {
            b'-' | b':' => {
                self.text(char::from(byte).encode_utf8(&mut [0; 4]));
                true
            }
            directive => self.directive("", directive),
        })
    }

    /// Why values of this form have no order; `None` if they have one.
    pub(super) fn disorder(&self) -> Option<(&'static str, &'static str)> {
        let has_field = |fields: &[Field]| {
            self.has(|piece| matches!(piece, Piece::Number(field, _) if fields.contains(field)))
        };
        let has_month = has_field(&[Field::Month]) || self.has(|p| matches!(p, Piece::Month(_)));
        let has_hour = has_field(&[Field::Hour, Field::HourOfHalf]);
        let has_fraction =
            self.has(|piece| matches!(piece, Piece::Fraction(_) | Piece::PointFraction));
        let has_day = has_field(&[Field::DayOfYear]) || has_field(&[Field::Day]) && has_month;
        let has_second = has_field(&[Field::Second]);
        if self.has(|piece| matches!(piece, Piece::Epoch(_))) {
            return None;
        }
        Some(match () {
            () if !has_field(&[Field::Year, Field::YearOfCentury]) => ("year", "%Y"),
            () if has_field(&[Field::Day]) && !has_month => ("month", "%m"),
            () if has_hour && !has_day => ("day", "%d"),
            () if has_field(&[Field::HourOfHalf])
                && !has_field(&[Field::Hour])
                && !self.has(|piece| matches!(piece, Piece::Half)) =>
            {
                ("half of the day", "%p")
            }
            () if has_field(&[Field::Minute]) && !has_hour => ("hour", "%H"),
            () if has_second && !has_field(&[Field::Minute]) => ("minute", "%M"),
            () if has_fraction && !has_second => ("second", "%S"),
            () => return None,
        })
    }

    /// What is missing between two parts of a time, as the month between a year and a day.
    pub(super) fn gap(&self) -> Option<(&'static str, &'static str)> {
        let parts =
            [("year", "%Y"), ("month", "%m"), ("day", "%d"), ("hour", "%H"), ("minute", "%M")];
        let parts = parts.into_iter().chain([("second", "%S")]);
        let is_of_year = |piece: &Piece| matches!(piece, Piece::Number(Field::DayOfYear, _));
        let has_month = self.has(is_of_year);
        let is_there =
            |what: &str| what == "month" && has_month || self.has(|piece| piece.what() == what);
        let mut missing = None;
        let mut has_begun = false;
        for (what, directive) in parts {
            match is_there(what) {
                true if missing.is_some() => return missing,
                true => has_begun = true,
                false if has_begun && missing.is_none() => missing = Some((what, directive)),
                false => {}
            }
        }
        None
    }

    /// Why texts of this form cannot be read, and what to write, though it can be written; `None` if they can.
    pub(super) fn ambiguity(&self) -> Option<(String, &'static str)> {
        let is_open = |piece: &Piece| match piece {
            Piece::Number(_, pad) => *pad != Pad::Zero,
            Piece::Epoch(_) | Piece::Fraction(_) | Piece::PointFraction => true,
            _ => false,
        };
        let begins_with_digit = |piece: &Piece| match piece {
            Piece::Number(..) | Piece::Epoch(_) | Piece::Fraction(_) => true,
            Piece::Text(text) => text.starts_with(|first: char| first.is_ascii_digit()),
            _ => false,
        };
        let is_beside =
            |pair: &[Piece]| matches!(pair, [a, b] if is_open(a) && begins_with_digit(b));
        if self.pieces.windows(2).any(is_beside) {
            let why = "a number of any length is directly before digits";
            return Some((why.to_owned(), "write directives of a fixed number of digits there"));
        }
        let is_same = |a: &Piece, b: &Piece| !matches!(a, Piece::Text(_)) && a.what() == b.what();
        let mut rest = self.pieces.as_slice();
        while let Some((first, after)) = rest.split_first() {
            if after.iter().any(|other| is_same(first, other)) {
                let why = format!("it has the {} twice", first.what());
                let help = "write each part of a time once; `%m` is the month and `%M` the minute";
                return Some((why, help));
            }
            rest = after;
        }
        let is_of_half = |piece: &Piece| matches!(piece, Piece::Number(Field::HourOfHalf, _));
        (self.has(|piece| matches!(piece, Piece::Half)) && !self.has(is_of_half)).then(|| {
            let why = "`%p` is the half of a day whose hours are those of `%I`";
            (why.to_owned(), "write `%I` for the hour")
        })
    }

    /// Whether it has a year or a month, and neither both of them nor anything finer.
    pub(super) fn is_partial(&self) -> bool {
        let has_year =
            self.has(|piece| matches!(piece, Piece::Number(Field::Year | Field::YearOfCentury, _)));
        let has_month =
            self.has(|piece| matches!(piece, Piece::Month(_) | Piece::Number(Field::Month, _)));
        let is_fine = self.has(|piece| {
            let is_coarse = matches!(
                piece,
                Piece::Text(_)
                    | Piece::Month(_)
                    | Piece::Number(Field::Year | Field::YearOfCentury | Field::Month, _)
            );
            !is_coarse
        });
        !is_fine && has_year != has_month
    }

    /// Whether all that it writes are digits.
    pub(super) fn is_all_digits(&self) -> bool {
        !self.has(|piece| match piece {
            Piece::Number(_, pad) => *pad != Pad::Zero,
            Piece::Fraction(_) | Piece::Epoch(_) => false,
            _ => true,
        })
    }
}

impl Piece {
    /// What it says of a time.
    fn what(&self) -> &'static str {
        match self {
            Piece::Text(_) => "text",
            Piece::Number(Field::Year | Field::YearOfCentury, _) => "year",
            Piece::Number(Field::Month, _) | Piece::Month(_) => "month",
            Piece::Number(Field::Day | Field::DayOfYear, _) => "day",
            Piece::Weekday(_) => "day of the week",
            Piece::Number(Field::Hour | Field::HourOfHalf, _) => "hour",
            Piece::Number(Field::Minute, _) => "minute",
            Piece::Number(Field::Second, _) => "second",
            Piece::Fraction(_) | Piece::PointFraction => "fraction of a second",
            Piece::Half => "half of the day",
            Piece::Offset { .. } => "offset",
            Piece::Zone => "zone",
            Piece::Epoch(_) => "time since 1970",
        }
    }
}
