//! Keys that are added to a description's text: what is there stays, to the letter.

use expect_test::expect;
use rest_source_codegen::{
    Addition, LintLevels, NotEditable, Severity, SourceFile, add_to_resource,
};

fn added() -> Vec<Addition> {
    let one = |within, key: &str, block: &str, flow: &str| Addition {
        within,
        key: key.to_owned(),
        block: block.to_owned(),
        flow: flow.to_owned(),
    };
    vec![
        one(None, "primary_key", " id\n", "id"),
        one(Some("columns"), "id", " {data_type: bigint}\n", "{data_type: bigint}"),
        one(
            Some("columns"),
            "author",
            "\n  fields:\n    name: {data_type: text}\n",
            "{fields: {name: {data_type: text}}}",
        ),
        one(Some("endpoint"), "data_selector", " data\n", "data"),
    ]
}

const CLIENT: &str = "client: {base_url: 'http://localhost', paginator: single_page}\n";

/// What follows the client, before and after.
const CASES: &[(&str, &str)] = &[
    (
        "resources:\n- name: books # all of them\n\n# the end\n",
        "resources:\n- name: books # all of them\n  primary_key: id\n  columns:\n    id: {data_type: \
         bigint}\n    author:\n      fields:\n        name: {data_type: text}\n  endpoint:\n    \
         data_selector: data\n\n# the end\n",
    ),
    (
        "resources:\n  - name: books\n    endpoint:\n      path: /b   # where\n    columns:\n      \
         # a note\n      isbn: {data_type: text}   # with dashes\n  - other\n",
        "resources:\n  - name: books\n    endpoint:\n      path: /b   # where\n      \
         data_selector: data\n    columns:\n      # a note\n      isbn: {data_type: text}   # with \
         dashes\n      id: {data_type: bigint}\n      author:\n        fields:\n          name: \
         {data_type: text}\n    primary_key: id\n  - other\n",
    ),
    (
        "resources:\n- {name: books, endpoint: lists/b} # short\n- other",
        "resources:\n- name: books # short\n  endpoint: {path: lists/b, data_selector: data}\n  \
         primary_key: id\n  columns:\n    id: {data_type: bigint}\n    author:\n      fields:\n        \
         name: {data_type: text}\n- other",
    ),
    (
        "resources: [other, books]\n",
        "resources:\n  - other\n  - name: books\n    primary_key: id\n    columns:\n      id: {data_type: \
         bigint}\n      author:\n        fields:\n          name: {data_type: text}\n    endpoint:\n      \
         data_selector: data\n",
    ),
    (
        "resources:\n- name: books\n  columns: {}\n  endpoint: {\n    path: b, # where\n  }\n",
        "resources:\n- name: books\n  columns: {id: {data_type: bigint}, author: {fields: {name: \
         {data_type: text}}}}\n  endpoint: {\n    path: b, # where\n    data_selector: data\n  }\n  \
         primary_key: id\n",
    ),
    (
        "resources:\r\n- name: books\r\n  columns:\r\n  write_disposition: append\r\n",
        "resources:\r\n- name: books\r\n  columns: {id: {data_type: bigint}, author: {fields: \
         {name: {data_type: text}}}}\r\n  write_disposition: append\r\n  primary_key: id\r\n  \
         endpoint:\r\n    data_selector: data\r\n",
    ),
];

#[test]
fn keys_are_added_where_they_belong() {
    for (before, after) in CASES {
        let file = SourceFile::new("api.yaml", format!("{CLIENT}{before}"));
        let text = add_to_resource(&file, "books", &added()).unwrap();
        assert_eq!(text, format!("{CLIENT}{after}"), "{before}");
        let file = SourceFile::new("api.yaml", text);
        let errors: Vec<_> = rest_source_codegen::check(&file, LintLevels::default())
            .into_iter()
            .filter(|found| found.severity == Severity::Error)
            .map(|found| found.message)
            .collect();
        assert!(errors.is_empty(), "{errors:?} in\n{}", file.text());
    }
}

/// Many columns, as `probe` finds them.
fn many() -> Vec<Addition> {
    let mut added = added();
    let words: Vec<String> = (1..=12).map(|n| format!("a_word_of_state_{n}")).collect();
    let words = format!("{{enum: [{}]}}", words.join(", "));
    added.push(Addition {
        within: Some("columns"),
        key: "state".to_owned(),
        block: "\n  enum:\n  - x\n".to_owned(),
        flow: words,
    });
    added
}

