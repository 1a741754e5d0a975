//! The Python of a document in Markdown: its blocks between fences.

/// The blocks of Python, each in a text in which all other lines are empty, so that lines keep their numbers.
pub(super) fn blocks(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(Fence<'_>, String)> = None;
    for (at, line) in text.lines().enumerate() {
        match &mut open {
            None => {
                if let Some(fence) = Fence::of(line) {
                    let begins = if fence.is_python { "\n".repeat(at + 1) } else { String::new() };
                    open = Some((fence, begins));
                }
            }
            Some((fence, block)) if fence.is_closed_by(line) => {
                if fence.is_python {
                    blocks.push(std::mem::take(block));
                }
                open = None;
            }
            Some((fence, block)) => {
                block.push_str(line.strip_prefix(fence.indent).unwrap_or(line.trim_start()));
                block.push('\n');
            }
        }
    }
    // A block that nothing closes ends with the document.
    blocks.extend(open.filter(|(fence, _)| fence.is_python).map(|(_, block)| block));
    blocks
}

/// The beginning of a block.
struct Fence<'l> {
    indent: &'l str,
    marks: &'l str,
    is_python: bool,
}

impl<'l> Fence<'l> {
    fn of(line: &'l str) -> Option<Fence<'l>> {
        let fence = line.trim_start();
        let indent = &line[..line.len() - fence.len()];
        let mark = fence.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let language = fence.trim_start_matches(mark);
        let marks = &fence[..fence.len() - language.len()];
        let is_name = |c: char| c.is_ascii_alphanumeric();
        let language = language.trim_start().trim_start_matches("{.");
        let end = language.find(|c| !is_name(c)).unwrap_or(language.len());
        let language = language[..end].to_ascii_lowercase();
        let is_python = ["python", "py", "python3"].contains(&language.as_str());
        (marks.len() >= 3).then_some(Fence { indent, marks, is_python })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.starts_with(self.marks) && line.trim_start_matches(&self.marks[..1]).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn blocks_keep_their_lines() {
        let text = "A\n```sh\nls\n```\n  ```python title=\"x\"\n  a = 1\n    b\n  ```\n~~~py\nc\n";
        assert_eq!(blocks(text), ["\n\n\n\n\na = 1\n  b\n", "\n\n\n\n\n\n\n\n\nc\n"]);
        assert!(blocks("no blocks `python`").is_empty());
    }
}
