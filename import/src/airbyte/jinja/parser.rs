//! From words and signs to an expression, by the precedence of Jinja.

use super::{
    expression::{Expr, Operator, Step},
    lexer::{Token, tokens},
};
use crate::document::Value;

/// How deep an expression may be.
const MOST_DEPTH: usize = 64;

/// The expression at the beginning of a text, which is the inside of braces, and how many bytes it takes with
/// the braces that close it.
pub(super) fn parse(text: &str) -> Result<(Expr, usize), String> {
    let (tokens, length) = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0 };
    let expression = parser.conditional()?;
    match parser.tokens.get(parser.at) {
        None => Ok((expression, length)),
        Some(token) => Err(format!("`{}` is not expected there", shown(token))),
    }
}

fn shown(token: &Token) -> &str {
    match token {
        Token::Name(text) | Token::Text(text) | Token::Number(text) => text,
        Token::Sign(sign) => sign,
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn is_sign(&self, sign: &str) -> bool {
        matches!(self.tokens.get(self.at), Some(Token::Sign(found)) if *found == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.tokens.get(self.at), Some(Token::Name(found)) if found == word)
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let is_there = self.is_sign(sign);
        self.at += usize::from(is_there);
        is_there
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is_there = self.is_word(word);
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.take_sign(sign) { Ok(()) } else { Err(format!("`{sign}` is missing")) }
    }

    fn conditional(&mut self) -> Result<Expr, String> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err("it is too deep".to_owned());
        }
        let mut value = self.or()?;
        while self.take_word("if") {
            let condition = self.or()?;
            let otherwise =
                if self.take_word("else") { self.conditional()? } else { Expr::Const(Value::Null) };
            value = Expr::If(Box::new(condition), Box::new(value), Box::new(otherwise));
        }
        self.depth -= 1;
        Ok(value)
    }

    fn or(&mut self) -> Result<Expr, String> {
        let mut left = self.and()?;
        while self.take_word("or") {
            left = binary(Operator::Or, left, self.and()?);
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expr, String> {
        let mut left = self.not()?;
        while self.take_word("and") {
            left = binary(Operator::And, left, self.not()?);
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expr, String> {
        if self.take_word("not") {
            return Ok(Expr::Not(Box::new(self.not()?)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expr, String> {
        let mut left = self.sum()?;
        loop {
            let operators = [
                ("==", Operator::Equal),
                ("!=", Operator::Unequal),
                ("<=", Operator::AtMost),
                (">=", Operator::AtLeast),
                ("<", Operator::Less),
                (">", Operator::More),
            ];
            let found = operators.iter().find(|(sign, _)| self.is_sign(sign));
            if let Some((_, operator)) = found {
                self.at += 1;
                left = binary(*operator, left, self.sum()?);
            } else if self.take_word("in") {
                left = binary(Operator::In, left, self.sum()?);
            } else if self.is_word("not") && self.next_is_in() {
                self.at += 2;
                left = Expr::Not(Box::new(binary(Operator::In, left, self.sum()?)));
            } else {
                return Ok(left);
            }
        }
    }

    fn next_is_in(&self) -> bool {
        matches!(self.tokens.get(self.at + 1), Some(Token::Name(word)) if word == "in")
    }

    fn sum(&mut self) -> Result<Expr, String> {
        let mut left = self.product()?;
        loop {
            let operator = if self.take_sign("+") {
                Operator::Add
            } else if self.take_sign("-") {
                Operator::Subtract
            } else if self.take_sign("~") {
                Operator::Join
            } else {
                return Ok(left);
            };
            left = binary(operator, left, self.product()?);
        }
    }

    fn product(&mut self) -> Result<Expr, String> {
        let mut left = self.unary()?;
        loop {
            let operator = if self.take_sign("*") {
                Operator::Multiply
            } else if ["/", "//", "%", "**"].iter().any(|sign| self.take_sign(sign)) {
                Operator::OtherArithmetic
            } else {
                return Ok(left);
            };
            left = binary(operator, left, self.unary()?);
        }
    }

    fn unary(&mut self) -> Result<Expr, String> {
        if self.take_sign("-") {
            return Ok(Expr::Negative(Box::new(self.unary()?)));
        }
        let mut value = self.primary()?;
        loop {
            value = if self.take_sign(".") {
                let name = match self.tokens.get(self.at) {
                    Some(Token::Name(name) | Token::Number(name)) => name.clone(),
                    _ => return Err("a name is missing behind a dot".to_owned()),
                };
                self.at += 1;
                if self.take_sign("(") {
                    let arguments = self.arguments(vec![value])?;
                    method(name, arguments)
                } else {
                    member(value, Expr::Const(Value::Text(name)))
                }
            } else if self.take_sign("[") {
                self.index(value)?
            } else if self.take_sign("|") {
                let Some(Token::Name(name)) = self.tokens.get(self.at) else {
                    return Err("a filter is missing".to_owned());
                };
                self.at += 1;
                let arguments = vec![value];
                let arguments =
                    if self.take_sign("(") { self.arguments(arguments)? } else { arguments };
                Expr::Call(name.clone(), arguments)
            } else if self.take_word("is") {
                let is_not = self.take_word("not");
                let Some(Token::Name(name)) = self.tokens.get(self.at) else {
                    return Err("a test is missing behind `is`".to_owned());
                };
                self.at += 1;
                Expr::Is(Box::new(value), name.to_lowercase(), is_not)
            } else {
                return Ok(value);
            };
        }
    }

    fn index(&mut self, value: Expr) -> Result<Expr, String> {
        let from = if self.is_sign(":") { None } else { Some(self.conditional()?) };
        if !self.take_sign(":") {
            self.expect("]")?;
            let Some(index) = from else { return Err("an index is missing".to_owned()) };
            return Ok(member(value, index));
        }
        let to = if self.is_sign("]") { None } else { Some(self.conditional()?) };
        self.expect("]")?;
        Ok(Expr::Slice(Box::new(value), from.map(Box::new), to.map(Box::new)))
    }

    /// Arguments behind those that there are, up to the bracket. Names of arguments are left out.
    fn arguments(&mut self, mut arguments: Vec<Expr>) -> Result<Vec<Expr>, String> {
        while !self.take_sign(")") {
            let is_named =
                matches!(self.tokens.get(self.at + 1), Some(Token::Sign(sign)) if *sign == "=");
            self.at += if is_named { 2 } else { 0 };
            arguments.push(self.conditional()?);
            if !self.take_sign(",") {
                self.expect(")")?;
                break;
            }
        }
        Ok(arguments)
    }

    fn primary(&mut self) -> Result<Expr, String> {
        let Some(token) = self.tokens.get(self.at) else {
            return Err("it ends too early".to_owned());
        };
        self.at += 1;
        match token {
            Token::Text(text) => {
                let mut text = text.clone();
                while let Some(Token::Text(more)) = self.tokens.get(self.at) {
                    text.push_str(more);
                    self.at += 1;
                }
                Ok(Expr::Const(Value::Text(text)))
            }
            Token::Number(number) => Ok(Expr::Const(Value::Number(number.clone()))),
            Token::Name(name) => Ok(match name.as_str() {
                "true" | "True" => Expr::Const(Value::Bool(true)),
                "false" | "False" => Expr::Const(Value::Bool(false)),
                "none" | "None" => Expr::Const(Value::Null),
                _ if self.take_sign("(") => Expr::Call(name.clone(), self.arguments(Vec::new())?),
                _ => Expr::Path(name.clone(), Vec::new()),
            }),
            Token::Sign("(") => {
                let value = self.conditional()?;
                self.expect(")")?;
                Ok(value)
            }
            Token::Sign("[") => {
                let mut items = Vec::new();
                while !self.take_sign("]") {
                    items.push(self.conditional()?);
                    if !self.take_sign(",") {
                        self.expect("]")?;
                        break;
                    }
                }
                Ok(Expr::List(items))
            }
            Token::Sign("{") => {
                let mut members = Vec::new();
                while !self.take_sign("}") {
                    let key = self.conditional()?;
                    self.expect(":")?;
                    members.push((key, self.conditional()?));
                    if !self.take_sign(",") {
                        self.expect("}")?;
                        break;
                    }
                }
                Ok(Expr::Map(members))
            }
            Token::Sign(sign) => Err(format!("`{sign}` is not expected there")),
        }
    }
}

fn binary(operator: Operator, left: Expr, right: Expr) -> Expr {
    Expr::Binary(operator, Box::new(left), Box::new(right))
}

/// A member of a value: one step more of a path where both are known.
fn member(value: Expr, index: Expr) -> Expr {
    match (value, index) {
        (Expr::Path(root, mut steps), Expr::Const(Value::Text(key))) => {
            steps.push(Step::Key(key));
            Expr::Path(root, steps)
        }
        (Expr::Path(root, mut steps), index) if whole(&index).is_some() => {
            steps.extend(whole(&index).map(Step::At));
            Expr::Path(root, steps)
        }
        (value, index) => Expr::Member(Box::new(value), Box::new(index)),
    }
}

fn whole(index: &Expr) -> Option<i64> {
    match index {
        Expr::Const(value) => value.whole(),
        Expr::Negative(inner) => whole(inner)?.checked_neg(),
        _ => None,
    }
}

/// A call of a method: `get` is one step more of a path, with a default if that says something.
fn method(name: String, mut arguments: Vec<Expr>) -> Expr {
    if name != "get" || arguments.len() < 2 {
        return Expr::Call(name, arguments);
    }
    let default = if arguments.len() > 2 { arguments.pop() } else { None };
    let Some((key, value)) = arguments.pop().zip(arguments.pop()) else {
        return Expr::Call(name, arguments);
    };
    let found = member(value, key);
    match default {
        Some(default) if !super::is_false(&default) => {
            Expr::Call("default".to_owned(), vec![found, default])
        }
        _ => found,
    }
}
