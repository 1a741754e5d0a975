//! Names and values of a request.

use crate::{client::Inner, error::Reason, fetch::values::Values, plan::Template};

/// Names and values that are filled. One without a value is not sent: the lower bound of a first
/// run, say. A list is sent once for each of its values.
pub(super) fn pairs<'a>(
    client: &Inner,
    templates: impl IntoIterator<Item = (&'a Template, &'a Template)>,
    values: &Values,
) -> Result<Vec<(String, String)>, Reason> {
    let mut pairs = Vec::new();
    for (name, value) in templates {
        let filled = values.fill_each(client, value)?;
        if !filled.is_empty()
            && let Some(name) = values.fill(client, name)?
        {
            pairs.extend(filled.into_iter().map(|value| (name.clone(), value)));
        }
    }
    Ok(pairs)
}
