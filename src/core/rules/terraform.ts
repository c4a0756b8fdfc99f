import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect, TargetHint } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import type { Rule } from '../rule.ts';
import { textOf } from '../shell/word.ts';
import { namedTarget } from '../target.ts';

const docs = 'https://developer.hashicorp.com/terraform/cli/commands';

/** Go's flag package: `-auto-approve` and `--auto-approve` are one option. */
function both(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [`-${name}`, `--${name}`]);
}

export const rule: Rule = {
  tool: 'terraform',
  title: 'Terraform',
  programs: ['terraform', 'tofu', 'opentofu', 'terragrunt'],
  docs,
  harmless: { terraform: { first: ['version', 'validate', 'providers', 'graph'] }, tofu: { first: ['version', 'validate', 'providers', 'graph'] } },
  valueOptions: both('chdir', 'var', 'var-file', 'target', 'replace', 'state', 'state-out', 'backup', 'lock-timeout', 'parallelism', 'backend-config', 'out', 'config', 'terragrunt-working-dir', 'working-dir'),
  optionStyle: 'single-dash',
  safeOptions: ['-help', '-version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'terraform destroy', by: 'destroy' },
      { command: 'terraform -chdir=infra destroy -auto-approve', by: 'destroy' },
      { command: 'tofu destroy --auto-approve -target=aws_db_instance.main', by: 'destroy' },
      { command: 'terraform apply -destroy', by: 'destroy' },
      { command: 'terragrunt run-all destroy', by: 'destroy' },
      { command: 'terraform apply -auto-approve', by: 'apply' },
      { command: 'yes yes | terraform apply', by: 'apply' },
      { command: 'terraform apply plan.out', by: 'apply-plan' },
      { command: 'terraform state rm aws_s3_bucket.data', by: 'state-rm' },
      { command: 'terraform state push -force old.tfstate', by: 'state-push' },
      { command: 'terraform workspace delete -force staging', by: 'workspace-delete' },
      { command: 'terraform force-unlock 1234', by: 'force-unlock' },
      { command: 'terraform taint aws_db_instance.main', by: 'taint' },
      { command: 'terraform state mv aws_s3_bucket.a aws_s3_bucket.b', by: 'state-mv' },
      { command: 'tofu state replace-provider hashicorp/aws registry.example.com/aws', by: 'state-mv' },
      { command: 'terragrunt run-all apply', by: 'apply' },
      { command: 'terragrunt run --all apply --non-interactive', by: 'apply' },
      { command: 'terragrunt apply --terragrunt-non-interactive', by: 'apply' },
      { command: 'terragrunt destroy-all', by: 'destroy' },
      { command: 'terragrunt apply-all', by: 'apply' },
    ],
    passes: ['terraform state mv -dry-run aws_s3_bucket.a aws_s3_bucket.b', 'terragrunt run-all plan', 'terragrunt apply', 'terraform plan', 'terraform plan -destroy', 'terraform apply', 'terraform init', 'terraform state list', 'terraform state show aws_x.y', 'terraform workspace list', 'terraform workspace select prod', 'terraform validate', 'terraform destroy -help', 'tofu fmt', 'terraform state rm -dry-run aws_x.y', 'terraform output'],
  },
};

