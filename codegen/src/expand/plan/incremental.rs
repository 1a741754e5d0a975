//! Incremental cursors.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Edge, Incremental, LastValue, OnMissing, RowOrder, Window};

use super::{data_type, number, option, selector, source::unit, text, texts};

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
    let initial_value = option(initial_value.as_deref().map(text));
    let end_value = option(end_value.as_deref().map(text));
    let last_value = match last_value {
        LastValue::Max => quote!(Max),
        LastValue::Min => quote!(Min),
    };
    let primary_key = option(primary_key.as_deref().map(texts));
    let row_order = option(row_order.map(|order| match order {
        RowOrder::Ascending => quote!(RowOrder::Ascending),
        RowOrder::Descending => quote!(RowOrder::Descending),
    }));
    let lag = number(lag.as_ref());
    let on_missing = match on_missing {
        OnMissing::Raise => quote!(Raise),
        OnMissing::Include => quote!(Include),
        OnMissing::Exclude => quote!(Exclude),
    };
    let (range_start, range_end) = (edge(*range_start), edge(*range_end));
    let start_param = option(start_param.as_deref().map(text));
    let end_param = option(end_param.as_deref().map(text));
    let future_tolerance = self::window(*future_tolerance);
    let window = option(window.map(self::window));
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
