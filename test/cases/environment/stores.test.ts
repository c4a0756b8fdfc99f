import { home, targets } from './target-cases.ts';

targets('object stores', 'stores', [
  ['mc rb --force shop/uploads', 'production', {}, /store “s3\.prod\.shop\.example” of alias shop/],
  ['mc rb --force lab/uploads', 'local'],
  ['mc rb --force lab/uploads shop/uploads', 'production'],
  // An alias may be called like one on this machine and lead elsewhere.
  ['mc rb --force local/uploads', 'unknown', {}, /s3\.shop\.example/],
  ['mc rb --force local/uploads-prod', 'production'],
  ['mc rb --force nobody/uploads', 'unknown'],
  ['MC_HOST_shop=http://key:secret@127.0.0.1:9000 mc rb --force shop/uploads', 'local'],
  ['rclone purge lab:uploads', 'local'],
  ['rclone purge archive:uploads', 'production'],
  ['rclone purge stage-drive:uploads', 'staging'],
  ['rclone purge other:uploads', 'unknown'],
  ['rclone purge /tmp/uploads', 'local'],
  ['s3cmd del --recursive s3://uploads', 'staging', {}, /s3\.staging\.shop\.example/],
  ['s3cmd del --recursive s3://prod-uploads', 'production'],
  [`s3cmd -c ${home}/plain.s3cfg del --recursive s3://uploads`, 'unknown'],
  ['s3cmd --host localhost:9000 del --recursive s3://uploads', 'local'],
]);

targets('repositories and registries', 'stores', [
  ['restic -r /srv/backup forget --prune abc', 'local'],
  ['restic -r sftp:me@backup.prod.shop.example:/srv forget --prune abc', 'production'],
  ['restic -r s3:https://s3.shop.example/staging-backups forget --prune abc', 'staging'],
  ['restic -r b2:acme:shop forget --prune abc', 'unknown'],
  ['RESTIC_REPOSITORY=rest:https://u:p@backup.staging.shop.example/ restic forget --prune abc', 'staging'],
  ['RESTIC_REPOSITORY=/srv/backup restic -r s3:https://s3.shop.example/prod forget --prune abc', 'production'],
  ['borg -r ssh://backup@vault.prod.shop.example/./repo delete abc', 'production'],
  ['BORG_REPO=/srv/borg borg delete abc', 'local'],
  ['npm publish --registry http://localhost:4873', 'local'],
  ['npm publish', 'unknown'],
  ['npm_config_registry=https://npm.staging.shop.example npm publish', 'staging'],
  ['npm publish --registry https://localhost.shop.example', 'unknown'],
]);
