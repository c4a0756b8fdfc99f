import { decideToday } from '../../src/gate/decide-today.ts';
import { readPolicy, readWorkspacePolicy } from '../../src/gate/policy-file.ts';
import { type PolicyFileRead, type PolicyStack, stackPolicies } from '../../src/gate/policy-stack.ts';
import { planBackups } from '../../src/core/policy/backups.ts';
import { planCount } from '../../src/core/policy/counts.ts';
import type { PlannedCommand } from '../../src/core/policy/person-command.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { blindWorld } from '../../src/core/world.ts';
import type { Verdict } from '../../src/core/verdict.ts';

type Owner = PolicyFileRead['source'];

export interface PolicyExample {
  readonly title: string;
  readonly about: string;
  /** Each file as it would be written. */
  readonly files: readonly { readonly owner: Owner; readonly text: string }[];
  /** What becomes of commands in `/home/dev/shop`, without and with the files. */
  readonly claims: readonly { readonly command: string; readonly without: Becomes; readonly becomes: Becomes }[];
  /** What is run to count rows before the question. */
  readonly counts?: readonly { readonly command: string; readonly runs: string }[];
  /** What must be backed up before a command goes ahead, and by what. */
  readonly backups?: readonly { readonly command: string; readonly runs: string }[];
}

export type Becomes = 'runs' | 'runs, a copy is kept' | 'asks' | 'asks for its name' | 'is refused';

/** The day on which the examples are judged. */
const TODAY = Date.parse('2027-01-15T12:00:00Z');
const FOLDER = '/home/dev/shop';

