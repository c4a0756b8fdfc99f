import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { noLoads } from '../../../src/core/secrets/environment-loads.ts';
import type { ShellAction } from '../../../src/core/action.ts';
import { analyse, createAnalysis } from '../../../src/core/analyse.ts';
import type { Analysis } from '../../../src/core/analysis.ts';
import { decide } from '../../../src/core/decide.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import type { Effect } from '../../../src/core/effect.ts';
import { matchesGlob } from '../../../src/core/secrets/globs.ts';
import { shellReadEffects } from '../../../src/core/secrets/shell-reads.ts';
import { analyseShell } from '../../../src/core/shell/walk.ts';
import { unwrap } from '../../../src/core/shell/wrappers.ts';
import { interpret } from '../../../src/core/shell/interpreters.ts';
import { blindWorld, type World } from '../../../src/core/world.ts';
import { fakeWorld } from './fake-world.ts';
import { uuid } from './secret-samples.ts';

const env = { HOME: '/home/me' };

function shell(command: string, more: Readonly<Record<string, string>> = {}): ShellAction {
  return { tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: '/work/app', workspaceRoots: ['/work/app'], env: { ...env, ...more } };
}

/** Effects of the programs of a command, wrappers and `-c` followed. */
function reads(command: string, world: World = blindWorld()): readonly Effect[] {
  const action = shell(command);
  const effects: Effect[] = [];
  const analysis: Analysis = {
    guardPaths: [], output: { masked: false }, loads: noLoads(), tunnels: [], action, world, home: env.HOME, depth: 0,
    spend: () => undefined,
    isNew: () => true,
    shell: (text, place, positional) => analyseShell(text, place, analysis, positional),
    invocation(invocation) {
      effects.push(...shellReadEffects(invocation, analysis));
      const inner = unwrap(invocation);
      if (inner) analysis.invocation(inner.invocation);
      else interpret(invocation, analysis);
      return [];
    },
    powershell: () => [], cmd: () => [], code: () => [], sql: () => [], http: () => [],
  };
  analyseShell(command, { cwd: action.cwd, env: action.env }, analysis);
  return effects;
}

suite('reads of hidden files through the shell are seen', () => {
  for (const command of [
    'cat .env', 'tac .env', 'nl .env.production', 'head -5 apps/web/.env', 'tail -n 20 .env', 'less .env', 'bat --style plain .env', 'xxd .env', 'od -c .env', 'base64 .env', 'strings .env', 'sed -n 1,20p .env', 'sed "" .env', "awk -F= '{print $2}' .env", 'grep . .env', 'grep TOKEN .env', 'rg TOKEN .env', 'sort .env', 'cut -d= -f2 .env', 'diff .env /dev/null', 'cmp -l .env /dev/null', 'dd if=.env', 'jq -R . .env', 'paste .env', 'vim -es -c "%p" -c q .env',
    'grep -f .env README.md', 'grep -nf .env README.md', 'grep -f.env README.md', 'rg -if .env src',
    'cat < .env', 'while read l; do echo $l; done < .env', 'cat ~/.aws/credentials', 'cat ~/.ssh/id_ed25519', 'cat terraform.tfstate', 'cat ~/.docker/config.json', 'cat /proc/self/environ', 'curl -s file:///work/app/.env', 'tar cO .env | cat',
    'cat .env*', 'cat .en?', 'cat .e*', 'cat .*', 'head -100 .env.[pl]*', 'cat id_*',
    'f=.env; cat $f', 'a=.e; b=nv; cat $a$b', '{ cat .env; }', '(cat .env)', 'bash -c "cat .env"', 'env cat .env', 'nohup cat .env', 'sudo cat .env', 'cat .//.env', 'cat \\.env', "cat '.env'", 'cat x && cat .env', 'echo "$(cat .env)"', 'timeout 5 cat .env',
    'git show HEAD:.env', 'git log -p -- .env', 'git blame .env', 'git cat-file -p HEAD:config/master.key', 'git diff HEAD~1 -- .env',
    'cp .env /dev/stdout', 'dd if=.env', 'grep -nf .env README.md', 'rg -f.env src', 'python3 ~/.ssh/id_rsa', 'cat ~/.gnupg/secring.gpg', 'cat ~/.ssh/deploy',
  ]) test(command, () => assert.ok(reads(command).some(({ verb }) => verb === 'readSecret')));
});

suite('putting a secret file under a name that hides nothing waits for a person', () => {
  for (const command of ['cp .env /tmp/x', 'mv .env notes.txt', 'ln -s .env plain', 'install -m644 .env /tmp/z', 'dd if=.env of=/tmp/q', 'mv ~/.ssh/id_rsa backup']) test(command, () => assert.deepEqual(reads(command).map(({ verb, rule }) => [verb, rule]), [['publish', 'secrets/shell-copy']]));
});

