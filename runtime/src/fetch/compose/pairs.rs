//! Names and values of a request.

use crate::{client::Inner, fetch::values::Values, plan::Template};

/// Names and values that are filled. One without a value is not sent: the lower bound of a first
/// run, say.
pub(super) fn pairs<'a>(
    client: &Inner,
    templates: impl IntoIterator<Item = (&'a Template, &'a Template)>,
    values: &Values,
) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    for (name, value) in templates {
        if let Some(value) = values.fill(client, value)?
            && let Some(name) = values.fill(client, name)?
        {
            pairs.push((name, value));
        }
    }
    Ok(pairs)
}
