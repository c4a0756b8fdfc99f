import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'packer',
  title: 'Packer',
  programs: ['packer'],
  docs: 'https://developer.hashicorp.com/packer/docs/commands/build',
  valueOptions: ['-var', '-var-file', '-only', '-except', '-on-error', '-parallel-builds', '-type'],
  optionStyle: 'single-dash',
  safeOptions: ['-h', '-help'],
  target: { system: 'packer', option: ['-var-file'] },
  operations: [
    { id: 'build-force', words: ['build'], needs: ['-force', '--force'], verb: 'overwrite', kind: 'machine image', reversibility: 'irreversible', certainty: 'likely', name: [{ operand: 0 }], why: 'Deletes the image an earlier build of {name} made, and builds it anew.', saferWay: 'Leave out -force, so that an image that is there stops the build.' },
    { id: 'plugins-remove', words: ['plugins', 'remove'], verb: 'delete', kind: 'plugin', reversibility: 'recoverable', target: { system: 'packer' }, name: [{ operand: 0 }], why: 'Removes the plugin {name}.', saferWay: 'Look first: packer plugins installed.' },
  ],
  cases: {
    caught: [
      { command: 'packer build -force web.pkr.hcl', by: 'build-force' },
      { command: 'packer build --force -var-file=prod.pkrvars.hcl .', by: 'build-force' },
      { command: 'PACKER_LOG=1 packer build -only=amazon-ebs.web -force .', by: 'build-force' },
      { command: 'packer plugins remove github.com/hashicorp/amazon', by: 'plugins-remove' },
      { command: 'packer plugins remove github.com/hashicorp/docker v1.0.9', by: 'plugins-remove' },
      { command: 'sudo packer plugins remove github.com/hashicorp/qemu', by: 'plugins-remove' },
    ],
    passes: ['packer build web.pkr.hcl', 'packer validate .', 'packer init .', 'packer fmt .', 'packer inspect web.pkr.hcl', 'packer build -help'],
  },
};
