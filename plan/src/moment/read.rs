//! Reading moments.

use std::ops::RangeInclusive;

use super::{
    calendar::{civil, days},
    form::{
        DAY, Field, MILLISECOND, MONTHS, Moment, MomentForm, Name, Pad, Piece, SECOND, WEEKDAYS,
    },
};

impl MomentForm {
    /// Reads a text that can only be a moment, or only digits: the forms of ISO 8601 and RFC 3339
    /// with `-`, `/` or nothing between their parts, a space for the `T`, and `UTC` or nothing for
    /// an offset of zero; dates alone; the form of mails (RFC 2822); and that of .NET, milliseconds in
    /// `/Date(1706688000000)/`. Forms that begin with the day or the month are not among them: which of
    /// the two it is cannot be known.
    pub fn read(text: &str) -> Option<(Moment, MomentForm)> {
        let (moment, reader) = read(text, true)?;
        Some((moment, reader.form()))
    }

    /// The same of ISO 8601 alone, and strictly: dashes or nothing between the parts of a date, all
    /// digits, `Z` or a number for the offset.
    pub(super) fn read_iso(text: &str) -> Option<(Moment, MomentForm)> {
        let mut reader = Reader::new(text, true);
        reader.iso()?;
        let is_strict = reader.is_padded
            && !text.contains(['/', ','])
            && text.ends_with(|c: char| c.is_ascii_digit() || c == 'Z' || c == 'z');
        let moment = reader.moment()?;
        is_strict.then(|| (moment, reader.form()))
    }

    /// The same of the form of mails alone.
    pub(super) fn read_mail(text: &str) -> Option<(Moment, MomentForm)> {
        let mut reader = Reader::new(text, true);
        reader.mail()?;
        Some((reader.moment()?, reader.form()))
    }

    /// The same of .NET's form alone.
    pub(super) fn read_call(text: &str) -> Option<(Moment, MomentForm)> {
        let mut reader = Reader::new(text, true);
        Some((reader.call()?, reader.form()))
    }
}

impl Moment {
    /// The moment of a text of the forms that [`MomentForm::read`] knows.
    pub fn read(text: &str) -> Option<Moment> {
        read(text, false).map(|(moment, _)| moment)
    }
}

fn read(text: &str, keeps_form: bool) -> Option<(Moment, Reader<'_>)> {
    let mut reader = Reader::new(text, keeps_form);
    if text.starts_with('/') {
        return Some((reader.call()?, reader));
    }
    reader.iso().or_else(|| {
        reader = Reader::new(text, keeps_form);
        reader.mail()
    })?;
    Some((reader.moment()?, reader))
}

