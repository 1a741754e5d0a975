//! `check` for people.

use expect_test::expect;

use super::{Folder, MISTAKEN, SECRET, VALID, run};

#[test]
fn a_description_without_mistakes_has_a_summary_and_nothing_else() {
    let folder = Folder::with(&[("payments.yaml", VALID)]);
    let run = folder.run("check payments.yaml");
    assert_eq!(run.stdout, "");
    expect![[r#"
        1 file checked: nothing wrong
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 0);
    assert_eq!(folder.run("check --quiet payments.yaml").stderr, "");
}

#[test]
fn mistakes_are_shown_with_their_lines() {
    let run = Folder::with(&[("payments.yaml", MISTAKEN)]).run("check payments.yaml");
    expect![[r#"
        error[unknown_key]: a resource has no key `write_dispositon`
         --> payments.yaml:3:22
          |
        3 |   - {name: payments, write_dispositon: merge}
          |                      ^^^^^^^^^^^^^^^^ did you mean `write_disposition`?

        error[merge_without_key]: `merge` requires a key that identifies the row a record replaces
         --> payments.yaml:3:40
          |
        3 |   - {name: payments, write_dispositon: merge}
          |                                        ^^^^^
          |
          = help: say which field identifies a record, `primary_key: id`
          = help: or add all records to the table, `write_disposition: append`

        error[unknown_word]: `integer` is not a data type
         --> payments.yaml:4:51
          |
        4 |   - {name: refunds, columns: {amount: {data_type: integer}}}
          |                                                   ^^^^^^^ did you mean `bigint`?
          |
          = help: accepted here: `text`, `bigint`, `double`, `bool`, `timestamp`, `date`, `time`, `decimal`, `wei`, `json` or `binary`

    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        1 file checked: 3 errors
        `cargo rest-source explain unknown_key` explains it
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 1);
}

#[test]
fn folders_are_searched_and_files_named_twice_are_checked_once() {
    let folder = Folder::with(&[
        ("apis/b.yml", MISTAKEN),
        ("apis/a.yaml", VALID),
        ("apis/deep/er/c.json", "{\"client\": {}, \"resources\": [\"a\"]}"),
        ("apis/README.md", "# APIs"),
        ("apis/.hidden.yaml", "x"),
        ("apis/target/built.yaml", "x"),
    ]);
    let run = folder.run("check --format short apis apis/b.yml");
    expect![[r#"
        apis/b.yml:3:22: error[unknown_key]: a resource has no key `write_dispositon`: did you mean `write_disposition`?
        apis/b.yml:3:40: error[merge_without_key]: `merge` requires a key that identifies the row a record replaces
        apis/b.yml:4:51: error[unknown_word]: `integer` is not a data type: did you mean `bigint`?
        apis/deep/er/c.json:1:12: error[missing_key]: `client` needs the key `base_url`
    "#]]
    .assert_eq(&run.stdout);
    expect![[r#"
        3 files checked: 4 errors
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 1);
}

#[test]
fn a_folder_without_descriptions_is_not_one_without_mistakes() {
    let folder = Folder::with(&[("apis/README.md", "# APIs")]);
    let run = folder.run("check apis");
    expect![[r#"
        error: there are no descriptions in `apis`
          help: in a folder, files that end in .yaml, .yml or .json are checked
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!((run.stdout.as_str(), run.status), ("", 2));
}

#[test]
fn standard_input_is_checked_as_a_file() {
    let folder = Folder::with(&[]);
    let checked = run(&mut folder.command("check --format short -"), MISTAKEN);
    expect![[r#"
        <stdin>:3:22: error[unknown_key]: a resource has no key `write_dispositon`: did you mean `write_disposition`?
        <stdin>:3:40: error[merge_without_key]: `merge` requires a key that identifies the row a record replaces
        <stdin>:4:51: error[unknown_word]: `integer` is not a data type: did you mean `bigint`?
    "#]].assert_eq(&checked.stdout);
    assert_eq!(checked.status, 1);
    assert_eq!(run(&mut folder.command("check -"), VALID).status, 0);
}

#[test]
fn files_that_cannot_be_read_are_reported_and_the_others_checked() {
    let folder = Folder::with(&[("payments.yaml", MISTAKEN)]);
    folder.write("latin1.yaml", b"client:\n  description: caf\xe9\n");
    let run = folder.run("check paymets.yaml latin1.yaml payments.yaml");
    expect![[r#"
        error[unreadable_file]: this file cannot be read: No such file or directory (os error 2)
        --> paymets.yaml
         = help: did you mean `payments.yaml`?

        error[unreadable_file]: this file is not UTF-8: line 2 has an invalid byte
        --> latin1.yaml
         = help: save it as UTF-8

        error[unknown_key]: a resource has no key `write_dispositon`
         --> payments.yaml:3:22
          |
        3 |   - {name: payments, write_dispositon: merge}
          |                      ^^^^^^^^^^^^^^^^ did you mean `write_disposition`?

        error[merge_without_key]: `merge` requires a key that identifies the row a record replaces
         --> payments.yaml:3:40
          |
        3 |   - {name: payments, write_dispositon: merge}
          |                                        ^^^^^
          |
          = help: say which field identifies a record, `primary_key: id`
          = help: or add all records to the table, `write_disposition: append`

        error[unknown_word]: `integer` is not a data type
         --> payments.yaml:4:51
          |
        4 |   - {name: refunds, columns: {amount: {data_type: integer}}}
          |                                                   ^^^^^^^ did you mean `bigint`?
          |
          = help: accepted here: `text`, `bigint`, `double`, `bool`, `timestamp`, `date`, `time`, `decimal`, `wei`, `json` or `binary`

    "#]].assert_eq(&run.stdout);
    expect![[r#"
        3 files checked: 5 errors
        `cargo rest-source explain unreadable_file` explains it
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 2);
}

#[test]
fn the_last_level_of_a_lint_counts() {
    let folder = Folder::with(&[("payments.yaml", SECRET)]);
    let mut said = String::new();
    for (levels, status) in [
        ("", 1),
        ("--allow plain_secret", 0),
        ("--warn plain_secret", 0),
        ("--allow plain_secret --deny plain_secret", 1),
        ("--deny plain_secret --allow plain_secret", 0),
        ("--allow insecure_http", 1),
    ] {
        let run = folder.run(&format!("check --format short payments.yaml {levels}"));
        assert_eq!(run.status, status, "{levels}");
        said.extend(["$ check … ", levels, "\n", &run.stderr]);
    }
    expect![[r#"
        $ check … 
        1 file checked: 1 error
        $ check … --allow plain_secret
        1 file checked: nothing wrong
        $ check … --warn plain_secret
        1 file checked: 1 warning
        $ check … --allow plain_secret --deny plain_secret
        1 file checked: 1 error
        $ check … --deny plain_secret --allow plain_secret
        1 file checked: nothing wrong
        $ check … --allow insecure_http
        1 file checked: 1 error
    "#]]
    .assert_eq(&said);
}

#[test]
fn a_lint_says_how_its_level_came_about() {
    let folder = Folder::with(&[("payments.yaml", SECRET)]);
    let run = folder.run("check payments.yaml --warn plain_secret");
    expect![[r#"
        warning[plain_secret]: `token` is a secret, and it would be compiled into the program
         --> payments.yaml:3:17
          |
        3 |   auth: {token: sk_live_abc}
          |                 ^^^^^^^^^^^ a literal value
          |
          = help: name it instead, `token: "{secrets.access_token}"`: the value is then given to the client's builder or found in the environment
          = note: `plain_secret` is a lint, warn as the command line says; `--allow plain_secret` turns it off

    "#]].assert_eq(&run.stdout);
}

#[test]
fn fixes_that_are_sure_are_made() {
    let folder = Folder::with(&[("payments.yaml", MISTAKEN), ("secret.yaml", SECRET)]);
    let run = folder.run("check payments.yaml secret.yaml --fix --format short");
    expect![[r#"
        payments.yaml:3:41: error[merge_without_key]: `merge` requires a key that identifies the row a record replaces
        secret.yaml:3:17: error[plain_secret]: `token` is a secret, and it would be compiled into the program: a literal value
    "#]].assert_eq(&run.stdout);
    expect![[r#"
        payments.yaml:3: fixed: a resource has no key `write_dispositon`: replace `write_dispositon` by `write_disposition`
        payments.yaml:4: fixed: `integer` is not a data type: replace `integer` by `bigint`
        2 files checked: 2 errors
    "#]].assert_eq(&run.stderr);
    assert_eq!(run.status, 1);
    expect![[r#"
        client: {base_url: https://api.example.com, paginator: single_page}
        resources:
          - {name: payments, write_disposition: merge}
          - {name: refunds, columns: {amount: {data_type: bigint}}}
    "#]]
    .assert_eq(&folder.read("payments.yaml"));
    assert_eq!(folder.read("secret.yaml"), SECRET);
    let run = folder.run("check - --fix");
    expect![[r#"
        error: `--fix` changes files, and standard input is none
          help: write the description to a file first
    "#]]
    .assert_eq(&run.stderr);
}
