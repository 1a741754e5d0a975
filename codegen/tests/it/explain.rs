//! The page of each kind of mistake keeps its word: its bad example is just that mistake, and its
//! good one is none.

use rest_source_codegen::{Code, LintLevels, SourceFile, check};

/// Mistakes that come before there is a text, and so have no example of one.
const WITHOUT_EXAMPLES: [Code; 1] = [Code::UnreadableFile];

/// The YAML blocks of a page with this word behind the language.
fn examples(code: Code, kind: &str) -> Vec<&'static str> {
    let blocks = code.explanation().split("```yaml ").skip(1);
    let blocks = blocks.filter_map(|block| block.split_once("\n```")?.0.split_once('\n'));
    blocks.filter(|(word, _)| *word == kind).map(|(_, yaml)| yaml).collect()
}

/// What is found in a file.
fn codes(yaml: &str) -> Vec<Code> {
    let found = check(&SourceFile::new("api.yaml", yaml), LintLevels::default());
    found.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn bad_examples_are_just_that_mistake_and_good_ones_are_none() {
    for code in Code::ALL.iter().filter(|code| !WITHOUT_EXAMPLES.contains(code)) {
        let (bad, good) = (examples(*code, "bad"), examples(*code, "good"));
        assert!(!bad.is_empty() && !good.is_empty(), "{code} has no examples");
        for yaml in bad {
            assert_eq!(codes(yaml), [*code], "{code}:\n{yaml}");
        }
        for yaml in good {
            assert_eq!(codes(yaml), [], "{code}:\n{yaml}");
        }
    }
}

#[test]
fn a_page_belongs_to_a_code_and_says_more_than_its_summary() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/diagnostic/explain");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let code = Code::from_name(name).expect(name);
        let text = code.explanation().split("```").next().unwrap();
        assert!(text.split_whitespace().count() > 20, "{code}");
        assert!(text.lines().all(|line| line.chars().count() <= 101), "{code}");
    }
}
