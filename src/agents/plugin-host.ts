/** How an agent gets a plugin's word on a request: JavaScript, a function of the loaded module and the request that gives the reason for not going on. */
export type PluginCall = string;

/**
 * A program for Node that stands in for the agent: it loads the plugin whose path is its argument, hands it the request that comes as
 * JSON on standard input, and writes the reason it is given as JSON. It ends with 1 where the plugin cannot be loaded or asks nothing.
 */
export function pluginHost(call: PluginCall): string {
  // The agents' own runtime takes a module for one whatever its file is called, and Node does not: so it is handed the text.
  return `
const { readFileSync } = require('node:fs');
const call = ${call};
const load = async (file) => import('data:text/javascript;base64,' + Buffer.from(readFileSync(file)).toString('base64'));
const refusal = async () => {
  const plugin = await load(process.argv[1]).catch((error) => { throw new Error('The plugin cannot be loaded: ' + error.message); });
  return call(plugin, JSON.parse(readFileSync(0, 'utf8')));
};
refusal().then(
  (reason) => process.stdout.write(JSON.stringify({ reason })),
  (error) => { process.exitCode = 1; process.stderr.write(String(error.message)); },
);
`;
}
