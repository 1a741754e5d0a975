//! The steps that change a record.

use std::borrow::Cow;

use super::{
    cast::cast,
    node::{LISTS, Member, Node, in_field, shown, too_deep},
    trie::Trie,
};
use crate::{
    decode::include::is_same,
    error::Misread,
    plan::{Cast, FieldPath, Str},
};

/// Does something with each element of a list. Gives whether it is one.
fn each_element(
    node: &mut Node<'_>,
    lists: usize,
    mut change: impl FnMut(&mut Node<'_>, usize) -> Result<(), Misread>,
) -> Result<bool, Misread> {
    let Some(elements) = node.elements() else { return Ok(false) };
    let lists = lists.checked_sub(1).ok_or_else(too_deep)?;
    for (index, element) in elements.iter_mut().enumerate() {
        change(element, lists).map_err(|misread| in_field(misread, &format!("[{index}]")))?;
    }
    Ok(true)
}

/// Removes fields.
pub(super) fn exclude(node: &mut Node<'_>, excluded: &Trie<()>) -> Result<(), Misread> {
    exclude_in(node, excluded, LISTS)
}

fn exclude_in(node: &mut Node<'_>, excluded: &Trie<()>, lists: usize) -> Result<(), Misread> {
    if each_element(node, lists, |element, lists| exclude_in(element, excluded, lists))? {
        return Ok(());
    }
    let Some(members) = node.members() else { return Ok(()) };
    members.retain(|member| excluded.member(&member.name).is_none_or(|of| of.here.is_none()));
    for member in members {
        if let Some(of) = excluded.member(&member.name) {
            exclude_in(&mut member.value, of, lists)
                .map_err(|misread| in_field(misread, &member.name))?;
        }
    }
    Ok(())
}

/// Removes all other fields.
pub(super) fn include(node: &mut Node<'_>, included: &Trie<()>) -> Result<(), Misread> {
    include_in(node, included, LISTS)
}

fn include_in(node: &mut Node<'_>, included: &Trie<()>, lists: usize) -> Result<(), Misread> {
    if each_element(node, lists, |element, lists| include_in(element, included, lists))? {
        // What is no object has none of the fields.
        if let Node::List(elements) = node {
            elements.retain(|element| !matches!(element, Node::Text(_)));
        }
        return Ok(());
    }
    let Some(members) = node.members() else { return Ok(()) };
    members.retain(|member| included.member(&member.name).is_some());
    for member in members.iter_mut() {
        if let Some(of) = included.member(&member.name).filter(|of| of.here.is_none()) {
            include_in(&mut member.value, of, lists)
                .map_err(|misread| in_field(misread, &member.name))?;
        }
    }
    members.retain(|member| {
        let is_whole = included.member(&member.name).is_some_and(|of| of.here.is_some());
        is_whole || member.value.is_null() || !matches!(member.value, Node::Text(_))
    });
    Ok(())
}

/// Fields that get other names.
#[derive(Debug)]
pub(super) struct Rename {
    /// Those that stay in the same object.
    within: Trie<Str>,
    /// Those that do not.
    moved: Vec<(FieldPath, FieldPath)>,
}

impl Rename {
    pub(super) fn of(renamed: &[(FieldPath, FieldPath)]) -> Rename {
        let split = |path: &FieldPath| {
            path.split_last().map(|(last, above)| (last.clone(), above.to_vec()))
        };
        let mut within = Vec::new();
        let mut moved = Vec::new();
        for (from, to) in renamed {
            match (split(from), split(to)) {
                (Some((_, from_above)), Some((name, to_above))) if from_above == to_above => {
                    within.push((&**from, name));
                }
                _ => moved.push((from.clone(), to.clone())),
            }
        }
        Rename { within: Trie::of(within), moved }
    }

    /// Renames all at once, so that two fields can change their names.
    pub(super) fn apply(&self, record: &mut Node<'_>) -> Result<(), Misread> {
        let mut taken = Vec::new();
        for (from, to) in &self.moved {
            if let Some(value) = take(record, from)? {
                taken.push((to, value));
            }
        }
        rename_in(record, &self.within, LISTS)?;
        for (to, value) in taken {
            put(record, to, value, "a step renames another field to it")?;
        }
        Ok(())
    }
}

fn rename_in(node: &mut Node<'_>, renamed: &Trie<Str>, lists: usize) -> Result<(), Misread> {
    if each_element(node, lists, |element, lists| rename_in(element, renamed, lists))? {
        return Ok(());
    }
    let Some(members) = node.members() else { return Ok(()) };
    // The new name and the old one of each member that gets one.
    let mut names: Vec<Option<(&Str, String)>> = Vec::with_capacity(members.len());
    for member in members.iter_mut() {
        let Some(of) = renamed.member(&member.name) else {
            names.push(None);
            continue;
        };
        rename_in(&mut member.value, of, lists)
            .map_err(|misread| in_field(misread, &member.name))?;
        names.push(of.here.as_ref().map(|name| (name, member.name.to_string())));
    }
    let mut replaced = Vec::new();
    for (at, (name, old)) in
        names.iter().enumerate().filter_map(|(at, of)| Some((at, of.as_ref()?)))
    {
        for (other, own) in members.iter().enumerate() {
            if names[other].is_none() && own.name == **name {
                let (own, renamed) = (own.value.json(), members[at].value.json());
                clash(name, &own, &renamed, &format!("`{old}` is renamed to it"))?;
                replaced.push(other);
            }
        }
    }
    for (member, renamed) in members.iter_mut().zip(names) {
        if let Some((name, _)) = renamed {
            member.name = Cow::Owned(name.to_string());
        }
    }
    let mut at = 0;
    members.retain(|_| {
        at += 1;
        !replaced.contains(&(at - 1))
    });
    Ok(())
}

/// Takes a field out.
fn take<'a>(node: &mut Node<'a>, path: &[Str]) -> Result<Option<Node<'a>>, Misread> {
    let Some((name, below)) = path.split_first() else { return Ok(None) };
    if let Node::List(_) = node {
        return Err(in_list(path));
    }
    let Some(members) = node.members() else {
        return match node.elements() {
            Some(elements) if !elements.is_empty() => Err(in_list(path)),
            _ => Ok(None),
        };
    };
    if below.is_empty() {
        let mut taken = None;
        for member in members.extract_if(.., |member| member.name == *name) {
            taken = Some(member.value);
        }
        return Ok(taken);
    }
    let Some(member) = members.iter_mut().rfind(|member| member.name == *name) else {
        return Ok(None);
    };
    take(&mut member.value, below).map_err(|misread| in_field(misread, name))
}

