import { noLoads } from '../../../src/core/secrets/environment-loads.ts';
import type { Action } from '../../../src/core/action.ts';
import type { Analysis, CodeLanguage, Database, HttpRequest, Place } from '../../../src/core/analysis.ts';
import type { Invocation } from '../../../src/core/invocation.ts';
import { blindWorld, type World } from '../../../src/core/world.ts';

/** What one analyser handed on to others. */
export interface Handed {
  readonly shell: string[];
  readonly powershell: string[];
  readonly cmd: string[];
  readonly invocations: string[];
  readonly code: { readonly language: CodeLanguage; readonly text: string }[];
  readonly sql: { readonly text: string; readonly database: Database }[];
  readonly http: HttpRequest[];
}

export const place: Place = { cwd: '/project', env: { HOME: '/home/me' } };

const action: Action = { tool: 'shell', shell: 'bash', command: '', agent: 'test', session: '', cwd: '/project', workspaceRoots: ['/project'], env: { HOME: '/home/me' } };

/** A world of the given files; everything else does not exist. */
export function worldOf(files: Readonly<Record<string, string>>): World {
  return {
    ...blindWorld(),
    sighted: true,
    stat: (path) => {
      const text = files[path];
      if (text !== undefined) return { kind: 'file', size: text.length };
      return Object.keys(files).some((file) => file.startsWith(`${path}/`)) ? { kind: 'folder', size: 0 } : undefined;
    },
    read: (path) => files[path],
  };
}

/** An analysis that does nothing but note what it is handed, so that one room can be tested alone. */
export function recordingAnalysis(world: World = blindWorld()): { readonly analysis: Analysis; readonly handed: Handed; readonly steps: () => number } {
  const handed: Handed = { shell: [], powershell: [], cmd: [], invocations: [], code: [], sql: [], http: [] };
  let steps = 0;
  const analysis: Analysis = {
    guardPaths: [], output: { masked: false }, loads: noLoads(), tunnels: [], action,
    world,
    home: '/home/me',
    depth: 0,
    spend: (more) => {
      steps += more;
    },
    isNew: () => true,
    shell: (command) => (handed.shell.push(command), []),
    powershell: (command) => (handed.powershell.push(command), []),
    cmd: (command) => (handed.cmd.push(command), []),
    invocation: (invocation: Invocation) => (handed.invocations.push(invocation.argv.map((word) => word.text).join(' ')), []),
    code: (language, text) => (handed.code.push({ language, text }), []),
    sql: (text, database) => (handed.sql.push({ text, database }), []),
    http: (request) => (handed.http.push(request), []),
  };
  return { analysis, handed, steps: () => steps };
}
