//! The page of common mistakes shows what is said of them.

use std::fmt::Write as _;

use expect_test::expect_file;

use super::Folder;

#[test]
fn what_the_page_of_common_mistakes_shows_is_said() {
    let page = include_str!("../../../docs/mistakes.md");
    let mut blocks = page.split("```yaml\n");
    let mut shown = blocks.next().unwrap().to_owned();
    let mut mistakes = 0;
    for block in blocks {
        let (yaml, rest) = block.split_once("```\n").unwrap();
        let (between, rest) = rest.split_once("```text\n").unwrap();
        let (_, after) = rest.split_once("```\n").unwrap();
        let run = Folder::with(&[("api.yaml", yaml)]).run("check api.yaml");
        assert_eq!(run.status, 1, "{yaml}");
        let said = run.stdout.trim_end();
        let _ = write!(shown, "```yaml\n{yaml}```\n{between}```text\n{said}\n```\n{after}");
        mistakes += 1;
    }
    assert!(mistakes >= 5);
    expect_file!["../../../docs/mistakes.md"].assert_eq(&shown);
}
