//! What is read as a moment, and how others are written like it.

use super::{Moment, MomentForm, Notation, TimeFormat};

const HOUR: i128 = 3_600_000_000_000;

#[test]
fn a_moment_is_written_as_its_sample_is() {
    for (text, expected) in [
        ("2024-02-28T23:30:00Z", "2024-02-29T00:30:00Z"),
        ("2024-02-28T23:30:00.120Z", "2024-02-29T00:30:00.120Z"),
        ("2024-02-28T23:30:00,5+0000", "2024-02-29T00:30:00,5+0000"),
        ("2023-12-31 23:30:00", "2024-01-01 00:30:00"),
        ("2024-02-28 23:30:00 UTC", "2024-02-29 00:30:00 UTC"),
        ("2024-02-28 23:30:00 +0100", "2024-02-29 00:30:00 +0100"),
        ("2024-02-28T23:30-05:00", "2024-02-29T00:30-05:00"),
        ("2024/2/28 23:30", "2024/2/29 00:30"),
        ("2024/02/28", "2024/02/28"),
        ("20240228", "20240228"),
        ("20240228T233000Z", "20240229T003000Z"),
        ("20240228233000", "20240229003000"),
        ("Wed, 28 Feb 2024 23:30:00 GMT", "Thu, 29 Feb 2024 00:30:00 GMT"),
        ("9 Feb 2024 23:30:00 +0000", "10 Feb 2024 00:30:00 +0000"),
        ("1969-12-31T23:30:00Z", "1970-01-01T00:30:00Z"),
        ("/Date(1700000000000)/", "/Date(1700003600000)/"),
        ("/Date(-1800000+0100)/", "/Date(1800000+0100)/"),
    ] {
        let (Moment(at), form) = MomentForm::read(text).unwrap();
        assert_eq!(form.write(Moment(at)), text);
        assert_eq!(form.write(Moment(at + HOUR)), expected);
    }
}

#[test]
fn the_same_moment_has_many_forms() {
    let moment = Moment::read("2024-01-02T08:00:00Z");
    assert_eq!(moment, Some(Moment(1_704_182_400_000_000_000)));
    for text in [
        "2024-01-02 08:00:00 UTC",
        "2024-01-02T10:00:00+0200",
        "2024-01-02T10:00:00.000+02",
        "20240102T080000Z",
        "20240102080000",
        "2024/01/02 08:00",
        "Tue, 2 Jan 2024 03:00:00 -0500",
        "/Date(1704182400000)/",
        "/Date(1704182400000-0500)/",
    ] {
        assert_eq!(Moment::read(text), moment, "{text}");
    }
}

#[test]
fn what_is_no_moment_is_not_read_as_one() {
    for text in [
        "",
        "abc",
        "2024",
        "2024-01",
        "2024-13-01",
        "2023-02-29",
        "31/12/2024",
        "2024-01-02x",
        "2024-01-02T25:00:00Z",
        "0000-00-00",
        "v1.2.3",
        "2024-01-02T08:00:00+1:00",
        "2024-1/2",
        "123456789",
        "2024-01-0208:00:00",
        "äöü",
        "/Date()/",
        "/Date(12x)/",
        "/Date(99999999999999999999999999999999999999999)/",
        "/2024-01-02",
    ] {
        assert_eq!(Moment::read(text), None, "{text}");
    }
    for text in ["31/12/2024", "1.2.2024 10:00", "Jan 2, 2024", "Tue Jan 2 08:00:00 UTC 2024"] {
        assert!(Moment::is_meant_by(text), "{text}");
    }
    for text in ["abc", "v1.2.3", "10.0.0.1", "May", "MAY-2024-x1", "2024-01-02-abc", "äöü"] {
        assert!(!Moment::is_meant_by(text), "{text}");
    }
}

#[test]
fn zero_dates_are_missing() {
    for text in ["", " ", "0000-00-00", "0000-00-00 00:00:00", "0001-01-01T00:00:00.000Z"] {
        assert!(Moment::is_missing(text), "{text}");
    }
    for text in ["0", "1970-01-01", "0001-01-01T00:00:01Z", "abc"] {
        assert!(!Moment::is_missing(text), "{text}");
    }
}

fn notation(format: &str) -> Notation {
    Notation::of(&TimeFormat::read(format).unwrap())
}

