import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { HttpOperation, Rule } from '../rule.ts';
import { knownWord } from '../shell/word.ts';

/** Azure takes the letters of a resource type in any case; these two spellings are the ones in use. */
function groupDelete(id: string, segment: string): HttpOperation {
  return { id, request: `DELETE /subscriptions/:subscription/${segment}/:group`, verb: 'delete', kind: 'resource group', reversibility: 'irreversible', name: ['group'], why: 'Deletes the resource group {name} and every resource in it.', saferWay: 'List it first and let a person delete it.' };
}

function machineStop(id: string, action: string): HttpOperation {
  return { id, request: `POST /subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Compute/virtualMachines/:machine/${action}`, verb: 'stop', kind: 'machine', reversibility: 'reversible', name: ['machine'], why: 'Stops the machine {name}.', saferWay: 'Let a person stop it.' };
}

export const rule: Rule = {
  tool: 'az',
  title: 'Azure',
  programs: ['az'],
  docs: 'https://learn.microsoft.com/cli/azure/reference-index',
  valueOptions: [
    '-n', '--name', '-g', '--resource-group', '-o', '--output', '--query', '--subscription', '-l', '--location', '-s', '-c', '--container-name', '--account-name', '--vault-name', '--ids', '--id', '--server', '--server-name', '--vnet-name', '--source', '--item-name', '--mode', '-f', '--template-file', '--file', '--key', '--key-name', '--key-kind', '--key-type', '--account-key', '--connection-string', '--project', '--organization', '--delete-backup-data', '--delete-destination', '--image', '--size', '--tags', '--pattern', '--container', '--rg', '--workspace-name', '--type', '--parameters', '-p',
    '--method', '-m', '--uri', '--url', '-u', '--body', '-b', '--headers', '--exec-command', '--scripts', '--command-id', '--command', '--querytext', '-q', '--file-path', '--database-name', '-d', '--admin-password', '--public-access', '--allow-blob-public-access', '--enable-delete-retention', '--enable-container-delete-retention', '--enable-versioning', '--enable-restore-policy', '--delete-retention-days', '--soft-delete-feature-state', '--backup-retention', '--new-capacity', '--node-count', '--action-on-unmanage', '--aou', '--ttl', '--retention-time', '--total-retention-time',
    '--assignee', '--role', '--scope', '--slot', '--target-slot', '--nodepool-name', '--cluster-name', '--policy', '--set', '--add', '--remove', '--label', '--zone-name', '--record-set-name', '--min-replicas', '--max-replicas', '--min-child-terminations', '--ab-type', '--failover-policies', '--replica-name', '--partner-server', '--backup-retention-days',
  ],
  safeOptions: ['-h'],
  target: { system: 'azure', option: ['--subscription'], scope: ['-g', '--resource-group'], settings: { ids: ['--ids', '--id'] } },
  operations: [
    { id: 'group-delete', words: ['group', 'delete'], verb: 'delete', kind: 'resource group', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '-g', '--resource-group'] }], why: 'Deletes the resource group {name} and every resource in it.', saferWay: 'List it first and let a person delete it.' },
    { id: 'subscription-cancel', words: ['account', 'subscription', 'cancel'], verb: 'delete', kind: 'subscription', reversibility: 'irreversible', name: [{ option: ['--subscription', '--id'] }], why: 'Cancels the subscription {name}: everything in it is stopped and later deleted.', saferWay: 'Let a person do it.' },
    { id: 'lock-delete', words: ['lock', 'delete'], verb: 'revoke', kind: 'lock', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '--ids'] }], why: 'Removes the lock {name} that keeps resources from being deleted.', saferWay: 'Leave locks to a person.' },
    { id: 'scoped-lock-delete', words: ['account|group|resource', 'lock', 'delete'], verb: 'revoke', kind: 'lock', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '--ids'] }], why: 'Removes the lock {name} that keeps resources from being deleted.', saferWay: 'Leave locks to a person.' },
    { id: 'backup-delete', words: ['backup|dataprotection', '*'], needs: ['--delete-backup-data'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ option: ['--item-name', '-n', '--name'] }], why: 'Turns off backups of {name} and deletes those that exist.', saferWay: 'Leave backups on.' },
    { id: 'backup-disable', words: ['backup', 'protection', 'disable'], verb: 'revoke', kind: 'backup', reversibility: 'reversible', backup: true, name: [{ option: ['--item-name', '-n', '--name'] }], why: 'Turns off backups of {name}.', saferWay: 'Leave backups on.' },
    { id: 'backup-soft-delete', words: ['backup', 'vault', 'backup-properties', 'set'], value: { of: ['--soft-delete-feature-state'], fits: /^disable/i }, verb: 'revoke', kind: 'backup vault', reversibility: 'irreversible', backup: true, name: [{ option: ['-n', '--name'] }], why: 'Has backups in {name} gone for good as soon as they are deleted.', saferWay: 'Leave soft deletion on.' },
    { id: 'storage-delete', words: ['storage', 'container|account|blob|share|queue|table|file|fs|directory|entity|message', 'delete|delete-batch|clear'], verb: 'delete', kind: 'storage', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '-c', '--container-name', '-s', '--source'] }], why: 'Deletes {name} from storage.', saferWay: 'Keep a copy of the data first.' },
    { id: 'storage-public', words: ['storage', 'container', 'create|set-permission'], value: { of: ['--public-access'], fits: /^(?:blob|container)$/i }, verb: 'publish', kind: 'container', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Opens {name} to everybody on the internet.', saferWay: 'Hand out a link that expires.' },
    { id: 'storage-allow-public', words: ['storage', 'account', 'update'], value: { of: ['--allow-blob-public-access'], fits: /^true$/i }, verb: 'publish', kind: 'storage account', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Lets containers of {name} be made public.', saferWay: 'Leave public access off.' },
    { id: 'storage-protection-off', words: ['storage', 'account', 'blob-service-properties|file-service-properties', 'update'], value: { of: ['--enable-delete-retention', '--enable-container-delete-retention', '--enable-versioning', '--enable-restore-policy'], fits: /^false$/i }, verb: 'revoke', kind: 'storage account', reversibility: 'irreversible', backup: true, name: [{ option: ['-n', '--account-name'] }], why: 'Has {name} no longer keep what is deleted or overwritten.', saferWay: 'Leave it on.' },
    { id: 'storage-lifecycle', words: ['storage', 'account', 'management-policy', 'create|update'], verb: 'delete', kind: 'blobs', reversibility: 'irreversible', certainty: 'likely', backup: true, name: [{ option: ['--account-name'] }], why: 'Replaces the rules by which {name} deletes its own blobs and versions.', saferWay: 'Read the present rules first: az storage account management-policy show.' },
    { id: 'sync-delete', words: ['storage', 'blob', 'sync'], value: { of: ['--delete-destination'], fits: /^(?!false$)/i }, verb: 'delete', kind: 'blobs', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-c', '--container'] }], why: 'Makes the container {name} the same as the folder: what is not in it is deleted.', saferWay: 'Keep what is there: --delete-destination false.' },
    { id: 'vm-generalize', words: ['vm', 'generalize'], verb: 'stop', kind: 'machine', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '--ids'] }], why: 'Marks {name} as a template: it can never be started again.', saferWay: 'Take a snapshot of its disk instead.' },
    { id: 'vm-stop', words: ['vm|vmss|aks|webapp|functionapp|container|postgres|mysql|sql|logicapp|appservice', 'stop|deallocate|reimage|restart|redeploy'], verb: 'stop', kind: 'machine', reversibility: 'reversible', name: [{ option: ['-n', '--name'] }], why: 'Stops or rebuilds {name}; what it serves stops answering.', saferWay: 'Let a person stop it.' },
    { id: 'scale-zero', words: ['vmss|aks', 'scale'], value: { of: ['--new-capacity', '--node-count', '-c'], fits: /^0$/ }, verb: 'stop', kind: 'machines', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Deletes every machine of {name}.', saferWay: 'Lower it in small steps.' },
    { id: 'nodepool-scale-zero', words: ['aks', 'nodepool', 'scale'], value: { of: ['--node-count', '-c'], fits: /^0$/ }, verb: 'stop', kind: 'machines', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Deletes every machine of {name}.', saferWay: 'Lower it in small steps.' },
    { id: 'slot-swap', words: ['webapp|functionapp', 'deployment', 'slot', 'swap'], verb: 'overwrite', kind: 'app', reversibility: 'recoverable', name: [{ option: ['-n', '--name'] }], why: 'Puts what runs in the slot in the place of what {name} serves.', saferWay: 'Show it first: --action preview.' },
    { id: 'containerapp-environment', words: ['containerapp', 'update|up'], needs: ['--replace-env-vars', '--remove-all-env-vars'], verb: 'overwrite', kind: 'environment variables', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Throws away every environment variable of {name} that is not named again.', saferWay: 'Change single ones: --set-env-vars.' },
    { id: 'flexible-server-stop', words: ['postgres|mysql', 'flexible-server', 'stop|restart'], verb: 'stop', kind: 'database server', reversibility: 'reversible', name: [{ option: ['-n', '--name'] }], why: 'Stops the database server {name}.', saferWay: 'Let a person stop it.' },
    { id: 'flexible-server-update', words: ['postgres|mysql', 'flexible-server', 'update'], needs: ['--backup-retention', '--admin-password', '-p'], verb: 'revoke', kind: 'database server', reversibility: 'irreversible', backup: true, name: [{ option: ['-n', '--name'] }], why: 'Changes how long backups of {name} are kept, or its password.', saferWay: 'Leave backups and passwords to a person.' },
    { id: 'sql-retention', words: ['sql', 'db|mi', 'str-policy|ltr-policy', 'set'], verb: 'revoke', kind: 'database', reversibility: 'irreversible', backup: true, name: [{ option: ['-n', '--name'] }], why: 'Changes how long backups of {name} are kept; older ones are deleted.', saferWay: 'Leave backups as they are.' },
    { id: 'sql-data-loss', words: ['sql', 'db|failover-group', 'replica|set-primary'], needs: ['--allow-data-loss'], verb: 'delete', kind: 'database', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Makes the copy the primary: what had not been copied from {name} is lost.', saferWay: 'Fail over without --allow-data-loss.' },
    { id: 'sql-password', words: ['sql', 'server|mi', 'update'], needs: ['--admin-password', '-p'], verb: 'revoke', kind: 'database server', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Changes the administrator’s password of {name}: whatever uses it can no longer connect.', saferWay: 'Let a person rotate passwords.' },
    { id: 'cosmosdb-ttl', words: ['cosmosdb', 'sql|mongodb|cassandra|gremlin|table', 'container|collection|table|graph', 'update'], needs: ['--ttl'], verb: 'delete', kind: 'items', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-n', '--name'] }], why: 'Has items of {name} deleted when they are older.', saferWay: 'Check first which items that would be.' },
    { id: 'cosmosdb-keys', words: ['cosmosdb', 'keys', 'regenerate'], verb: 'revoke', kind: 'keys', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Makes a key of {name} invalid; whatever uses it stops working.', saferWay: 'Let a person rotate keys.' },
    { id: 'keys-renew', words: ['storage|cognitiveservices', 'account', 'keys', 'renew|regenerate'], verb: 'revoke', kind: 'keys', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Makes a key of {name} invalid; whatever uses it stops working.', saferWay: 'Let a person rotate keys.' },
    { id: 'credential-reset', words: ['ad', 'sp|app', 'credential', 'reset'], unless: ['--append'], verb: 'revoke', kind: 'credential', reversibility: 'irreversible', name: [{ option: ['--id', '-n', '--name'] }], why: 'Makes every password of {name} invalid; whatever signs in with one stops working.', saferWay: 'Keep the others: --append.' },
    { id: 'role-grant', words: ['role', 'assignment', 'create'], verb: 'revoke', kind: 'permissions', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['--assignee', '--scope'] }], why: 'Changes what {name} may do.', saferWay: 'Let a person grant permissions.' },
    { id: 'redis-keys', words: ['redis', 'regenerate-keys|flush|force-reboot'], verb: 'revoke', kind: 'cache', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Makes a key of the cache {name} invalid, or empties it.', saferWay: 'Let a person do it.' },
    { id: 'redis-import', words: ['redis', 'import'], verb: 'overwrite', kind: 'cache', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Replaces everything in the cache {name}.', saferWay: 'Export it first: az redis export.' },
    { id: 'deployment-complete', words: ['deployment', 'group|sub|mg|tenant', 'create'], unless: ['--what-if', '-w'], value: { of: ['--mode'], fits: /^complete$/i }, verb: 'delete', kind: 'deployment', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-n', '--name', '-g', '--resource-group'] }], why: 'Deletes every resource of {name} that the template does not name.', saferWay: 'Use --mode Incremental.' },
    { id: 'stack-unmanage', words: ['stack', 'group|sub|mg', 'create'], value: { of: ['--action-on-unmanage', '--aou'], fits: /^delete/i }, verb: 'delete', kind: 'deployment stack', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-n', '--name'] }], why: 'Deletes every resource of {name} that the template no longer names.', saferWay: 'Keep them: --action-on-unmanage detachAll.' },
    { id: 'dns-import', words: ['network', 'dns|private-dns', 'zone', 'import'], verb: 'overwrite', kind: 'DNS zone', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Writes the file’s records over those of {name}.', saferWay: 'Export it first: az network dns zone export.' },
    { id: 'logs-retention', words: ['monitor', 'log-analytics', 'workspace', '*'], needs: ['--retention-time', '--total-retention-time'], verb: 'delete', kind: 'logs', reversibility: 'irreversible', backup: true, name: [{ option: ['-n', '--name', '--workspace-name'] }], why: 'Changes how long {name} keeps log entries; older ones are deleted.', saferWay: 'Export them first.' },
    { id: 'appconfig-strict', words: ['appconfig', 'kv', 'import'], needs: ['--strict'], verb: 'delete', kind: 'configuration', reversibility: 'irreversible', name: [{ option: ['-n', '--name'] }], why: 'Deletes every setting of {name} that the file does not name.', saferWay: 'Import without --strict.' },
    { id: 'appconfig-restore', words: ['appconfig', 'kv', 'restore'], verb: 'overwrite', kind: 'configuration', reversibility: 'recoverable', name: [{ option: ['-n', '--name'] }], why: 'Puts the settings of {name} back to an earlier time.', saferWay: 'Look first: az appconfig revision list.' },
    { id: 'acr-untag', words: ['acr', 'repository', 'untag'], verb: 'delete', kind: 'image tag', reversibility: 'recoverable', name: [{ option: ['--image', '-t'] }, { option: ['-n', '--name'] }], why: 'Takes the tag off {name}: it can no longer be pulled by that name.', saferWay: 'Look first: az acr repository show-tags.' },
  ],
  unlisted: 'Azure resource',
  verbs: { stop: 'stop', deallocate: 'stop', restart: 'stop', redeploy: 'stop', reimage: 'delete', disable: 'stop', deactivate: 'stop', pause: 'stop', detach: 'stop', failover: 'stop', 'failover-priority-change': 'stop', 'power-off': 'stop', unregister: 'stop', regenerate: 'revoke', renew: 'revoke', 'rotate-certs': 'revoke', 'regenerate-key': 'revoke', 'regenerate-keys': 'revoke', 'simulate-eviction': 'stop' },
  inspect,
  controlPlane: {
    hosts: ['management.azure.com', '*.vault.azure.net', '*.blob.core.windows.net', 'dev.azure.com'],
    paths: [groupDelete('api-group-delete', 'resourcegroups'), groupDelete('api-group-delete-camel', 'resourceGroups'), machineStop('api-machine-stop', 'powerOff'), machineStop('api-machine-deallocate', 'deallocate')],
  },
  cases: {
    caught: [
      { command: 'az group delete --name shop-rg --yes --no-wait', by: 'group-delete' },
      { command: 'az group delete -n shop-rg -y', by: 'group-delete' },
      { command: 'az --subscription prod group delete -g shop-rg', by: 'group-delete' },
      { command: 'az account subscription cancel --id s1 --yes', by: 'subscription-cancel' },
      { command: 'az account lock delete --name keep', by: 'scoped-lock-delete' },
      { command: 'az account management-group delete -n mg', by: 'unlisted' },
      { command: 'az lock delete --name keep -g shop', by: 'lock-delete' },
      { command: 'az lock delete --ids /subscriptions/s/providers/Microsoft.Authorization/locks/keep', by: 'lock-delete' },
      { command: 'az --subscription prod lock delete -n keep', by: 'lock-delete' },
      { command: 'az group lock delete --lock-name keep -g shop', by: 'scoped-lock-delete' },
      { command: 'az backup protection disable --item-name vm1 --delete-backup-data true', by: 'backup-delete' },
      { command: 'az backup protection disable --item-name vm1 --yes', by: 'backup-disable' },
      { command: 'az backup vault backup-properties set --name v -g rg --soft-delete-feature-state Disable', by: 'backup-soft-delete' },
      { command: 'az storage container delete -n uploads', by: 'storage-delete' },
      { command: 'az storage blob delete-batch -s uploads', by: 'storage-delete' },
      { command: 'az storage container set-permission -n uploads --public-access blob', by: 'storage-public' },
      { command: 'az storage account update -n shop --allow-blob-public-access true', by: 'storage-allow-public' },
      { command: 'az storage account blob-service-properties update --account-name shop --enable-delete-retention false', by: 'storage-protection-off' },
      { command: 'az storage account management-policy create --account-name shop --policy @p.json', by: 'storage-lifecycle' },
      { command: 'az storage blob sync -c uploads -s ./dist', by: 'sync-delete' },
      { command: 'az storage blob sync -c uploads -s ./dist --delete-destination true', by: 'sync-delete' },
      { command: 'az vm deallocate -g shop -n web', by: 'vm-stop' },
      { command: 'az webapp stop -n shop -g rg', by: 'vm-stop' },
      { command: 'az vm generalize -g shop -n web', by: 'vm-generalize' },
      { command: 'az vmss scale -g shop -n web --new-capacity 0', by: 'scale-zero' },
      { command: 'az aks nodepool scale --cluster-name c -g rg -n users --node-count 0', by: 'nodepool-scale-zero' },
      { command: 'az webapp deployment slot swap -n shop -g rg --slot next', by: 'slot-swap' },
      { command: 'az containerapp update -n shop -g rg --replace-env-vars A=1', by: 'containerapp-environment' },
      { command: 'az containerapp revision deactivate -n shop -g rg --revision r1', by: 'unlisted' },
      { command: 'az containerapp delete -n shop -g rg --yes', by: 'unlisted' },
      { command: 'az postgres flexible-server stop -n db -g rg', by: 'flexible-server-stop' },
      { command: 'az mysql flexible-server update -n db -g rg --backup-retention 1', by: 'flexible-server-update' },
      { command: 'az postgres flexible-server delete -n db -g rg --yes', by: 'unlisted' },
      { command: 'az sql db str-policy set -n shop -s srv -g rg --retention-days 1', by: 'sql-retention' },
      { command: 'az sql db replica set-primary -n shop -s srv -g rg --allow-data-loss', by: 'sql-data-loss' },
      { command: 'az sql server update -n srv -g rg --admin-password x', by: 'sql-password' },
      { command: 'az cosmosdb sql container update -a shop -d main -n carts -g rg --ttl 60', by: 'cosmosdb-ttl' },
      { command: 'az cosmosdb keys regenerate -n shop --key-kind primary', by: 'cosmosdb-keys' },
      { command: 'az cosmosdb failover-priority-change -n shop -g rg --failover-policies west=0', by: 'unlisted' },
      { command: 'az storage account keys renew -n shop --key primary', by: 'keys-renew' },
      { command: 'az ad sp credential reset --id x', by: 'credential-reset' },
      { command: 'az ad app credential reset --id y', by: 'credential-reset' },
      { command: 'az ad user delete --id u', by: 'unlisted' },
      { command: 'az role assignment create --assignee a@example.com --role Owner', by: 'role-grant' },
      { command: 'az role assignment delete --assignee a@example.com', by: 'unlisted' },
      { command: 'az role definition delete --name r', by: 'unlisted' },
      { command: 'az redis regenerate-keys -n cache --key-type Primary', by: 'redis-keys' },
      { command: 'az redis force-reboot -n cache -g rg --reboot-type AllNodes', by: 'redis-keys' },
      { command: 'az redis import -n cache -g rg --files dump.rdb', by: 'redis-import' },
      { command: 'az deployment group create -g rg --mode Complete -f main.bicep', by: 'deployment-complete' },
      { command: 'az deployment group create --mode=complete -g rg -f main.bicep', by: 'deployment-complete' },
      { command: 'az deployment sub delete -n d', by: 'unlisted' },
      { command: 'az stack group create -n s -g rg -f main.bicep --action-on-unmanage deleteAll --deny-settings-mode none', by: 'stack-unmanage' },
      { command: 'az stack sub create -n s -l west -f main.bicep --aou deleteResources', by: 'stack-unmanage' },
      { command: 'az stack group delete -n s -g rg --yes', by: 'unlisted' },
      { command: 'az network dns zone import -n shop.example -g rg -f zone.txt', by: 'dns-import' },
      { command: 'az network private-dns zone import -n shop.internal -g rg -f zone.txt', by: 'dns-import' },
      { command: 'az network vnet subnet delete -g rg --vnet-name v -n s', by: 'unlisted' },
      { command: 'az monitor log-analytics workspace update -n logs -g rg --retention-time 7', by: 'logs-retention' },
      { command: 'az monitor log-analytics workspace table update --workspace-name logs -g rg -n t --total-retention-time 7', by: 'logs-retention' },
      { command: 'az monitor diagnostic-settings delete --name audit', by: 'unlisted' },
      { command: 'az appconfig kv import -n cfg -s file --path c.json --strict --yes', by: 'appconfig-strict' },
      { command: 'az appconfig kv restore -n cfg --datetime 2031-01-01', by: 'appconfig-restore' },
      { command: 'az appconfig kv delete -n cfg --key a --yes', by: 'unlisted' },
      { command: 'az acr repository untag -n shop --image web:1', by: 'acr-untag' },
      { command: 'az acr repository delete -n shop --image web:1', by: 'unlisted' },
      { command: 'az acr credential renew -n shop --password-name password', by: 'unlisted' },
      { command: 'az sql db delete -n shop -s srv -g rg --yes', by: 'unlisted' },
      { command: 'az keyvault purge -n vault', by: 'unlisted' },
      { command: 'az vm delete -g rg -n web --yes', by: 'unlisted' },
      { command: 'az functionapp keys delete -n f -g rg --key-name k --key-type functionKeys', by: 'unlisted' },
      { command: `az vm run-command invoke -g rg -n web --command-id RunShellScript --scripts 'rm -rf /srv/app'`, by: 'rm/delete' },
      { command: `az container exec -g rg -n web --exec-command 'rm -rf /srv/app'`, by: 'rm/delete' },
      { command: `az aks command invoke -g rg -n c --command 'kubectl delete ns shop'`, by: 'kubectl/delete' },
      { command: `az postgres flexible-server execute -n db -u admin -p x -d shop -q 'DROP TABLE orders'`, by: 'sql/drop-table' },
      { command: 'az rest --method delete --url https://management.azure.com/subscriptions/s/resourceGroups/shop?api-version=2021-04-01', by: 'api-group-delete-camel' },
      { command: 'curl -X DELETE "https://management.azure.com/subscriptions/s/resourcegroups/shop?api-version=2021-04-01"', by: 'api-group-delete' },
      { command: 'curl -X POST "https://management.azure.com/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web/powerOff?api-version=2024-07-01" -d ""', by: 'api-machine-stop' },
      { command: 'curl -X POST "https://management.azure.com/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web/deallocate?api-version=2024-07-01" -d ""', by: 'api-machine-deallocate' },
      { command: 'curl -X DELETE https://shop.vault.azure.net/secrets/db?api-version=7.4', by: 'unlisted-request' },
      { command: 'az vmss deallocate -g shop -n web', by: 'vm-stop' },
      { command: 'az vmss reimage -g shop -n web --instance-id 1', by: 'vm-stop' },
      { command: 'az aks scale -g shop -n c --node-count 0', by: 'scale-zero' },
      { command: 'az aks stop -g shop -n c', by: 'vm-stop' },
      { command: 'az webapp restart -n shop -g rg', by: 'vm-stop' },
      { command: 'az functionapp deployment slot swap -n f -g rg --slot next --target-slot production', by: 'slot-swap' },
      { command: 'az functionapp stop -n f -g rg', by: 'vm-stop' },
      { command: 'az containerapp up -n shop --remove-all-env-vars', by: 'containerapp-environment' },
      { command: 'az --subscription prod containerapp update -n shop -g rg --remove-all-env-vars', by: 'containerapp-environment' },
      { command: 'az postgres flexible-server restart -n db -g rg', by: 'flexible-server-stop' },
      { command: 'az mysql flexible-server stop --name db --resource-group rg', by: 'flexible-server-stop' },
      { command: 'az cosmosdb mongodb collection update -a shop -d main -n carts -g rg --ttl 60', by: 'cosmosdb-ttl' },
      { command: 'az ad sp credential reset --id x --years 2', by: 'credential-reset' },
      { command: 'az role assignment create --role Contributor --assignee-object-id x --scope /subscriptions/s', by: 'role-grant' },
      { command: 'az --subscription prod role assignment create --assignee a@example.com --role Reader', by: 'role-grant' },
      { command: 'az deployment group create -g rg -n d --template-file t.json --mode Complete', by: 'deployment-complete' },
      { command: 'az stack mg create -m mg -n s -l west -f main.bicep --action-on-unmanage deleteResources', by: 'stack-unmanage' },
      { command: 'az network dns zone import -g rg -n shop.example -f z.txt --subscription prod', by: 'dns-import' },
      { command: 'az monitor log-analytics workspace update -n audit -g rg -t 30 --retention-time 30', by: 'logs-retention' },
      { command: 'az appconfig kv restore -n cfg --key app/* --datetime 2031-01-01 --yes', by: 'appconfig-restore' },
      { command: 'az acr repository untag --name shop --image api:2', by: 'acr-untag' },
      { command: 'az acr repository untag -n shop -t web:old', by: 'acr-untag' },
      { command: 'az vmss scale --name workers -g shop --new-capacity=0', by: 'scale-zero' },
      { command: 'az aks nodepool scale -n gpu --cluster-name c -g rg -c 0', by: 'nodepool-scale-zero' },
      { command: 'az --subscription prod aks nodepool scale --name users --cluster-name c -g rg --node-count=0', by: 'nodepool-scale-zero' },
      { command: 'az webapp deployment slot swap -g rg -n api --slot canary', by: 'slot-swap' },
    ],
    passes: [
      'az group list', 'az vm list -o table', 'az account show', 'az vm start -g rg -n web', 'az aks get-credentials -g rg -n c', 'az group create -n x -l westeurope', 'az webapp log tail -n shop', 'az storage blob list -c uploads', 'az deployment group what-if -g rg -f main.bicep', 'az vm show -n delete -g rg', 'az group delete --help', 'curl https://management.azure.com/subscriptions',
      'az container exec -g rg -n web --exec-command "ls /srv/app"', 'az deployment group create -g rg -f main.bicep', 'az deployment group create -g rg -f main.bicep --mode Complete --what-if', 'az storage blob sync -c uploads -s ./dist --delete-destination false', 'az aks scale -g rg -n c --node-count 3', 'az postgres flexible-server restore -n copy --source-server db -g rg', 'az rest --method get --url https://management.azure.com/subscriptions', `az vm run-command invoke -g rg -n web --command-id RunShellScript --scripts 'uptime'`, `az aks command invoke -g rg -n c --command 'kubectl get ns'`, 'az containerapp update -n shop -g rg --set-env-vars A=1', 'az keyvault secret list --vault-name v', 'az account set --subscription s', 'az lock list -g shop', 'az storage account update -n shop --min-tls-version TLS1_2',
    ],
  },
};

/** Commands that carry others: scripts for a machine, `kubectl` for a cluster, SQL, requests to Azure's own interface. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [first, second, third] = call.operands.map((word) => word.text);
  if (first === 'rest') {
    const url = optionValue(call, '--url', '--uri', '-u')?.text ?? '';
    const body = optionValue(call, '--body', '-b')?.text;
    const method = (optionValue(call, '--method', '-m')?.text ?? 'get').toUpperCase();
    return analysis.http({ method, url: url.startsWith('/') ? `https://management.azure.com${url}` : url, headers: [], uploads: [], ...(body === undefined ? {} : { body }) }, placeOf(call.invocation));
  }
  if (third === 'invoke' && first === 'aks' && second === 'command') {
    const command = optionValue(call, '--command', '-c')?.text;
    return command === undefined ? [] : analysis.shell(command, placeOf(call.invocation));
  }
  if (first === 'container' && second === 'exec') {
    const text = optionValue(call, '--exec-command');
    const container = optionValue(call, '-n', '--name') ?? knownWord('container');
    return text ? analysis.invocation({ ...call.invocation, program: 'ssh', argv: [knownWord('ssh'), container, text], redirections: [] }) : [];
  }
  if (third === 'invoke' && second === 'run-command') {
    const script = optionValue(call, '--scripts');
    const machine = optionValue(call, '-n', '--name') ?? knownWord('machine');
    return script ? analysis.invocation({ ...call.invocation, program: 'ssh', argv: [knownWord('ssh'), machine, script], redirections: [] }) : [];
  }
  if (third === 'execute' && second === 'flexible-server') {
    const sql = optionValue(call, '--querytext', '-q')?.text;
    return sql === undefined ? [] : analysis.sql(sql, { client: `azure ${first}`, connection: `${optionValue(call, '-n', '--name')?.text ?? 'server'}.database.azure.com` }, placeOf(call.invocation));
  }
  return [];
}
