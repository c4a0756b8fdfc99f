import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'jenkins-cli',
  title: 'Jenkins',
  programs: ['java'],
  docs: 'https://www.jenkins.io/doc/book/managing/cli/',
  valueOptions: ['-jar', '-s', '-auth', '-cp', '-classpath', '-i', '-user', '-logger', '-noCertificateCheck'],
  optionStyle: 'single-dash',
  safeOptions: ['-help'],
  target: { system: 'jenkins', option: ['-s'], variable: ['JENKINS_URL'] },
  operations: [
    { id: 'delete', words: ['delete-job|delete-node|delete-view|delete-builds|delete-credentials|delete-credentials-domain'], verb: 'delete', kind: 'Jenkins item', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} in Jenkins with its history.', saferWay: 'Keep its description first: get-job.' },
    { id: 'stop', words: ['quiet-down|shutdown|safe-shutdown|restart|safe-restart|stop-builds|offline-node|disconnect-node|disable-job'], verb: 'stop', kind: 'Jenkins', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops builds or Jenkins itself.', saferWay: 'Let a person stop it.' },
    { id: 'overwrite', words: ['update-job|update-view|update-node|reload-configuration|groovy'], verb: 'overwrite', kind: 'Jenkins configuration', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Changes {name} in Jenkins, or runs code there.', saferWay: 'Keep the present description first: get-job.' },
  ],
  cases: {
    caught: [
      { command: 'java -jar jenkins-cli.jar -s https://ci.example.com/ delete-job deploy', by: 'delete' },
      { command: 'java -jar jenkins-cli.jar delete-node agent-1', by: 'delete' },
      { command: 'java -jar /opt/jenkins-cli.jar -auth a:b delete-builds shop 1-100', by: 'delete' },
      { command: 'java -jar jenkins-cli.jar safe-shutdown', by: 'stop' },
      { command: 'java -jar jenkins-cli.jar update-job shop', by: 'overwrite' },
      { command: 'java -jar jenkins-cli.jar -s https://ci.example.com/ quiet-down', by: 'stop' },
      { command: 'java -jar jenkins-cli.jar disable-job deploy', by: 'stop' },
      { command: 'java -jar jenkins-cli.jar -s https://ci.example.com/ groovy = < cleanup.groovy', by: 'overwrite' },
      { command: 'java -jar jenkins-cli.jar reload-configuration', by: 'overwrite' },
    ],
    passes: ['java -jar app.jar', 'java -jar jenkins-cli.jar list-jobs', 'java -jar jenkins-cli.jar get-job shop', 'java -version', 'java -cp . Main delete-old'],
  },
};