#[test]
fn formats_read_what_they_write() {
    for (format, text, iso) in [
        ("iso", "2024-01-31T08:00:00Z", "2024-01-31T08:00:00Z"),
        ("epoch", "1706688000", "2024-01-31T08:00:00Z"),
        ("epoch", "-1800", "1969-12-31T23:30:00Z"),
        ("epoch_ms", "1706688000123", "2024-01-31T08:00:00.123Z"),
        ("epoch_us", "1706688000000001", "2024-01-31T08:00:00.000001Z"),
        ("epoch_ns", "1706688000000000001", "2024-01-31T08:00:00.000000001Z"),
        ("rfc2822", "Wed, 31 Jan 2024 08:00:00 +0000", "2024-01-31T08:00:00Z"),
        ("microsoft_json", "/Date(1706688000000)/", "2024-01-31T08:00:00Z"),
        ("%d/%m/%Y", "31/01/2024", "2024-01-31"),
        ("%-d.%-m.%y", "1.2.24", "2024-02-01"),
        ("%Y%m%d", "20240131", "2024-01-31"),
        ("%Y%m%d%H%M%S", "20240131080910", "2024-01-31T08:09:10Z"),
        ("%Y-%j", "2024-060", "2024-02-29"),
        ("%Y-%m", "2024-02", "2024-02-01"),
        ("%Y", "2024", "2024-01-01"),
        ("%B %e, %Y %I:%M %p", "January  3, 2024 12:05 AM", "2024-01-03T00:05:00Z"),
        ("%a %d %b %Y %I:%M %p", "Wed 31 Jan 2024 01:05 PM", "2024-01-31T13:05:00Z"),
        ("%FT%T%.f%z", "2024-01-31T08:00:00.5+0000", "2024-01-31T08:00:00.5Z"),
        ("%F %T.%3f %Z", "2024-01-31 08:00:00.250 UTC", "2024-01-31T08:00:00.25Z"),
        ("%F %R%:z", "2024-01-31 08:00+00:00", "2024-01-31T08:00:00Z"),
        ("100%% %Y-%m-%d", "100% 2024-01-31", "2024-01-31"),
        ("t%s", "t1706688000", "2024-01-31T08:00:00Z"),
    ] {
        let notation = notation(format);
        let moment = Moment::read(iso).unwrap();
        assert_eq!(notation.read(text), Some(moment), "{format} {text}");
        assert_eq!(notation.form().write(moment), text, "{format}");
    }
}

#[test]
fn formats_are_strict() {
    for (format, text) in [
        ("iso", "2024/01/31"),
        ("iso", "2024-1-31"),
        ("iso", "31/01/2024"),
        ("iso", "Wed, 31 Jan 2024 08:00:00 +0000"),
        ("iso", "1706688000"),
        ("iso", "2024-01-31T08:00:00 UTC"),
        ("epoch", "1706688000000"),
        ("epoch", "2024-01-31"),
        ("epoch", "soon"),
        ("epoch", ""),
        ("rfc2822", "2024-01-31"),
        ("microsoft_json", "1706688000000"),
        ("%d/%m/%Y", "01/31/2024"),
        ("%d/%m/%Y", "31/01/24"),
        ("%d/%m/%Y", "31/01/2024 08:00"),
        ("%d/%m/%Y", "30/02/2024"),
        ("%Y%m%d", "2024131"),
        ("%Y-%j", "2023-366"),
        ("%a %d %b %Y", "Tue 31 Jan 2024"),
        ("%I:%M %p %F", "13:00 PM 2024-01-31"),
    ] {
        assert_eq!(notation(format).read(text), None, "{format} {text}");
    }
    for (format, text) in [
        ("%d/%m/%Y", "1/2/2024"),
        ("%F %T%z", "2024-02-01 02:00:00+02:00"),
        ("%d %b %Y", "01 FEB 2024"),
        ("epoch", "1706745600.000"),
        ("epoch", "1.7067456e9"),
        ("microsoft_json", "/Date(1706745600000+0000)/"),
        ("iso", "2024-02-01"),
        ("iso", "20240201T000000Z"),
    ] {
        assert_eq!(notation(format).read(text), Moment::read("2024-02-01"), "{format} {text}");
    }
}

#[test]
fn formats_without_an_order_are_told() {
    for (format, lacks) in [
        ("%d/%m", "year"),
        ("%H:%M", "year"),
        ("%Y-%d", "month"),
        ("%Y-%m %H:%M", "day"),
        ("%F %M", "hour"),
        ("%F %H:%S", "minute"),
        ("%F %I:%M", "half of the day"),
        ("%F %H:%M %3f", "second"),
    ] {
        assert_eq!(TimeFormat::read(format).unwrap().disorder().map(|(what, _)| what), Some(lacks));
    }
    for format in ["%Y", "%Y-%m", "%F", "%d %b %y", "%Y-%j %H", "%s", "epoch_ms", "iso"] {
        assert_eq!(TimeFormat::read(format).unwrap().disorder(), None);
    }
    for format in ["", "%", "%q", "%5Y", "%%", "yesterday", "%0f"] {
        assert!(TimeFormat::read(format).is_err(), "{format}");
    }
}

#[test]
fn ends_are_rounded_up() {
    for (format, iso, expected) in [
        ("%Y-%m-%d", "2024-01-31T08:00:00Z", "2024-02-01"),
        ("%Y-%m-%d", "2024-01-31", "2024-01-31"),
        ("%Y-%m", "2024-01-31T08:00:00Z", "2024-02"),
        ("%Y-%m", "2024-02-01", "2024-02"),
        ("%Y", "2024-12-31", "2025"),
        ("%F %H:%M", "2024-01-31T08:00:01Z", "2024-01-31 08:01"),
        ("epoch", "2024-01-31T08:00:00.001Z", "1706688001"),
        ("epoch_ms", "2024-01-31T08:00:00.001Z", "1706688000001"),
        ("iso", "2024-01-31T08:00:00.001Z", "2024-01-31T08:00:01Z"),
    ] {
        let (notation, moment) = (notation(format), Moment::read(iso).unwrap());
        let form = notation.form();
        assert_eq!(form.write(form.rounded_up(moment)), expected, "{format} {iso}");
    }
}
