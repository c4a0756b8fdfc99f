/** Every name the manifest and the code share. `test/unit/manifest.test.ts` holds the two together. */

export const EXTENSION = 'interlock';

export const commands = {
  showActions: 'interlock.showActions',
  showActivity: 'interlock.showActivity',
  demo: 'interlock.demo',
  stopAgents: 'interlock.stopAgents',
  resumeAgents: 'interlock.resumeAgents',
  unlockSession: 'interlock.unlockSession',
  forgetRefusals: 'interlock.forgetRefusals',
  allowWaiting: 'interlock.allowWaiting',
  denyWaiting: 'interlock.denyWaiting',
  setEnvironment: 'interlock.setEnvironment',
  openPolicy: 'interlock.openPolicy',
  installHooks: 'interlock.installHooks',
  uninstallHooks: 'interlock.uninstallHooks',
  repairHooks: 'interlock.repairHooks',
  refreshCoverage: 'interlock.refreshCoverage',
  writeIgnoreFiles: 'interlock.writeIgnoreFiles',
  restoreKept: 'interlock.restoreKept',
  openSecret: 'interlock.openSecret',
  openSafely: 'interlock.openSafely',
  moveToEnv: 'interlock.moveToEnv',
  rotateSecret: 'interlock.rotateSecret',
  markTestValue: 'interlock.markTestValue',
  forgetTestValues: 'interlock.forgetTestValues',
  showTrackedSecrets: 'interlock.showTrackedSecrets',
  showAllSecrets: 'interlock.showAllSecrets',
  refreshSecrets: 'interlock.refreshSecrets',
  lookIntoHistory: 'interlock.lookIntoHistory',
  stopScan: 'interlock.stopScan',
  openJournal: 'interlock.openJournal',
  explainRow: 'interlock.explainRow',
  filterActivity: 'interlock.filterActivity',
  showAllActivity: 'interlock.showAllActivity',
  showReport: 'interlock.showReport',
  saveReport: 'interlock.saveReport',
  showLog: 'interlock.showLog',
} as const;

export const settings = {
  offerHooks: 'interlock.hooks.offerAtStart',
  terminalGuard: 'interlock.terminalGuard.enabled',
  titleBarTint: 'interlock.titleBar.tint',
  answerWithin: 'interlock.confirm.secondsToAnswer',
  vaultFiles: 'interlock.vault.maxFiles',
  vaultMegabytes: 'interlock.vault.maxMegabytes',
  vaultDepth: 'interlock.vault.maxDepth',
  vaultSeconds: 'interlock.vault.maxSeconds',
  vaultDays: 'interlock.vault.keepDays',
  vaultTotal: 'interlock.vault.keepMegabytes',
  recentCount: 'interlock.activity.recentCount',
  collect: 'interlock.openTelemetry.enabled',
  collectorEndpoint: 'interlock.openTelemetry.endpoint',
  collectorHeaders: 'interlock.openTelemetry.headersFile',
  collectorTexts: 'interlock.openTelemetry.texts',
  collectorDays: 'interlock.openTelemetry.maxDays',
  collectorMegabytes: 'interlock.openTelemetry.maxMegabytes',
  warnOpenHidden: 'interlock.secrets.warnWhenOpen',
} as const;

export const views = {
  container: 'interlock',
  activity: 'interlock.activity',
  coverage: 'interlock.coverage',
  secrets: 'interlock.secrets',
} as const;

/** Pages beside the editors. */
export const panels = {
  report: 'interlock.report',
} as const;

/** Editors of hidden files: what opens by itself, and what may be chosen. */
export const customEditors = {
  hidden: 'interlock.hiddenFile',
  optional: 'interlock.hiddenFileOption',
} as const;

/** Keys for `when` clauses. */
export const contextKeys = {
  /** At least one known agent is used on this machine. */
  agentsFound: 'interlock.agentsFound',
  /** At least one agent's hooks are installed. */
  hooksInstalled: 'interlock.hooksInstalled',
  /** The person has stopped all agents. */
  stopped: 'interlock.stopped',
  /** The Secrets view shows only what git keeps. */
  trackedOnly: 'interlock.trackedOnly',
  /** The Activity view shows only a part. */
  activityFiltered: 'interlock.activityFiltered',
  /** Folders are still looked through for secrets. */
  scanning: 'interlock.scanning',
} as const;

/** `contextValue` of tree items, for menus. */
export const treeItems = {
  kept: 'kept',
  explained: 'explained',
  waiting: 'waiting',
  stopped: 'stopped',
  locked: 'locked',
  refused: 'refused',
  hiddenFile: 'hiddenFile',
  maskedFile: 'maskedFile',
  secret: 'secret',
  rotatable: 'rotatableSecret',
  hiddenSecret: 'hiddenSecret',
  foundAgent: 'foundAgent',
  guardedAgent: 'guardedAgent',
  deadAgent: 'deadAgent',
  rotatableHidden: 'rotatableHiddenSecret',
} as const;

export const walkthrough = 'interlock.start';

export type CommandId = (typeof commands)[keyof typeof commands];
export type SettingId = (typeof settings)[keyof typeof settings];
export type ContextKey = (typeof contextKeys)[keyof typeof contextKeys];
