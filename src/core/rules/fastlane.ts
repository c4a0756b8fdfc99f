import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'fastlane',
  title: 'fastlane',
  programs: ['fastlane'],
  docs: 'https://docs.fastlane.tools/actions/upload_to_app_store/',
  valueOptions: ['--env', '-u', '--username', '-a', '--app_identifier', '-i', '--ipa', '-p', '--package_name', '--track', '--aab', '--apk', '--json_key'],
  safeOptions: ['-h', '--help', '--verify_only', '--validate_only'],
  target: { system: 'app store' },
  operations: [
    { id: 'deliver', words: ['deliver|upload_to_app_store|appstore|supply|upload_to_play_store|pilot|upload_to_testflight'], verb: 'publish', kind: 'app', reversibility: 'irreversible', name: [{ option: ['-a', '--app_identifier', '-p', '--package_name'] }, { text: 'this app' }], why: 'Hands {name} to the store, or to its testers.', saferWay: 'Check it first: --verify_only, --validate_only.' },
    { id: 'match-nuke', words: ['match', 'nuke'], verb: 'revoke', kind: 'certificates', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Revokes every {name} certificate and profile of the team: no build can be signed until new ones are made.', saferWay: 'Let a person rotate certificates.' },
    { id: 'release-lane', words: ['release|deploy|production|beta'], verb: 'publish', kind: 'app', reversibility: 'irreversible', certainty: 'likely', name: [{ text: 'this app' }], why: 'Runs a lane that by its name hands {name} to the store.', saferWay: 'Look at the lane first: fastlane lanes.' },
    { id: 'release-platform-lane', words: ['ios|android|mac', 'release|deploy|production|beta|nuke'], verb: 'publish', kind: 'app', reversibility: 'irreversible', certainty: 'likely', name: [{ text: 'this app' }], why: 'Runs a lane that by its name hands {name} to the store.', saferWay: 'Look at the lane first: fastlane lanes.' },
  ],
  cases: {
    caught: [
      { command: 'fastlane deliver --ipa app.ipa', by: 'deliver' },
      { command: 'fastlane supply --aab app.aab --track production', by: 'deliver' },
      { command: 'bundle exec fastlane pilot upload', by: 'deliver' },
      { command: 'fastlane match nuke distribution', by: 'match-nuke' },
      { command: 'fastlane match nuke development', by: 'match-nuke' },
      { command: 'bundle exec fastlane match nuke enterprise', by: 'match-nuke' },
      { command: 'fastlane release', by: 'release-lane' },
      { command: 'bundle exec fastlane deploy', by: 'release-lane' },
      { command: 'fastlane beta', by: 'release-lane' },
      { command: 'fastlane ios release', by: 'release-platform-lane' },
      { command: 'fastlane android deploy', by: 'release-platform-lane' },
      { command: 'bundle exec fastlane ios beta', by: 'release-platform-lane' },
    ],
    passes: ['fastlane test', 'fastlane lanes', 'fastlane match development --readonly', 'fastlane ios build', 'fastlane supply --validate_only', 'fastlane scan'],
  },
};