#[test]
fn lines_that_would_be_too_long_are_broken() {
    let mut shown = String::new();
    for before in [
        "resources: [other, books] # two\n",
        "resources:\n- {name: books, endpoint: {path: 'a, {b}'}} # short\n- other",
        "resources:\n  - books # all\n  - other\n",
        "resources:\n- name: books\n  columns: {isbn: {data_type: text}} # yet\n  endpoint: b\n",
        "resources:\n- name: books\n  columns:\n  endpoint: b\n",
        "resources: [\n  other, # first\n  {name: books, # second\n   columns: {}}]\n",
    ] {
        let file = SourceFile::new("api.yaml", format!("{CLIENT}{before}"));
        let text = add_to_resource(&file, "books", &many()).unwrap();
        let file = SourceFile::new("api.yaml", text);
        let found = rest_source_codegen::check(&file, LintLevels::default());
        let errors: Vec<_> = found.iter().filter(|of| of.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?} in\n{}", file.text());
        assert!(file.text().lines().all(|line| line.len() <= 100), "{}", file.text());
        shown.push_str(file.text().strip_prefix(CLIENT).unwrap());
        shown.push_str("---\n");
    }
    expect![[r#"
        resources: # two
          - other
          - name: books
            primary_key: id
            columns:
              id: {data_type: bigint}
              author:
                fields:
                  name: {data_type: text}
              state:
                enum:
                - x
            endpoint:
              data_selector: data
        ---
        resources:
        - name: books # short
          endpoint: {path: 'a, {b}', data_selector: data}
          primary_key: id
          columns:
            id: {data_type: bigint}
            author:
              fields:
                name: {data_type: text}
            state:
              enum:
              - x
        - other---
        resources:
          - name: books # all
            primary_key: id
            columns:
              id: {data_type: bigint}
              author:
                fields:
                  name: {data_type: text}
              state:
                enum:
                - x
            endpoint:
              data_selector: data
          - other
        ---
        resources:
        - name: books
          columns: # yet
            isbn: {data_type: text}
            id: {data_type: bigint}
            author:
              fields:
                name: {data_type: text}
            state:
              enum:
              - x
          endpoint: {path: b, data_selector: data}
          primary_key: id
        ---
        resources:
        - name: books
          columns:
            id: {data_type: bigint}
            author:
              fields:
                name: {data_type: text}
            state:
              enum:
              - x
          endpoint: {path: b, data_selector: data}
          primary_key: id
        ---
        resources: [
          other, # first
          {name: books, # second
           columns: {
             id: {data_type: bigint},
             author: {fields: {name: {data_type: text}}},
             state: {
               enum: [
                 a_word_of_state_1, a_word_of_state_2, a_word_of_state_3, a_word_of_state_4,
                 a_word_of_state_5, a_word_of_state_6, a_word_of_state_7, a_word_of_state_8,
                 a_word_of_state_9, a_word_of_state_10, a_word_of_state_11, a_word_of_state_12
               ]
             }}, primary_key: id, endpoint: {data_selector: data}}]
        ---
    "#]]
    .assert_eq(&shown);
}

#[test]
fn what_is_written_elsewhere_is_left_alone() {
    for before in [
        "x: &columns {isbn: {data_type: text}}\nresources:\n- {name: books, columns: *columns}\n",
        "x: &book {name: books}\nresources:\n- *book\n",
        "resources: {}\n",
        "resources:\n- other\n",
    ] {
        let file = SourceFile::new("api.yaml", format!("{CLIENT}{before}"));
        let refused = add_to_resource(&file, "books", &added());
        assert!(matches!(refused, Err(NotEditable(why)) if why.contains("books")), "{before}");
    }
}

/// A value in place of one that is there, in all the ways in which it may be written.
#[test]
fn a_key_that_is_there_gets_the_value() {
    let paginator = Addition {
        within: Some("endpoint"),
        key: "paginator".to_owned(),
        block: " {type: cursor}\n".to_owned(),
        flow: "{type: cursor}".to_owned(),
    };
    let cases = [
        ("{path: b, paginator: auto} # all", "{path: b, paginator: {type: cursor}} # all"),
        (
            "{\n    paginator: auto, # yet\n    path: b # where\n  }",
            "{\n    paginator: {type: cursor}, # yet\n    path: b # where\n  }",
        ),
        (
            "\n    path: b\n    paginator: auto # yet\n    data_selector: x",
            "\n    path: b\n    paginator: {type: cursor} # yet\n    data_selector: x",
        ),
        (
            "\n    paginator: # yet\n      type: auto # a word\n    path: b",
            "\n    paginator: # yet\n      {type: cursor} # a word\n    path: b",
        ),
        ("\n    paginator:\n    path: b", "\n    paginator: {type: cursor}\n    path: b"),
        (
            "\n    paginator: {\n      type: auto # a word\n    } # yet\n    path: b",
            "\n    paginator: {type: cursor} # yet\n    path: b",
        ),
        (
            "{path: b, # where\n   data_selector: x # what\n  }",
            "{path: b, # where\n   data_selector: x, # what\n   paginator: {type: cursor}\n  }",
        ),
    ];
    for (before, after) in cases {
        let text =
            |endpoint| format!("resources:\n- name: books\n  endpoint: {endpoint}\n- other\n");
        let file = SourceFile::new("api.yaml", text(before));
        let edited = add_to_resource(&file, "books", std::slice::from_ref(&paginator));
        assert_eq!(edited, Ok(text(after)), "{before}");
    }
    let anchored = "resources:\n- name: books\n  endpoint: {path: b, paginator: &p auto}\n";
    let file = SourceFile::new("api.yaml", anchored);
    assert!(add_to_resource(&file, "books", &[paginator]).is_err());
}
