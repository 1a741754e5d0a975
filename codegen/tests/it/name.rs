//! Rust names, made of other names.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile};

use super::{check, with_resources};

/// The type and the function of a resource.
fn named(resource: &str) -> (String, String) {
    let text = with_resources(&format!("  - name: {resource:?}"));
    let output = compile(&SourceFile::new("api.yaml", text), "api", LintLevels::default());
    let code = output.items.to_string();
    let (before, after) = code.split_once(") -> :: rest_source :: Fetch < ").unwrap();
    let function = before.rsplit_once("pub fn ").unwrap().1.split(' ').next().unwrap();
    (after.split(' ').next().unwrap().to_owned(), function.to_owned())
}

#[test]
fn a_struct_is_named_after_one_record() {
    let table = [
        "payments Payment",
        "entries Entry",
        "addresses Address",
        "statuses Status",
        "boxes Box",
        "batches Batch",
        "wishes Wish",
        "companies Company",
        "days Day",
        "people Person",
        "children Child",
        "analyses Analysis",
        "series Series",
        "news News",
        "data Data",
        "invoices Invoice",
        "houses House",
        "purchases Purchase",
        "cases Case",
        "responses Response",
        "heroes Hero",
        "shoes Shoe",
        "movies Movie",
        "cookies Cookie",
        "keys Key",
        "taxes Tax",
        "matrices Matrix",
        "vertices Vertex",
        "services Service",
        "prices Price",
        "devices Device",
        "buses Bus",
        "bonuses Bonus",
        "viruses Virus",
        "aliases Alias",
        "biases Bias",
        "halves Half",
        "shelves Shelf",
        "archives Archive",
        "drives Drive",
        "caches Cache",
        "types Type",
        "messages Message",
        "images Image",
        "pages Page",
        "sizes Size",
        "quizzes Quiz",
        "media Media",
        "metadata Metadata",
        "statistics Statistics",
        "analytics Analytics",
        "sms Sms",
        "lenses Lens",
        "axes Axis",
        "access Access",
        "business Business",
        "lines Line",
        "leases Lease",
        "licenses License",
        "databases Database",
        "releases Release",
        "courses Course",
        "exchanges Exchange",
        "schedules Schedule",
        "currencies Currency",
        "deliveries Delivery",
        "replies Reply",
        "processes Process",
        "classes Class",
        "watches Watch",
        "searches Search",
        "indices Index",
        "criteria Criterion",
        "men Man",
        "feet Foot",
        "payment Payment",
        "bus Bus",
        "photos Photo",
        "videos Video",
        "zeroes Zero",
        "echoes Echo",
        "users User",
        "goods Good",
        "user-addresses UserAddress",
        "OrderLines OrderLine",
        "mandate_pdfs MandatePdf",
    ];
    for row in table {
        let (resource, expected) = row.split_once(' ').unwrap();
        assert_eq!(named(resource).0, expected, "{resource}");
    }
}

#[test]
fn every_name_becomes_a_rust_name() {
    for (resource, type_name, function) in [
        ("type", "Type", "r#type"),
        ("self", "Self_", "self_"),
        ("7shifts", "_7shift", "_7shifts"),
        ("créés", "Créé", "créés"),
        ("User-IDs", "UserId", "user_ids"),
        ("builder", "Builder", "builder_"),
        ("from_env", "FromEnv", "from_env_"),
        ("order lines/2024", "OrderLines2024", "order_lines_2024"),
        ("strings", "String", "strings"),
        ("$metadata", "Metadata", "metadata"),
    ] {
        let expected = (type_name.to_owned(), function.to_owned());
        assert_eq!(named(resource), expected, "{resource}");
    }
}

