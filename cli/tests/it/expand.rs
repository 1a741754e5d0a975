//! `expand`.

use expect_test::expect;

use super::{Folder, MISTAKEN, Run, SECRET, VALID};

#[test]
fn the_code_is_a_module_named_after_the_file() {
    let folder = Folder::with(&[("payments-api.yaml", VALID), ("2fa.yaml", VALID)]);
    let run = folder.run("expand payments-api.yaml");
    expect!["//! The source `payments_api`."].assert_eq(first_line(&run));
    assert!(run.stdout.contains("\npub struct Payment {"), "{}", run.stdout);
    // Its page stands in the module here, and so its links begin there.
    assert!(run.stdout.contains("[`Payment`](struct@self::Payment)"), "{}", run.stdout);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
    let run = folder.run("expand --module shop payments-api.yaml");
    expect!["//! The source `shop`."].assert_eq(first_line(&run));
    let run = folder.run("expand 2fa.yaml");
    expect!["//! The source `_2fa`."].assert_eq(first_line(&run));
}

fn first_line(run: &Run) -> &str {
    run.stdout.lines().next().unwrap_or_default()
}

#[test]
fn nothing_is_expanded_of_a_description_with_mistakes() {
    let folder = Folder::with(&[("payments.yaml", MISTAKEN)]);
    let run = folder.run("expand payments.yaml");
    assert_eq!((run.stdout.as_str(), run.status), ("", 1));
    assert_eq!(run.stderr, folder.run("check payments.yaml").stdout);
    let run = folder.run("expand missing.yaml");
    assert_eq!((run.stdout.as_str(), run.status), ("", 2));
}

#[test]
fn warnings_do_not_stand_in_the_way() {
    let folder = Folder::with(&[("payments.yaml", SECRET)]);
    let run = folder.run("expand payments.yaml --warn plain_secret");
    assert!(run.stdout.contains("pub struct Payment"), "{}", run.stdout);
    assert_eq!(run.stderr, folder.run("check payments.yaml --warn plain_secret").stdout);
    assert_eq!(run.status, 0);
}

#[test]
fn a_module_needs_a_name_of_rust() {
    let folder = Folder::with(&[("€.yaml", VALID)]);
    let run = folder.run("expand €.yaml");
    expect![[r#"
        error: no module can be named after `€.yaml`
          help: name one: letters, digits and `_`, as in `--module payments_api`
    "#]]
    .assert_eq(&run.stderr);
    let run = folder.run("expand €.yaml --module pay-ments");
    expect![[r#"
        error: `pay-ments` cannot be the name of a module
          help: letters, digits and `_`, as in `--module payments_api`
    "#]]
    .assert_eq(&run.stderr);
    assert_eq!(run.status, 2);
    assert_eq!(folder.run("expand €.yaml --module euro").status, 0);
}
