import type { Action } from '../../src/core/action.ts';
import type { JournalEvent } from '../../src/core/recording.ts';
import type { Finding } from '../../src/core/verdict.ts';
import { entryOf } from '../../src/gate/open-telemetry/entry.ts';
import { bodyOf } from '../../src/journal/record.ts';
import { code, page, table } from './markdown.ts';

const time = '2027-01-15T10:00:00.000Z';
const action: Action = { agent: 'claude-code', session: '7f3a', tool: 'shell', shell: 'bash', command: 'kubectl delete namespace shop', cwd: '/home/dev/shop', workspaceRoots: ['/home/dev/shop'], env: {} };
const finding: Finding = {
  verb: 'delete', resource: { kind: 'namespace', name: 'shop' }, reversibility: 'irreversible', certainty: 'certain', rule: 'kubectl/delete', why: 'Deletes the namespace shop and everything in it.', target: { by: 'named', system: 'kubectl', name: 'shop' },
  environment: 'production', evidence: [], decision: 'ask', typed: true, because: 'it cannot be undone', source: 'built-in',
};
const events: readonly (readonly [string, JournalEvent])[] = [
  ['an action', { type: 'action', action, verdict: { decision: 'ask', findings: [finding] }, outcome: { decision: 'deny', by: 'person' } }],
  ['an answer', { type: 'answer', action, question: '0b6c', answer: { answer: 'deny' }, delayMs: 4_200 }],
  ['secrets in what a tool gave back', { type: 'masked', action, names: ['RAILWAY_TOKEN'], shown: false }],
  ['a request that could not be read', { type: 'unreadable', agent: 'claude-code', why: 'It is no JSON.' }],
  ['a hook that does not answer', { type: 'canary', agent: 'claude-code', file: '/home/dev/.claude/settings.json', why: 'It did not answer in time.' }],
  ['a change', { type: 'configuration', what: 'The folder shop was tagged staging.', by: 'person' }],
];

/** How an organisation collects what happens, and what exactly is sent. */
export function openTelemetryPage(): string {
  return page(
    '# Records for a collector',
    'Interlock can send the records of its journal to a collector of yours, as OpenTelemetry logs over OTLP/HTTP (protobuf). It is off until somebody turns it on, and nothing is ever sent to anybody else.',
    '## Turning it on',
    [
      '- **For yourself:** `interlock.openTelemetry.enabled` and `interlock.openTelemetry.endpoint` in your own settings. A workspace can set none of them.',
      '- **For an organisation:** `openTelemetry` in [the machine’s policy file](policy.md), which counts in place of everybody’s settings: nobody turns it off or sends it elsewhere. While what the file says of it cannot be read nothing is sent, and records wait.',
    ].join('\n'),
    '```jsonc\n{\n  "openTelemetry": { "endpoint": "https://collector.example.com", "headersFile": "/etc/interlock/collector.key", "texts": false }\n}\n```',
    'The endpoint must be on https, or on this machine. A token goes into the headers’ file or into the variable `INTERLOCK_OTLP_HEADERS` of the editor’s environment, one `Name: value` on each line, never into settings. A name that ends in `.key` is one that agents do not see.',
    '## What is sent',
    'What is written to the journal from then on; nothing from before. Secrets were masked when it was written, and are masked again when it is sent, by what is known then. With `texts` off nothing is sent that agents or people wrote: no command, path, name of a resource or reason; but the names of workspace folders are.',
    table(
      ['of the sender', 'what it is'],
      [
        ['`service.name`, `service.version`', '`interlock` and its version'],
        ['`host.name`', 'the machine’s name'],
        ['`user.hash`', 'SHA-256 of the user name in lower case. It has no salt, so that one person is one on all their machines; whoever has a list of names can find the name.'],
        ['`interlock.workspace.name`', 'name of the workspace folder, where the record belongs to one'],
      ],
    ),
    'Severity follows the verdict: `INFO` allow, `INFO2` keep, `WARN` ask, `ERROR` deny and what nobody was asked about. Lists stand side by side: what is at one place of each is of one finding. `log.record.uid` is the record’s hash in the journal’s chain, and `interlock.record.seq` its number there.',
    ...events.flatMap(([title, event]) => [`### ${title[0]?.toUpperCase()}${title.slice(1)}`, example(event)]),
    '## When the collector is away',
    [
      '- **Nothing waits for it.** An action is over when its record is in the journal. The journal is the queue: what is kept besides is only how far it has been sent.',
      '- **Nothing is lost, and something may come twice:** a batch counts as sent when the collector has answered with success, to the last byte. What comes twice has the same `log.record.uid`.',
      '- A request that fails is tried again, after 1 second, then twice as long each time, up to 5 minutes, with some chance in it; later where `Retry-After` says so. It is given 10 seconds in all.',
      '- What waits longer than `maxDays`, or beyond `maxMegabytes`, is passed over. Once the collector is back a record `interlock.journal.passed_over` says how many that were. The journal on the machine keeps them.',
      '- Where a line of the journal was changed or taken out, `interlock.journal.broken` says so.',
      '- What the collector says it did not take of a batch is not sent again; the log and `doctor` count it.',
      '- 400, 413 and 422: the batch is halved until the record is found that the collector cannot read. It is left out and counted, if the collector has taken others. Any other refusal (401, 404, …) keeps everything waiting until it is corrected.',
      '- `node dist/cli.js doctor` says where records go, when the last one was sent, what waits and why. The status bar says so after an hour.',
    ].join('\n'),
    'One window of a machine sends: the one that answers agents. Where you use two editors, turn it on in both, or by policy. While no editor runs records wait.',
  );
}

function example(event: JournalEvent): string {
  const record = { ...bodyOf(event, (text) => text), seq: 12, time, prev: '', hash: '9c1f…' };
  const titles = new Map([['claude-code', 'Claude Code']]);
  const entry = (texts: boolean): ReturnType<typeof entryOf> => entryOf({ what: 'record', record }, { titles, texts, mask: (text) => text });
  const [full, bare] = [entry(true), entry(false)];
  const rows = Object.entries(full.attributes).map(([name, value]) => [code(name), code(JSON.stringify(value)), Object.hasOwn(bare.attributes, name) ? '' : 'with `texts` only']);
  const body = full.body === bare.body ? full.body : `${full.body} Without texts: ${bare.body}`;
  return [`\`${full.event}\`, \`${full.severity}\`: ${body}`, table(['attribute', 'such as', ''], rows)].join('\n\n');
}
