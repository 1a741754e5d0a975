//! `new`.

use std::{path::Path, process::Command};

use expect_test::expect;

use super::{Folder, MISTAKEN, SECRET, VALID, run};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Checks the crate in a folder, with the packages that this workspace is built with.
fn check(folder: &Path) -> super::Run {
    std::fs::copy(Path::new(ROOT).join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["check", "--offline", "--all-targets", "--color=never"])
        .current_dir(folder)
        // That of the macro's tests, which need the same crates.
        .env("CARGO_TARGET_DIR", Path::new(ROOT).join("target/rebuild"))
        .env_remove("RUSTFLAGS");
    run(&mut cargo, "")
}

#[test]
fn a_new_crate_compiles_by_the_macro_and_without_it() {
    let payments = std::fs::read_to_string(format!("{ROOT}/examples/payments.yaml")).unwrap();
    let everything =
        std::fs::read_to_string(format!("{ROOT}/codegen/tests/data/everything.yaml")).unwrap();
    let folder = Folder::with(&[
        ("payments.yaml", &payments),
        ("secret.yaml", SECRET),
        ("everything.yaml", &everything),
    ]);
    for (arguments, has_macro) in [
        ("payments.yaml --crate by-macro", true),
        ("payments.yaml --crate written-out --expanded", false),
        ("everything.yaml --crate all-written-out --expanded", false),
        ("secret.yaml --crate with_lint --warn plain_secret", true),
    ] {
        let made = folder.run(&format!("new {arguments} --rest-source {ROOT}/runtime"));
        assert_eq!((made.stdout.as_str(), made.status), ("", 0), "{made:?}");
        let name = arguments.split(' ').nth(2).unwrap();
        let checked = check(&folder.path().join(name));
        assert_eq!(checked.status, 0, "{arguments}: {}", checked.stderr);
        let lint_only = !checked.stderr.contains("warning") || arguments.contains("--warn");
        assert!(lint_only, "{arguments}: {}", checked.stderr);
        let formatted = run(
            Command::new(env!("CARGO"))
                .args(["fmt", "--check"])
                .current_dir(folder.path().join(name)),
            "",
        );
        // What is written out is formatted by another formatter.
        assert!(!has_macro || formatted.status == 0, "{}", formatted.stdout);
        let library = folder.read(&format!("{name}/src/lib.rs"));
        assert_eq!(library.contains("rest_source::rest_source("), has_macro, "{library}");
    }
}

