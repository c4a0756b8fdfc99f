/** Sends a journal's records until it is killed. Usage: tsx sender-process.ts HOME ENDPOINT */
import { startSending } from '../../../../src/gate/open-telemetry/sending.ts';
import { locateState } from '../../../../src/gate/state.ts';

const [home = '', endpoint = ''] = process.argv.slice(2);
startSending({
  state: locateState({ INTERLOCK_HOME: home }, home), collector: { url: new URL(`${endpoint}/v1/logs`), texts: true, bounds: { days: 14, bytes: 10_000_000 }, by: 'person' },
  sender: { host: 'h', user: 'u', version: '1' }, titles: new Map(), leads: () => true, mask: (text) => text, env: {}, log: () => undefined, onChange: () => undefined, now: Date.now,
});
