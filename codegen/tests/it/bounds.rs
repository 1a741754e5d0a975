//! Whatever a file says, reading it costs little time and memory.

use std::{fmt::Write as _, time::Instant};

use expect_test::expect;

use rest_source_codegen::{LintLevels, SourceFile, compile};

use super::{check, messages, rendered};

#[test]
fn aliases_of_aliases_do_not_fill_the_memory() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let messages = messages(&bomb, LintLevels::default());
    assert!(messages.contains("aliases add more than 20000 values to the file [too_large]"));
}

#[test]
fn nesting_does_not_overflow_the_stack() {
    for deep in [
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        (0..3_000).map(|depth| " ".repeat(depth) + "a:\n").collect(),
        "- ".repeat(10_000),
    ] {
        let messages = messages(&deep, LintLevels::default());
        assert!(messages.contains("[too_large]") || messages.contains("[invalid_yaml]"));
    }
}

#[test]
fn an_alias_of_what_it_is_part_of() {
    check(
        "client: &a {x: *a}\n",
        expect![[r#"
            this alias refers to a value that contains it [invalid_yaml]
             --> api.yaml:1:16
              |
            1 | client: &a {x: *a}
              |                ^^
        "#]],
    );
}

#[test]
fn a_file_of_many_megabytes() {
    let messages = messages(&"# comment\n".repeat(500_000), LintLevels::default());
    assert!(messages.starts_with("the file has more than 4 MiB [too_large]"), "{messages}");
}

/// Takes descriptions apart in thousands of ways; whatever comes out, reading it, telling what is
/// wrong with it and generating code of it ends. Millions of ways are tried by hand, see `fuzz`.
#[test]
fn mutations_of_descriptions_are_all_read() {
    let originals = [
        include_str!("../data/language.yaml"),
        include_str!("../data/everything.yaml"),
        include_str!("../../../tests/src/dlt.yml"),
        include_str!("../../../tests/src/written.json"),
    ];
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    };
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ":",
        "- ",
        "&a ",
        "*a",
        "<<: ",
        "'",
        "\"",
        "null",
        "é",
        "\t",
        "!x ",
        "type: ",
        "name: ",
        "\\uD83D\\uDE00",
        "{resources.a.b}",
        "🙂",
        "\0",
    ];
    for round in 0..3_000 {
        let mut text: Vec<char> = originals[round % originals.len()].chars().collect();
        for _ in 0..=next(4) {
            let at = next(text.len());
            match next(3) {
                0 => drop(text.drain(at..(at + next(20)).min(text.len()))),
                1 => drop(text.splice(at..at, pieces[next(pieces.len())].chars())),
                _ => {
                    let end = (at + next(60)).min(text.len());
                    let copied: Vec<char> = text[at..end].to_vec();
                    let to = next(text.len());
                    text.splice(to..to, copied);
                }
            }
        }
        let file = SourceFile::new("api.yaml", text.into_iter().collect::<String>());
        let output = compile(&file, "api", LintLevels::default());
        rendered(&output.diagnostics, &file);
    }
}

/// Reads descriptions of two sizes, the large one ten times the other. Ten times the time is what it
/// may take, a hundred times would be the square. What else the machine does may lengthen one of the
/// two, but not the large one each time.
fn assert_linear(small: usize, description: impl Fn(usize) -> String) {
    let (small, large) = (description(small), description(10 * small));
    let time = |text: &str| {
        let begin = Instant::now();
        messages(text, LintLevels::default());
        begin.elapsed()
    };
    let mut rounds = (0..5).map(|_| (time(&small), time(&large)));
    let is_linear = rounds.any(|(small, large)| large < 30 * small);
    assert!(is_linear, "{:?} against {:?}", time(&large), time(&small));
}

fn repeated(before: &str, count: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = "client: {base_url: https://a.example, paginator: single_page}\n".to_owned();
    text.push_str(before);
    for number in 0..count {
        text.push_str(&line(number));
        text.push('\n');
    }
    text
}

#[test]
fn many_columns_are_read_in_linear_time() {
    let columns = |count| {
        let before = "resources:\n  - name: a\n    columns:\n";
        repeated(before, count, |number| format!("      c{number}: {{data_type: text}}"))
    };
    assert_eq!(messages(&columns(20_000), LintLevels::default()), "");
    assert_linear(1_000, columns);
}

#[test]
fn many_resources_are_read_in_linear_time() {
    let resources = |count| {
        let before = "resource_defaults: {columns: {id: {}}}\nresources:\n";
        repeated(before, count, |number| format!("  - {{name: r{number}, primary_key: id}}"))
    };
    assert_eq!(messages(&resources(10_000), LintLevels::default()), "");
    assert_linear(500, resources);
}

