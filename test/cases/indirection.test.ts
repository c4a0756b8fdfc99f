import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { ShellAction } from '../../src/core/action.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { fakeWorld } from '../unit/core/fake-world.ts';

const root = '/home/dev/project';
const env = { HOME: '/home/dev', PATH: '/usr/bin:/bin' };

/** What becomes of a command in a project of these files. */
function run(command: string, files: Readonly<Record<string, string>>, more: Partial<ShellAction> = {}): Verdict {
  const entries = Object.entries(files).map(([path, text]) => [path.startsWith('/') ? path : `${root}/${path}`, { text, size: text.length, state: 'clean' as const }]);
  const world = fakeWorld({ files: Object.fromEntries(entries), repositories: [root] });
  return decide({ tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: root, workspaceRoots: [root], env, ...more }, world, defaultPolicy);
}

/** A project, commands that must be held with a rule, and commands that must not interrupt. */
interface Project {
  readonly files: Readonly<Record<string, string>>;
  readonly held: readonly (readonly [command: string, rule: string])[];
  readonly passes: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const drop = 'psql -h db.shop.example -c "DROP TABLE orders"';

const projects: Readonly<Record<string, Project>> = {
  'a makefile': {
    files: {
      Makefile: `APP := shop
STATE = prod
TF ?= terraform
SRC := $(wildcard src/*.c)
OBJS := $(SRC:.c=.o)
export AWS_PROFILE = prod
.PHONY: all test clean nuke
all: build
build: $(OBJS)
\tcc -o $(APP) $^
%.o: %.c
\t$(CC) -c $< -o $@
test:
\tgo test ./...
clean:
\trm -f $(OBJS) *.o
\t-$(RM) -r node_modules
nuke: test
\t@echo gone
\t@cd infra && $(TF) destroy -auto-approve
deploy: plan nuke ; echo done
plan:
\tterraform plan
wipe:
\tfor t in orders; do \\
\t  psql -h db.shop.example -c "DROP TABLE $$t"; \\
\tdone
home:
\trm -rf $(DESTROY)
empty:
\trm -rf $(NOWHERE)/*
drop-%:
\tpsql -h db.shop.example -c "DROP TABLE $*"
nested:
\t$(MAKE) -C sub reset
define purge
aws s3 rb s3://$(1) --force
endef
bucket:
\t$(call purge,$(APP)-data)
prod: ENV = production
prod:
\tterraform workspace select $(ENV) && terraform destroy -auto-approve
loop: loop2
loop2: loop
\t$(MAKE) loop
`,
      'sub/Makefile': `reset:\n\t${drop}\n`,
      'other.mk': 'run:\n\tpython3 tools/wipe.py\n',
      'tools/wipe.py': 'import subprocess\nsubprocess.run(["terraform", "destroy", "-auto-approve"])\n',
      'src/a.c': 'int main() {}',
    },
    held: [
      ['make nuke', 'terraform/destroy'], ['gmake nuke', 'terraform/destroy'], ['make deploy', 'terraform/destroy'], ['make -C . nuke', 'terraform/destroy'], ['cd src && make -C .. nuke', 'terraform/destroy'],
      ['sudo make nuke', 'terraform/destroy'], ['make wipe', 'sql/drop-table'], ['make drop-orders', 'sql/drop-table'], ['make nested', 'sql/drop-table'], ['make home DESTROY=/', 'rm/delete'], ['make empty', 'rm/delete'],
      ['make bucket', 'aws/s3-rb'], ['make prod', 'terraform/destroy'], ['make -f other.mk run', 'terraform/destroy'], ['make -j4 test nuke', 'terraform/destroy'], ['make TF=tofu nuke', 'terraform/destroy'],
      ['bash -c "make nuke"', 'terraform/destroy'], ['timeout 60 make nuke', 'terraform/destroy'], ['python3 -c "import os; os.system(\'make nuke\')"', 'terraform/destroy'],
    ],
    passes: ['make', 'make test', 'make clean', 'make build', 'make plan', 'make -n nuke', 'make nuke --dry-run', 'make loop', 'make missing', 'make home DESTROY=node_modules', 'grep nuke Makefile', 'make TF=echo nuke'],
  },
  'a makefile of several files': {
    files: {
      GNUmakefile: 'include mk/*.mk\ninclude mk/deploy.mk\n-include missing.mk\nx:\n\trm -rf $(SET_ELSEWHERE)/tmp\n',
      'mk/deploy.mk': 'include mk/deploy.mk\nifeq ($(CI),true)\ndown:\n\techo no\nelse\ndown:\n\tterraform destroy -auto-approve\nendif\nshell := $(shell cat VERSION)\n',
    },
    held: [['make down', 'terraform/destroy'], ['make x', 'rm/delete']],
    passes: ['CI=true make down'],
  },
  'a justfile': {
    files: {
      justfile: `set shell := ["bash", "-c"]
table := "orders"
alias d := down

default: fmt
fmt:
    cargo fmt
[private]
down env="prod" *args: fmt
    @echo {{env}}
    terraform destroy -auto-approve -var env={{env}} {{args}}
all: (down "staging")
drop:
    psql -h db.shop.example -c "DROP TABLE {{table}}"
clean dir:
    rm -rf {{dir}}
script:
    #!/usr/bin/env python3
    import shutil
    shutil.rmtree("/home/dev/project")
again: again
    just again
text:
    echo '{{{{ terraform destroy }}}}'
`,
    },
    held: [['just down', 'terraform/destroy'], ['just d', 'terraform/destroy'], ['just all', 'terraform/destroy'], ['just drop', 'sql/drop-table'], ['just clean /', 'rm/delete'], ['just script', 'code/delete'], ['just fmt down', 'terraform/destroy'], ['cd /home/dev/project/src && just down', 'terraform/destroy']],
    passes: ['just', 'just fmt', 'just clean node_modules', 'just --list', 'just -n down', 'just again', 'just text', 'just --show down', 'just nowhere'],
  },
  'a taskfile': {
    files: {
      'Taskfile.yml': `version: '3'
includes:
  db: ./db
vars:
  TABLE: orders
tasks:
  default:
    cmds: [go build ./...]
  lint: golangci-lint run
  down:
    desc: "destroys it: all"
    deps: [lint]
    dir: infra
    cmds:
      - echo bye # terraform destroy
      - |
        terraform workspace select prod
        terraform destroy -auto-approve
  drop:
    cmds:
      - cmd: psql -h db.shop.example -c "DROP TABLE {{.TABLE}}"
        silent: true
  all:
    cmds:
      - task: lint
      - { task: down }
  args:
    cmds: ['rm -rf {{.CLI_ARGS}}']
  loop:
    cmds: [{task: loop}]
`,
      'db/Taskfile.yml': `tasks:\n  reset:\n    cmds:\n      - ${drop}\n`,
    },
    held: [['task down', 'terraform/destroy'], ['task all', 'terraform/destroy'], ['task drop', 'sql/drop-table'], ['task db:reset', 'sql/drop-table'], ['task args -- /', 'rm/delete'], ['go-task down', 'terraform/destroy']],
    passes: ['task', 'task lint', 'task --list', 'task -n down', 'task args -- node_modules', 'task loop', 'task nowhere', 'task down --summary'],
  },
  'a package.json': {
    files: {
      'package.json': JSON.stringify({
        name: 'shop', workspaces: ['packages/*'],
        scripts: {
          build: 'tsc', test: 'node --test', fmt: 'prettier --write .', nuke: 'terraform destroy -auto-approve', prebad: drop, bad: 'echo ok', all: 'run-s build nuke', many: "concurrently 'npm:nuke' \"npm run build\"", parallel: 'run-p "db:*"', 'db:drop': drop,
          wipe: 'node scripts/wipe.mjs', del: 'rm -rf', loop: 'npm run loop', turbo: 'turbo run reset',
        },
      }),
      'scripts/wipe.mjs': "import { execSync } from 'node:child_process';\nexecSync('terraform destroy -auto-approve');\n",
      'packages/api/package.json': JSON.stringify({ name: '@shop/api', scripts: { reset: drop, build: 'tsc', postinstall: drop } }),
      'packages/web/package.json': JSON.stringify({ name: '@shop/web', scripts: { build: 'vite build', reset: 'echo reset' } }),
      'turbo.json': JSON.stringify({ tasks: { build: { dependsOn: ['^build'] }, deploy: { dependsOn: ['reset'] } } }),
      'fresh/package.json': JSON.stringify({ scripts: { postinstall: drop, prepublishOnly: 'npm run nuke', nuke: 'terraform destroy -auto-approve' } }),
    },
    held: [
      ['npm run nuke', 'terraform/destroy'], ['pnpm nuke', 'terraform/destroy'], ['yarn nuke', 'terraform/destroy'], ['bun run nuke', 'terraform/destroy'], ['bun nuke', 'terraform/destroy'], ['node --run nuke', 'terraform/destroy'],
      ['npm run bad', 'sql/drop-table'], ['npm run all', 'terraform/destroy'], ['npm run many', 'terraform/destroy'], ['npm run parallel', 'sql/drop-table'], ['npm run wipe', 'terraform/destroy'], ['npm run del -- /', 'rm/delete'], ['pnpm run del /', 'rm/delete'],
      ['npm run reset -w @shop/api', 'sql/drop-table'], ['npm run reset --workspaces', 'sql/drop-table'], ['pnpm --filter api run reset', 'sql/drop-table'], ['pnpm -r reset', 'sql/drop-table'], ['yarn workspace @shop/api reset', 'sql/drop-table'], ['yarn workspaces foreach -A run reset', 'sql/drop-table'],
      ['npm --prefix packages/api run reset', 'sql/drop-table'], ['cd packages/api && yarn reset', 'sql/drop-table'], ['npm run turbo', 'sql/drop-table'], ['npx turbo deploy', 'sql/drop-table'], ['turbo run reset --filter=api', 'sql/drop-table'], ['npx nx run api:reset', 'sql/drop-table'], ['nx run-many -t reset', 'sql/drop-table'], ['npx lerna run reset', 'sql/drop-table'],
      ['cd fresh && npm install', 'sql/drop-table'], ['cd fresh && yarn', 'sql/drop-table'], ['cd packages/api && npm ci', 'sql/drop-table'], ['cd fresh && npm publish --dry-run', 'terraform/destroy'], ['yarn prisma migrate reset --force', 'prisma/migrate-reset'], ['pnpm prisma migrate reset --force', 'prisma/migrate-reset'],
    ],
    passes: ['npm run build', 'npm test', 'pnpm fmt', 'yarn build', 'bun run fmt', 'npm run loop', 'npm run missing', 'npm run del -- node_modules', 'npm run build -w @shop/web', 'npm run reset -w @shop/web', 'turbo run build', 'nx run web:reset', 'npm install', 'npm install left-pad', 'cd fresh && npm install --ignore-scripts', 'pnpm -r build', 'yarn add nuke', 'npm uninstall nuke', 'cat package.json'],
  },
  'composer and deno': {
    files: {
      'composer.json': JSON.stringify({ scripts: { test: 'phpunit', wipe: ['@php artisan cache:clear', '@drop'], drop, 'post-install-cmd': ['@drop'], cs: 'App\\Style::check', loop: '@loop' } }),
      'deno.json': '{\n  // tasks\n  "tasks": { "fmt": "deno fmt", "drop": "psql -h db.shop.example -c \\"DROP TABLE a\\"", "all": { "command": "echo", "dependencies": ["drop"] } },\n}',
    },
    held: [['composer run wipe', 'sql/drop-table'], ['composer wipe', 'sql/drop-table'], ['composer install', 'sql/drop-table'], ['deno task drop', 'sql/drop-table'], ['deno task all', 'sql/drop-table']],
    passes: ['composer test', 'composer run cs', 'composer loop', 'composer install --no-scripts', 'composer show', 'deno task fmt', 'deno fmt'],
  },
  'rake tasks': {
    files: {
      Rakefile: `require 'rake'
task default: [:test]
task :test do
  sh 'ruby -Itest test/all.rb'
end
namespace :infra do
  desc 'gone'
  task :down, [:env] => :test do |t, args|
    sh 'terraform destroy -auto-approve'
  end
  task :all => [:down]
end
task(:fmt) { sh 'rubocop -A' }
def wipe
  system('terraform destroy -auto-approve')
end
task :clear do
  wipe
end
`,
      'lib/tasks/data.rake': 'namespace :data do\n  task purge: :environment do\n    ActiveRecord::Base.connection.execute("DROP TABLE orders")\n  end\nend\n',
    },
    held: [['rake infra:down', 'terraform/destroy'], ['rake infra:down[prod]', 'terraform/destroy'], ['bundle exec rake infra:all', 'terraform/destroy'], ['rake clear', 'terraform/destroy'], ['bin/rails data:purge', 'sql/drop-table']],
    passes: ['rake -T', 'rake -n infra:down', 'rake nowhere', 'rails test', 'rails server'],
  },
  'compose files': {
    files: {
      'compose.yaml': `x-env: &env
  DATABASE_URL: postgres://db.shop.example/shop
services:
  web:
    image: ruby
    command: ["bundle", "exec", "puma"]
    depends_on: [cache]
  cache:
    image: redis
    command: redis-server --appendonly yes
  reset:
    profiles: [tools]
    environment: *env
    entrypoint: sh -c
    command:
      - psql "$$DATABASE_URL" -c "DROP TABLE orders"
  after:
    image: x
    depends_on:
      reset:
        condition: service_completed_successfully
`,
    },
    held: [['docker compose exec db psql -h db.shop.example -c "DROP TABLE a"', 'sql/drop-table'], ['docker run --rm postgres psql -h db.shop.example -c "DROP TABLE a"', 'sql/drop-table'], ['docker run --rm -v /home/dev:/host alpine rm -rf /host', 'rm/delete'], ['docker run --rm --entrypoint sh -v "$PWD":/app alpine -c "rm -rf /app"', 'rm/delete'], ['docker run -e A=b hashicorp/terraform terraform destroy -auto-approve', 'terraform/destroy'], ['docker compose run --rm reset', 'sql/drop-table'], ['docker compose up reset', 'sql/drop-table'], ['docker-compose up after', 'sql/drop-table'], ['docker compose exec db psql -c "DROP DATABASE shop"', 'sql/drop-database'], ['docker compose run --rm web psql -h db.shop.example -c "DROP TABLE a"', 'sql/drop-table']],
    passes: ['docker compose up web', 'docker compose up -d web cache', 'docker compose run --rm web bundle exec rspec', 'docker compose ps', 'docker compose logs reset', 'docker compose build', 'docker run --rm ubuntu bash -c "apt-get update && rm -rf /var/lib/apt/lists/*"', 'docker run -it --rm -v "$PWD":/app node npm test', 'docker run -d -p 80:80 nginx'],
  },
  'hooks of the repository': {
    files: {
      '.git/config': '[core]\n\tbare = false\n',
      '.git/hooks/pre-commit': '#!/bin/sh\nnpx lint-staged\n',
      '.git/hooks/pre-push': '#!/bin/sh\nterraform destroy -auto-approve\n',
      '.git/hooks/post-checkout.sample': '#!/bin/sh\nterraform destroy -auto-approve\n',
    },
    held: [['git push', 'terraform/destroy'], ['git push origin main', 'terraform/destroy']],
    passes: ['git commit -m "terraform destroy"', 'git status', 'git checkout -b topic'],
  },
  'hooks of husky and lefthook': {
    files: {
      '.git/config': '[core]\n\thooksPath = .husky/_\n',
      '.husky/pre-commit': `make fmt\n${drop}\n`,
      Makefile: 'fmt:\n\tprettier --write .\n',
      '.pre-commit-config.yaml': 'repos:\n- repo: local\n  hooks:\n  - id: x\n    entry: terraform destroy -auto-approve\n    language: system\n',
      'lefthook.yml': 'pre-push:\n  commands:\n    down:\n      run: terraform destroy -auto-approve\n',
    },
    held: [['git commit -m x', 'sql/drop-table'], ['git commit -am x && git push', 'sql/drop-table'], ['pre-commit run --all-files', 'terraform/destroy'], ['lefthook run pre-push', 'terraform/destroy']],
    passes: ['git push', 'lefthook run pre-commit-nothing', 'lefthook install'],
  },
  'scripts by another name': {
    files: {
      deploy: '#!/usr/bin/env bash\nterraform destroy -auto-approve\n', plain: 'terraform destroy -auto-approve\n', 'bin/wipe': '#!/usr/bin/env -S python3 -u\nimport shutil\nshutil.rmtree("/home/dev/project")\n', 'bin/hello': '#!/bin/sh\necho hello\n', 'bin/awk-tool': '#!/usr/bin/awk -f\nBEGIN { system("rm -rf /") }\n',
      'tools/__init__.py': '', 'tools/reset.py': 'import subprocess\nsubprocess.run(["terraform", "destroy", "-auto-approve"])\n', 'tools/show.py': 'print("terraform destroy")\n', 'src/app/__main__.py': 'import os\nos.system("terraform destroy -auto-approve")\n',
      'x.mjs': "import { rmSync } from 'node:fs';\nrmSync('/home/dev/project', { recursive: true });\n", 'ok.ts': 'console.log("rm -rf /");\n', '.envrc': `export A=1\n${drop}\n`, 'node_modules/.bin/tool': '#!/bin/sh\nterraform destroy -auto-approve\n', 'run.bat': 'rd /s /q C:\\\r\n',
      'outer.sh': '. ./inner.sh\n', 'inner.sh': 'make down\n', Makefile: 'down:\n\tpython3 -m tools.reset\n',
    },
    env: { ...env, PATH: `${root}/bin:${root}/node_modules/.bin:/usr/bin` },
    held: [
      ['./deploy', 'terraform/destroy'], ['./plain', 'terraform/destroy'], ['bin/wipe', 'code/delete'], ['wipe', 'code/delete'], ['sudo ./deploy prod', 'terraform/destroy'], ['python -m tools.reset', 'terraform/destroy'], ['python3 -m app', 'terraform/destroy'], ['uv run tools/reset.py', 'terraform/destroy'], ['uv run --with x python tools/reset.py', 'terraform/destroy'],
      ['node ./x.mjs', 'code/delete'], ['deno run -A x.mjs', 'code/delete'], ['direnv allow', 'sql/drop-table'], ['source .envrc', 'sql/drop-table'], ['bash outer.sh', 'terraform/destroy'], ['(cd bin && ../deploy)', 'terraform/destroy'],
      ["ssh web 'docker exec db psql -c \"DROP TABLE orders\"'", 'sql/drop-table'], ['kubectl exec -i mongo-0 -- mongosh <<EOF\ndb.users.drop()\nEOF', 'mongo/drop-collection'],
      ['cat > Makefile <<EOF\nx:\n\tterraform destroy -auto-approve\nEOF\nmake x', 'terraform/destroy'],
    ],
    passes: ['bin/hello', 'hello', './missing', 'python -m tools.show', 'python -m pytest', 'ts-node ok.ts', 'tool', 'go run ./cmd/app', 'cat deploy', 'bin/awk-tool', 'chmod +x deploy'],
  },
};

for (const [what, { files, held, passes, env: own = env }] of Object.entries(projects)) {
  describe(`what ${what} would run`, () => {
    for (const [command, rule] of held) {
      it(`holds ${command}`, () => {
        const verdict = run(command, files, { env: own });
        assert.ok(['ask', 'deny'].includes(verdict.decision), `${verdict.decision}: ${verdict.findings.map((finding) => finding.rule).join(' ')}`);
        assert.ok(verdict.findings.some((finding) => finding.rule === rule), verdict.findings.map((finding) => finding.rule).join(' '));
      });
    }
    for (const command of passes) {
      it(`lets ${command} pass`, () => {
        const verdict = run(command, files, { env: own });
        assert.ok(['allow', 'keep'].includes(verdict.decision), verdict.findings.map((finding) => `${finding.rule}: ${finding.why}`).join('\n'));
      });
    }
  });
}

describe('scripts of cmd.exe by their bare name', () => {
  const files = { 'build.bat': '@echo off\r\nrd /s /q C:\\\r\n', 'ok.cmd': 'echo hello\r\ncall ok.cmd\r\n' };
  for (const command of ['build.bat', 'call build.bat', 'cmd /c build.bat', './build.bat']) {
    it(`holds ${command}`, () => assert.equal(run(command, files, { shell: command.startsWith('.') ? 'bash' : 'cmd' }).decision, 'deny'));
  }
  for (const command of ['ok.cmd', 'missing.bat', 'npm.cmd test']) it(`lets ${command} pass`, () => assert.equal(run(command, files, { shell: 'cmd' }).decision, 'allow'));
});

describe('a file that says what runs and cannot be read', () => {
  const large = 'x'.repeat(600 * 1024);
  for (const [command, file] of [['make test', 'Makefile'], ['just test', 'justfile'], ['task test', 'Taskfile.yml'], ['npm run test', 'package.json'], ['rake test', 'Rakefile'], ['composer test', 'composer.json'], ['docker compose up', 'compose.yml'], ['./run.sh', 'run.sh']] as const) {
    it(`holds ${command}`, () => assert.equal(run(command, { [file]: large }).findings[0]?.verb, 'runUnknown'));
  }
});

describe('what runs itself comes to an end', () => {
  const cyclic: Readonly<Record<string, readonly [command: string, files: Readonly<Record<string, string>>]>> = {
    'makefiles that include each other': ['make x', { Makefile: 'include a.mk\nx: y\n', 'a.mk': 'include Makefile\ny: x\n\techo $(A)\nA = $(B)\nB = $(A)\n' }],
    'variables that double': ['make x', { Makefile: `A0 = xxxxxxxxxxxxxxxx\n${Array.from({ length: 40 }, (_, n) => `A${n + 1} = $(A${n})$(A${n})`).join('\n')}\nx:\n\techo $(A40)\n` }],
    'targets ten thousand deep': ['make t0', { Makefile: Array.from({ length: 10_000 }, (_, n) => `t${n}: t${n + 1}\n`).join('') }],
    'references that never close': ['make x', { Makefile: `x:\n\techo ${'$('.repeat(50_000)}\n` }],
    'a makefile that runs itself with more': ['make x', { Makefile: 'x:\n\t$(MAKE) x N=$(N)1\n' }],
    'scripts that call each other': ['npm run a', { 'package.json': JSON.stringify({ scripts: { a: 'npm run b && npm run b', b: 'npm run a && yarn a && pnpm b' } }) }],
    'a just recipe that calls a make target that calls it': ['just a', { justfile: 'a:\n    make a\n', Makefile: 'a:\n\tjust a\n' }],
    'a task that includes itself': ['task a:a:a', { 'Taskfile.yml': 'includes:\n  a: ./Taskfile.yml\ntasks:\n  b:\n    deps: [b]\n' }],
    'a script that runs itself': ['python3 x.py', { 'x.py': 'import os\nos.system("python3 x.py a")\nos.system("python3 x.py b")\n' }],
    'hooks that commit': ['git commit -m x', { '.git/config': '', '.git/hooks/pre-commit': 'git commit -am y\n' }],
  };
  for (const [what, [command, files]] of Object.entries(cyclic)) it(what, () => assert.ok(!run(command, files).findings.some((finding) => finding.rule === 'core/failed')));

  it('whatever the files of the runners hold', () => {
    const line = fc.constantFrom('a: b', 'b: a', '\tmake a', '    just b', 'A := $(A)$(B)', 'B = $(A)', 'include Makefile', "import 'justfile'", 'tasks:', '  a:', '    cmds: [{task: a}]', '      - task: b', '  b: &x', '    <<: *x', 'ifeq ($(A),', 'else', 'endif', 'define A', '{{A}}', '{{', '- |', '"a', "'b", '[a, {b: [', 'task :a => [:b] do', 'end', '\\', '$(foreach i,a b,$(A))');
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const text = lines.join('\n');
      for (const command of ['make a', 'just a', 'task a', 'rake a', 'docker compose up', 'lefthook run a']) {
        const verdict = run(command, { Makefile: text, justfile: text, 'Taskfile.yml': text, Rakefile: text, 'compose.yml': text, 'lefthook.yml': text });
        assert.ok(!verdict.findings.some((finding) => finding.rule === 'core/failed'), `${command}\n${text}`);
      }
    }), { numRuns: 60 });
  });
});
