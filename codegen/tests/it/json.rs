//! JSON files: YAML reads nearly all of JSON, and here is what it would not or might not.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile};

use crate::{check, rendered};

/// A JSON description whose resource has this description, as it is written between the quotes.
fn describing(text: &str) -> String {
    format!(
        "{{\"client\":{{\"base_url\":\"https://api.example.com\",\"paginator\":\"single_page\"}},\
         \"resources\":[{{\"name\":\"payments\",\"description\":\"{text}\"}}]}}"
    )
}

/// What is understood as the resource's description.
fn understood(text: &str) -> String {
    let file = SourceFile::new("api.json", text);
    let output = compile(&file, "api", LintLevels::default());
    assert!(output.diagnostics.is_empty(), "{}", rendered(&output.diagnostics, &file));
    output.source.resources[0].description.clone().unwrap()
}

#[test]
fn every_escape_means_what_it_means_in_json() {
    for (written, meant) in [
        (r"a\/b", "a/b"),
        (r"\b\f\n\r\t", "\u{8}\u{c}\n\r\t"),
        (r#"\"\\\""#, r#""\""#),
        (r"\u20ac \u00E9", "€ é"),
        (r"\uD83D\uDE00", "😀"),
        (r"\ud83d\ude00\uD83D\uDE00!", "😀😀!"),
        (r"\\uD83D\\uDE00", r"\uD83D\uDE00"),
        (r"€ \uD83D\uDE00 \\", "€ 😀 \\"),
        ("*a &b !c %d @e `f | >g # h: - ? {x}[y],", "*a &b !c %d @e `f | >g # h: - ? {x}[y],"),
    ] {
        assert_eq!(understood(&describing(written)), meant, "{written}");
    }
    let long = "d".repeat(100_000);
    assert_eq!(understood(&describing(&long)), long);
}

#[test]
fn the_same_json_may_be_laid_out_in_any_way() {
    let compact = describing("x");
    let spaced: String = compact.chars().fold(String::new(), |mut text, c| {
        match c {
            '{' | '[' | ',' => text.extend([c, '\n', '\t', '\t']),
            '}' | ']' => text.extend(['\r', '\n', '\t', c]),
            c => text.push(c),
        }
        text
    });
    let colons = compact.replace("\":", "\"\t:\n\t");
    for text in [spaced, colons, format!("\u{feff}{compact}"), format!("\t{compact}\n\t\n")] {
        assert_eq!(understood(&text), "x", "{text}");
    }
}

#[test]
fn places_are_those_of_the_file_behind_escapes_too() {
    check(
        "{\n\t\"client\": {\"base_url\": \"https://api.example.com\", \"paginator\": \"single_page\"},\n\t\
         \"resources\": [{\"name\": \"a\", \"description\": \"\\uD83D\\uDE00 \\uD83D\\uDE00\", \
         \"endpont\": \"é\"},\n\t\t{\"name\": \"b\", \"primary_kye\": \"\\uD83D\\uDE00\"}]\n}",
        expect![[r#"
            a resource has no key `endpont` [unknown_key]
             --> api.yaml:3:74
              |
            3 |     "resources": [{"name": "a", "description": "\uD83D\uDE00 \uD83D\uDE00", "endpont": "é"},
              |                                                                             ^^^^^^^^^ did you mean `endpoint`?

            a resource has no key `primary_kye` [unknown_key]
             --> api.yaml:4:17
              |
            4 |         {"name": "b", "primary_kye": "\uD83D\uDE00"}]
              |                       ^^^^^^^^^^^^^ did you mean `primary_key`?
        "#]],
    );
}

#[test]
fn what_is_not_json_either_is_told() {
    check(
        &describing(r"\uD83D alone"),
        expect![[r#"
            this is not YAML [invalid_yaml]
             --> api.yaml:1:122
              |
            1 | ...":"payments","description":"\uD83D alone"}]}
              |                               ^ while parsing a quoted scalar, found invalid Unicode character escape code
              |
              = help: a backslash begins an escape in double quotes: write it twice, or use single quotes
        "#]],
    );
    check(
        &describing("x\", \"description\": \"y"),
        expect![[r#"
        the key `description` stands twice in this mapping [duplicate_key]
         --> api.yaml:1:127
          |
        1 | ...gle_page"},"resources":[{"name":"payments","description":"x", "description": "y"}]}
          |                                               -------------      ^^^^^^^^^^^^^ here again
          |                                               |
          |                                               first here
    "#]],
    );
    // Block YAML has `\U0001F600`.
    check(
        "client: {base_url: https://api.example.com, paginator: single_page}\n\
         resources: [{name: a, description: \"\\uD83D\\uDE00\"}]",
        expect![[r#"
            this is not YAML [invalid_yaml]
             --> api.yaml:2:36
              |
            2 | resources: [{name: a, description: "\uD83D\uDE00"}]
              |                                    ^ while parsing a quoted scalar, found invalid Unicode character escape code
              |
              = help: a backslash begins an escape in double quotes: write it twice, or use single quotes
        "#]],
    );
}
