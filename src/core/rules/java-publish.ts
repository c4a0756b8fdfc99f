import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'java-publish',
  title: 'Java packages',
  programs: ['gradle', 'gradlew', 'mvn', 'mvnw', 'mvnd'],
  docs: 'https://docs.gradle.org/current/userguide/publishing_maven.html',
  valueOptions: ['-p', '--project-dir', '-f', '--file', '-P', '-pl', '-s', '--settings', '-x', '--exclude-task', '-b'],
  safeOptions: ['-h', '--dry-run', '-m'],
  tasks: true,
  target: { system: 'maven' },
  operations: [
    { id: 'publish', words: ['publish|publishAllPublicationsTo*|publishPlugins|deploy|deploy:deploy|release:perform|nexus-staging:release|closeAndReleaseRepository'], verb: 'publish', kind: 'package', reversibility: 'irreversible', name: [{ text: 'this package' }], why: 'Publishes {name} to its repository, where a version can be used once only.', saferWay: 'Publish to this machine first: publishToMavenLocal, mvn install.' },
  ],
  cases: {
    caught: [
      { command: './gradlew publish', by: 'publish' },
      { command: 'gradle clean publish', by: 'publish' },
      { command: 'mvn -B deploy -DskipTests', by: 'publish' },
      { command: 'mvn release:perform', by: 'publish' },
    ],
    passes: ['./gradlew build', 'gradle publishToMavenLocal', 'mvn package', 'mvn install', 'mvn deploy --help', 'gradle tasks', 'gradle publish --dry-run'],
  },
};