/// Reads a text from its beginning, and remembers how it is written.
struct Reader<'a> {
    rest: &'a str,
    pieces: Vec<Piece>,
    year: i128,
    month: i128,
    day: i128,
    /// Since midnight, in nanoseconds.
    time: i128,
    offset: i32,
    is_padded: bool,
    /// Whether the pieces are wanted: cursor values of whole pages are only compared.
    keeps_form: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, keeps_form: bool) -> Reader<'a> {
        let (year, month, day, time, offset) = (0, 0, 0, 0, 0);
        Reader {
            rest: text,
            pieces: Vec::new(),
            year,
            month,
            day,
            time,
            offset,
            is_padded: true,
            keeps_form,
        }
    }

    /// How it was written.
    fn form(self) -> MomentForm {
        let Reader { mut pieces, offset, is_padded, .. } = self;
        for piece in &mut pieces {
            if let Piece::Number(Field::Month | Field::Day, pad) = piece
                && !is_padded
            {
                *pad = Pad::Nothing;
            }
        }
        MomentForm { pieces, offset }
    }

    fn iso(&mut self) -> Option<()> {
        self.year = self.number(4..=4)?;
        self.field(Field::Year);
        let separator = self.literal(&["-", "/"]);
        let width = if separator.is_some() { 1..=2 } else { 2..=2 };
        self.month = self.number(width.clone())?;
        self.field(Field::Month);
        if let Some(separator) = separator {
            self.literal(&[separator])?;
        }
        self.day = self.number(width)?;
        self.field(Field::Day);
        if self.rest.is_empty() {
            return Some(());
        }
        // Only digits throughout have nothing between them.
        if self.literal(&["T", "t", " "]).is_none() && (separator.is_some() || self.rest.len() != 6)
        {
            return None;
        }
        self.time_of_day()?;
        self.zone()
    }

    fn mail(&mut self) -> Option<()> {
        if WEEKDAYS.iter().any(|weekday| self.rest.starts_with(Name::Short.of(weekday))) {
            self.rest = &self.rest[3..];
            self.piece(|| Piece::Weekday(Name::Short));
            self.literal(&[", "])?;
        }
        self.day = self.number(1..=2)?;
        self.field(Field::Day);
        self.literal(&[" "])?;
        let month = MONTHS.iter().position(|month| self.rest.starts_with(Name::Short.of(month)))?;
        self.month = i128::try_from(month).ok()? + 1;
        self.rest = &self.rest[3..];
        self.piece(|| Piece::Month(Name::Short));
        self.literal(&[" "])?;
        self.year = self.number(4..=4)?;
        self.field(Field::Year);
        self.literal(&[" "])?;
        self.time_of_day()?;
        self.zone_of_mail().or_else(|| self.zone())
    }

    /// The zones of North America, which mails may name (RFC 2822, section 4.3).
    fn zone_of_mail(&mut self) -> Option<()> {
        let zone = self.rest;
        let hours = match zone.trim_start_matches(' ') {
            "EDT" => -4,
            "EST" | "CDT" => -5,
            "CST" | "MDT" => -6,
            "MST" | "PDT" => -7,
            "PST" => -8,
            _ => return None,
        };
        self.piece(|| Piece::Text(zone.to_owned()));
        self.offset = hours * 3_600;
        Some(())
    }

    /// `/Date(1706688000000+0100)/`, where the offset says how to show the moment and does not move it.
    fn call(&mut self) -> Option<Moment> {
        self.literal(&["/Date("])?;
        let sign: i128 = if self.rest.starts_with('-') { -1 } else { 1 };
        self.rest = self.rest.strip_prefix('-').unwrap_or(self.rest);
        let milliseconds: i128 = self.digits().parse().ok()?;
        self.piece(|| Piece::Epoch(MILLISECOND));
        let rest = self.rest;
        self.piece(|| Piece::Text(rest.to_owned()));
        let zone = rest.strip_suffix(")/")?;
        let is_zone = zone.strip_prefix(['+', '-']).is_some_and(|offset| {
            offset.len() == 4 && offset.bytes().all(|byte| byte.is_ascii_digit())
        });
        let moment = Moment(sign.checked_mul(milliseconds)?.checked_mul(MILLISECOND)?);
        (zone.is_empty() || is_zone).then_some(moment)
    }

    fn time_of_day(&mut self) -> Option<()> {
        let hour = self.number(2..=2)?;
        self.field(Field::Hour);
        let separator = self.literal(&[":"]);
        let minute = self.number(2..=2)?;
        self.field(Field::Minute);
        let mut second = 0;
        let has_second = match separator {
            Some(separator) => self.literal(&[separator]).is_some(),
            None => self.rest.starts_with(|c: char| c.is_ascii_digit()),
        };
        if has_second {
            second = self.number(2..=2)?;
            self.field(Field::Second);
        }
        (hour < 24 && minute < 60 && second <= 60).then_some(())?;
        // A leap second is the last one of its minute.
        self.time = ((hour * 60 + minute) * 60 + second.min(59)) * SECOND;
        if has_second && self.literal(&[".", ","]).is_some() {
            let digits = self.digits();
            // RFC 3339 has any number of digits; those behind the nanosecond are left out.
            let digits = digits.get(..9).unwrap_or(digits);
            let nanoseconds = format!("{digits:0<9}");
            (!digits.is_empty()).then_some(())?;
            self.time += nanoseconds.parse::<i128>().ok()?;
            self.piece(|| Piece::Fraction(digits.len()));
        }
        Some(())
    }

    /// The offset and the end. Without one a time is in UTC.
    fn zone(&mut self) -> Option<()> {
        let zone = self.rest;
        self.piece(|| Piece::Text(zone.to_owned()));
        let zone = zone.strip_prefix(' ').unwrap_or(zone);
        if matches!(zone, "" | "Z" | "z" | "UTC" | "GMT" | "UT") {
            return Some(());
        }
        // As Go writes it, `+0000 UTC`.
        let zone = zone.strip_suffix(" UTC").unwrap_or(zone);
        let (sign, zone) = match zone.split_at_checked(1)? {
            ("+", zone) => (1, zone),
            ("-", zone) => (-1, zone),
            _ => return None,
        };
        let (hours, minutes) = zone.split_at_checked(2)?;
        let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
        let number = |text: &str| {
            let is_number = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse::<i32>().ok()).flatten()
        };
        let minutes = if minutes.is_empty() { 0 } else { number(minutes)? };
        let hours = number(hours).filter(|hours| *hours < 24 && minutes < 60)?;
        self.offset = sign * (hours * 60 + minutes) * 60;
        Some(())
    }

    fn moment(&self) -> Option<Moment> {
        let (year, month, day) = (self.year, self.month, self.day);
        let days = days(year, month, day);
        // What another day of the calendar comes back as is none of it.
        (year > 0 && (1..=12).contains(&month) && civil(days) == (year, month, day))
            .then(|| Moment(days * DAY + self.time - i128::from(self.offset) * SECOND))
    }

    fn field(&mut self, field: Field) {
        self.piece(|| Piece::Number(field, Pad::Zero));
    }

    fn piece(&mut self, piece: impl FnOnce() -> Piece) {
        if self.keeps_form {
            self.pieces.push(piece());
        }
    }

    /// Takes one of these texts, if it is next.
    fn literal<'b>(&mut self, texts: &[&'b str]) -> Option<&'b str> {
        let text = *texts.iter().find(|text| self.rest.starts_with(**text))?;
        self.rest = &self.rest[text.len()..];
        self.piece(|| Piece::Text(text.to_owned()));
        Some(text)
    }

    /// Takes a number with this many digits.
    fn number(&mut self, width: RangeInclusive<usize>) -> Option<i128> {
        let most = self.rest.len().min(*width.end());
        let taken = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(taken);
        width.contains(&taken).then_some(())?;
        self.rest = rest;
        self.is_padded &= taken > 1;
        digits.parse().ok()
    }

    fn digits(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        digits
    }
}
