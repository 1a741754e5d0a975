// Starts the language server of rest_source for YAML files.

const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = async () => {
  const settings = workspace.getConfiguration("restSource");
  const server = { command: settings.get("command"), args: settings.get("arguments") };
  const options = { documentSelector: [{ language: "yaml" }] };
  client = new LanguageClient("restSource", "rest_source", server, options);
  await client.start();
};

exports.deactivate = () => client?.stop();
