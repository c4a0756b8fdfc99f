import { targets } from './target-cases.ts';

const prod = 'postgres://app:hunter2@db.prod.example.com/shop';
const here = 'postgres://app@localhost/shop';

targets('the connection of Rails', 'db-web', [
  ['bin/rails db:reset', 'local', { folder: 'rails' }, /the environment is development/],
  ['RAILS_ENV=staging bin/rails db:reset', 'staging', { folder: 'rails' }],
  ['bin/rails db:reset RAILS_ENV=staging', 'staging', { folder: 'rails' }],
  ['bundle exec rake db:drop', 'staging', { folder: 'rails', env: { RACK_ENV: 'staging' } }],
  ['RAILS_ENV=development bundle exec rake db:drop', 'local', { folder: 'rails', env: { RACK_ENV: 'staging' } }],
  ['RAILS_ENV=production bin/rails db:reset', 'unknown', { folder: 'rails' }, /cannot be read from here/],
  ['RAILS_ENV=production bin/rails db:reset', 'production', { folder: 'rails', env: { PRODUCTION_URL: prod } }, /PRODUCTION_URL in the environment/],
  ['RAILS_ENV=production bin/rails db:reset', 'production', { folder: 'rails', env: { PRODUCTION_URL: prod, DATABASE_URL: here } }],
  ['bin/rails db:reset', 'production', { folder: 'rails', env: { DATABASE_URL: prod } }],
  ['bin/rails db:reset', 'production', { folder: 'rails', env: { DB_HOST: 'db.prod.example.com' } }],
  [`bin/rails db:drop DATABASE_URL=${prod}`, 'production', { folder: 'rails' }],
  ['rails/bin/rails db:reset RAILS_ENV=staging', 'staging'],
  ['RAILS_ENV=nowhere bin/rails db:reset', 'unknown', { folder: 'rails' }],
  ['bin/rails db:reset', 'local', { folder: 'rails-dotenv' }],
  ['RAILS_ENV=test bin/rails db:reset', 'local', { folder: 'rails-dotenv' }],
  ['RAILS_ENV=staging bin/rails db:reset', 'unknown', { folder: 'rails-dotenv' }],
  ['bin/rails db:drop', 'production', { folder: 'rails-many' }, /animals\.prod\.example\.com/],
  ['RAILS_ENV=test bin/rails db:drop', 'local', { folder: 'rails-many' }],
  ['RAILS_ENV=production bin/rails db:drop', 'unknown', { folder: 'rails-many' }],
  ['bin/rails dbconsole -e staging <<< "DROP TABLE orders"', 'staging', { folder: 'rails' }],
]);

targets('the connection of Laravel', 'db-web', [
  ['php artisan migrate:fresh', 'production', { folder: 'laravel' }, /DB_HOST in \.env names host db\.prod/],
  ['php artisan migrate:fresh --env=testing', 'production', { folder: 'laravel' }, /--env=testing has no \.env\.testing, so \.env is used/],
  ['APP_ENV=testing php artisan migrate:fresh', 'production', { folder: 'laravel' }, /APP_ENV=testing has no \.env\.testing, so \.env is used/],
  ['php artisan migrate:fresh --env=staging', 'staging', { folder: 'laravel' }, /DB_URL in \.env\.staging/],
  ['APP_ENV=staging php artisan migrate:fresh', 'staging', { folder: 'laravel' }],
  ['php artisan migrate:fresh --env=dusk', 'local', { folder: 'laravel' }],
  ['php laravel/artisan migrate:fresh --env=staging', 'staging'],
  ['DB_HOST=localhost php artisan migrate:fresh', 'local', { folder: 'laravel' }],
  ['php artisan migrate:fresh', 'local', { folder: 'laravel', env: { DB_CONNECTION: 'sqlite' } }],
  ['php artisan db:wipe --database=sqlite', 'local', { folder: 'laravel' }],
  ['php artisan db:wipe --database=warehouse', 'production', { folder: 'laravel' }, /warehouse\.prod\.example\.com/],
  ['php artisan db:wipe --database=nowhere', 'unknown', { folder: 'laravel' }],
  ['php artisan migrate:fresh', 'production', { folder: 'laravel-cached' }, /cached configuration counts, whatever \.env says/],
  ['DB_HOST=127.0.0.1 php artisan migrate:fresh', 'production', { folder: 'laravel-cached' }],
  ['php artisan migrate:fresh', 'local', { folder: 'laravel-bare' }],
]);

