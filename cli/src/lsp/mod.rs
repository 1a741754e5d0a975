//! `lsp`: a language server for editors, over standard input and output.
//!
//! What it says of a text is in `rest_source_editor` and the checker; here are the messages of the protocol.

mod answers;
mod documents;
mod position;

use std::io;

use clap::Args;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    HoverProviderCapability, OneOf, RenameOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, Uri, WorkDoneProgressOptions,
    notification::{
        DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Notification as _,
        PublishDiagnostics,
    },
};
use rest_source_codegen::LintLevels;
use serde::de::DeserializeOwned;

use self::documents::Documents;
use crate::{failure::Failure, lint::LintArguments, outcome::Outcome};

/// Answers an editor that edits source descriptions (Language Server Protocol)
///
/// Shows mistakes while typing, completes keys, words and names with their documentation, explains what is under
/// the cursor, goes to and renames resources, settings and secrets, fixes mistakes and formats. Editors start it
/// themselves and talk to it over standard input and output.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cargo rest-source lsp                             # as the command of a language server in an editor
  cargo rest-source lsp --deny auto_paginator

docs/editors.md has the configuration for Neovim, Helix, Emacs, JetBrains and VS Code.")]
pub(crate) struct Lsp {
    /// Accepted for editors that always pass it
    #[arg(long, hide = true)]
    stdio: bool,
    #[command(flatten)]
    lints: LintArguments,
}

impl Lsp {
    /// Answers until the editor says that it is enough.
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let (connection, threads) = Connection::stdio();
        let served = serve(&connection, self.lints.levels());
        // The threads end when nothing is sent any more.
        drop(connection);
        let ended = threads.join();
        match served.and(ended) {
            Ok(()) => Ok(Outcome::Success),
            Err(error) => Err(Failure::user(
                format!("the editor cannot be talked to: {error}"),
                "`lsp` is started by an editor, which sends it messages of the Language Server Protocol",
            )),
        }
    }
}

fn capabilities() -> ServerCapabilities {
    let kinds = vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL];
    let triggers = [" ", ".", "{", ":"].map(str::to_owned).to_vec();
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(triggers),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        document_formatting_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(kinds),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

/// Answers requests until the connection is shut down.
fn serve(connection: &Connection, lints: LintLevels) -> io::Result<()> {
    let capabilities = serde_json::to_value(capabilities())?;
    connection.initialize(capabilities).map_err(io::Error::other)?;
    let mut documents = Documents::new(lints);
    for message in &connection.receiver {
        match message {
            Message::Request(request) => {
                if connection.handle_shutdown(&request).map_err(io::Error::other)? {
                    return Ok(());
                }
                send(connection, answer(&documents, request).into())?;
            }
            Message::Notification(notification) => {
                if let Some(uri) = take(&mut documents, notification) {
                    let params = documents.diagnostics(uri);
                    let method = PublishDiagnostics::METHOD.to_owned();
                    send(connection, Notification::new(method, params).into())?;
                }
            }
            Message::Response(_) => {}
        }
    }
    Ok(())
}

fn send(connection: &Connection, message: Message) -> io::Result<()> {
    connection.sender.send(message).map_err(io::Error::other)
}

fn answer(documents: &Documents, request: Request) -> Response {
    let Request { id, method, params } = request;
    match answers::answer(documents, &method, params) {
        Some(Ok(result)) => Response::new_ok(id, result),
        Some(Err(message)) => Response::new_err(id, ErrorCode::RequestFailed as i32, message),
        None => {
            let message = format!("the method `{method}` is unknown");
            Response::new_err(id, ErrorCode::MethodNotFound as i32, message)
        }
    }
}

/// Takes over what an editor says of a document. Gives which one has to be checked.
fn take(documents: &mut Documents, notification: Notification) -> Option<Uri> {
    fn read<T: lsp_types::notification::Notification>(
        params: serde_json::Value,
    ) -> Option<T::Params>
    where
        T::Params: DeserializeOwned,
    {
        serde_json::from_value(params).ok()
    }
    let Notification { method, params } = notification;
    match method.as_str() {
        DidOpenTextDocument::METHOD => {
            let opened = read::<DidOpenTextDocument>(params)?.text_document;
            documents.set(&opened.uri, opened.text, Some(opened.version));
            Some(opened.uri)
        }
        DidChangeTextDocument::METHOD => {
            let changed = read::<DidChangeTextDocument>(params)?;
            let text = changed.content_changes.into_iter().next_back()?.text;
            let document = changed.text_document;
            documents.set(&document.uri, text, Some(document.version));
            Some(document.uri)
        }
        DidCloseTextDocument::METHOD => {
            let uri = read::<DidCloseTextDocument>(params)?.text_document.uri;
            documents.close(&uri);
            Some(uri)
        }
        _ => None,
    }
}
