/**
 * Programs besides Interlock that hold an agent back. Whoever installed one does not want an agent to switch it off.
 * Names, places and variables come from each program's own documentation.
 */
interface Guard {
  readonly title: string;
  readonly docs: string;
  /** Names of its command. */
  readonly programs: readonly string[];
  /** Names under which package managers have it, besides those. */
  readonly packages?: readonly string[];
  /** Where it keeps what it decides by, as in `files/guard-files.ts`. */
  readonly files: readonly string[];
  /** What the variables that steer it begin with. */
  readonly variables: string;
}

export const guards: readonly Guard[] = [
  { title: 'nah', docs: 'https://github.com/manuelschipper/nah', programs: ['nah'], packages: ['nah-cli'], files: ['~/.nah/**', '~/.config/nah/**', '.nah.yaml'], variables: 'NAH_' },
  { title: 'dcg', docs: 'https://github.com/Dicklesworthstone/destructive_command_guard', programs: ['dcg', 'destructive_command_guard'], files: ['~/.config/dcg/**', '~/.local/share/dcg/**', '/etc/dcg/**', '.dcg.toml', '.dcg/**'], variables: 'DCG_' },
  { title: 'CC Safety Net', docs: 'https://ccsafetynet.com/docs', programs: ['cc-safety-net', 'ccsn'], packages: ['claude-code-safety-net', 'safety-net'], files: ['~/.cc-safety-net/**', '.cc-safety-net/**', '.safety-net.json'], variables: 'CC_SAFETY_NET_' },
  { title: 'Dippy', docs: 'https://github.com/ldayton/Dippy', programs: ['dippy', 'dippy-hook'], files: ['~/.dippy/**', '.dippy.toml', 'dippy.toml', '.dippy'], variables: 'DIPPY_' },
  { title: 'amont-agent', docs: 'https://docs.rs/crate/amont-agent/latest', programs: ['amont-agent'], files: [], variables: 'AMONT_' },
  { title: 'Tirith', docs: 'https://github.com/sheeki03/tirith', programs: ['tirith'], files: ['~/.config/tirith/**', '/etc/tirith/**', '.tirith/**'], variables: 'TIRITH' },
  { title: 'Cupcake', docs: 'https://github.com/eqtylab/cupcake', programs: ['cupcake'], files: ['~/.config/cupcake/**', '.cupcake/**'], variables: 'CUPCAKE_' },
];

const binaryFolders = ['~/.local/bin', '~/bin', '~/.cargo/bin', '~/.bun/bin', '~/go/bin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'];

/** Files of other guards, their programs included. */
export const otherGuardFiles: readonly string[] = guards.flatMap(({ files, programs }) => [...files, ...programs.flatMap((program) => binaryFolders.map((folder) => `${folder}/${program}`))]);

/** Software that protects the machine, by the name of its package or service. */
export const protectors = /^(?:auditd|osqueryd?|falcon-sensor|falcond|clamav\S*|clamd|apparmor|selinux\S*|firewalld|fail2ban|wazuh-agent|ossec\S*|sentinelone|sentinelagent|sentinelctl|mdatp|crowdstrike\S*|csagent|cbdefense|cb-psc-sensor|carbonblack\S*|sophos\S*|sav\S*|eset\S*|ekrn|mcafee\S*|mfemms|traps_pmd|cyserver|xagt|santad?|santa|aide|rkhunter|tripwire|sysmon\d*|windefend|wdnissvc|mpssvc|sense|securityhealthservice|wscsvc|eventlog|mbamservice|avast\S*|avg\S*|kaspersky\S*|symantec\S*|sepmasterservice|tanium\S*|auditbeat|falco|msmpeng|nissrv|csfalconservice|osqueryd)(?:\.service|\.exe)?$/i;
