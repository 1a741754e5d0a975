//! The pages of the language: its blocks and their keys, in Markdown.

use std::fmt::Write as _;

use rest_source_codegen::reference::{Entry, Topic};

/// How many places of a block are listed.
const PLACES: usize = 4;

/// What a name means: a block, a kind of one, or a key in each block that has it; `paginator.limit` is one
/// in one block. `None` if it means nothing.
pub(super) fn explained(name: &str, topics: &[Topic]) -> Option<String> {
    if let Some((block, key)) = name.rsplit_once('.') {
        let block = block.rsplit('.').next().unwrap_or(block);
        let is_there = |topic: &&Topic| {
            let is_place =
                |place: &String| place.rsplit('.').next().is_some_and(|last| last == block);
            topic.name == block || topic.places.iter().any(is_place)
        };
        let found: Vec<&Topic> = topics.iter().filter(is_there).collect();
        let text: String = found.iter().map(|topic| keys(topic, key, 1)).collect();
        return some(&text);
    }
    let of_block = topics.iter().find(|topic| topic.name == name).map(page);
    let mut text = of_block.unwrap_or_default();
    for topic in topics {
        let kind = topic.kinds.iter().find(|(word, _)| *word == name);
        text += &kind.map(|kind| of_kind(topic, kind)).unwrap_or_default();
    }
    if text.is_empty() {
        let mut known: Vec<&str> = Vec::new();
        for topic in topics {
            // Blocks that have the same keys are explained once.
            let entry = topic.entries.iter().find(|entry| entry.key.name == name);
            let Some(entry) = entry.filter(|entry| !known.contains(&entry.key.doc)) else {
                continue;
            };
            known.push(entry.key.doc);
            text += &keys(topic, name, 1);
        }
    }
    some(&text)
}

/// All names that can be explained.
pub(super) fn names(topics: &[Topic]) -> impl Iterator<Item = &str> {
    topics.iter().flat_map(|topic| {
        let kinds = topic.kinds.iter().map(|(word, _)| *word);
        let keys = topic.entries.iter().map(|entry| entry.key.name);
        [topic.name.as_str()].into_iter().chain(kinds).chain(keys)
    })
}

/// The list of all blocks, with links to their pages.
pub(super) fn index(topics: &[Topic]) -> String {
    let mut text = "\
# Language reference

The keys of a source description, by the blocks that have them. Made by `cargo rest-source explain`, from what
the parser itself accepts; `cargo rest-source explain KEY` prints one of them, and `cargo rest-source schema` is the
same for editors. All of them are there since version 0.1.0.

| block | | keys |
| --- | --- | --- |
"
    .to_owned();
    for topic in topics {
        let mut names: Vec<&str> = Vec::new();
        for entry in &topic.entries {
            if !names.contains(&entry.key.name) {
                names.push(entry.key.name);
            }
        }
        let keys: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let Topic { name, doc, .. } = topic;
        let _ = writeln!(text, "| [{name}]({name}.md) | {doc} | {} |", keys.join(" "));
    }
    text
}

/// The page of a block.
fn page(topic: &Topic) -> String {
    let mut text = format!("# {}\n\n{}\n", topic.name, topic.doc);
    text += &places(topic);
    if !topic.kinds.is_empty() {
        text += "\n| `type` | |\n| --- | --- |\n";
        for (word, doc) in &topic.kinds {
            let default = if topic.default == Some(*word) { ", the default" } else { "" };
            let _ = writeln!(text, "| `{word}`{default} | {doc} |");
        }
    }
    let entries =
        topic.entries.iter().map(|entry| section(entry, &format!("`{}`", entry.key.name), 2));
    text + &entries.collect::<String>()
}

/// A kind of a block, with its keys.
fn of_kind(topic: &Topic, (word, doc): &(&str, &str)) -> String {
    let default = if topic.default == Some(*word) { " It is the default." } else { "" };
    let mut text = format!("# {} of `type: {word}`\n\n{doc}{default}\n", topic.what);
    text += &places(topic);
    let entries = topic.entries.iter().filter(|entry| entry.kinds.contains(word));
    let entries = entries.map(|entry| section(entry, &format!("`{}`", entry.key.name), 2));
    text + &entries.collect::<String>() + "\n"
}

/// The keys of this name in a block: several if they mean different things by its `type`.
fn keys(topic: &Topic, name: &str, depth: usize) -> String {
    let entries = topic.entries.iter().filter(|entry| entry.key.name == name);
    let title = format!("`{name}` of {}", topic.what);
    entries.map(|entry| section(entry, &title, depth) + "\n").collect()
}

/// What there is to say of a key.
fn section(entry: &Entry, title: &str, depth: usize) -> String {
    let Entry { key, kinds, is_of_dlt, example, .. } = entry;
    let newline = if depth > 1 { "\n" } else { "" };
    let mut text = format!("{newline}{} {title}\n\n{}\n\n", "#".repeat(depth), key.doc);
    let _ = writeln!(text, "- value: {}", key.shape.in_words());
    let default = match entry.default() {
        _ if key.is_required => "none, it is required".to_owned(),
        Some(default) => default.to_owned(),
        None if key.is_alternative => "none, it or an alternative is required".to_owned(),
        None => "none".to_owned(),
    };
    let _ = writeln!(text, "- default: {default}");
    let origin = match (key.is_ignored, *is_of_dlt) {
        (true, _) => "of dlt; read, and without effect here",
        (false, true) => "of dlt",
        (false, false) => "not in dlt",
    };
    let _ = writeln!(text, "- origin: {origin}");
    if !kinds.is_empty() {
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
        let _ = writeln!(text, "- with `type`: {}", kinds.join(", "));
    }
    if let Some(example) = example {
        let _ = write!(text, "\n```yaml\n{example}\n```\n");
    }
    text
}

fn places(topic: &Topic) -> String {
    if topic.places.is_empty() {
        return String::new();
    }
    let places: Vec<String> =
        topic.places.iter().take(PLACES).map(|place| format!("`{place}`")).collect();
    let more = if topic.places.len() > PLACES { " and elsewhere" } else { "" };
    format!("\nIn {}{more}.\n", places.join(", "))
}

fn some(text: &str) -> Option<String> {
    let text = text.trim_end();
    (!text.is_empty()).then(|| format!("{text}\n"))
}
