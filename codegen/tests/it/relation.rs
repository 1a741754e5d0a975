//! Parents and children.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile, tree};

use super::{check, messages, with_resources};

#[test]
fn chains_of_parents() {
    check(
        &with_resources(
            "  - {name: posts, columns: {id: {}, author: {data_type: json}}}
  - {name: comments, endpoint: {path: 'posts/{resources.posts.id}/comments'}, include_from_parent: [id]}
  - {name: likes, endpoint: {path: likes, params: {comment: '{resources.comments.id}'}}}
  - {name: authors, endpoint: {path: 'authors/{id}', params: {id: {type: resolve, resource: posts, field: author.id}}}}
  - {name: search, endpoint: {method: POST, json: {of: ['{resources.posts.id}']}, headers: {X: 'a{resources.posts.id}'}}}",
        ),
        expect![[r""]],
    );
}

#[test]
fn parents_that_there_are_not() {
    check(
        &with_resources(
            "  - {name: posts, columns: {id: {}}}
  - {name: comments, endpoint: 'posts/{resources.post.id}/comments'}
  - {name: likes, endpoint: 'posts/{resources.posts.idd}/likes'}
  - {name: tags, include_from_parent: [id]}
  - {name: links, endpoint: 'posts/{resources.posts.id}/links', include_from_parent: [titel]}",
        ),
        expect![[r#"
            there is no resource `post` [unknown_resource]
             --> api.yaml:4:39
              |
            4 |   - {name: comments, endpoint: 'posts/{resources.post.id}/comments'}
              |                                       ^^^^^^^^^^^^^^^^^^^ did you mean `posts`?

            `posts` declares no column `idd` [unknown_column]
             --> api.yaml:5:36
              |
            5 |   - {name: likes, endpoint: 'posts/{resources.posts.idd}/likes'}
              |                                    ^^^^^^^^^^^^^^^^^^^^^ did you mean `id`?

            this resource has no parent to take fields from [missing_parent]
             --> api.yaml:6:40
              |
            6 |   - {name: tags, include_from_parent: [id]}
              |                                        ^^
              |
              = help: a parent is named by a placeholder, `path: posts/{resources.posts.id}`

            `posts` declares no column `titel` [unknown_column]
             --> api.yaml:7:87
              |
            7 |   - {name: links, endpoint: 'posts/{resources.posts.id}/links', include_from_parent: [titel]}
              |                                                                                       ^^^^^
              |
              = help: declared are `id`
        "#]],
    );
}

#[test]
fn parents_that_are_combined_are_not_related() {
    check(
        &with_resources(
            "  - posts
  - users
  - {name: comments, endpoint: {path: 'posts/{resources.posts.id}', params: {user: '{resources.users.id}'}}}",
        ),
        expect![""],
    );
    check(
        &with_resources(
            "  - users
  - {name: posts, endpoint: 'users/{resources.users.id}/posts'}
  - {name: comments, endpoint: 'posts/{resources.posts.id}/comments'}
  - {name: likes, endpoint: 'users/{resources.users.id}/comments/{resources.comments.id}/likes'}
  - {name: tags, include_from_parent: [posts.id, likes.idd], endpoint: 'posts/{resources.posts.id}/tags', columns: {a: {}}}
  - name: pairs
    endpoint: {path: '{resources.posts.id}', params: {x: {type: resolve, resource: likes, field: id, batch: 2}}}",
        ),
        expect![[r#"
            `likes` takes values from `comments` and from `users`, of which `comments` is a child [several_parents]
             --> api.yaml:6:36
              |
            6 |   - {name: likes, endpoint: 'users/{resources.users.id}/comments/{resources.comments.id}/likes'}
              |                                    ^^^^^^^^^^^^^^^^^^^^          ----------------------- the child
              |
              = help: take the field from `comments`: `include_from_parent` there adds fields of its parent to its records

            `pairs` takes values from `likes` and from `posts`, of which `likes` is a child [several_parents]
             --> api.yaml:9:23
              |
            9 |     endpoint: {path: '{resources.posts.id}', params: {x: {type: resolve, resource: likes, field: id, batch: 2}}}
              |                       ^^^^^^^^^^^^^^^^^^^^                                         ----- the child
              |
              = help: take the field from `likes`: `include_from_parent` there adds fields of its parent to its records
        "#]],
    );
    check(
        &with_resources(
            "  - posts
  - {name: a, endpoint: 'a/{resources.posts.id}/{resources.b.id}'}
  - {name: b, endpoint: 'b/{resources.posts.id}/{resources.a.id}'}",
        ),
        expect![[r#"
            `a` of `b` would be its own parent [parent_cycle]
             --> api.yaml:4:49
              |
            4 |   - {name: a, endpoint: 'a/{resources.posts.id}/{resources.b.id}'}
              |                                                 ^^^^^^^^^^^^^^^^
            5 |   - {name: b, endpoint: 'b/{resources.posts.id}/{resources.a.id}'}
              |                                                 ---------------- and `b` takes this
        "#]],
    );
}

#[test]
fn no_resource_is_its_own_parent() {
    check(
        &with_resources(
            "  - {name: a, endpoint: 'a/{resources.c.id}'}
  - {name: b, endpoint: 'b/{resources.a.id}'}
  - {name: c, endpoint: 'c/{resources.b.id}'}
  - {name: d, endpoint: 'd/{resources.d.id}'}
  - {name: e, endpoint: 'e/{resources.a.id}'}",
        ),
        expect![[r#"
            `a` of `c` of `b` would be its own parent [parent_cycle]
             --> api.yaml:3:28
              |
            3 |   - {name: a, endpoint: 'a/{resources.c.id}'}
              |                            ^^^^^^^^^^^^^^^^
            4 |   - {name: b, endpoint: 'b/{resources.a.id}'}
              |                            ---------------- and `b` takes this
            5 |   - {name: c, endpoint: 'c/{resources.b.id}'}
              |                            ---------------- and `c` takes this

            `d` would be its own parent [parent_cycle]
             --> api.yaml:6:28
              |
            6 |   - {name: d, endpoint: 'd/{resources.d.id}'}
              |                            ^^^^^^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn of_a_long_cycle_both_ends_are_told() {
    let cycle = |count: usize| {
        (0..count).fold(String::new(), |text, place| {
            let parent = (place + count - 1) % count;
            text + &format!("  - {{name: r{place}, endpoint: 'r/{{resources.r{parent}.id}}'}}\n")
        })
    };
    let first_line = |count: usize| {
        let told = messages(&with_resources(&cycle(count)), LintLevels::default());
        assert_eq!(told.matches("takes this").count(), count.min(9) - 1 - usize::from(count > 9));
        told.lines().next().unwrap().to_owned()
    };
    expect!["`r0` of `r8` of `r7` of `r6` of `r5` of `r4` of `r3` of `r2` of `r1` would be its own parent [parent_cycle]"]
        .assert_eq(&first_line(9));
    expect!["`r0` of `r9` of `r8` of `r7` of 2 more of `r4` of `r3` of `r2` of `r1` would be its own parent [parent_cycle]"].assert_eq(&first_line(10));
    expect!["`r0` of `r1999` of `r1998` of `r1997` of 1992 more of `r4` of `r3` of `r2` of `r1` would be its own parent [parent_cycle]"].assert_eq(&first_line(2_000));
}

#[test]
fn parents_are_drawn_as_a_tree() {
    let text = with_resources(
        "  - {name: discounts, endpoint: 'o/{resources.orders.id}/d'}
  - orders
  - {name: 'order lines', endpoint: 'o/{resources.orders.id}/l'}
  - {name: taxes, endpoint: 'l/{resources.order lines.id}/t'}
  - alone
  - {name: 'refunds ```', endpoint: 'o/{resources.orders.id}/r'}
  - customers
  - {name: addresses, endpoint: 'c/{resources.customers.id}'}",
    );
    let output = compile(&SourceFile::new("api.yaml", text), "api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    expect![[r#"
        ````text
        orders
        ├── discounts
        ├── order lines
        │   └── taxes
        └── refunds ```
        customers
        └── addresses
        ````
    "#]]
    .assert_eq(&tree::block(&output.source.resources));
    let alone = output.source.resources.iter().filter(|resource| resource.plan.name == "alone");
    assert_eq!(tree::block(&alone.cloned().collect::<Vec<_>>()), "");
}

#[test]
fn of_many_generations_the_first_are_drawn() {
    let child = |number| {
        format!("  - {{name: r{number}, endpoint: 'r/{{resources.r{}.id}}'}}\n", number - 1)
    };
    let children: Vec<String> = (1..500).map(child).collect();
    let text = with_resources(&format!("  - r0\n{}", children.concat()));
    let output = compile(&SourceFile::new("api.yaml", text), "api", LintLevels::default());
    let tree = tree::block(&output.source.resources);
    assert!(tree.contains("└── r12\n"), "{tree}");
    assert!(tree.ends_with("└── …\n```\n"), "{tree}");
}

/// A gap takes one value, and a field is included under its name.
#[test]
fn fields_that_cannot_be_taken() {
    check(
        &with_resources(
            "  - {name: departments}
  - {name: a, endpoint: 'a/{resources.departments.ids[*]}'}
  - {name: b, endpoint: {path: b, params: {id: '{resources.departments..id}'}}}
  - {name: c, endpoint: {path: c, json: {id: '{resources.departments.ids[0:2]}'}}}
  - {name: d, endpoint: {path: 'd/{id}', params: {id: {type: resolve, resource: departments, field: 'ids[?@ > 1]'}}}}
  - {name: e, endpoint: {path: 'e/{resources.departments.ids[0]}/{resources.departments.owner.id}'}}
  - {name: f, include_from_parent: [owner.name, owner..name], endpoint: 'f/{resources.departments.id}'}
  - {name: g, include_from_parent: ['tags[0]', owner], endpoint: 'g/{resources.departments.id}'}
  - {name: h, include_from_parent: {tag: 'tags[0]', tags: 'tags[*]', '': id}, endpoint: 'h/{resources.departments.id}'}",
        ),
        expect![[r#"
            `ids[*]` may select several values of a record, and one is required here [invalid_selector]
             --> api.yaml:4:28
              |
            4 |   - {name: a, endpoint: 'a/{resources.departments.ids[*]}'}
              |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the others would be left out
              |
              = help: make records of the values by a resource of the same path as `departments`, with `data_selector: "$[*].ids[*]"` or whatever leads to them, and take `{resources.THAT.$}`

            a key is missing here [invalid_selector]
             --> api.yaml:5:49
              |
            5 |   - {name: b, endpoint: {path: b, params: {id: '{resources.departments..id}'}}}
              |                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: a selector is a path of keys, as in `meta.cursors.after`, or a JSONPath

            `ids[0:2]` may select several values of a record, and one is required here [invalid_selector]
             --> api.yaml:6:47
              |
            6 |   - {name: c, endpoint: {path: c, json: {id: '{resources.departments.ids[0:2]}'}}}
              |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the others would be left out
              |
              = help: make records of the values by a resource of the same path as `departments`, with `data_selector: "$[*].ids[0:2]"` or whatever leads to them, and take `{resources.THAT.$}`

            `ids[?@ > 1]` may select several values of a record, and one is required here [invalid_selector]
             --> api.yaml:7:101
              |
            7 |   - {name: d, endpoint: {path: 'd/{id}', params: {id: {type: resolve, resource: departments, field: 'ids[?@ > 1]'}}}}
              |                                                                                                     ^^^^^^^^^^^^^ the others would be left out
              |
              = help: make records of the values by a resource of the same path as `departments`, with `data_selector: "$[*].ids[?@ > 1]"` or whatever leads to them, and take `{resources.THAT.$}`

            `owner..name` may select several values of a record, and a column takes one [invalid_selector]
             --> api.yaml:9:49
              |
            9 |   - {name: f, include_from_parent: [owner.name, owner..name], endpoint: 'f/{resources.departments.id}'}
              |                                                 ^^^^^^^^^^^
              |
              = help: select one of them by its place, as in `{tag: "tags[0]"}`, or include the whole

            no column can be named after `tags[0]` [invalid_selector]
              --> api.yaml:10:37
               |
            10 |   - {name: g, include_from_parent: ['tags[0]', owner], endpoint: 'g/{resources.departments.id}'}
               |                                     ^^^^^^^^^
               |
               = help: name the column, `include_from_parent: {name: "tags[0]"}`

            `tags[*]` may select several values of a record, and a column takes one [invalid_selector]
              --> api.yaml:11:59
               |
            11 |   - {name: h, include_from_parent: {tag: 'tags[0]', tags: 'tags[*]', '': id}, endpoint: 'h/{resources.departments.id}'}
               |                                                           ^^^^^^^^^
               |
               = help: select one of them by its place, as in `{tag: "tags[0]"}`, or include the whole

            the name of this column is empty [invalid_name]
              --> api.yaml:11:74
               |
            11 |   - {name: h, include_from_parent: {tag: 'tags[0]', tags: 'tags[*]', '': id}, endpoint: 'h/{resources.departments.id}'}
               |                                                                          ^^
        "#]],
    );
    check(
        &with_resources(
            "  - {name: departments, columns: {id: {}, owner.name: {}}}
  - {name: f, include_from_parent: [owner.name], endpoint: 'f/{resources.departments.id}'}",
        ),
        expect![""],
    );
}

/// A field of the parent's record has the type that the parent declares for it, and otherwise that of
/// its values; one within another has the name of its column, or one of its own.
#[test]
fn fields_that_are_taken_have_names_and_types() {
    let text = with_resources(
        "  - name: projects
    columns: {id: {data_type: bigint}, owner: {fields: {at: {data_type: date}}}}
    endpoint: projects
  - name: tasks
    include_from_parent: [id, owner.at]
    endpoint: 'projects/{resources.projects.id}/tasks'
  - name: notes
    include_from_parent: {project: id, started: owner.at}
    endpoint: 'projects/{resources.projects.id}/notes'
  - name: users
    primary_key: id
  - name: posts
    include_from_parent: {author: id, city: address.city, tag: 'tags[0]'}
    endpoint: 'users/{resources.users.id}/posts'",
    );
    let output = compile(&SourceFile::new("api.yaml", text), "api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    let source = output.source;
    let columns: Vec<_> = source
        .resources
        .iter()
        .flat_map(|resource| resource.plan.columns.iter().map(move |c| (resource, c)))
        .map(|(resource, column)| {
            let what = if column.inferred { "inferred" } else { column.data_type.name() };
            format!("{}.{}: {what}", resource.plan.name, column.name)
        })
        .collect();
    expect![[r#"
        projects.id: bigint
        projects.owner: json
        tasks._projects_id: bigint
        tasks._projects_owner__at: date
        notes.project: bigint
        notes.started: date
        users.id: inferred
        posts.author: inferred
        posts.city: inferred
        posts.tag: inferred"#]]
    .assert_eq(&columns.join("\n"));
    let included: Vec<_> = source
        .resources
        .iter()
        .flat_map(|resource| resource.plan.parent.iter().flat_map(|parent| parent.include.iter()))
        .map(|included| format!("{} from {}", included.column, included.field))
        .collect();
    expect![[r#"
        _projects_id from id
        _projects_owner__at from owner.at
        project from id
        started from owner.at
        author from id
        city from address.city
        tag from tags[0]"#]]
    .assert_eq(&included.join("\n"));
}

/// The parent's value would replace the child's own.
#[test]
fn a_name_that_the_child_has_itself() {
    check(
        &with_resources(
            "  - {name: posts, columns: {id: {}}}
  - name: comments
    include_from_parent: {name: id, author: id, _posts_id: id}
    columns: {name: {data_type: text}, _posts_id: {data_type: bigint}}
    endpoint: 'posts/{resources.posts.id}/comments'
  - {name: likes, include_from_parent: [id], columns: {_posts_id: {}}, endpoint: 'l/{resources.posts.id}'}
  - {name: votes, include_from_parent: {post: id}, primary_key: [post, id], endpoint: 'v/{resources.posts.id}'}",
        ),
        expect![[r#"
            `name` is a column of the resource itself [name_clash]
             --> api.yaml:5:33
              |
            5 |     include_from_parent: {name: id, author: id, _posts_id: id}
              |                                 ^^ `id` of `posts` would replace its values
            6 |     columns: {name: {data_type: text}, _posts_id: {data_type: bigint}}
              |               ---- the column
              |
              = help: choose another name, as in `{posts_name: id}`
              = help: if the column is only declared to give the parent's field a type, declare it in the parent instead
        "#]],
    );
}
