//! `explain`.

use expect_test::{expect, expect_file};

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
        error: there is no code `unknown_keys`
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