export const policyExamples: readonly PolicyExample[] = [
  {
    title: 'Say that a host is staging',
    about: 'Nothing tells where `db.blue.example.com` belongs, so it is held as production. Once you have placed it, a click is enough. *Remember this target* in a question writes the same. Only you or your organisation can place something lower than it is taken for.',
    files: [{ owner: 'user', text: `{
  "resources": [
    { "match": "db.blue.example.com", "environment": "staging" }
  ]
}` }],
    claims: [
      { command: 'psql -h db.blue.example.com -c "DROP TABLE orders"', without: 'asks for its name', becomes: 'asks' },
      { command: 'psql -h db.green.example.com -c "DROP TABLE orders"', without: 'asks for its name', becomes: 'asks for its name' },
    ],
  },
  {
    title: 'Ask for the name in staging too',
    about: 'Dropping something in staging takes a click. Where others work there too, have the name typed.',
    files: [{ owner: 'user', text: `{
  "table": [
    {
      "verbs": ["drop", "truncate"],
      "environments": ["staging"],
      "decision": "ask",
      "typed": true,
      "because": "the whole team works with staging"
    }
  ]
}` }],
    claims: [
      { command: 'psql -h db.staging.example.com -c "DROP TABLE orders"', without: 'asks', becomes: 'asks for its name' },
      { command: 'psql -h localhost -c "DROP TABLE orders"', without: 'asks', becomes: 'asks' },
    ],
  },
  {
    title: 'Refuse terraform destroy in production outright',
    about: 'Nobody is asked, so nobody can say yes by mistake. `production` covers what nobody can name. `tools` takes a tool (`terraform`) or one of its rules (`terraform/destroy`), as [the pages of rules](rules/README.md) name them.',
    files: [{ owner: 'user', text: `{
  "table": [
    {
      "verbs": ["delete", "drop"],
      "tools": ["terraform/destroy"],
      "environments": ["production"],
      "decision": "deny",
      "because": "production is taken down by hand, by two people"
    }
  ]
}` }],
    claims: [
      { command: 'TF_WORKSPACE=production terraform destroy -auto-approve', without: 'asks for its name', becomes: 'is refused' },
      { command: 'terraform destroy -auto-approve', without: 'asks for its name', becomes: 'is refused' },
      { command: 'TF_WORKSPACE=staging terraform destroy -auto-approve', without: 'asks', becomes: 'asks' },
      { command: 'terraform plan -destroy', without: 'runs', becomes: 'runs' },
    ],
  },
  {
    title: 'Let something run, and answer for it',
    about: 'An allow rule has an owner, a reason and, if you like, a last day. It says what it lets through in one of three ways: one exact command, one rule about one resource, or everything one rule finds. Questions, the journal and `explain` name the owner and the reason.',
    files: [{ owner: 'user', text: `{
  "allow": [
    {
      "rule": "docker/volume-rm",
      "resource": "scratch-*",
      "folder": "/home/dev/shop",
      "owner": "Ana Diaz",
      "reason": "made and thrown away by the tests",
      "expires": "2027-12-31"
    },
    {
      "tool": "docker",
      "operation": "system-prune-volumes",
      "owner": "Ana Diaz",
      "reason": "the disk was full",
      "expires": "2026-12-31"
    }
  ]
}` }],
    claims: [
      { command: 'docker volume rm scratch-1', without: 'asks', becomes: 'runs' },
      { command: 'docker volume rm orders', without: 'asks', becomes: 'asks' },
      { command: 'docker system prune -af --volumes', without: 'asks', becomes: 'asks' },
      { command: 'docker --context production volume rm scratch-1', without: 'asks for its name', becomes: 'asks for its name' },
    ],
  },
  {
    title: 'Look after files of a project as a team',
    about: 'A team commits `.interlock/policy.json`. It holds for everybody who opens the folder, and it can only make things stricter than they are for each of them: what it says lower has no effect.',
    files: [{ owner: 'team', text: `{
  "table": [
    {
      "verbs": ["delete", "overwrite"],
      "paths": ["db/migrations"],
      "decision": "ask",
      "because": "a migration that ran somewhere is never changed"
    },
    {
      "verbs": ["publish"],
      "decision": "allow",
      "because": "this has no effect: a team cannot let anything through"
    }
  ],
  "resources": [
    { "match": "db.staging.example.com", "environment": "production" }
  ],
  "tags": [
    { "folder": "infra", "environment": "production" }
  ],
  "hiddenFiles": ["fixtures/customers.json"]
}` }],
    claims: [
      { command: 'rm db/migrations/0001_init.sql', without: 'runs, a copy is kept', becomes: 'asks' },
      { command: 'rm -r db', without: 'runs, a copy is kept', becomes: 'asks' },
      { command: 'rm notes.md', without: 'runs, a copy is kept', becomes: 'runs, a copy is kept' },
      { command: 'npm publish', without: 'asks for its name', becomes: 'asks for its name' },
      { command: 'psql -h db.staging.example.com -c "DROP TABLE orders"', without: 'asks', becomes: 'asks for its name' },
    ],
  },
  {
    title: 'See how many rows a table has before you answer',
    about: 'Before you are asked about a table or database that would be dropped or emptied, a command of yours counts its rows, and the question says *Rows: 1,204,331 (counted now)*, or why nobody knows. Give it an account that can only read. It decides nothing, and no team’s file can have one.',
    files: [{ owner: 'user', text: `{
  "counts": [
    {
      "match": "db.staging.example.com",
      "kind": "table",
      "command": ["psql", "-XAt", "-h", "db.staging.example.com", "-U", "reader", "-d", "shop", "-c", "select count(*) from {name}"]
    },
    {
      "environment": "local",
      "tools": ["psql"],
      "kind": "table",
      "command": ["psql", "-XAt", "-c", "select count(*) from {name}"]
    }
  ]
}` }],
    claims: [{ command: 'psql -h db.staging.example.com -d shop -c "DROP TABLE orders"', without: 'asks', becomes: 'asks' }],
    counts: [
      { command: 'psql -h db.staging.example.com -d shop -c "DROP TABLE orders"', runs: 'psql -XAt -h db.staging.example.com -U reader -d shop -c "select count(*) from orders"' },
      { command: 'psql -c "TRUNCATE shop.orders"', runs: 'psql -XAt -c "select count(*) from shop.orders"' },
      { command: `psql -c 'DROP TABLE "old orders"'`, runs: 'nothing: its name is not a plain one' },
      { command: 'psql -h db.green.example.com -c "DROP TABLE orders"', runs: 'nothing' },
    ],
  },
  {
    title: 'Have a backup made before a database is lost',
    about: 'Of files on this machine the vault keeps a copy; of a database in the cloud only you can make one. Once an action is allowed, your command has to end with 0 before it runs; where it fails, takes longer than `seconds` or no editor runs, the action is refused. The question says how old the newest backup is. No team’s file can have such a command.',
    files: [{ owner: 'user', text: `{
  "backups": [
    {
      "environment": "production",
      "kind": "database",
      "command": ["/home/ana/bin/backup-database", "{name}"],
      "seconds": 600,
      "newest": ["/home/ana/bin/newest-backup", "{name}"]
    }
  ]
}` }],
    claims: [{ command: 'psql -h db.green.example.com -c "DROP DATABASE shop"', without: 'asks for its name', becomes: 'asks for its name' }],
    backups: [
      { command: 'psql -h db.green.example.com -c "DROP DATABASE shop"', runs: '/home/ana/bin/backup-database shop' },
      { command: 'psql -h db.staging.example.com -c "DROP DATABASE shop"', runs: 'nothing' },
      { command: 'rm -rf data', runs: 'nothing' },
    ],
  },
  {
    title: 'Set limits for a whole organisation',
    about: 'An administrator puts a file on each machine. Nobody can loosen what it says; a person may be stricter. It has the same form as a person’s file.',
    files: [
      { owner: 'managed', text: `{
  "table": [
    {
      "verbs": ["rewriteHistory"],
      "decision": "deny",
      "because": "history is not rewritten at Example Ltd"
    }
  ],
  "resources": [
    { "match": "*.blue.example.com", "environment": "production" }
  ]
}` },
      { owner: 'user', text: `{
  "table": [
    { "verbs": ["rewriteHistory"], "decision": "allow", "because": "I know what I do" }
  ],
  "resources": [
    { "match": "db.blue.example.com", "environment": "local" }
  ]
}` },
    ],
    claims: [
      { command: 'git push --force origin topic', without: 'asks', becomes: 'is refused' },
      { command: 'psql -h db.blue.example.com -c "DROP TABLE orders"', without: 'asks for its name', becomes: 'asks for its name' },
    ],
  },
];

