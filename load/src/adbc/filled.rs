//! Statements with their arguments instead of their parameters. Drivers differ in which arguments they take: DuckDB
//! refuses those that a statement does not use, and PostgreSQL one whose type it cannot tell, such as that of
//! `$1 IS NULL`.

use crate::sql::{database::Argument, literal};

/// A statement with its arguments. `zero` is a text of one zero byte, as an expression.
pub(super) fn filled(sql: &str, with: &[Argument<'_>], zero: &str) -> String {
    let mut filled = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(place) = rest.find(['\'', '"', '$']) {
        filled.push_str(&rest[..place]);
        rest = &rest[place..];
        let quote = rest.chars().next().filter(|first| *first != '$');
        let end = match quote {
            // Two of them within a name or a text are the end of one and the beginning of another.
            Some(quote) => rest[1..].find(quote).map_or(rest.len(), |end| end + 2),
            None => {
                let is_digit = |byte: &u8| byte.is_ascii_digit();
                1 + rest.bytes().skip(1).take_while(is_digit).count()
            }
        };
        let (token, behind) = rest.split_at(end);
        let number = token.strip_prefix('$').and_then(|digits| digits.parse::<usize>().ok());
        match number.and_then(|number| with.get(number.checked_sub(1)?)) {
            Some(argument) => filled.push_str(&written(argument, zero)),
            None => filled.push_str(token),
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

fn written(argument: &Argument<'_>, zero: &str) -> String {
    match argument {
        Argument::Text(Some(text)) | Argument::Json(Some(text)) => {
            let parts: Vec<_> = text.split('\0').map(literal).collect();
            // A statement ends with its first zero byte.
            if parts.len() == 1 {
                literal(text)
            } else {
                format!("({})", parts.join(&format!(" || {zero} || ")))
            }
        }
        Argument::Number(Some(number)) => number.to_string(),
        Argument::Bool(truth) => truth.to_string(),
        Argument::Text(None) | Argument::Json(None) | Argument::Number(None) => "NULL".to_owned(),
    }
}
