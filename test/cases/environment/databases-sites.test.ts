import { targets } from './target-cases.ts';

targets('the database of a site', 'db-sites', [
  ['wp db reset --yes', 'production', { folder: 'wordpress' }, /wp-config\.php names host db\.prod/],
  ['wp db query "DROP TABLE wp_posts"', 'production', { folder: 'wordpress' }],
  ['wp db reset --yes --path=wordpress', 'production'],
  ['wp db reset --yes --path=public', 'local', { folder: 'wordpress-env' }],
  ['wp db reset --yes --path=public', 'staging', { folder: 'wordpress-env', env: { WORDPRESS_DB_HOST: 'db.staging.example.com' } }],
  ['wp db reset --yes --ssh=deploy@web.staging.example.com/srv/shop', 'staging', { folder: 'wordpress' }],
  ['wp db query "DROP TABLE wp_posts" --ssh=web', 'unknown', { folder: 'wordpress' }],
  ['wp db reset --yes', 'unknown', { folder: 'magento' }],
  ['drush sql:drop -y', 'staging', { folder: 'drupal' }, /settings\.php names host db\.staging/],
  ['drush sql:query "DROP TABLE node"', 'staging', { folder: 'drupal' }],
  ['drush @shop.prod sql:drop -y', 'production', { folder: 'drupal' }, /alias shop\.prod/],
  ['drush @shop.eu sql:drop -y', 'unknown', { folder: 'drupal' }],
  ['drush sql:drop -y', 'local', { folder: 'drupal-local' }],
  ['bin/magento setup:uninstall', 'production', { folder: 'magento' }],
]);

targets('databases that no program of their own is called for', 'db-clients', [
  [`python3 -c "import pymysql; c = pymysql.connect(); c.cursor().execute('DROP TABLE orders')"`, 'unknown'],
  [`python3 -c "import sqlite3; sqlite3.connect('app.db').execute('DROP TABLE orders')"`, 'local'],
  [`node -e "require('mysql2').createConnection({ host: 'db.prod.example.com' }).query('DROP TABLE orders')"`, 'production'],
]);