/** The policy an example makes. */
export function stackOf({ files }: Pick<PolicyExample, 'files'>): PolicyStack {
  return stackPolicies(files.map(({ owner, text }): PolicyFileRead => ({
    file: owner, source: owner, tightens: owner === 'team',
    reading: owner === 'team' ? readWorkspacePolicy(text) : readPolicy(text, { home: '/home/ana', today: '2026-01-01' }),
    ...(owner === 'team' ? { folder: FOLDER } : {}),
  })));
}

/** What becomes of a command under an example's policy. */
export function becomesOf(command: string, example: Pick<PolicyExample, 'files'>): Becomes {
  return inWords(verdictOn(command, stackOf(example).policy));
}

/** What is run to count rows before somebody is asked about a command. */
export function countedBy(command: string, example: Pick<PolicyExample, 'files'>): string {
  const { policy } = stackOf(example);
  const plan = planCount(verdictOn(command, policy).findings, policy.counts)?.plan;
  return plan === undefined ? 'nothing' : inLine(plan);
}

/** What must be run before a command goes ahead. */
export function backedUpBy(command: string, example: Pick<PolicyExample, 'files'>): string {
  const { policy } = stackOf(example);
  const [plan] = planBackups(verdictOn(command, policy).findings, policy.backups).map((planned) => planned.plan);
  return plan === undefined ? 'nothing' : inLine(plan);
}

function inLine(plan: PlannedCommand): string {
  return 'problem' in plan ? `nothing: ${plan.problem}` : plan.command.map((word) => (/^[\w./-]+$/.test(word) ? word : `"${word}"`)).join(' ');
}

function verdictOn(command: string, policy: Policy): Verdict {
  const action = { tool: 'shell', shell: 'bash', command, agent: 'docs', session: '', cwd: FOLDER, workspaceRoots: [FOLDER], env: { HOME: '/home/ana' } } as const;
  return decideToday(action, blindWorld(), policy, TODAY);
}

function inWords({ decision, confirmation }: Verdict): Becomes {
  if (decision === 'ask') return confirmation?.by === 'type' ? 'asks for its name' : 'asks';
  return decision === 'allow' ? 'runs' : decision === 'keep' ? 'runs, a copy is kept' : 'is refused';
}