#[test]
fn many_parents_are_found_in_linear_time() {
    let child = |number| {
        format!("  - {{name: r{number}, endpoint: 'r/{{resources.r{}.id}}/{{a}}'}}", number + 1)
    };
    let before_their_parents =
        |count| repeated("resources:\n", count, child) + &format!("  - r{count}\n");
    assert_eq!(messages(&before_their_parents(3_000), LintLevels::default()), "");
    assert_linear(300, before_their_parents);
    // Each is its own ancestor.
    assert_linear(300, |count| {
        repeated("resources:\n", count, child)
            + &format!("  - {{name: r{count}, endpoint: 'r/{{resources.r0.id}}/a'}}\n")
    });
}

#[test]
fn many_secrets_are_read_in_linear_time() {
    let secrets = |count| {
        let before = "resources:\n  - name: a\n    endpoint:\n      params:\n";
        repeated(before, count, |number| format!("        p{number}: '{{secrets.s{number}}}'"))
    };
    assert_eq!(messages(&secrets(10_000), LintLevels::default()), "");
    assert_linear(1_000, secrets);
    assert_linear(1_000, |count| {
        let names: Vec<_> = (0..count).map(|number| format!("{{secrets.s{number}}}")).collect();
        format!(
            "client:\n  base_url: https://a.example\n  headers: {{a: '{}'}}\n  \
             paginator: single_page\nresources: [a]\n",
            names.concat()
        )
    });
}

/// What defaults and resources multiply to is bounded, as what aliases add is.
#[test]
fn defaults_do_not_fill_the_memory() {
    let mut text = "client: {base_url: https://a.example, paginator: single_page}\n".to_owned();
    text.push_str("resource_defaults:\n  columns:\n");
    for column in 0..2_000 {
        writeln!(text, "    c{column}: {{}}").unwrap();
    }
    text.push_str("resources:\n");
    for resource in 0..2_000 {
        writeln!(text, "  - r{resource}").unwrap();
    }
    let messages = messages(&text, LintLevels::default());
    let expected = "defaults add more than 500000 values to the resources [too_large]";
    assert!(messages.starts_with(expected), "{messages}");
}

/// Mistakes are found and shown as fast as right lines are read.
#[test]
fn many_mistakes_are_told_in_linear_time() {
    let mistakes = |count| {
        repeated("resources:\n", count, |number| {
            format!("  - {{name: r{number}, columns: {{a: {{data_type: integer}}}}}}")
        })
    };
    let messages = messages(&mistakes(3_000), LintLevels::default());
    assert_eq!(messages.matches("did you mean `bigint`?").count(), 3_000);
    assert_linear(300, mistakes);
}

/// A description may be one line, as JSON often is.
#[test]
fn many_mistakes_on_one_line_are_told_in_linear_time() {
    let line = |before: &str, count, item: &dyn Fn(usize) -> String, after: &str| {
        let items: Vec<_> = (0..count).map(item).collect();
        let head = "client: {base_url: https://a.example, paginator: single_page}\n";
        format!("{head}resources: [{before}{}{after}]\n", items.join(", "))
    };
    assert_linear(200, |count| {
        line("{name: a, columns: {", count, &|n| format!("c{n}: {{data_type: text_}}"), "}}")
    });
    assert_linear(200, |count| {
        line("{name: a, endpoint: {params: {", count, &|n| format!("k{n}: 1, k{n}: 2"), "}}}")
    });
    assert_linear(200, |count| {
        line("", count, &|n| format!("{{name: r{n}, endpoint: {{method: PUT}}}}"), "")
    });
    assert_linear(200, |count| line("{name: a, ", count, &|n| format!("zz{n}: 1"), "}"));
}

/// So are mistakes whose second place is far away, and names that are none of thousands.
#[test]
fn many_mistakes_about_other_places_are_told_in_linear_time() {
    assert_linear(300, |count| {
        let key = |n| format!("        k{n}: 1");
        let before = "resources:\n  - name: a\n    endpoint:\n      params:\n";
        let text = repeated(before, count, key);
        (0..count).fold(text, |text, n| text + &key(n) + "\n")
    });
    assert_linear(300, |count| {
        repeated("resources:\n", count, |number| {
            format!("  - {{name: r{number}, endpoint: 'r/{{resources.x{number}y.id}}/a'}}")
        })
    });
}

