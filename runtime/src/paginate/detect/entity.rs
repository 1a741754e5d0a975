//! A path that ends in a placeholder leads to one record, or else to a list whose response must not be
//! stored as one.
//!
//! A record may have lists, totals and links, too. Its response counts as a list only if nothing beside
//! the list could be a record's, or if that says of pages what no record says.

use serde_json::{Map, Value};

use super::{
    envelope::{self, Names},
    list_words, records, words,
};
use crate::{decode::declares, plan::ResourcePlan};

/// What a response is that is taken for one record.
pub(in crate::paginate) enum Entity {
    /// One record; or a list without an envelope, of which each element is one.
    Record,
    /// A list, and where its records are, if that is known.
    List(Option<Vec<String>>),
}

/// What a response with this body is.
pub(super) fn entity(body: &Value, plan: &ResourcePlan) -> Entity {
    let Value::Object(members) = body else { return Entity::Record };
    if members.is_empty() || declares(plan, members) {
        return Entity::Record;
    }
    let is_list = match records::find(body, plan) {
        Ok(Some(path)) if path.is_empty() => false,
        Ok(Some(path)) if is_around(body, &path, plan) => return Entity::List(Some(path)),
        Ok(Some(_)) => false,
        // The list is left out.
        Ok(None) => with_names(plan, |names| envelope::is_of_list(members, names)),
        Err(_) if words::has_identity(members) => has_lists(members) && says_more(members),
        Err(_) => {
            has_lists(members) && with_names(plan, |names| envelope::is_clear(members, names))
        }
    };
    if is_list { Entity::List(None) } else { Entity::Record }
}

/// Whether all objects that the path of a list leads through are about that list.
fn is_around(body: &Value, path: &[String], plan: &ResourcePlan) -> bool {
    let mut value = body;
    path.iter().all(|key| {
        let Value::Object(members) = value else { return false };
        value = &members[key];
        with_names(plan, |names| envelope::surrounds(members, key, names))
    })
}

fn with_names<T>(plan: &ResourcePlan, of: impl FnOnce(&Names<'_>) -> T) -> T {
    let is_records = |word: &str| list_words::is_name(word, &plan.name);
    of(&Names { is_records: &is_records, nouns: &words::nouns([&*plan.name]) })
}

fn has_lists(members: &Map<String, Value>) -> bool {
    members.values().any(Value::is_array)
}

/// Whether an object with an identity says that its list continues, as none that is only stored does.
fn says_more(members: &Map<String, Value>) -> bool {
    members.iter().any(|(key, value)| match value {
        Value::Object(inner) if envelope::is_page_object(&super::fact::word(key)) => {
            says_more(inner)
        }
        _ => {
            let word = super::fact::word(key);
            words::is_clear_flag(&word) && words::says_more(&word, value) == Some(true)
        }
    })
}
