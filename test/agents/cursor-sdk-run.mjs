// One run of Cursor's agent through its SDK, in the folder it is started in: node cursor-sdk-run.mjs SDK_MODULE PROMPT
import { pathToFileURL } from 'node:url';

const [sdk, prompt] = process.argv.slice(2);
const { Agent } = await import(pathToFileURL(sdk).href);
const agent = await Agent.create({
  apiKey: 'dummy-key-for-a-scripted-model',
  model: { id: 'scripted' },
  // Hooks and MCP servers of the person, as the editor's agent has them.
  local: { cwd: process.cwd(), settingSources: ['user', 'project'], enableAgentRetries: false },
});
const run = await agent.send(prompt);
for await (const event of run.stream()) console.log(JSON.stringify(event));
process.exit((await run.wait()).status === 'finished' ? 0 : 1);
