//! `text`, `bool` and `binary`.

use base64::{
    Engine as _,
    alphabet::{STANDARD, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{Json, Value};

impl Value for String {
    const EXPECTED: &str = "a text (nested values have `fields`, `items` or the data type `json`)";

    fn of(json: &Json<'_>) -> Option<String> {
        match json {
            Json::Text(text) => Some((**text).to_owned()),
            Json::Number(number) => Some((*number).to_owned()),
            Json::Bool(value) => Some(value.to_string()),
            Json::Null | Json::Object | Json::List => None,
        }
    }
}

impl Value for bool {
    const EXPECTED: &str = "true or false";

    fn of(json: &Json<'_>) -> Option<bool> {
        match json {
            Json::Bool(value) => Some(*value),
            Json::Number("1") => Some(true),
            Json::Number("0") => Some(false),
            Json::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Json::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }
}

impl Value for Vec<u8> {
    const EXPECTED: &str = "base64 text";

    fn of(json: &Json<'_>) -> Option<Vec<u8>> {
        let Json::Text(text) = json else { return None };
        let alphabet = if text.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
        let config =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        GeneralPurpose::new(alphabet, config).decode(text.as_bytes()).ok()
    }
}