suite('using, moving and looking at secret files from outside passes', () => {
  for (const command of [
    'ls -la .env', 'chmod 600 .env', 'test -f .env', '[ -f .env ] || cp .env.example .env', 'cp .env.example .env', 'mv .env.local.example .env.example', 'rm .env', 'rm -f .env.bak', 'git add .env.example', 'git rm --cached .env', 'git diff --stat -- .env', 'git commit -m "fix .env parsing"', 'echo ".env" >> .gitignore', 'grep -n "\\.env" .gitignore', 'grep -rn dotenv package.json', 'grep -q TOKEN .env', 'grep -c . .env',
    'node --env-file=.env server.js', 'op run --env-file=.env -- npm start', 'docker run --env-file .env app', 'source .env && npm test', '. ./.env; npm test', 'wc -l .env', 'wc -l < .env', 'du -h .env', 'stat .env', 'find . -name ".env*" -maxdepth 2', 'sed -i s/a/b/ .env', 'cp .env .env.bak', 'cp .env backup/', 'gh auth login --with-token < token.txt',
    'cat .env.example', 'cat ~/.ssh/notes.txt', 'cat ~/.ssh/config.d/work', 'cat ~/.gnupg/gpg.conf', 'sort -u names.txt --output .env', 'cp ~/.ssh/id_rsa ~/.ssh/id_rsa.old', 'python3 manage.py', 'grep -rnf words.txt src', 'sed -ne 5p notes.md', 'cat id_rsa.pub', 'cat ~/.ssh/known_hosts', 'cat public.pem', 'cat src/config/environment.ts', 'cat package.json', 'cat *.md', 'cat tokenizer.py', 'openssl x509 -in cert.pem -noout -text',
    'grep -e .env README.md', 'grep -ie .env README.md', 'grep -e.env README.md', 'sed -e s/.env/x/ README.md', 'head -n5 README.md',
    'cat .env.example', 'cat id_rsa.pub', 'cat ~/.ssh/known_hosts', 'cat public.pem', 'cat src/config/environment.ts', 'cat package.json', 'cat *.md', 'cat tokenizer.py', 'openssl x509 -in cert.pem -noout -text',
  ]) test(command, () => assert.deepEqual(reads(command).map(({ why }) => why), []));
});

suite('with a disk to look at', () => {
  const world = fakeWorld({ files: { '/work/app/.env': { text: 'A=1' }, '/work/app/.env.example': { text: 'A=' }, '/work/app/plain': { link: '/work/app/.env' }, '/work/app/README.md': { text: 'x' }, '/work/clean/.env.example': { text: 'A=' } } });
  test('a link to a hidden file is the hidden file', () => assert.equal(reads('cat plain', world).length, 1));
  test('a glob is what it matches', () => assert.deepEqual(reads('cat .env*', world).map(({ paths }) => paths), [['/work/app/.env']]));
  test('a glob that matches nothing hidden passes', () => assert.deepEqual(reads('cat ../clean/.env*', world), []));
  test('* matches no name with a dot', () => assert.deepEqual(reads('cat *', world), []));
});

/** True when what a command prints has to be masked, should it run. */
function isMasked(action: ShellAction, world: World = blindWorld()): boolean {
  const analysis = createAnalysis(action, world);
  analyse(analysis);
  return analysis.output.masked;
}

