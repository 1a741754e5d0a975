//! A column of each data type.

use std::borrow::Cow;

use rest_source::{
    Date, Decimal, Json, Time, Timestamp, Wei,
    plan::{Endpoint, Paginator, Part},
};

use super::record;

const PATH: &[Part] = &[Part::Text(Cow::Borrowed("/every"))];
const LIST: Endpoint = Endpoint::new(PATH, None, Paginator::SinglePage);

record!(Every, "every", LIST, {
    text "text": Option<String> => Text, true;
    bigint "bigint": Option<i64> => Bigint, true;
    double "double": Option<f64> => Double, true;
    bool "bool": Option<bool> => Bool, true;
    timestamp "timestamp": Option<Timestamp> => Timestamp, true;
    date "date": Option<Date> => Date, true;
    time "time": Option<Time> => Time, true;
    decimal "decimal": Option<Decimal> => Decimal, true;
    wei "wei": Option<Wei> => Wei, true;
    json "json": Option<Json> => Json, true;
    binary "binary": Option<Vec<u8>> => Binary, true;
});

record!(Needed, "needed", LIST, {
    text "text": String => Text, false;
    bigint "bigint": i64 => Bigint, false;
    double "double": f64 => Double, false;
    bool "bool": bool => Bool, false;
    timestamp "timestamp": Timestamp => Timestamp, false;
    date "date": Date => Date, false;
    time "time": Time => Time, false;
    decimal "decimal": Decimal => Decimal, false;
    wei "wei": Wei => Wei, false;
    json "json": Json => Json, false;
    binary "binary": Vec<u8> => Binary, false;
});