#[test]
fn a_name_of_which_nothing_is_left() {
    check(
        &with_resources("  - '🙂'\n  - {name: a, columns: {'€': {}, _: {}}}"),
        expect![[r#"
        no Rust name can be made of `🙂` [invalid_name]
         --> api.yaml:3:5
          |
        3 |   - '🙂'
          |     ^^^^
          |
          = help: give it a name with letters, and the rest to `endpoint.path`

        no Rust name can be made of the column `€` [invalid_name]
         --> api.yaml:4:25
          |
        4 |   - {name: a, columns: {'€': {}, _: {}}}
          |                         ^^^
          |
          = help: leave it out: the field `extra` keeps what is not declared

        no Rust name can be made of the column `_` [invalid_name]
         --> api.yaml:4:34
          |
        4 |   - {name: a, columns: {'€': {}, _: {}}}
          |                                  ^
          |
          = help: leave it out: the field `extra` keeps what is not declared
    "#]],
    );
}

#[test]
fn a_name_with_a_control_character() {
    check(
        &with_resources("  - name: \"a\\nevil\"\n  - \"b\\e[2J\"\n  - \"c\\u202e\""),
        expect![[r#"
            the name of a resource has a control character: "a\nevil" [invalid_name]
             --> api.yaml:3:11
              |
            3 |   - name: "a\nevil"
              |           ^^^^^^^^^
              |
              = help: give it a name of visible characters on one line

            the name of a resource has a control character: "b\u{1b}[2J" [invalid_name]
             --> api.yaml:4:5
              |
            4 |   - "b\e[2J"
              |     ^^^^^^^^
              |
              = help: give it a name of visible characters on one line

            the name of a resource has a control character: "c\u{202e}" [invalid_name]
             --> api.yaml:5:5
              |
            5 |   - "c\u202e"
              |     ^^^^^^^^^
              |
              = help: give it a name of visible characters on one line
        "#]],
    );
}

#[test]
fn names_that_become_the_same_are_both_shown() {
    check(
        &with_resources(
            "  - {name: user-ids, columns: {userId: {}, user_id: {}, extra: {}, extra_: {}}}
  - userIds
  - {name: events, type_name: Thing}
  - {name: stuff, type_name: Thing}",
        ),
        expect![[r#"
            `userId` and `user_id` would share the field `user_id` [name_clash]
             --> api.yaml:3:44
              |
            3 |   - {name: user-ids, columns: {userId: {}, user_id: {}, extra: {}, extra_: {}}}
              |                                ------      ^^^^^^^ the second
              |                                |
              |                                the first
              |
              = help: leave one of them out: the field `extra` keeps what is not declared

            `extra` and `extra_` would share the field `extra_` [name_clash]
             --> api.yaml:3:68
              |
            3 |   - {name: user-ids, columns: {userId: {}, user_id: {}, extra: {}, extra_: {}}}
              |                                                         -----      ^^^^^^ the second
              |                                                         |
              |                                                         the first
              |
              = help: leave one of them out: the field `extra` keeps what is not declared

            `user-ids` and `userIds` would share the function `user_ids` [name_clash]
             --> api.yaml:4:5
              |
            3 |   - {name: user-ids, columns: {userId: {}, user_id: {}, extra: {}, extra_: {}}}
              |            -------- the first
            4 |   - userIds
              |     ^^^^^^^ the second
              |
              = help: rename one of them

            `events` and `stuff` would share the type `Thing` [name_clash]
             --> api.yaml:6:30
              |
            5 |   - {name: events, type_name: Thing}
              |                               ----- the first
            6 |   - {name: stuff, type_name: Thing}
              |                              ^^^^^ the second
              |
              = help: give one of them another, `type_name: ThingRecord`
        "#]],
    );
}

/// The types of resources, in the order of the file.
fn types(resources: &[&str]) -> Vec<String> {
    let text = with_resources(&format!("  - {}", resources.join("\n  - ")));
    let output = compile(&SourceFile::new("api.yaml", text), "api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    output.source.resources.into_iter().map(|resource| resource.type_name).collect()
}

#[test]
fn a_type_that_several_resources_would_have_belongs_to_the_one_of_its_name() {
    for (resources, expected) in [
        (&["user", "users"][..], &["User", "UsersRecord"][..]),
        (&["users", "user"], &["UsersRecord", "User"]),
        (&["users"], &["User"]),
        (&["statuses", "payments", "status"], &["StatusesRecord", "Payment", "Status"]),
        // None of them is called like that.
        (&["indices", "indexes"], &["IndicesRecord", "IndexesRecord"]),
        // What is chosen is.
        (&["{name: me, type_name: User}", "users"], &["User", "UsersRecord"]),
        (&["user", "{name: me, type_name: User}"], &["UserRecord", "User"]),
        (&["{name: users, type_name: Account}", "user"], &["Account", "User"]),
        // The source's own types.
        (&["clients"], &["ClientRecord"]),
        (&["client", "clients"], &["ClientRecord", "ClientsRecord"]),
        (&["client_builders"], &["ClientBuilderRecord"]),
    ] {
        assert_eq!(types(resources), expected, "{resources:?}");
    }
}

#[test]
fn a_type_that_cannot_be_found_is_a_mistake() {
    check(
        &with_resources(
            "  - {name: a, type_name: Client}\n  - {name: customers, type_name: client_record}
  - user\n  - users\n  - users_record",
        ),
        expect![[r#"
            the type `Client` is the source's own [name_clash]
             --> api.yaml:3:26
              |
            3 |   - {name: a, type_name: Client}
              |                          ^^^^^^
              |
              = help: write `type_name: ClientRecord`

            `client_record` cannot be the name of a Rust type [invalid_name]
             --> api.yaml:4:34
              |
            4 |   - {name: customers, type_name: client_record}
              |                                  ^^^^^^^^^^^^^
              |
              = help: write `type_name: ClientRecord`

            `users` and `users_record` would share the type `UsersRecord` [name_clash]
             --> api.yaml:7:5
              |
            6 |   - users
              |     ----- the first
            7 |   - users_record
              |     ^^^^^^^^^^^^ the second
              |
              = help: give one of them another, `type_name: UsersRecordRecord`
        "#]],
    );
}
