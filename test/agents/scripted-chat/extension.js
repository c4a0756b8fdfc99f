// Gives VS Code's own agent mode a model that asks a server on 127.0.0.1, whose address stands in the file `.scripted-chat` of the home, what to do next.
const { readFile } = require('node:fs/promises');
const { homedir } = require('node:os');
const { join } = require('node:path');
const vscode = require('vscode');

const model = { id: 'scripted', name: 'Scripted', family: 'scripted', version: '1', maxInputTokens: 200_000, maxOutputTokens: 10_000, capabilities: { toolCalling: true } };

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('scripted', {
      provideLanguageModelChatInformation: () => [model],
      provideTokenCount: () => 1,
      provideLanguageModelChatResponse: answer,
    }),
    vscode.commands.registerCommand('scripted-chat.start', start),
  );
};

/** A new chat in agent mode, up to the end of the answer. */
async function start() {
  await vscode.commands.executeCommand('workbench.action.chat.newChat');
  await vscode.commands.executeCommand('workbench.action.chat.open', { query: 'Do the chore.', mode: 'agent', modelSelector: { vendor: 'scripted', id: 'scripted' }, blockOnResponse: true });
  await post('/done', {});
}

async function answer(_model, messages, { tools = [] }, progress) {
  const step = await post('/chat', { messages: messages.map(({ role, content }) => ({ role, content })), tools: tools.map(({ name }) => name) });
  progress.report('tool' in step ? new vscode.LanguageModelToolCallPart(step.id, step.tool, step.input) : new vscode.LanguageModelTextPart(step.text));
}

async function post(path, body) {
  const url = await readFile(join(homedir(), '.scripted-chat'), 'utf8');
  const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return response.json();
}