targets('the connection of Symfony', 'db-web', [
  ['php bin/console doctrine:database:drop --force', 'production', { folder: 'symfony' }, /DATABASE_URL in \.env\.local/],
  ['php bin/console doctrine:database:drop --force --env=test', 'local', { folder: 'symfony' }],
  ['APP_ENV=test php bin/console doctrine:schema:drop --force', 'local', { folder: 'symfony' }],
  ['php bin/console doctrine:schema:drop --force -e staging', 'local', { folder: 'symfony' }, /DATABASE_URL in \.env\.staging\.local|points to this machine/],
  [`DATABASE_URL=${here} php bin/console doctrine:schema:drop --force`, 'local', { folder: 'symfony' }],
  ['php bin/console doctrine:schema:drop --force --env=qa', 'unknown', { folder: 'symfony' }],
  ['php bin/console doctrine:schema:drop --force --env=qa', 'production', { folder: 'symfony', env: { QA_URL: prod } }],
  ['php bin/console doctrine:database:drop --force', 'staging', { folder: 'symfony-many' }],
  ['php bin/console doctrine:database:drop --force --connection=default', 'local', { folder: 'symfony-many' }],
  ['php bin/console dbal:run-sql "DROP TABLE orders" --connection=customer', 'staging', { folder: 'symfony-many' }],
]);

targets('the connection of Django', 'db-web', [
  ['python manage.py flush --no-input', 'local', { folder: 'django' }, /the settings are shop\.settings\.dev/],
  ['python manage.py flush --settings=shop.settings.prod', 'production', { folder: 'django' }, /prod\.py names host/],
  ['DJANGO_SETTINGS_MODULE=shop.settings.prod python manage.py flush', 'production', { folder: 'django' }],
  ['python manage.py flush --settings=shop.settings.tests', 'local', { folder: 'django', env: { DJANGO_SETTINGS_MODULE: 'shop.settings.prod' } }],
  ['python manage.py flush', 'staging', { folder: 'django', env: { DB_HOST: 'db.staging.example.com' } }, /DB_HOST in the environment/],
  ['python manage.py flush --database legacy', 'production', { folder: 'django' }],
  ['python manage.py flush --database nowhere', 'unknown', { folder: 'django' }],
  ['python src/manage.py flush', 'staging', { folder: 'django-env' }, /DATABASE_URL in \.env/],
  ['python src/manage.py flush --database replica', 'local', { folder: 'django-env' }],
  ['python manage.py flush', 'local', { folder: 'django-dj' }],
  ['python manage.py flush', 'production', { folder: 'django-dj', env: { DATABASE_URL: prod } }],
  ['python manage.py flush', 'unknown', { folder: 'django-hidden' }],
  ['python manage.py dbshell <<< "DROP TABLE orders"', 'production', { folder: 'django', env: { DJANGO_SETTINGS_MODULE: 'shop.settings.prod' } }],
]);

targets('the connection of Alembic and Flask', 'db-web', [
  ['alembic downgrade base', 'staging', { folder: 'alembic' }, /alembic\.ini names host db\.staging/],
  ['alembic -n archive downgrade base', 'local', { folder: 'alembic' }],
  ['alembic -c alembic/alembic.ini downgrade base', 'staging'],
  ['ALEMBIC_CONFIG=alembic/alembic.ini alembic downgrade base', 'staging'],
  ['alembic downgrade base', 'production', { folder: 'alembic-env' }, /DATABASE_URL in \.env/],
  ['alembic downgrade base', 'local', { folder: 'alembic-env', env: { DATABASE_URL: here } }],
  ['alembic downgrade base', 'unknown', { folder: 'alembic-settings' }],
  [`alembic -x db_url=${prod} downgrade base`, 'production', { folder: 'alembic-settings' }],
  ['flask db downgrade base', 'local', { folder: 'flask' }],
  ['flask db downgrade base', 'production', { folder: 'flask', env: { DATABASE_URL: prod } }],
  ['flask db downgrade base', 'production', { folder: 'flask-many' }],
]);

targets('the connection of Ecto, Phinx and .NET', 'db-web', [
  ['mix ecto.reset', 'local', { folder: 'ecto' }, /points to this machine/],
  ['MIX_ENV=test mix ecto.drop', 'local', { folder: 'ecto' }],
  ['MIX_ENV=test mix ecto.drop', 'staging', { folder: 'ecto', env: { TEST_HOST: 'db.staging.example.com' } }],
  ['MIX_ENV=prod mix ecto.drop', 'unknown', { folder: 'ecto' }],
  ['MIX_ENV=prod mix ecto.drop', 'production', { folder: 'ecto', env: { DATABASE_URL: 'ecto://app:hunter2@db.prod.example.com/shop' } }],
  ['mix ecto.drop', 'local', { folder: 'ecto', env: { DATABASE_URL: 'ecto://app@db.prod.example.com/shop' } }],
  ['vendor/bin/phinx rollback -t 0', 'local', { folder: 'phinx' }],
  ['vendor/bin/phinx rollback -e production -t 0', 'production', { folder: 'phinx' }],
  ['dotnet ef database drop --force', 'local', { folder: 'dotnet' }],
  ['ASPNETCORE_ENVIRONMENT=Staging dotnet ef database drop --force', 'unknown', { folder: 'dotnet' }, /shop\.database\.windows\.net/],
  ['dotnet ef database drop --force --connection "Server=db.prod.example.com;Database=shop"', 'production', { folder: 'dotnet' }],
]);
