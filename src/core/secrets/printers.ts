/** Words by which people and agents look for secrets. */
export const secretWords = /(?:^|[^a-z])(?:tokens?|secrets?|passwords?|passwd|pwd|api[_\- .?*[\]\\]{0,8}keys?|apikeys?|bearer|credentials?|private[_\- .?]{0,3}keys?|access[_\- .?]{0,3}keys?|auth(?:orization)?[_\- .?]{0,3}(?:token|header)|BEGIN[\w .*\\]{0,24}KEY|sk[-_](?:live|ant|proj)|ghp_|AKIA|service[_-]?role|connection[_-]?string|database[_-]?url)(?![a-z])/i;

/** A program and the arguments with which it prints credentials of its own or the values of an environment; from its documentation. */
interface Printer {
  readonly programs: readonly string[];
  readonly prints: RegExp;
  /** Where values are what it prints, and not a few among much else: the shell's own, or those that a service or a store keeps. */
  readonly values?: 'own' | 'kept';
}

const all = /^/;

/** Programs that print an environment, a configuration or a store, secrets among the rest. */
const dumps: readonly Printer[] = [
  // The shell's own variables, other processes' environments, what was typed and copied before.
  { programs: ['set'], prints: /^$/, values: 'own' },
  { programs: ['export'], prints: /^(?:-p)?$/, values: 'own' },
  { programs: ['declare', 'typeset', 'local', 'readonly'], prints: /^(?:-[a-zA-Z]*[xp][a-zA-Z]*)?$|^-[a-zA-Z]*p/, values: 'own' },
  { programs: ['compgen'], prints: /-v/ },
  { programs: ['ps'], prints: /^[a-df-z]*e[a-z]*(?:\s|$)|(?:^|\s)-E(?:\s|$)/i },
  { programs: ['history', 'fc', 'pbpaste', 'wl-paste', 'Get-Clipboard', 'Get-History'], prints: all },
  { programs: ['xclip', 'xsel'], prints: /-o|--output|-b|^$/ },
  { programs: ['launchctl'], prints: /^(?:getenv|print|export)/ },
  { programs: ['systemctl'], prints: /^(?:show|cat|show-environment)/ },
  { programs: ['pm2'], prints: /^(?:env|show|describe|prettylist|jlist)/ },
  { programs: ['make', 'gmake'], prints: /(?:^|\s)(?:-[a-zA-Z]*p|--print-data-base)/ },
  { programs: ['npm', 'pnpm', 'yarn', 'bun'], prints: /^(?:(?:run|run-script) env|config (?:list|ls|get .*(?:auth|token|password|key))|env)\b/ },
  { programs: ['rails', 'rake', 'bin/rails'], prints: /ENV|credentials:(?:show|edit)|secrets:show/ },
  { programs: ['go', 'cargo', 'dotnet'], prints: /^run\b.*env/i },
  { programs: ['strings', 'gcore', 'gdb'], prints: /(?:^|\s|\/)core\b|\/proc\// },
  // Values and nothing else: these lines stand before the broader ones of the same program.
  { programs: ['docker', 'podman', 'docker-compose'], prints: /^(?:compose\s+)?(?:(?:-f|--file|--env-file|-p|--profile)[= ]\S+\s+)*config$/, values: 'kept' },
  { programs: ['terraform', 'tofu', 'terragrunt'], prints: /^output -json$/, values: 'kept' },
  { programs: ['railway'], prints: /^(?:variables?|vars?)(?:\s+list)?(?:\s+(?:-k|--kv|--json|(?:-[se]|--service|--environment)[= ]\S+))*$/, values: 'kept' },
  { programs: ['heroku'], prints: /^(?:config|config:get\s+\S+|pg:credentials:url)(?:\s+(?:-s|--shell|-j|--json|(?:-a|--app|-r|--remote)[= ]\S+))*$/, values: 'kept' },
  { programs: ['netlify', 'ntl'], prints: /^env:(?:list|get)\b/, values: 'kept' },
  { programs: ['firebase'], prints: /^functions:config:get\b/, values: 'kept' },
  { programs: ['convex'], prints: /^env (?:list|get)\b/, values: 'kept' },
  { programs: ['dotenvx'], prints: /^get\b/, values: 'kept' },
  { programs: ['eas'], prints: /^env:list\b.*--include-sensitive/, values: 'kept' },
  { programs: ['fly', 'flyctl'], prints: /^(?:tokens? create)\b/, values: 'kept' },
  // Containers and clusters.
  { programs: ['docker', 'podman', 'nerdctl', 'docker-compose'], prints: /(?:^|\s)inspect\b|^(?:compose\s.*)?config\b|(?:^|\s)compose\s(?:.*\s)?config\b|\bexec\b.*\b(?:printenv|env|set)\s*$|\brun\b.*--env-file.*\benv\b/ },
  { programs: ['kubectl', 'oc', 'k3s', 'k'], prints: /\bget\s+(?:\S+,)?secrets?(?:[/,\s].*)?\s(?:-o|--output|--template)|\bconfig view\b.*--raw|\bcreate token\b|\bget\s+(?:cm|configmaps?)\b.*\s-o|\bexec\b.*\b(?:printenv|env)\s*$/ },
  { programs: ['helm'], prints: /^get (?:manifest|values|all|hooks)|^template|--dry-run/ },
  { programs: ['terraform', 'tofu', 'terragrunt'], prints: /^output(?:\s+-(?:json|raw).*|\s*)$|^output\s.*-(?:json|raw)|^(?:state (?:pull|show)|show|console)/ },
  { programs: ['pulumi'], prints: /--show-secrets|^stack export|^config get/ },
  { programs: ['ansible-vault'], prints: /^(?:view|decrypt)/ },
  { programs: ['ansible-inventory'], prints: /--list|--host/ },
  // Clouds and hosting.
  { programs: ['aws'], prints: /configure (?:export-credentials|get\b.*(?:secret|token|key)|list)|ssm get-parameters?\b|secretsmanager (?:get-secret-value|batch-get)|sts (?:get-session-token|assume-role|get-federation)|ecr get-login|iam create-access-key|lambda get-function|ecs describe-task-definition|codeartifact get-authorization-token|rds generate-db-auth-token|cognito-idp describe-user-pool-client/ },
  { programs: ['az'], prints: /keyvault secret (?:show|download)|account get-access-token|keys? list|list-keys|connection-string|appsettings list|ad (?:sp|app) (?:create|credential)|acr credential|publishing-profiles?/ },
  { programs: ['gcloud'], prints: /secrets versions access|auth (?:application-default )?print-|iam service-accounts keys create|functions describe|run services describe/ },
  { programs: ['doctl'], prints: /auth|kubeconfig show|databases (?:connection|user)|registry docker-config/ },
  { programs: ['railway'], prints: /^(?:variables?|vars?)\b|\brun\b.*\b(?:printenv|env)\b/ },
  { programs: ['vercel', 'vc'], prints: /^env (?:pull|ls|list)/ },
  { programs: ['heroku'], prints: /^(?:config|config:get|auth:token|pg:credentials|authorizations|redis:credentials)/ },
  { programs: ['netlify', 'ntl'], prints: /^env:(?:list|get|export)/ },
  { programs: ['fly', 'flyctl'], prints: /^(?:auth token|tokens? create|config show|ssh console.*env)/ },
  { programs: ['supabase'], prints: /api-keys|^status|^secrets list/ },
  { programs: ['firebase'], prints: /functions:(?:config:get|secrets:access)|login:ci/ },
  { programs: ['neon', 'neonctl'], prints: /connection-string|^cs\b|api-keys/ },
  { programs: ['turso'], prints: /tokens create|auth token/ },
  { programs: ['pscale'], prints: /password create|service-token create/ },
  { programs: ['wrangler'], prints: /kv key get|secret bulk/ },
  { programs: ['convex'], prints: /^env (?:list|get)/ },
  { programs: ['eas', 'expo'], prints: /env:(?:list|get|pull)|credentials/ },
  { programs: ['stripe'], prints: /^config|^listen.*--print-secret/ },
  { programs: ['gh'], prints: /^auth (?:token|status\b.*(?:-t|--show-token))/ },
  { programs: ['glab'], prints: /^auth status.*-t|^config get.*token|^variable (?:get|export)/ },
  // Stores of secrets.
  { programs: ['op'], prints: /^(?:read|inject|document get|item get|item list.*--format|signin\b.*--raw)/ },
  { programs: ['doppler'], prints: /^(?:secrets|configure get|configs tokens create)/ },
  { programs: ['infisical'], prints: /^(?:export|secrets|token)/ },
  { programs: ['dotenvx'], prints: /^(?:get|decrypt|keypair|ext vault)/ },
  { programs: ['varlock'], prints: /^(?:load|reveal)/ },
  { programs: ['vault', 'bao'], prints: /^(?:read|kv get|token (?:create|lookup)|print token|unwrap|login)/ },
  { programs: ['consul'], prints: /^kv (?:get|export)/ },
  { programs: ['chamber'], prints: /^(?:read|export|env)/ },
  { programs: ['sops'], prints: /(?:^|\s)(?:-d|--decrypt|decrypt|exec-env|exec-file)\b/ },
  { programs: ['age', 'rage'], prints: /(?:^|\s)(?:-d|--decrypt)/ },
  { programs: ['age-keygen'], prints: /^$|^-y/ },
  { programs: ['gpg', 'gpg2'], prints: /(?:^|\s)(?:-d|--decrypt|--export-secret)/ },
  { programs: ['pass', 'gopass'], prints: /^(?!ls$|list$|insert|generate|git|rm|mv|init|help|version)\S/ },
  { programs: ['bw', 'bws'], prints: /^(?:get|list|export|unlock|secret)/ },
  { programs: ['lpass'], prints: /^(?:show|export)/ },
  { programs: ['keyring'], prints: /^get/ },
  { programs: ['secret-tool'], prints: /^(?:lookup|search)/ },
  { programs: ['security'], prints: /find-(?:generic|internet)-password\b.*-[a-z]*[wg]|dump-keychain|export/ },
  { programs: ['rclone'], prints: /^config (?:show|dump)|^reveal/ },
  { programs: ['ssh-keygen'], prints: /(?:^|\s)-y/ },
  { programs: ['openssl'], prints: /^(?:rsa|ec|pkey|pkcs12|enc|dsa)\b(?!.*-pubout)(?!.*-noout)/ },
  { programs: ['wg'], prints: /^(?:genkey|genpsk|showconf|show\b.*private-key)/ },
];

export const printers: readonly Printer[] = [
  ...dumps,
  // Version control: what was committed once, and logins.
  { programs: ['git'], prints: /^(?:(?:-C \S+|-c \S+|--no-pager|-P)\s+)*(?:show(?!-ref|-branch)\b(?!.*--(?:stat|name-only|name-status|no-patch))|log\b.*\s(?:-p|-u|--patch|-[GS]|-L)|diff\b(?!.*--(?:stat|name-only|name-status|numstat|shortstat|quiet))|stash (?:show\b.*(?:-p|-u|--patch)|list -p)|cat-file (?:-p|blob|--batch)|blame|annotate|reflog\b.*-p|grep|credential fill|archive|config\b.*(?:--get|--list|-l\b|get |list|extraheader|token|password|url)|remote -v|remote get-url|format-patch|whatchanged)/ },
  // Programs that search or show many files, and databases asked for what secrets are called.
  { programs: ['find', 'gfind'], prints: /\s-(?:exec|ok)(?:dir)?\s+(?:\S*\/)?(?:cat|tac|head|tail|less|more|nl|[efgz]?grep|sed|awk|strings|base64|xxd|od|cut|sort)\b/ },
  { programs: ['fd', 'fdfind'], prints: /(?:^|\s)(?:-x|-X|--exec|--exec-batch)\b/ },
  { programs: ['psql', 'mysql', 'mariadb', 'sqlite3', 'mongosh', 'mongo', 'redis-cli', 'duckdb', 'bq', 'clickhouse-client'], prints: /api_?keys?|tokens?\b|secrets?\b|passwords?\b|credential|(?:^|\s)(?:get|hgetall|keys|mget) (?:session|token|auth|secret)|\.dump/i },
];

/** Commands whose whole output is a credential or a store of them: whoever prints one wants to see it. From their documentation. */
const stores: readonly Printer[] = [
  { programs: ['gh'], prints: /^auth (?:token\b|status\b.*(?:\s-t\b|--show-token))/ },
  { programs: ['glab'], prints: /^(?:auth status\b.*\s-t\b|config get.*token)/ },
  { programs: ['op'], prints: /^(?:read\s|item get\b.*--reveal|document get|signin\b.*--raw)/ },
  { programs: ['vault', 'bao'], prints: /^(?:kv get\s|read\s+(?:-\S+\s+)*(?:secret|kv|cubbyhole|database\/creds|aws\/creds|aws\/sts)|print token)/ },
  { programs: ['aws'], prints: /(?:^|\s)(?:configure (?:export-credentials|get\s+\S*(?:secret|token|access_key)\S*)|secretsmanager (?:get-secret-value|batch-get-secret-value)|ssm get-parameters?(?:-by-path)?\b.*--with-decryption|ecr get-login-password|rds generate-db-auth-token|codeartifact get-authorization-token)/ },
  { programs: ['gcloud'], prints: /(?:^|\s)(?:secrets versions access|auth (?:application-default )?print-(?:access|identity)-token)/ },
  { programs: ['az'], prints: /^(?:keyvault secret (?:show|download)|account get-access-token)\b/ },
  { programs: ['heroku'], prints: /^auth:token\b/ },
  { programs: ['fly', 'flyctl'], prints: /^auth token\b/ },
  { programs: ['kubectl', 'oc', 'k3s', 'k'], prints: /\bget\s+secrets?(?:[/\s].*)?\s(?:-o|--output|--template)(?![=\s]?(?:name|wide)\b)|\bcreate token\b|\bconfig view\b.*--raw/ },
  { programs: ['security'], prints: /^(?:find-(?:generic|internet)-password\b.*\s-[a-z]*[wg]|dump-keychain\b.*-d)/ },
  { programs: ['secret-tool'], prints: /^lookup\b/ },
  { programs: ['keyring'], prints: /^get\b/ },
  { programs: ['pass', 'gopass'], prints: /^show\s+(?!.*(?:-c|--clip)\b)/ },
  { programs: ['lpass'], prints: /^show\b.*(?:--password|--notes|-j|--json)/ },
  { programs: ['bw'], prints: /^(?:get (?:password|item|notes|totp)|export)\b/ },
  { programs: ['bws'], prints: /^secret (?:get|list)\b/ },
  { programs: ['doppler'], prints: /^secrets (?:get|download)\b/ },
  { programs: ['infisical'], prints: /^(?:export|secrets get)\b/ },
  { programs: ['chamber'], prints: /^(?:read|export|env)\b/ },
  { programs: ['ansible-vault'], prints: /^view\b/ },
  { programs: ['gpg', 'gpg2'], prints: /--export-secret/ },
  { programs: ['git'], prints: /^credential(?:-\S+)? (?:fill|get)\b/ },
];

const storesByProgram = new Map(stores.flatMap(({ programs, prints }) => programs.map((program) => [program, prints] as const)));

/** True for programs that with some arguments print credentials or an environment. */
export function mayPrintSecrets(program: string): boolean {
  return storesByProgram.has(program) || dumpsByProgram.has(program);
}

/** True when a program with these arguments prints credentials and nothing else. */
export function printsCredential(program: string, args: string): boolean {
  return storesByProgram.get(program)?.test(args) ?? false;
}

const dumpsByProgram = new Map<string, Printer[]>();
for (const dump of dumps) for (const program of dump.programs) dumpsByProgram.set(program, [...(dumpsByProgram.get(program) ?? []), dump]);

/** How a program with these arguments prints an environment, a configuration or a store; undefined where it does not. */
export function environmentPrinter(program: string, args: string): Printer | undefined {
  return dumpsByProgram.get(program)?.find(({ prints }) => prints.test(args));
}
