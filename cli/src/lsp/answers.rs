//! Requests of an editor and what they are answered.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CompletionItem,
    CompletionItemKind, CompletionParams, CompletionTextEdit, DocumentFormattingParams,
    DocumentSymbol, DocumentSymbolParams, Documentation, GotoDefinitionParams, HoverContents,
    HoverParams, Location, MarkupContent, MarkupKind, Range, ReferenceParams, RenameParams,
    SymbolKind, TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
    request::{
        CodeActionRequest, Completion, DocumentSymbolRequest, Formatting, GotoDefinition,
        HoverRequest, PrepareRenameRequest, References, Rename, Request as _,
    },
};
use rest_source_codegen::{Edit, SourceFile, Span};
use rest_source_editor::{self as editor, CompletionKind, Symbol};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    documents::{Documents, shown},
    position::{byte, range},
};

type Answer = Result<Value, String>;

/// The answer to a request. `None` if there is none of this method.
pub(super) fn answer(documents: &Documents, method: &str, params: Value) -> Option<Answer> {
    Some(match method {
        Completion::METHOD => with(params, |params| complete(documents, params)),
        HoverRequest::METHOD => with(params, |params| hover(documents, params)),
        GotoDefinition::METHOD => with(params, |params| definition(documents, params)),
        References::METHOD => with(params, |params| references(documents, params)),
        PrepareRenameRequest::METHOD => with(params, |params| prepare_rename(documents, params)),
        Rename::METHOD => with(params, |params| rename(documents, params)),
        DocumentSymbolRequest::METHOD => with(params, |params| symbols(documents, params)),
        Formatting::METHOD => with(params, |params| format(documents, params)),
        CodeActionRequest::METHOD => with(params, |params| actions(documents, params)),
        _ => return None,
    })
}

fn with<P: DeserializeOwned>(params: Value, answer: impl FnOnce(&P) -> Answer) -> Answer {
    let params = serde_json::from_value(params);
    params
        .map_err(|error| format!("the parameters cannot be read: {error}"))
        .and_then(|params| answer(&params))
}

fn value(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|error| error.to_string())
}

/// The text of a document and the byte of it that is meant.
fn place<'d>(
    documents: &'d Documents,
    place: &TextDocumentPositionParams,
) -> Option<(&'d str, usize)> {
    let text = documents.get(&place.text_document.uri)?.text();
    Some((text, byte(text, place.position)))
}

fn complete(documents: &Documents, params: &CompletionParams) -> Answer {
    let Some((text, at)) = place(documents, &params.text_document_position) else {
        return value(Value::Null);
    };
    let found = editor::complete(text, at).into_iter().enumerate().map(|(order, found)| {
        let kind = match found.kind {
            CompletionKind::RequiredKey | CompletionKind::Key => CompletionItemKind::PROPERTY,
            CompletionKind::Word => CompletionItemKind::ENUM_MEMBER,
            _ => CompletionItemKind::VARIABLE,
        };
        let edit = TextEdit { range: range(text, found.at), new_text: found.text };
        CompletionItem {
            label: found.label,
            kind: Some(kind),
            detail: some(found.detail),
            documentation: some(found.documentation)
                .map(|text| Documentation::MarkupContent(markdown(text))),
            sort_text: Some(format!("{order:04}")),
            text_edit: Some(CompletionTextEdit::Edit(edit)),
            ..CompletionItem::default()
        }
    });
    value(found.collect::<Vec<_>>())
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}

fn hover(documents: &Documents, params: &HoverParams) -> Answer {
    let found = place(documents, &params.text_document_position_params)
        .and_then(|(text, at)| Some((text, editor::hover(text, at)?)));
    value(found.map(|(text, found)| lsp_types::Hover {
        contents: HoverContents::Markup(markdown(found.text)),
        range: Some(range(text, found.at)),
    }))
}

fn definition(documents: &Documents, params: &GotoDefinitionParams) -> Answer {
    let asked = &params.text_document_position_params;
    let found =
        place(documents, asked).and_then(|(text, at)| Some((text, editor::definition(text, at)?)));
    value(found.map(|(text, span)| location(&asked.text_document.uri, text, span)))
}

fn references(documents: &Documents, params: &ReferenceParams) -> Answer {
    let asked = &params.text_document_position;
    let Some((text, at)) = place(documents, asked) else { return value(Value::Null) };
    let definition = editor::definition(text, at);
    let found = editor::references(text, at).into_iter();
    let found = found
        .filter(|span| params.context.include_declaration || Some(*span) != definition)
        .map(|span| location(&asked.text_document.uri, text, span));
    value(found.collect::<Vec<_>>())
}

fn location(uri: &Uri, text: &str, span: Span) -> Location {
    Location { uri: uri.clone(), range: range(text, span) }
}

