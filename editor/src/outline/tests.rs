use super::{Outline, Step};

/// The way to a place, `|` in the text, as a path, and the word that is there.
fn place(text: &str) -> String {
    let at = text.find('|').unwrap();
    let text = text.replacen('|', "", 1);
    let outline = Outline::of(&text, Some(at));
    let Some(place) = outline.place else { return "nowhere".to_owned() };
    let path: Vec<&str> = place
        .path
        .iter()
        .map(|step| match step {
            Step::Key(key, _) => key.as_str(),
            Step::Item => "*",
        })
        .collect();
    let kind = if place.mapping.is_some() { "key" } else { "value" };
    format!("{kind} at {}: {:?}", path.join("."), &text[place.word])
}

#[test]
fn a_place_is_found_in_text_that_is_no_yaml_yet() {
    let cases = [
        ("|", "key at : \"\""),
        ("cl|", "key at : \"cl\""),
        ("client:\n  |", "key at client: \"\""),
        ("client:\n  base_url: x\n  pag|", "key at client: \"pag\""),
        ("client:\n  base_url: x\n  pag|\nresources:\n  - a\n", "key at client: \"pag\""),
        ("client: {base_url: x, pa|}", "key at client: \"pa\""),
        ("client: {base_url: x, paginator: |", "value at client.paginator: \"\""),
        (
            "client: {paginator: {type: cur|\nresources:\n",
            "value at client.paginator.type: \"cur\"",
        ),
        ("resources:\n  - name: a\n    end|", "key at resources.*: \"end\""),
        ("resources:\n- name: a\n  endpoint:\n    |", "key at resources.*.endpoint: \"\""),
        ("resources:\n  - |", "key at resources.*: \"\""),
        ("resources:\n  - po|", "key at resources.*: \"po\""),
        (
            "resources:\n  - name: a\n    write_disposition: m|",
            "value at resources.*.write_disposition: \"m\"",
        ),
        (
            "resources:\n  - name: a\n    primary_key: [i|",
            "value at resources.*.primary_key.*: \"i\"",
        ),
        (
            "resources:\n  - name: a\n    columns:\n      id: {data_type: |}",
            "value at resources.*.columns.id.data_type: \"\"",
        ),
        ("client:\n  headers:\n    a: |1\n", "value at client.headers.a: \"1\""),
        ("# a comment\nclient:\n  # another\n  b|", "key at client: \"b\""),
        ("client:\n  base_url: \"a: b#|\"", "value at client.base_url: \"\\\"a: b#\\\"\""),
    ];
    for (text, expected) in cases {
        assert_eq!(place(text), expected, "{text:?}");
    }
}

#[test]
fn texts_in_several_lines_are_no_keys() {
    let text = "client:\n  description: >\n    a: text\n    b: text\n  base_url: x\n";
    let outline = Outline::of(text, None);
    let keys: Vec<&str> = outline
        .mappings
        .iter()
        .flat_map(|mapping| &mapping.entries)
        .map(|entry| entry.key.as_str())
        .collect();
    assert_eq!(keys, ["client", "description", "base_url"]);
}