#[test]
fn a_new_crate_depends_on_the_published_one() {
    let folder = Folder::with(&[("payments.yaml", VALID)]);
    let made = folder.run("new payments.yaml --crate payments-api");
    expect![[r#"
        created the crate `payments-api` with 1 resource: `cd payments-api && cargo test`
    "#]]
    .assert_eq(&made.stderr);
    expect![[r#"
        [package]
        name = "payments-api"
        version = "0.1.0"
        edition = "2024"
        rust-version = "1.89"
        description = "A typed client of the API that payments.yaml describes"

        [dependencies]
        rest_source = "0.1.0"

        [dev-dependencies]
        tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
    "#]]
    .assert_eq(&folder.read("payments-api/Cargo.toml"));
    expect![[r#"
        //! The client that payments.yaml describes.

        use payments_api::{Client, rest_source::Source};

        fn client() -> Client {
            Client::builder()
                .build()
                .expect("the secrets are all that a client needs")
        }

        #[test]
        fn it_serves_every_resource() {
            let resources = client().resources();
            let mut served = resources.iter().map(|resource| &resource.plan().name);
            assert_eq!(served.next().unwrap(), "payments");
            assert!(served.next().is_none());
        }
    "#]]
    .assert_eq(&folder.read("payments-api/tests/client.rs"));
    expect![[r##"
        # payments-api

        A typed client of the API that payments.yaml describes.

        ```rust,no_run
        #[tokio::main]
        async fn main() -> Result<(), payments_api::rest_source::Error> {
            let client = payments_api::Client::from_env()?;
            let mut records = client.payments().stream();
            while let Some(record) = records.try_next().await? {
                println!("{record:?}");
            }
            Ok(())
        }
        ```

        All of its code is made of `payments.yaml` when it is compiled; `cargo doc --open` shows it.

        |  |  |
        | --- | --- |
        | Address | `https://api.example.com` |
        | Authentication | without authentication |
        | Retries | at most 3, after 429, 500, 502, 503, 504 and failures of the connection, within 300 s |
        | Time limit | 60 s for each try |
        | Concurrency | 8 requests at the same time |

        ## Resources

        | resource | endpoint | paging | loading |
        | --- | --- | --- | --- |
        | [payments](#resource-payments) | `GET payments` | a single page | `append` |

        ### Resource payments

        |  |  |
        | --- | --- |
        | Endpoint | `GET payments` |
        | Paging | a single page |
        | Records | the list that the response is or has |
        | Loading | `append` |
        | In Rust | `client.payments()`, a stream of `Payment` |
    "##]].assert_eq(&folder.read("payments-api/README.md"));
    assert_eq!(folder.read("payments-api/payments.yaml"), VALID);
}

#[test]
fn lints_are_passed_on_to_the_attribute_or_to_the_command_that_expands_again() {
    let folder = Folder::with(&[("payments.yaml", SECRET)]);
    let made = folder.run("new payments.yaml --crate a --allow plain_secret");
    assert_eq!(made.status, 0, "{made:?}");
    let library = folder.read("a/src/lib.rs");
    let attribute = "#[rest_source::rest_source(\"payments.yaml\", allow(plain_secret))]";
    assert!(library.contains(attribute), "{library}");
    folder.run("new payments.yaml --crate b --allow plain_secret --expanded");
    let command = "cargo rest-source expand payments.yaml --module b --allow plain_secret";
    assert!(folder.read("b/README.md").contains(command));
}

#[test]
fn what_is_there_already_stays() {
    let folder = Folder::with(&[("payments.yaml", VALID), ("taken/file", "mine")]);
    let made = folder.run("new payments.yaml --crate taken");
    expect![[r#"
        error: `taken` is there already
          help: choose another folder, `--path DIR`
    "#]]
    .assert_eq(&made.stderr);
    assert_eq!(made.status, 2);
    assert_eq!(folder.run("new payments.yaml --crate taken --path free").status, 0);
    assert_eq!(folder.read("taken/file"), "mine");
}

#[test]
fn nothing_is_made_of_a_description_with_mistakes_or_for_a_name_that_is_none() {
    let folder = Folder::with(&[("payments.yaml", VALID), ("mistaken.yaml", MISTAKEN)]);
    assert_eq!(folder.run("new mistaken.yaml --crate made").status, 1);
    let mut said = String::new();
    for arguments in [
        "payments.yaml --crate 7shifts --path made",
        "payments.yaml --crate fn --path made",
        "payments.yaml --crate rest-source --path made",
        "payments.yaml --crate made --rest-source .",
    ] {
        let run = folder.run(&format!("new {arguments}"));
        assert_eq!(run.status, 2, "{arguments}");
        said += &run.stderr;
    }
    expect![[r#"
        error: `7shifts` cannot be the name of a crate
          help: letters, digits, `-` and `_`, as in `--crate payments-api`
        error: `fn` cannot be the name of a crate
          help: letters, digits, `-` and `_`, as in `--crate payments-api`
        error: `rest-source` is the name of another crate that this one is built with
          help: choose another one, `--crate rest-source-api`
        error: the crate `rest_source` is not in `.`
          help: `--rest-source` takes the folder with its Cargo.toml, `runtime` in a checkout
    "#]]
    .assert_eq(&said);
    assert!(!folder.path().join("made").exists());
}

#[test]
fn names_and_descriptions_have_no_force_in_the_files_of_a_crate() {
    let description = r#"
description: "One\x7f line\n\n~~~\n~~~\nText <img src=x onerror=alert(1)> of ![us](https://a.example/b.png)."
client: {base_url: "https://api.example.com", paginator: single_page}
resources:
  - name: "a`*/ \") } fn evil() {"
    description: "[b](javascript:alert(1)) `<i>` <b>"
    endpoint: {path: a, data_selector: $}
    columns: {"c`<b>`": {data_type: text}}
"#;
    let folder = Folder::with(&[("o`dd's $(x).yaml", description)]);
    let mut new = folder.command("new");
    new.args(["o`dd's $(x).yaml", "--crate", "odd", "--expanded"]);
    let made = run(&mut new, "");
    assert_eq!(made.status, 0, "{made:?}");
    let text = |path: &str| std::fs::read_to_string(folder.path().join("odd").join(path)).unwrap();
    let manifest = text("Cargo.toml");
    assert!(manifest.contains("description = \"One\\u007f line\""), "{manifest}");
    let readme = text("README.md");
    for live in ["<img", " ![us]", "](javascript", "evil() {`\n"] {
        assert!(!readme.contains(live), "{live}: {readme}");
    }
    assert!(readme.contains(r"expand 'o`dd'\''s $(x).yaml' --module odd"), "{readme}");
    for path in ["src/lib.rs", "src/odd.rs", "examples/fetch.rs", "tests/client.rs"] {
        syn::parse_file(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let code = text("src/odd.rs");
    for line in code.lines().filter(|line| line.trim_start().starts_with("//")) {
        for live in ["<img", " ![us]", "](javascript", " <b>"] {
            assert!(!line.contains(live), "{line}");
        }
    }
}
