// An MCP server on standard input and output with one tool, which only writes down that it was called: node volumes-mcp.mjs MARKER_FILE
// https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#stdio
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [markerFile] = process.argv.slice(2);
const tool = {
  name: 'delete_volume',
  description: 'Deletes a volume and everything on it.',
  inputSchema: { type: 'object', properties: { volumeId: { type: 'string' } }, required: ['volumeId'] },
};

const results = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'volumes', version: '1.0.0' } }),
  'tools/list': () => ({ tools: [tool] }),
  'tools/call': ({ name, arguments: given }) => {
    appendFileSync(markerFile, `${JSON.stringify({ name, argv: [JSON.stringify(given)], cwd: process.cwd() })}\n`);
    return { content: [{ type: 'text', text: `Volume ${given.volumeId} is gone.` }] };
  },
  ping: () => ({}),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  const result = results[method];
  const reply = result ? { result: result(params ?? {}) } : { error: { code: -32601, message: `There is no ${method} here.` } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...reply })}\n`);
}
