//! Plans as constants: any value of `rest_source_plan` as the tokens that make it again. Types are
//! named without a path, as each constant is a block that imports them.

mod endpoint;
mod filter;
mod incremental;
mod loading;
mod paginator;
mod selector;
mod source;
mod template;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use rest_source_plan::{Column, DataType, DedupSort, Parent, ResourcePlan};

use self::selector::selector;
pub(super) use self::source::source;
use super::ident;
use crate::model::Resource;

/// The plan of a resource.
pub(super) fn resource(resource: &Resource) -> TokenStream {
    let ResourcePlan {
        name,
        table_name,
        selected,
        parent,
        arguments,
        endpoint,
        columns,
        primary_key,
        merge_key,
        write_disposition,
        merge_strategy,
        schema_contract,
        max_table_nesting,
    } = &*resource.plan;
    let name = text(name);
    let table_name = text(table_name);
    let parent = match (parent, &resource.parent) {
        (Some(parent), Some(type_name)) => {
            let parent = self::parent(parent, type_name);
            quote!(Some(#parent))
        }
        _ => quote!(None),
    };
    let arguments = list(arguments.iter().map(|argument| {
        let (name, data_type) = (text(&argument.name), data_type(argument.data_type));
        quote!(Argument { name: #name, data_type: #data_type })
    }));
    let endpoint = endpoint::endpoint(endpoint);
    let columns = list(columns.iter().map(column));
    let primary_key = texts(primary_key);
    let merge_key = texts(merge_key);
    let write_disposition = loading::disposition(*write_disposition);
    let merge_strategy = loading::strategy(merge_strategy);
    let schema_contract = loading::contract(*schema_contract);
    let max_table_nesting = number(max_table_nesting.as_ref());
    block(&quote! {
        ResourcePlan {
            name: #name,
            table_name: #table_name,
            selected: #selected,
            parent: #parent,
            arguments: #arguments,
            endpoint: #endpoint,
            columns: #columns,
            primary_key: #primary_key,
            merge_key: #merge_key,
            write_disposition: #write_disposition,
            merge_strategy: #merge_strategy,
            schema_contract: #schema_contract,
            max_table_nesting: #max_table_nesting,
        }
    })
}

/// An expression with all names that a plan is made of, whatever the module calls its own.
fn block(expression: &TokenStream) -> TokenStream {
    quote! {{
        #[allow(unused_imports, clippy::wildcard_imports)]
        use ::rest_source::plan::*;
        #[allow(unused_imports)]
        use ::std::{borrow::Cow::Borrowed, option::Option::{None, Some}, time::Duration};
        #expression
    }}
}

fn parent(parent: &Parent, type_name: &str) -> TokenStream {
    let record = ident(type_name);
    let include = list(parent.include.iter().map(|included| {
        let (field, column) = (selector(&included.field), text(&included.column));
        quote!(Included { field: #field, column: #column })
    }));
    quote! {
        Parent {
            plan: Link::Static(<self::#record as ::rest_source::Resource>::PLAN),
            include: #include,
        }
    }
}

/// A column. Nearly all of them have a type and a description at most, and take few tokens.
fn column(column: &Column) -> TokenStream {
    let Column {
        name,
        data_type,
        inferred,
        nullable,
        description,
        precision,
        scale,
        timezone,
        unique,
        sort,
        hard_delete,
        dedup_sort,
        fields,
        items,
        words,
    } = column;
    let data_type = self::data_type(*data_type);
    let has_hints = precision.is_some()
        || scale.is_some()
        || !timezone
        || *unique
        || *sort
        || *hard_delete
        || dedup_sort.is_some();
    if !has_hints && fields.is_empty() && items.is_none() && words.is_empty() {
        let description = description.as_deref().map(|text| quote!(.described(#text)));
        let inferred = inferred.then(|| quote!(.inferred()));
        let required = (!nullable).then(|| quote!(.required()));
        let name = &**name;
        return quote!(Column::new(#name, #data_type) #description #inferred #required);
    }
    let name = text(name);
    let description = option(description.as_deref().map(text));
    let precision = number(precision.as_ref());
    let scale = number(scale.as_ref());
    let dedup_sort = option(dedup_sort.map(|order| match order {
        DedupSort::Ascending => quote!(DedupSort::Ascending),
        DedupSort::Descending => quote!(DedupSort::Descending),
    }));
    let fields = list(fields.iter().map(self::column));
    let items = option(items.as_ref().map(|items| {
        let items = self::column(items);
        quote!(Link::Static(&#items))
    }));
    let words = texts(words);
    quote! {
        Column {
            name: #name,
            data_type: #data_type,
            inferred: #inferred,
            nullable: #nullable,
            description: #description,
            precision: #precision,
            scale: #scale,
            timezone: #timezone,
            unique: #unique,
            sort: #sort,
            hard_delete: #hard_delete,
            dedup_sort: #dedup_sort,
            fields: #fields,
            items: #items,
            words: #words,
        }
    }
}

fn data_type(data_type: DataType) -> TokenStream {
    match data_type {
        DataType::Text => quote!(DataType::Text),
        DataType::Bigint => quote!(DataType::Bigint),
        DataType::Double => quote!(DataType::Double),
        DataType::Bool => quote!(DataType::Bool),
        DataType::Timestamp => quote!(DataType::Timestamp),
        DataType::Date => quote!(DataType::Date),
        DataType::Time => quote!(DataType::Time),
        DataType::Decimal => quote!(DataType::Decimal),
        DataType::Wei => quote!(DataType::Wei),
        DataType::Json => quote!(DataType::Json),
        DataType::Binary => quote!(DataType::Binary),
    }
}

fn text(text: &str) -> TokenStream {
    quote!(Borrowed(#text))
}

fn texts(texts: &[rest_source_plan::Str]) -> TokenStream {
    list(texts.iter().map(|text| self::text(text)))
}

fn list(items: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote!(Borrowed(&[#(#items),*]))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn number<T: ToTokens>(number: Option<&T>) -> TokenStream {
    option(number.map(|number| quote!(#number)))
}
