//! What a first response has shown of what a description does not say.

use super::detected::Found;

/// What the first response has shown of what the description does not say, as the description would
/// say it. Both are `None` where it says everything.
///
/// ```
/// use rest_source::{Client, Error, Fetch, Resource};
///
/// async fn advise<T: Resource>(client: &Client) -> Result<(), Error> {
///     let first = Fetch::<T>::new(client).max_pages(1).pages().try_next().await?;
///     if let Some(paginator) = first.and_then(|page| page.found_out.paginator) {
///         println!("write `paginator: {paginator}`");
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct FoundOut {
    /// Where the records are, as YAML: `data`.
    pub data_selector: Option<String>,
    /// How the next page is asked for, as YAML: `{type: json_link, next_url_path: links.next}`.
    pub paginator: Option<String>,
}

impl From<&Found> for FoundOut {
    fn from(found: &Found) -> FoundOut {
        FoundOut {
            data_selector: found.data_selector(),
            paginator: found.paginator.as_ref().map(ToString::to_string),
        }
    }
}
