//! Plans as constants.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    config::{DataType, WriteDisposition},
    model::{Auth, Column, Content, Paginator, Part, Resource, Secret, Selector, Source, Template},
};

pub(super) fn source(source: &Source, module: &str) -> TokenStream {
    let name = text(module);
    let base_url = literal(&source.base_url);
    let headers = list(source.headers.iter().map(|(name, value)| {
        let (name, value) = (text(name), template(value));
        quote!((#name, #value))
    }));
    let auth = match &source.auth {
        Some(Auth::Bearer { token }) => {
            let token = template(token);
            quote!(Bearer { token: #token })
        }
        None => quote!(None),
    };
    let secrets = list(source.secrets.iter().map(secret));
    let statuses = list(source.retry.statuses.iter().map(|status| quote!(#status)));
    let max_retries = source.retry.max_retries;
    let backoff_factor = source.retry.backoff_factor;
    let max_delay = duration(source.retry.max_delay);
    let max_elapsed = duration(source.retry.max_elapsed);
    let timeout = duration(source.timeout);
    quote! {
        ::rest_source::plan::SourcePlan {
            name: #name,
            base_url: #base_url,
            headers: #headers,
            auth: ::rest_source::plan::Auth::#auth,
            secrets: #secrets,
            config: ::std::borrow::Cow::Borrowed(&[]),
            concurrency: 8,
            rate_limit: ::std::option::Option::None,
            allowed_hosts: ::std::borrow::Cow::Borrowed(&[]),
            retry: ::rest_source::plan::Retry {
                statuses: #statuses,
                max_retries: #max_retries,
                backoff_factor: #backoff_factor,
                max_delay: #max_delay,
                max_elapsed: #max_elapsed,
            },
            timeout: #timeout,
        }
    }
}

fn secret(secret: &Secret) -> TokenStream {
    let (name, setter) = (text(&secret.name), text(&secret.setter));
    let variables = list(secret.variables.iter().map(|variable| text(variable)));
    quote! {
        ::rest_source::plan::Input { name: #name, setter: #setter, variables: #variables }
    }
}

pub(super) fn resource(resource: &Resource) -> TokenStream {
    let name = text(&resource.name);
    let path = literal(&resource.path);
    let params = list(resource.params.iter().map(|(name, value)| {
        let (name, value) = (literal(name), literal(value));
        quote!(::rest_source::plan::Param { name: #name, value: #value })
    }));
    let data_selector = option(resource.data_selector.as_ref().map(selector));
    let paginator = paginator(&resource.paginator);
    let columns = list(resource.columns.iter().map(column));
    let primary_key = list(resource.primary_key.iter().map(|name| text(name)));
    let merge_key = list(resource.merge_key.iter().map(|name| text(name)));
    let write_disposition = match resource.write_disposition {
        WriteDisposition::Append => quote!(Append),
        WriteDisposition::Skip => quote!(Skip),
        WriteDisposition::Replace => quote!(Replace),
        WriteDisposition::Merge => quote!(Merge),
    };
    quote! {
        ::rest_source::plan::ResourcePlan {
            name: #name,
            table_name: #name,
            selected: true,
            parent: ::std::option::Option::None,
            arguments: ::std::borrow::Cow::Borrowed(&[]),
            endpoint: ::rest_source::plan::Endpoint {
                method: ::rest_source::plan::Method::Get,
                path: #path,
                params: #params,
                headers: ::std::borrow::Cow::Borrowed(&[]),
                body: ::std::option::Option::None,
                auth: ::std::option::Option::None,
                data_selector: #data_selector,
                paginator: #paginator,
                response_actions: ::std::borrow::Cow::Borrowed(&[]),
                incremental: ::std::option::Option::None,
            },
            columns: #columns,
            primary_key: #primary_key,
            merge_key: #merge_key,
            write_disposition: ::rest_source::plan::WriteDisposition::#write_disposition,
            merge_strategy: ::rest_source::plan::MergeStrategy::Default,
            schema_contract: ::rest_source::plan::SchemaContract::EVOLVE,
            max_table_nesting: ::std::option::Option::None,
        }
    }
}

fn paginator(paginator: &Paginator) -> TokenStream {
    match paginator {
        Paginator::SinglePage => quote!(::rest_source::plan::Paginator::SinglePage),
        Paginator::Cursor { cursor_path, cursor_param, limit, limit_param } => {
            let cursor_path = selector(cursor_path);
            let cursor_param = text(cursor_param);
            let page_size = option(limit.map(|records| {
                let param = text(limit_param);
                quote! {
                    ::rest_source::plan::PageSize {
                        place: ::rest_source::plan::Place::Param(#param),
                        records: #records,
                    }
                }
            }));
            quote! {
                ::rest_source::plan::Paginator::Cursor {
                    cursor_path: #cursor_path,
                    place: ::rest_source::plan::Place::Param(#cursor_param),
                    initial_cursor: ::std::option::Option::None,
                    page_size: #page_size,
                    end: ::rest_source::plan::End::NONE,
                }
            }
        }
    }
}

fn column(column: &Column) -> TokenStream {
    let name = text(&column.name);
    let data_type = match column.data_type {
        DataType::Text => quote!(Text),
        DataType::Bigint => quote!(Bigint),
        DataType::Double => quote!(Double),
        DataType::Bool => quote!(Bool),
        DataType::Timestamp => quote!(Timestamp),
        DataType::Date => quote!(Date),
        DataType::Time => quote!(Time),
        DataType::Decimal => quote!(Decimal),
        DataType::Wei => quote!(Wei),
        DataType::Json => quote!(Json),
        DataType::Binary => quote!(Binary),
    };
    let nullable = column.nullable;
    let description = option(column.description.as_deref().map(text));
    let precision = option(column.precision.map(|digits| quote!(#digits)));
    let scale = option(column.scale.map(|digits| quote!(#digits)));
    let timezone = column.timezone;
    let none = || list(std::iter::empty());
    let (mut fields, mut items, mut words) = (none(), option(None), none());
    match &column.content {
        Content::Plain => {}
        Content::Record(nested) => fields = list(nested.columns.iter().map(self::column)),
        Content::List(of) => {
            let of = self::column(of);
            items = option(Some(quote!(::rest_source::plan::Link::Static(&#of))));
        }
        Content::Words(of) => words = list(of.words.iter().map(|word| text(&word.word))),
    }
    quote! {
        ::rest_source::plan::Column {
            name: #name,
            data_type: ::rest_source::plan::DataType::#data_type,
            nullable: #nullable,
            description: #description,
            precision: #precision,
            scale: #scale,
            timezone: #timezone,
            unique: false,
            sort: false,
            hard_delete: false,
            dedup_sort: ::std::option::Option::None,
            fields: #fields,
            items: #items,
            words: #words,
        }
    }
}

fn selector(selector: &Selector) -> TokenStream {
    let keys = list(selector.keys.iter().flatten().map(|key| text(key)));
    quote!(::rest_source::plan::Selector::Keys(#keys))
}

/// A template without gaps.
fn literal(literal: &str) -> TokenStream {
    let literal = text(literal);
    quote! {
        ::rest_source::plan::Template(::std::borrow::Cow::Borrowed(&[
            ::rest_source::plan::Part::Text(#literal),
        ]))
    }
}

fn template(template: &Template) -> TokenStream {
    let parts = list(template.parts.iter().map(|part| match part {
        Part::Text(literal) => {
            let literal = text(literal);
            quote!(::rest_source::plan::Part::Text(#literal))
        }
        Part::Secret(name) => {
            let name = text(name);
            quote!(::rest_source::plan::Part::Secret(#name))
        }
    }));
    quote!(::rest_source::plan::Template(#parts))
}

fn text(text: &str) -> TokenStream {
    quote!(::std::borrow::Cow::Borrowed(#text))
}

fn list(items: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote!(::std::borrow::Cow::Borrowed(&[#(#items),*]))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::std::option::Option::Some(#value)),
        None => quote!(::std::option::Option::None),
    }
}

/// The checks keep times between nothing and a day, so that no digit is lost that anybody wrote.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn duration(seconds: f64) -> TokenStream {
    let micros = (seconds * 1e6).round() as u64;
    quote!(::std::time::Duration::from_micros(#micros))
}