function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const words = call.operands.map((word) => word.text);
  // Terragrunt passes a command on to every module.
  const at = words[0] === 'run-all' || words[0] === 'run' ? 1 : 0;
  const [first, second] = words.slice(at);
  const rest = words.slice(at + 1);
  const unit = optionValue(call, ...both('target'))?.text ?? '';
  if (first === 'destroy' || first === 'destroy-all' || (first === 'apply' && hasOption(call, ...both('destroy')))) {
    return [effect(call, analysis, {
      id: 'destroy', verb: 'delete', kind: 'infrastructure', name: unit, saferWay: 'Show what would go: terraform plan -destroy.',
      why: unit ? `Destroys ${unit} and everything that depends on it.` : 'Destroys everything this configuration manages.',
    })];
  }
  if (first === 'apply' || first === 'apply-all') return applyEffects(call, analysis, rest[0]);
  if (first === 'state' && second === 'rm' && !hasOption(call, ...both('dry-run'))) {
    return [effect(call, analysis, { id: 'state-rm', verb: 'delete', kind: 'state entry', name: rest.slice(1).join(', '), why: 'Makes Terraform forget what it manages: the next apply builds it again beside the old.', saferWay: 'Look first with -dry-run, and keep a copy: terraform state pull.' })];
  }
  if (first === 'state' && second === 'push') {
    return [effect(call, analysis, { id: 'state-push', verb: 'overwrite', kind: 'state', name: rest[1] ?? '', why: 'Replaces the remote state: Terraform forgets what only the old one knew.', saferWay: 'Keep a copy first: terraform state pull.' })];
  }
  if (first === 'state' && /^(?:mv|replace-provider)$/.test(second ?? '') && !hasOption(call, ...both('dry-run'))) {
    return [effect(call, analysis, { id: 'state-mv', verb: 'overwrite', kind: 'state entry', name: rest.slice(1).join(' → '), certainty: 'likely', why: 'Rewrites which resource is which in the state: what the configuration does not name the same way is destroyed and built again by the next apply.', saferWay: 'Write a moved block, which a plan shows, or look first with -dry-run.' })];
  }
  if (first === 'workspace' && second === 'delete') {
    const forced = hasOption(call, ...both('force'));
    return [effect(call, analysis, {
      id: 'workspace-delete', verb: 'delete', kind: 'workspace', name: rest[1] ?? '', named: rest[1], saferWay: 'Leave out -force, so that Terraform refuses while something is managed.',
      why: `Deletes the workspace ${rest[1] ?? ''} with its state${forced ? ', even if infrastructure still runs' : ''}.`.replace('  ', ' '),
    })];
  }
  if (first === 'force-unlock') {
    return [effect(call, analysis, { id: 'force-unlock', verb: 'revoke', kind: 'state lock', name: rest[0] ?? '', why: 'Removes the lock that keeps two runs from writing the state at once.', saferWay: 'Wait for the other run, or ask who holds the lock.' })];
  }
  if (first === 'taint') {
    return [effect(call, analysis, { id: 'taint', verb: 'delete', kind: 'infrastructure', name: rest[0] ?? '', certainty: 'likely', why: `Has ${rest[0] ?? 'a resource'} destroyed and built again by the next apply.`, saferWay: 'Show it first: terraform plan -replace.' })];
  }
  return [];
}

/** Without approval in advance apply asks, and an agent's shell has nobody to answer. */
function applyEffects(call: Call, analysis: Analysis, plan: string | undefined): readonly Effect[] {
  if (plan !== undefined) {
    return [effect(call, analysis, { id: 'apply-plan', verb: 'overwrite', kind: 'infrastructure', name: plan, certainty: 'likely', why: `Applies ${plan} without asking; it may replace or destroy what runs.`, saferWay: `Show it first: terraform show ${plan}.` })];
  }
  // Terragrunt answers for every module by itself. https://terragrunt.gruntwork.io/docs/features/stacks/
  const answered = call.invocation.promptsAnswered || hasOption(call, ...both('non-interactive', 'terragrunt-non-interactive')) || /^(?:run-all|apply-all)$/.test(call.operands[0]?.text ?? '') || (call.operands[0]?.text === 'run' && hasOption(call, ...both('all')));
  if (!hasOption(call, ...both('auto-approve')) && !answered) return [];
  const replaced = optionValue(call, ...both('replace'))?.text ?? '';
  return [effect(call, analysis, { id: 'apply', verb: 'overwrite', kind: 'infrastructure', name: replaced, certainty: 'likely', why: 'Applies changes nobody has looked at; they may replace or destroy what runs.', saferWay: 'Show them first: terraform plan -out=plan.' })];
}

interface Loss extends Pick<Effect, 'verb' | 'why' | 'saferWay'> {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly certainty?: Effect['certainty'];
  /** Workspace the command names itself. */
  readonly named?: string | undefined;
}

function effect(call: Call, analysis: Analysis, { id, kind, name, certainty = 'certain', named, ...loss }: Loss): Effect {
  const { span, env } = call.invocation;
  return { ...loss, resource: { kind, name, provider: 'Terraform' }, reversibility: 'irreversible', certainty, rule: `terraform/${id}`, docs, target: targetOf(call, analysis, named), env, ...(span ? { span } : {}) };
}

/** What the command says of an environment. */
const spoken = { files: both('var-file', 'backend-config', 'state'), varFiles: both('var-file'), variables: both('var') };

/** The folder terraform works in, and the files and variables that speak of an environment. */
function targetOf(call: Call, analysis: Analysis, named: string | undefined): TargetHint {
  const folder = textOf(optionValue(call, ...both('chdir', 'terragrunt-working-dir', 'working-dir')));
  const cwd = call.invocation.cwd;
  return {
    ...namedTarget({ system: 'terraform', settings: spoken }, call),
    ...(named === undefined ? {} : { name: named }),
    ...(folder !== undefined && cwd !== undefined ? { folder: joinPath(cwd, folder, analysis.world.platform) } : {}),
  };
}
