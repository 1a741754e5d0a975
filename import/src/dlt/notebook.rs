//! The Python of a notebook of Jupyter: its code cells.

use crate::document::{self, Value};

/// The code cells of a notebook in one text, without the lines that are for Jupyter; `None` for other texts.
pub(super) fn cells(text: &str) -> Option<String> {
    if !text.trim_start().starts_with('{') || !text.contains("\"cells\"") {
        return None;
    }
    let notebook = document::read(text).ok()?;
    let is_code = |cell: &&Value| cell.text_of("cell_type") == Some("code");
    let mut python = String::new();
    for cell in notebook.list_of("cells").iter().filter(is_code) {
        let source: String = match cell.get("source")? {
            Value::Text(source) => source.clone(),
            Value::List(lines) => lines.iter().filter_map(Value::text).collect(),
            _ => continue,
        };
        for line in source.lines() {
            if !line.trim_start().starts_with(['%', '!', '?']) {
                python.push_str(line);
            }
            python.push('\n');
        }
    }
    Some(python)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn code_cells_are_python() {
        let text = r#"{"cells": [
            {"cell_type": "markdown", "source": ["x"]},
            {"cell_type": "code", "source": ["%pip install dlt\n", "a = 1"]},
            {"cell_type": "code", "source": "b"}
        ]}"#;
        assert_eq!(cells(text).unwrap(), "\na = 1\nb\n");
        assert_eq!(cells("a = {}"), None);
    }
}
