//! What is read as a moment, and how others are written like it.

use super::{Moment, MomentForm};

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