fn prepare_rename(documents: &Documents, params: &TextDocumentPositionParams) -> Answer {
    let found = place(documents, params).and_then(|(text, at)| {
        let is_here = |span: &Span| span.start <= at && at <= span.end;
        Some(range(text, editor::references(text, at).into_iter().find(is_here)?))
    });
    value(found)
}

fn rename(documents: &Documents, params: &RenameParams) -> Answer {
    let asked = &params.text_document_position;
    let Some((text, at)) = place(documents, asked) else { return value(Value::Null) };
    let edits = editor::rename(text, at, &params.new_name)?;
    value(changes(&asked.text_document.uri, text, edits))
}

/// Edits of one document.
#[expect(clippy::mutable_key_type, reason = "the protocol's type; no address changes")]
fn changes(uri: &Uri, text: &str, edits: Vec<Edit>) -> WorkspaceEdit {
    let edits =
        edits.into_iter().map(|edit| TextEdit { range: range(text, edit.at), new_text: edit.text });
    let changes = HashMap::from([(uri.clone(), edits.collect())]);
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

fn symbols(documents: &Documents, params: &DocumentSymbolParams) -> Answer {
    let Some(file) = documents.get(&params.text_document.uri) else { return value(Value::Null) };
    let text = file.text();
    let all = editor::symbols(text);
    let is_block = |symbol: &&Symbol| symbol.kind == editor::SymbolKind::Block;
    let blocks = all.iter().filter(is_block).map(|block| {
        let within = all
            .iter()
            .filter(|symbol| !is_block(symbol) && block.at.range().contains(&symbol.name_at.start));
        let children: Vec<_> =
            within.map(|symbol| shown_symbol(text, symbol, SymbolKind::CLASS, None)).collect();
        let children = Some(children).filter(|children| !children.is_empty());
        shown_symbol(text, block, SymbolKind::NAMESPACE, children)
    });
    value(blocks.collect::<Vec<_>>())
}

#[expect(deprecated, reason = "the protocol's own field, which has no default")]
fn shown_symbol(
    text: &str,
    symbol: &Symbol,
    kind: SymbolKind,
    children: Option<Vec<DocumentSymbol>>,
) -> DocumentSymbol {
    DocumentSymbol {
        name: symbol.name.clone(),
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range: range(text, symbol.at),
        selection_range: range(text, symbol.name_at),
        children,
    }
}

fn format(documents: &Documents, params: &DocumentFormattingParams) -> Answer {
    let Some(file) = documents.get(&params.text_document.uri) else { return value(Value::Null) };
    let text = file.text();
    let formatted = editor::format(text).filter(|formatted| formatted != text);
    let edits = formatted.map(|new_text| {
        vec![TextEdit { range: range(text, Span { start: 0, end: text.len() }), new_text }]
    });
    value(edits)
}

fn actions(documents: &Documents, params: &CodeActionParams) -> Answer {
    let uri = &params.text_document.uri;
    let Some(file) = documents.get(uri) else { return value(Value::Null) };
    let is_wanted = |kind: &CodeActionKind| {
        let only = params.context.only.as_ref();
        let takes = |wanted: &CodeActionKind| kind.as_str().starts_with(wanted.as_str());
        only.is_none_or(|only| only.iter().any(takes))
    };
    let mut actions = Vec::new();
    if is_wanted(&CodeActionKind::QUICKFIX) {
        actions.extend(quick_fixes(documents, file, uri, params.range));
    }
    if is_wanted(&CodeActionKind::SOURCE_FIX_ALL) {
        let fixed = editor::fix(file.clone(), &documents.lints);
        let text = file.text();
        if fixed.file.text() != text {
            let at = Span { start: 0, end: text.len() };
            let edit = Edit { at, text: fixed.file.text().to_owned() };
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: "fix all mistakes of which the fix is sure".to_owned(),
                kind: Some(CodeActionKind::SOURCE_FIX_ALL),
                edit: Some(changes(uri, text, vec![edit])),
                ..CodeAction::default()
            }));
        }
    }
    value(actions)
}

/// The fixes of the mistakes in a range.
fn quick_fixes(
    documents: &Documents,
    file: &SourceFile,
    uri: &Uri,
    wanted: Range,
) -> Vec<CodeActionOrCommand> {
    let found = documents.found(file);
    let fixes = found.iter().filter_map(|found| {
        let fix = found.fix.as_ref()?;
        let shown = shown(file, uri, found);
        let touches = shown.range.start <= wanted.end && wanted.start <= shown.range.end;
        let edit = fix.edit(file).filter(|_| touches)?;
        Some(CodeActionOrCommand::CodeAction(CodeAction {
            title: fix.title(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![shown]),
            edit: Some(changes(uri, file.text(), vec![edit])),
            is_preferred: Some(true),
            ..CodeAction::default()
        }))
    });
    fixes.collect()
}