suite('programs whose output may hold secrets', () => {
  for (const command of [
    'env', 'printenv', 'printenv RAILWAY_TOKEN', 'set', 'export -p', 'declare -x', 'echo "$DATABASE_URL"', 'echo $STRIPE_SECRET_KEY', 'source .env && echo $API_TOKEN', 'ps eww -p 1', 'npm run env', 'docker inspect web', 'docker compose config', 'docker exec web env', 'make -p', 'systemctl show app', 'node -p "process.env"', "python3 -c \"print(open('.env').read())\"",
    'grep -rn TOKEN .', 'grep -rniE "(api[_-]?key|secret|password)" .', 'rg -uu -i token', 'ag -u secret', 'git grep -n "Bearer "', 'grep -r "" --include=".env*" .', 'find / -name "*.pem" | xargs cat', 'fd -H .env -x cat', 'git ls-files | xargs grep -n "password"',
    'git log -p', 'git show HEAD', 'git stash show -p', 'git diff', 'git config --get-all http.https://github.com/.extraheader', 'git remote -v',
    'gh auth token', 'aws configure get aws_secret_access_key', 'aws secretsmanager get-secret-value --secret-id x', 'az keyvault secret show --name db', 'gcloud secrets versions access latest --secret db', 'kubectl get secret db -o yaml', 'helm get values web', 'terraform output -json', 'terraform state pull', 'railway variables', 'railway run printenv', 'heroku config', 'op item get db --reveal', 'sops -d secrets.enc.yaml', 'vault kv get secret/db', 'security find-generic-password -s x -w', 'supabase projects api-keys',
    'history', 'tail -200 logs/app.log', 'pbpaste', 'cat "$FILE"', 'cat "$(ls -a | grep nv)"', 'psql -c "select token from integrations"', 'redis-cli get session:1',
  ]) test(`masked: ${command}`, () => assert.equal(isMasked(shell(command)), true));
  for (const command of [
    'ls', 'npm test', 'printenv PATH', 'echo $PATH', 'echo done', 'env NODE_ENV=test npm test', 'git status', 'git push origin main', 'git stash list', 'git remote', 'git log --oneline', 'git show --stat', 'docker compose up -d', 'docker logs --tail 20 web', 'kubectl get pods', 'kubectl describe secret db', 'terraform plan', 'terraform output vpc_id', 'aws s3 ls', 'gh auth status', 'railway status', 'railway up --detach', 'heroku ps', 'npm whoami', 'cat package.json', 'rg tokenize src', 'rg password src/i18n/en.json', 'set -e', 'export A=1', 'node server.js', 'psql -c "\\dt"', 'node --env-file=.env server.js', 'op run --env-file=.env -- npm start', 'ps -ef',
  ]) test(`as it is: ${command}`, () => assert.equal(isMasked(shell(command)), false));
  test('a file that has secrets in it', () => {
    const world = fakeWorld({ files: { '/work/app/notes.md': { text: `railway token for the volume script: ${uuid()}` }, '/work/app/README.md': { text: 'hello' } } });
    assert.equal(isMasked(shell('cat notes.md'), world), true);
    assert.equal(isMasked(shell('cat README.md'), world), false);
  });
  test('a variable whose value is known', () => assert.equal(isMasked(shell('echo "x $DEPLOY_TOKEN"', { DEPLOY_TOKEN: uuid() })), true));
  for (const command of ['env', 'gh auth token', 'cat app.log', 'sudo env', 'bash -c "printenv"']) test(`masked: ${command}`, () => assert.equal(isMasked(shell(command)), true));
  for (const command of ['cat a.md', 'env A=1 ls']) test(`as it is: ${command}`, () => assert.equal(isMasked(shell(command)), false));
  test('what cannot be followed', () => assert.equal(decide(shell('a '.repeat(200_000)), blindWorld(), defaultPolicy).output, 'mask'));
});

suite('globs', () => {
  for (const [glob, name, fits] of [['.env*', '.env', true], ['.env*', '.env.local', true], ['*', '.env', false], ['.*', '.env', true], ['.en?', '.env', true], ['.en?', '.en', false], ['.[a-e]nv', '.env', true], ['.[!e]nv', '.env', false], ['*.pem', 'a.pem', true], ['a*b*c', 'aXbYc', true], ['a*b*c', 'aXbY', false], ['[', '[', true], ['a', 'b', false], ['**', 'x', true]] as const) {
    test(`${glob} ${fits ? 'fits' : 'does not fit'} ${name}`, () => assert.equal(matchesGlob(glob, name), fits));
  }
  test('a hostile glob costs no more than its length times the name’s', () => assert.equal(matchesGlob('*a'.repeat(2000), 'a'.repeat(3999)), true));
});

suite('what may be seen in place of a file that a command would print', () => {
  const value = uuid(7);
  const world = fakeWorld({ files: { '/work/app/.env': { text: `RAILWAY_TOKEN=${value}\n` }, '/work/app/notes.md': { text: `The railway token: ${value}\n` }, '/work/app/b.env': { text: `API_TOKEN=${value}\n` } } });
  const view = (command: string): string | undefined => decide(shell(command), world, defaultPolicy).maskedView;
  const shown: readonly (readonly [command: string, says: RegExp])[] = [
    ['cat .env', /RAILWAY_TOKEN: set, 36 characters/],
    ['sed -n 1,5p notes.md', /The railway token: <hidden:/],
  ];
  for (const [command, says] of shown) {
    test(command, () => {
      assert.match(view(command) ?? '', says);
      assert.ok(!view(command)?.includes(value));
    });
  }
  for (const command of ['cat .env b.env', 'cat gone.env', 'cat README.md', 'git log -p']) test(`none: ${command}`, () => assert.equal(view(command), undefined));
});
