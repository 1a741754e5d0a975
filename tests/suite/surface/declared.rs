//! What macros of this project declare, as the items that they become.

use std::fmt::Write as _;

use proc_macro2::Group;
use quote::ToTokens;
use syn::{
    Attribute, Expr, Ident, Item, ItemEnum, LitStr, Result, Token, Type, Visibility, braced,
    parse::{Parse, ParseStream, Parser as _},
};

/// The item itself, or what it declares.
pub(super) fn items(item: Item) -> Vec<Item> {
    let Item::Macro(called) = &item else { return vec![item] };
    let declared = match called.mac.path.get_ident() {
        Some(name) if name == "plan" => plan.parse2(called.mac.tokens.clone()),
        Some(name) if name == "words" => words.parse2(called.mac.tokens.clone()),
        _ => return vec![item],
    };
    vec![declared.unwrap()]
}

/// `plan! { pub struct End or NONE { pub total: Total = Total::Detected, } }`; fields get their default as an
/// attribute.
fn plan(input: ParseStream<'_>) -> Result<Item> {
    let attrs = input.call(Attribute::parse_outer)?;
    let _: Visibility = input.parse()?;
    if input.peek(Token![enum]) {
        let _: Token![enum] = input.parse()?;
        let (name, variants): (Ident, Group) = (input.parse()?, input.parse()?);
        let text = format!("{} pub enum {name} {variants}", all(&attrs));
        return syn::parse_str::<ItemEnum>(&text).map(Item::Enum);
    }
    let _: Token![struct] = input.parse()?;
    let name: Ident = input.parse()?;
    let mut constant = String::new();
    while !input.peek(syn::token::Brace) {
        let word: Ident = input.parse()?;
        constant = word.to_string();
    }
    let body;
    braced!(body in input);
    let fields = body.parse_terminated(Field::parse, Token![,])?;
    let fields: String = fields.iter().map(|field| field.0.clone()).collect();
    let text = format!("{} #[default({constant})] pub struct {name} {{ {fields} }}", all(&attrs));
    syn::parse_str(&text)
}

/// A field with a default.
struct Field(String);

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> Result<Field> {
        let attrs = input.call(Attribute::parse_outer)?;
        let _: Visibility = input.parse()?;
        let name: Ident = input.parse()?;
        let _: Token![:] = input.parse()?;
        let of_type: Type = input.parse()?;
        let _: Token![=] = input.parse()?;
        let default: Expr = input.parse()?;
        let (of_type, default) = (of_type.to_token_stream(), default.to_token_stream());
        Ok(Field(format!("{} #[default({default})] pub {name}: {of_type},", all(&attrs))))
    }
}

/// `words! { pub enum Edge { "closed" => Closed, } }`; variants get their words as an attribute.
fn words(input: ParseStream<'_>) -> Result<Item> {
    let attrs = input.call(Attribute::parse_outer)?;
    let _: Visibility = input.parse()?;
    let _: Token![enum] = input.parse()?;
    let name: Ident = input.parse()?;
    let body;
    braced!(body in input);
    let mut variants = String::new();
    while !body.is_empty() {
        let _ = body.call(Attribute::parse_outer)?;
        let mut words = vec![body.parse::<LitStr>()?.value()];
        while body.peek(Token![|]) {
            let _: Token![|] = body.parse()?;
            words.push(body.parse::<LitStr>()?.value());
        }
        let _: Token![=>] = body.parse()?;
        let variant: Ident = body.parse()?;
        let _: Option<Token![,]> = body.parse()?;
        let words: Vec<String> = words.iter().map(|word| format!("{word:?}")).collect();
        _ = write!(variants, "#[word({})] {variant},", words.join(", "));
    }
    let text = format!(
        "{} #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)] pub enum {name} {{ {variants} }}",
        all(&attrs)
    );
    syn::parse_str(&text)
}

fn all(attrs: &[Attribute]) -> String {
    attrs.iter().map(|attr| attr.to_token_stream().to_string()).collect::<Vec<_>>().join("\n")
}