/// Of a long line what is around the mistake is shown, with the position in the file.
#[test]
fn a_mistake_far_inside_a_line() {
    let columns = |letter| {
        let columns: Vec<_> =
            (0..200).map(|n| format!("{letter}{n}: {{data_type: text}}")).collect();
        columns.join(", ")
    };
    let (before, after) = (columns('ä'), columns('ö'));
    check(
        &format!(
            "client: {{base_url: https://a.example, paginator: single_page}}\n\
             resources: [{{name: a, columns: {{{before}, b: {{data_type: texts}}, {after}}}}}]\n"
        ),
        expect![[r#"
            `texts` is not a data type [unknown_word]
             --> api.yaml:2:4938
              |
            2 | ...ype: text}, ä199: {data_type: text}, b: {data_type: texts}, ö0: {data_type: text}, ö1: {data_type: text}, ö2: {data_type: text}, ö...
              |                                                        ^^^^^ did you mean `text`?
              |
              = help: accepted here: `text`, `bigint`, `double`, `bool`, `timestamp`, `date`, `time`, `decimal`, `wei`, `json` or `binary`
        "#]],
    );
    check(
        &format!(
            "client: {{base_url: https://a.example, paginator: single_page}}\n\
             resources: [{{name: a, wrong: 1, columns: {{{before}}}, false: 2}}]\n"
        ),
        expect![[r#"
            a resource has no keys `wrong` and `false` [unknown_key]
             --> api.yaml:2:23
              |
            2 | resources: [{name: a, wrong: 1, columns: {ä0: {data_type: text}, ä1: {data_type: text}, ä2: {data_type: text}, ä3: {data_type: text},...
              |                       ^^^^^
              |
             ::: api.yaml:2:4934
              |
            2 | ...pe: text}, ä198: {data_type: text}, ä199: {data_type: text}}, false: 2}]
              |                                                                  -----
              |
              = help: it takes `name`, `description`, `type_name`, `table_name`, `endpoint`, `selected`, `for_each`, `include_from_parent`, `include_from_each`, `processing_steps`, `primary_key`, `merge_key`, `write_disposition`, `columns`, `schema_contract`, `max_table_nesting`, `parallelized`, `table_format`, `file_format`, `references` or `nested_hints`
        "#]],
    );
}

#[test]
fn many_unknown_keys_are_one_mistake() {
    let keys: Vec<_> = (0..60).map(|n| format!("zz{n}: 1")).collect();
    check(
        &format!(
            "client: {{base_url: https://a.example, paginator: single_page}}\n\
             resources: [{{name: a, {}}}]\n",
            keys.join(", ")
        ),
        expect![[r#"
            a resource has no keys `zz0`, `zz1`, `zz2`, `zz3`, `zz4`, `zz5`, `zz6`, `zz7`, `zz8`, `zz9`, `zz10`, `zz11`, `zz12`, `zz13`, `zz14`, `zz15`, `zz16`, `zz17`, `zz18`, `zz19`, `zz20`, `zz21`, `zz22`, `zz23`, `zz24`, `zz25`, `zz26`, `zz27`, `zz28`, `zz29`, `zz30`, `zz31`, `zz32`, `zz33`, `zz34`, `zz35`, `zz36`, `zz37`, `zz38`, `zz39` and 20 more [unknown_key]
             --> api.yaml:2:23
              |
            2 | ...a, zz0: 1, zz1: 1, zz2: 1, zz3: 1, zz4: 1, zz5: 1, zz6: 1, zz7: 1, zz8: 1, zz9: 1, zz10: 1, zz11: 1, zz12: 1, zz13: 1, zz14: 1, zz15: 1, zz16: 1, zz17: 1, zz18: 1, zz19: 1, zz20: 1, zz21: 1, zz22: 1, zz23: 1, zz24: 1, zz25: 1, zz26: 1, zz27: 1, zz28: 1, zz29: 1, zz30: 1, zz31: 1, zz32: 1, zz33: 1, zz34: 1, zz35: 1, zz36: 1, zz37: 1, zz38: 1, zz39: 1...
              |       ^^^     ---     ---     ---     ---     ---     ---     ---     ---     ---     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----     ----
              |
              = help: it takes `name`, `description`, `type_name`, `table_name`, `endpoint`, `selected`, `for_each`, `include_from_parent`, `include_from_each`, `processing_steps`, `primary_key`, `merge_key`, `write_disposition`, `columns`, `schema_contract`, `max_table_nesting`, `parallelized`, `table_format`, `file_format`, `references` or `nested_hints`
        "#]],
    );
}
