//! Paginators.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{End, PageSize, Paginator, Place};

use super::{
    list, option, selector,
    template::{count, template},
};

pub(super) fn paginator(paginator: &Paginator) -> TokenStream {
    match paginator {
        Paginator::Auto => quote!(Paginator::Auto),
        Paginator::SinglePage => quote!(Paginator::SinglePage),
        Paginator::JsonLink { next_url_path, end } => {
            let (next_url_path, end) = (selector(next_url_path), self::end(end));
            quote!(Paginator::JsonLink { next_url_path: #next_url_path, end: #end })
        }
        Paginator::HeaderLink { rel, end } => {
            let (rel, end) = (template(rel), self::end(end));
            quote!(Paginator::HeaderLink { rel: #rel, end: #end })
        }
        Paginator::HeaderCursor { header, cursor_param, end } => {
            let (header, cursor_param) = (template(header), template(cursor_param));
            let end = self::end(end);
            quote! {
                Paginator::HeaderCursor {
                    header: #header,
                    cursor_param: #cursor_param,
                    end: #end,
                }
            }
        }
        Paginator::Cursor { cursor_path, place, initial_cursor, page_size, end } => {
            let cursor_path = selector(cursor_path);
            let place = self::place(place);
            let initial_cursor = option(initial_cursor.as_ref().map(template));
            let page_size = option(page_size.as_ref().map(self::page_size));
            let end = self::end(end);
            quote! {
                Paginator::Cursor {
                    cursor_path: #cursor_path,
                    place: #place,
                    initial_cursor: #initial_cursor,
                    page_size: #page_size,
                    end: #end,
                }
            }
        }
        Paginator::Offset { offset, place, page_size, total_path, maximum_offset, end } => {
            let place = self::place(place);
            let page_size = self::page_size(page_size);
            let total_path = option(total_path.as_ref().map(selector));
            let offset = count(offset);
            let maximum_offset = option(maximum_offset.as_ref().map(count));
            let end = self::end(end);
            quote! {
                Paginator::Offset {
                    offset: #offset,
                    place: #place,
                    page_size: #page_size,
                    total_path: #total_path,
                    maximum_offset: #maximum_offset,
                    end: #end,
                }
            }
        }
        Paginator::PageNumber { base_page, page, place, total_path, maximum_page, end } => {
            let place = self::place(place);
            let total_path = option(total_path.as_ref().map(selector));
            let (base_page, page) = (count(base_page), count(page));
            let maximum_page = option(maximum_page.as_ref().map(count));
            let end = self::end(end);
            quote! {
                Paginator::PageNumber {
                    base_page: #base_page,
                    page: #page,
                    place: #place,
                    total_path: #total_path,
                    maximum_page: #maximum_page,
                    end: #end,
                }
            }
        }
    }
}

fn place(place: &Place) -> TokenStream {
    match place {
        Place::Param(name) => {
            let name = template(name);
            quote!(Place::Param(#name))
        }
        Place::Body(keys) => {
            let keys = list(keys.iter().map(template));
            quote!(Place::Body(#keys))
        }
    }
}

fn page_size(page_size: &PageSize) -> TokenStream {
    let PageSize { place, records } = page_size;
    let (place, records) = (self::place(place), count(records));
    quote!(PageSize { place: #place, records: #records })
}

fn end(end: &End) -> TokenStream {
    if *end == End::NONE {
        return quote!(End::NONE);
    }
    let truth = |value: Option<bool>| option(value.map(|value| quote!(#value)));
    let stop_after_empty_page = truth(end.stop_after_empty_page);
    let stop_after_short_page = truth(end.stop_after_short_page);
    let maximum_empty_pages = option(end.maximum_empty_pages.as_ref().map(count));
    let has_more_path = option(end.has_more_path.as_ref().map(selector));
    let end_path = option(end.end_path.as_ref().map(selector));
    quote! {
        End {
            stop_after_empty_page: #stop_after_empty_page,
            stop_after_short_page: #stop_after_short_page,
            maximum_empty_pages: #maximum_empty_pages,
            has_more_path: #has_more_path,
            end_path: #end_path,
        }
    }
}
