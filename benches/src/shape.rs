//! Shapes of records, each read by the engine and by what is written by hand.

use std::{error::Error, future::Future, hint::black_box, ops::Range, pin::Pin};

use rest_source::{__private, Fetch, Resource};
use serde::de::DeserializeOwned;

use crate::{
    bodies::{self, PAGE},
    by_hand::{self, Page},
    shapes,
};

/// What reading comes to: how many records.
type Counted = Result<usize, Box<dyn Error>>;
type Decode = Box<dyn Fn(&[u8]) -> Counted>;
type FetchAll = Box<dyn Fn(String) -> Pin<Box<dyn Future<Output = Counted>>>>;

/// Records of a shape, at `/v1/` and its name.
pub struct Shape {
    /// The name of its resource.
    pub name: &'static str,
    /// Records as a list.
    pub list: fn(Range<usize>) -> String,
    /// Decodes a page.
    pub decode: Decode,
    /// Decodes a page by serde's derive.
    pub decode_by_hand: Decode,
    /// Fetches all pages of the API at an address.
    pub fetch: FetchAll,
    /// Fetches all pages by a loop.
    pub fetch_by_hand: FetchAll,
}

impl std::fmt::Debug for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shape").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Shape {
    fn of<T: Resource, ByHand: DeserializeOwned + 'static>(
        name: &'static str,
        list: fn(Range<usize>) -> String,
        fetch: fn(&shapes::Client) -> Fetch<T>,
    ) -> Shape {
        Shape {
            name,
            list,
            decode: Box::new(|body| {
                Ok(black_box(__private::decode::<T>(str::from_utf8(body)?, PAGE)?).len())
            }),
            decode_by_hand: Box::new(|body| {
                Ok(black_box(serde_json::from_slice::<Page<ByHand>>(body)?).records.len())
            }),
            fetch: Box::new(move |url| {
                Box::pin(async move {
                    let client = shapes::Client::builder().base_url(url).build()?;
                    let mut records = fetch(&client).stream();
                    let mut count = 0;
                    while let Some(record) = records.try_next().await? {
                        black_box(&record);
                        count += 1;
                    }
                    Ok(count)
                })
            }),
            fetch_by_hand: Box::new(move |url| {
                Box::pin(async move {
                    let client = by_hand::Client::new(url);
                    let path = format!("/v1/{name}");
                    let (mut count, mut after) = (0, None);
                    loop {
                        let parameter = after.as_deref().map(|after: &str| ("after", after));
                        let page: Page<ByHand> = client.page(&path, parameter.as_slice()).await?;
                        for record in page.records {
                            black_box(&record);
                            count += 1;
                        }
                        after = page.meta.cursors.after;
                        if after.is_none() {
                            return Ok(count);
                        }
                    }
                })
            }),
        }
    }

    /// A page of 500 records.
    pub fn page(&self) -> String {
        bodies::page("records", &(self.list)(0..PAGE), Some(1), 2 * PAGE)
    }
}

/// All of them.
pub fn all() -> Vec<Shape> {
    vec![
        Shape::of::<_, by_hand::EightColumns>("eight_columns", bodies::list, |client| {
            client.eight_columns()
        }),
        Shape::of::<_, by_hand::AllColumns>("all_columns", bodies::list, |client| {
            client.all_columns()
        }),
        Shape::of::<_, by_hand::SixtyColumns>("sixty_columns", bodies::wide_list, |client| {
            client.sixty_columns()
        }),
        Shape::of::<_, by_hand::Wide>("eight_of_sixty", bodies::wide_list, |client| {
            client.eight_of_sixty()
        }),
        Shape::of::<_, by_hand::DeepFields>("deep_fields", bodies::deep_list, |client| {
            client.deep_fields()
        }),
        Shape::of::<_, by_hand::ListItems>("list_items", bodies::items_list, |client| {
            client.list_items()
        }),
    ]
}
