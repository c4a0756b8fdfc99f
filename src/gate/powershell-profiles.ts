import { execFile } from 'node:child_process';
import { join, win32 } from 'node:path';
import { promisify } from 'node:util';
import { profileInstallation, powershellFile } from '../terminal/powershell.ts';
import { installHooksAt, uninstallHooksAt, type HookPlace } from './install.ts';
import type { State } from './state.ts';

const ASK_MS = 20_000;

/** The profiles of Windows PowerShell and of PowerShell 7, as places that are edited and put back like an agent's file. None where there is no PowerShell of Windows. */
export async function profilePlaces(state: State, home: string, documents: (home: string) => Promise<string> = documentsFolder): Promise<readonly HookPlace[]> {
  if (state.platform !== 'windows') return [];
  const folder = await documents(home);
  return ['WindowsPowerShell', 'PowerShell'].map((edition) => ({
    id: `profile-${edition}`,
    installation: profileInstallation(join(folder, edition, 'profile.ps1'), powershellFile(state.root)),
    launcher: state.launcher,
  }));
}

/**
 * Has PowerShell read in agents' sessions what asks, or no longer.
 * @throws UnreadableConfig, InstallFailed for the first profile that cannot be changed; the other is
 */
export async function setProfiles(on: boolean, places: readonly HookPlace[], state: State): Promise<void> {
  const done = await Promise.allSettled(places.map((place) => (on ? installHooksAt(place, state) : uninstallHooksAt(place, state))));
  const failed = done.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Where the profiles lie: the folder may have been moved, to OneDrive for one. */
async function documentsFolder(home: string): Promise<string> {
  const script = "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([Environment]::GetFolderPath('MyDocuments')))";
  const said = await promisify(execFile)('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], { timeout: ASK_MS, windowsHide: true }).then(({ stdout }) => stdout, () => '');
  const found = Buffer.from(said.trim(), 'base64').toString('utf8');
  return win32.isAbsolute(found) ? found : join(home, 'Documents');
}