fn in_list(path: &[Str]) -> Misread {
    Misread {
        what: format!(
            "`{}` is in a list here, and a field of a list is renamed within its object only",
            shown(path)
        ),
        ..Misread::default()
    }
}

/// Puts a value at the end of a path. Objects on the way are made where there are none.
pub(super) fn put<'a>(
    node: &mut Node<'a>,
    path: &[Str],
    value: Node<'a>,
    why: &str,
) -> Result<(), Misread> {
    let Some((name, below)) = path.split_first() else { return Ok(()) };
    if node.is_null() {
        *node = Node::Object(Vec::new());
    }
    let found = node.json_of_plain();
    let Some(members) = node.members() else {
        return Err(Misread {
            what: format!("expected an object, in which `{}` is put", shown(path)),
            found,
            ..Misread::default()
        });
    };
    let at = members.iter().rposition(|member| member.name == *name);
    let at = match at {
        Some(at) if below.is_empty() => {
            let own = members[at].value.json();
            clash(name, &own, &value.json(), why)?;
            members[at].value = value;
            return Ok(());
        }
        Some(at) => at,
        None => {
            let value = match below {
                [] => value,
                _ => {
                    let mut object = Node::Object(Vec::new());
                    put(&mut object, below, value, why)?;
                    object
                }
            };
            members.push(Member { name: Cow::Owned(name.to_string()), value });
            return Ok(());
        }
    };
    put(&mut members[at].value, below, value, why).map_err(|misread| in_field(misread, name))
}

/// Fails if a record has another value under a name that is given to something else.
pub(super) fn clash(name: &str, own: &str, other: &str, why: &str) -> Result<(), Misread> {
    if own == "null" || is_same(own, other) {
        return Ok(());
    }
    Err(Misread {
        field: Some(name.to_owned()),
        what: format!(
            "the record has this field itself, and {why}; rename or `exclude` the field in a step before"
        ),
        found: Some(own.to_owned()),
        ..Misread::default()
    })
}

/// Makes fields values of other types.
pub(super) fn cast_all(node: &mut Node<'_>, casts: &Trie<Cast>) -> Result<(), Misread> {
    cast_in(node, casts, LISTS)
}

fn cast_in(node: &mut Node<'_>, casts: &Trie<Cast>, lists: usize) -> Result<(), Misread> {
    if let Some(Cast::Json) = casts.here {
        *node = Node::owned(cast(&node.json(), Cast::Json).map_err(|wrong| wrong.misread(None))?);
        return Ok(());
    }
    if each_element(node, lists, |element, lists| cast_in(element, casts, lists))? {
        return Ok(());
    }
    if let Some(to) = casts.here {
        *node = Node::owned(cast(&node.json(), to).map_err(|wrong| wrong.misread(None))?);
        return Ok(());
    }
    let Some(members) = node.members() else { return Ok(()) };
    for member in members {
        if let Some(of) = casts.member(&member.name) {
            cast_in(&mut member.value, of, lists)
                .map_err(|misread| in_field(misread, &member.name))?;
        }
    }
    Ok(())
}
