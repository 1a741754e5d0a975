//! Incremental cursors.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{
    Configurable, Edge, Incremental, LastValue, OnMissing, RowOrder, Str, Window,
};

use super::{
    data_type, option, selector,
    source::unit,
    template::{configurable, template},
    text, texts,
};

pub(super) fn incremental(incremental: &Incremental) -> TokenStream {
    let Incremental {
        cursor_path,
        data_type,
        initial_value,
        end_value,
        last_value,
        primary_key,
        row_order,
        lag,
        future_tolerance,
        on_missing,
        range_start,
        range_end,
        start_param,
        end_param,
        window,
    } = incremental;
    let cursor_path = selector(cursor_path);
    let data_type = option(data_type.map(self::data_type));
    let bound = |bound: &Option<Configurable<Str>>| {
        option(bound.as_ref().map(|bound| configurable(bound, |json| text(json))))
    };
    let (initial_value, end_value) = (bound(initial_value), bound(end_value));
    let last_value = match last_value {
        LastValue::Max => quote!(Max),
        LastValue::Min => quote!(Min),
    };
    let primary_key = option(primary_key.as_deref().map(texts));
    let row_order = option(row_order.map(|order| match order {
        RowOrder::Ascending => quote!(RowOrder::Ascending),
        RowOrder::Descending => quote!(RowOrder::Descending),
    }));
    let lag = option(lag.as_ref().map(|lag| configurable(lag, |lag| quote!(#lag))));
    let on_missing = match on_missing {
        OnMissing::Raise => quote!(Raise),
        OnMissing::Include => quote!(Include),
        OnMissing::Exclude => quote!(Exclude),
    };
    let (range_start, range_end) = (edge(*range_start), edge(*range_end));
    let start_param = option(start_param.as_ref().map(template));
    let end_param = option(end_param.as_ref().map(template));
    let future_tolerance = configurable(future_tolerance, |window| self::window(*window));
    let window = option(window.as_ref().map(|of| configurable(of, |window| self::window(*window))));
    quote! {
        Incremental {
            cursor_path: #cursor_path,
            data_type: #data_type,
            initial_value: #initial_value,
            end_value: #end_value,
            last_value: LastValue::#last_value,
            primary_key: #primary_key,
            row_order: #row_order,
            lag: #lag,
            future_tolerance: #future_tolerance,
            on_missing: OnMissing::#on_missing,
            range_start: #range_start,
            range_end: #range_end,
            start_param: #start_param,
            end_param: #end_param,
            window: #window,
        }
    }
}

fn window(Window { count, unit }: Window) -> TokenStream {
    let unit = self::unit(unit);
    quote!(Window { count: #count, unit: #unit })
}

fn edge(edge: Edge) -> TokenStream {
    match edge {
        Edge::Closed => quote!(Edge::Closed),
        Edge::Open => quote!(Edge::Open),
    }
}
