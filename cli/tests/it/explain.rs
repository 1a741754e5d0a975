//! `explain`.

use expect_test::{expect, expect_file};
use rest_source_codegen::reference::topics;

use super::Folder;

#[test]
fn a_code_is_explained_with_what_is_said_of_the_mistake() {
    let run = Folder::with(&[]).run("explain unknown_key");
    expect![[r#"
        # unknown_key

        A key that does not exist here.

        The language has no such key at this place. Ignoring it would hide a typing error, or let you believe
        that something is in effect that is not.

        The message names the key that was probably meant, or the block that takes it: `data_selector`
        belongs in `endpoint`, `primary_key` beside it, and `limit` in another `type` of paginator. Where
        neither is known, it lists the accepted keys. Keys that begin with `x-` are free for your own notes.

        Wrong:

        ```yaml
        client:
          base_url: https://api.example.com
          paginator: single_page
        resources:
          - name: payments
            write_dispositon: append
        ```

        ```text
        error[unknown_key]: a resource has no key `write_dispositon`
         --> api.yaml:6:5
          |
        6 |     write_dispositon: append
          |     ^^^^^^^^^^^^^^^^ did you mean `write_disposition`?
        ```

        Right:

        ```yaml
        client:
          base_url: https://api.example.com
          paginator: single_page
        resources:
          - name: payments
            write_disposition: append
        ```
    "#]].assert_eq(&run.stdout);
    assert_eq!(run.status, 0);
}

#[test]
fn a_lint_tells_how_its_level_is_changed() {
    let page = Folder::with(&[]).run("explain insecure_http").stdout;
    let (_, last) = page.trim_end().rsplit_once("\n\n").unwrap();
    expect![[r#"
        This is a lint, deny by default. Another level is chosen in the attribute,
        `#[rest_source("payments.yaml", allow(insecure_http))]`, or on the command line,
        `cargo rest-source check --allow insecure_http`; `warn` and `deny` likewise."#]]
    .assert_eq(last);
}

#[test]
fn a_code_can_be_pasted_as_it_was_shown() {
    let folder = Folder::with(&[]);
    let page = folder.run("explain unknown_key").stdout;
    assert_eq!(folder.run("explain error[unknown_key]").stdout, page);
    assert_eq!(folder.run("explain [unknown_key]").stdout, page);
}

#[test]
fn a_code_that_does_not_exist() {
    let run = Folder::with(&[]).run("explain unknown_keys");
    expect![[r#"
        error: there is no code, key or block `unknown_keys`
          help: did you mean `unknown_key`?
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!((run.stdout.as_str(), run.status), ("", 2));
}

/// All codes, each with the exact text of its example: `UPDATE_EXPECT=1` writes the document anew.
#[test]
fn the_document_of_all_codes_is_up_to_date() {
    let folder = Folder::with(&[]);
    expect_file!["../../../docs/diagnostics.md"].assert_eq(&folder.run("explain --all").stdout);
    let list = folder.run("explain").stdout;
    for code in rest_source_codegen::Code::ALL {
        assert!(list.contains(&format!("  {} ", code.name())), "{list}");
    }
}

/// The language reference: a page for each block, as `explain` prints it.
#[test]
fn the_language_reference_is_up_to_date() {
    let folder = Folder::with(&[]);
    let index = folder.run("explain --blocks").stdout;
    expect_file!["../../../docs/reference/README.md"].assert_eq(&index);
    let reference = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/reference");
    let mut pages = vec!["README.md".to_owned()];
    for topic in topics() {
        let page = folder.run(&format!("explain {}", topic.name));
        assert_eq!((page.stderr.as_str(), page.status), ("", 0), "{}", topic.name);
        expect_file![format!("{reference}/{}.md", topic.name)].assert_eq(&page.stdout);
        pages.push(format!("{}.md", topic.name));
    }
    let files = std::fs::read_dir(reference).unwrap();
    let mut files: Vec<_> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    pages.sort();
    assert_eq!(files, pages);
}

#[test]
fn keys_and_kinds_are_explained() {
    let folder = Folder::with(&[]);
    let mut shown = String::new();
    for name in
        ["initial_value", "paginator.limit", "client.retry.max_delay", "single_page", "labels"]
    {
        let run = folder.run(&format!("explain {name}"));
        shown.extend(["$ explain ", name, "\n", &run.stdout, &run.stderr]);
        assert_eq!(run.status, if name == "labels" { 2 } else { 0 }, "{name}");
    }
    expect![[r#"
        $ explain initial_value
        # `initial_value` of a parameter

        The lower bound of the first run: a value of the field, or a time such as `now - 30 days`.

        - value: text, a number or a truth value
        - default: none
        - origin: of dlt
        - with `type`: `incremental`

        ```yaml
        initial_value: now - 30 days
        ```
        $ explain paginator.limit
        # `limit` of a paginator

        The page size; by default the server's, as none is sent.

        - value: a whole number; or text, also with placeholders
        - default: the server's, as none is sent
        - origin: of dlt
        - with `type`: `header_cursor`, `cursor`, `page_number`

        ```yaml
        limit: 50
        ```

        # `limit` of a paginator

        The page size.

        - value: a whole number; or text, also with placeholders
        - default: none, it is required
        - origin: of dlt
        - with `type`: `offset`

        ```yaml
        limit: 50
        ```
        $ explain client.retry.max_delay
        # `max_delay` of `retry`

        The longest single wait, in seconds; by default 60.

        - value: a number; or text, also with placeholders
        - default: 60
        - origin: not in dlt

        ```yaml
        max_delay: 60
        ```
        $ explain single_page
        # a paginator of `type: single_page`

        One request, one page.

        In `client.paginator`, `resource_defaults.endpoint.paginator`, `resources.endpoint.paginator`.
        $ explain labels
        error: there is no code, key or block `labels`
          help: did you mean `tables`?
    "#]].assert_eq(&shown);
}
