//! The bodies of pages.

use std::{fmt::Write as _, ops::Range};

/// How many records are on a page.
pub const PAGE: usize = 500;

/// That of a page among others: records under a name, and what is said of the page.
pub fn page(name: &str, list: &str, after: Option<usize>, total: usize) -> String {
    let after = after.map_or("null".to_owned(), |page| format!("\"{page}\""));
    format!(
        "{{\"{name}\":{list},\"meta\":{{\"cursors\":{{\"before\":null,\"after\":{after}}},\
         \"limit\":{PAGE},\"total\":{total},\"pages\":{}}}}}",
        total.div_ceil(PAGE)
    )
}

/// A page of 500 records.
pub fn payments() -> String {
    page("payments", &list(0..PAGE), Some(1), 2 * PAGE)
}

/// The same records at the end of a longer path.
pub fn nested() -> String {
    format!("{{\"status\":\"ok\",\"data\":{{\"result\":{}}}}}", payments())
}

/// The same records in several lists.
pub fn batches() -> String {
    /// How many records a list has.
    const BATCH: usize = 50;
    let batch = |first| format!("{{\"payments\":{}}}", list(first..first + BATCH));
    let batches: Vec<_> = (0..PAGE).step_by(BATCH).map(batch).collect();
    format!("{{\"batches\":[{}]}}", batches.join(","))
}

/// 500 records of 60 fields.
pub fn wide() -> String {
    format!("{{\"wide\":{}}}", wide_list(0..PAGE))
}

/// The key of a record.
pub fn id(number: usize) -> String {
    format!("PM{number:010}")
}

/// A list of what is written for each number.
fn elements(numbers: Range<usize>, write: impl Fn(&mut String, usize)) -> String {
    let mut list = String::from("[");
    for number in numbers {
        if list.len() > 1 {
            list.push(',');
        }
        write(&mut list, number);
    }
    list.push(']');
    list
}

/// Records of 60 fields, as a list.
pub fn wide_list(numbers: Range<usize>) -> String {
    elements(numbers, |list, number| {
        for field in 0..60 {
            let comma = if field == 0 { '{' } else { ',' };
            let (day, minute) = (1 + number % 28, number % 60);
            let _ = write!(list, "{comma}\"field_{field}\":");
            let _ = match field % 6 {
                0 => write!(list, "\"Text {number} of {field}\""),
                1 => write!(list, "{}", number * 1000 + field),
                2 => write!(list, "\"2024-03-{day:02}T10:{minute:02}:00Z\""),
                3 => write!(list, "{number}.25"),
                4 => write!(list, "{}", number % 2 == 0),
                _ => write!(list, "\"2024-03-{day:02}\""),
            };
        }
        list.push('}');
    })
}

/// Records with records in them, two levels deep, as a list.
pub fn deep_list(numbers: Range<usize>) -> String {
    elements(numbers, |list, number| {
        let _ = write!(
            list,
            "{{\"id\":\"{}\",\"amount\":{},\"customer\":{{\"name\":\"Customer {number}\",\
             \"email\":\"customer.{number}@example.com\",\"address\":{{\"city\":\"London\",\
             \"postcode\":\"EC{} 4AB\",\"country\":\"GB\"}}}},\"card\":{{\"brand\":\"visa\",\
             \"last_digits\":\"{:04}\",\"expires\":{{\"month\":{},\"year\":2027}}}}}}",
            id(number),
            100 + number % 9_900,
            number % 100,
            number % 10_000,
            1 + number % 12,
        );
    })
}

/// Records with a list of texts and one of records, as a list.
pub fn items_list(numbers: Range<usize>) -> String {
    elements(numbers, |list, number| {
        let line = |line: usize| {
            format!(
                "{{\"sku\":\"SKU-{:06}\",\"quantity\":{},\"title\":\"Article {} of order {number}\"}}",
                number * 7 + line,
                1 + line,
                line + 1,
            )
        };
        let lines: Vec<_> = (0..=number % 5).map(line).collect();
        let _ = write!(
            list,
            "{{\"id\":\"{}\",\"tags\":[\"spring\",\"catalogue {}\",\"two parcels\"],\"lines\":[{}]}}",
            id(number),
            number % 10,
            lines.join(","),
        );
    })
}

/// Records of about 550 bytes, as a list.
pub fn list(numbers: Range<usize>) -> String {
    elements(numbers, |list, number| {
        let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60);
        let _ = write!(
            list,
            "{{\"id\":\"{}\",\
             \"created_at\":\"2024-03-04T{hour:02}:{minute:02}:{second:02}.{:03}Z\",\
             \"amount\":{},\"currency\":\"GBP\",\"status\":\"paid_out\",\"charge_date\":\"2024-03-11\",\
             \"amount_refunded\":0,\"reference\":\"INV-{number:08}\",\
             \"description\":\"Order {number} of the spring catalogue, delivered in two parcels, one of them a week later\",\
             \"retry_if_possible\":false,\"fx\":{{\"fx_currency\":\"EUR\",\"fx_amount\":null,\
             \"exchange_rate\":null,\"estimated_exchange_rate\":\"1.1234567890\"}},\
             \"links\":{{\"mandate\":\"MD{:08}\",\"creditor\":\"CR000011\",\"payout\":\"PO{:08}\"}},\
             \"metadata\":{{\"order\":\"{number}\",\"channel\":\"web\"}}}}",
            id(number),
            number % 1000,
            100 + number % 9_900,
            number / 7,
            number / 100,
        );
    })
}
