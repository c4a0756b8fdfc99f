import { home, targets } from './target-cases.ts';

const drop = 'aws dynamodb delete-table --table-name orders';

targets('the account of the AWS tools', 'aws', [
  [`${drop} --profile shop-prod`, 'production', {}, /AWS profile “shop-prod” from --profile/],
  [`${drop} --profile shop-staging`, 'staging'],
  [`${drop} --profile eleven`, 'unknown', {}, /AWS account “777788889999” in ~\/\.aws\/config/],
  [drop, 'production', { env: { AWS_PROFILE: 'shop-prod' } }, /from AWS_PROFILE/],
  [drop, 'staging', { env: { AWS_DEFAULT_PROFILE: 'shop-staging' } }],
  [`AWS_PROFILE=shop-staging ${drop}`, 'staging', { env: { AWS_PROFILE: 'shop-prod' } }],
  [`export AWS_PROFILE=shop-staging; ${drop}`, 'staging'],
  [`AWS_PROFILE=shop-staging ${drop} --profile shop-prod`, 'production'],
  [drop, 'unknown', {}, /444455556666/],
  // A role decides, whatever lends it credentials.
  [`${drop} --profile ops`, 'production', {}, /role “ProdAdmin”/],
  [drop, 'staging', { env: { AWS_PROFILE: 'ops', AWS_CONFIG_FILE: `${home}/other-config` }, resources: [{ match: 'ops', environment: 'staging' }] }],
  // Who takes a role from production's profile may yet be told by it.
  [`${drop} --profile ci`, 'production'],
  [`${drop} --profile eleven`, 'production', { env: { AWS_CONFIG_FILE: `${home}/other-config` } }],
  [`${drop} --profile shop-prod`, 'production', { env: { AWS_CONFIG_FILE: `${home}/other-config` } }],
  // Keys in the environment count for more than AWS_PROFILE: whose they are its name does not say.
  [drop, 'unknown', { env: { AWS_PROFILE: 'shop-staging', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' } }],
  [drop, 'production', { env: { AWS_PROFILE: 'shop-prod', AWS_ACCESS_KEY_ID: 'x' } }],
  [`${drop} --profile shop-staging`, 'staging', { env: { AWS_ACCESS_KEY_ID: 'x' } }],
  [`aws-vault exec shop-staging -- ${drop}`, 'staging', { env: { AWS_PROFILE: 'shop-prod' } }],
  // An endpoint on this machine is a stand-in.
  [`${drop} --endpoint-url http://localhost:4566`, 'local'],
  [`${drop} --profile shop-prod --endpoint-url http://localhost:4566`, 'local'],
  [`awslocal dynamodb delete-table --table-name orders`, 'local'],
  [`${drop} --profile localstack`, 'local'],
  [drop, 'local', { env: { AWS_ENDPOINT_URL: 'http://localstack:4566' } }],
  [drop, 'local', { env: { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' } }],
  [drop, 'unknown', { env: { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' } }],
  [drop, 'unknown', { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } }],
  [`${drop} --profile minio-live`, 'production'],
  [`${drop} --endpoint-url https://localhost.shop.example`, 'unknown'],
  // What is lost may say production, and never less.
  ['aws s3 rb s3://shop-prod-backups --force --profile shop-staging', 'production'],
  ['aws s3 rb s3://shop-staging-backups --force', 'unknown'],
  ['aws s3 rb s3://shop-product-images --force --profile reproduction', 'unknown'],
  ['aws s3 rb s3://delivery-alive --force', 'unknown'],
]);

targets('an account the policy knows', 'aws', [
  [`${drop} --profile eleven`, 'staging', { resources: [{ match: '777788889999', environment: 'staging' }] }, /the policy places “777788889999”/],
  [drop, 'production', { resources: [{ match: '444455556666', environment: 'production' }] }],
  ['aws sqs purge-queue --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/orders', 'production', { resources: [{ match: '111122223333', environment: 'production' }] }],
  ['aws sns delete-topic --topic-arn arn:aws:sns:eu-west-1:222233334444:orders', 'staging', { resources: [{ match: '222233334444', environment: 'staging' }] }],
  // A profile that the keys in the environment overrule makes nothing less strict.
  [drop, 'unknown', { env: { AWS_PROFILE: 'shop-staging', AWS_ACCESS_KEY_ID: 'x' }, resources: [{ match: 'shop-staging', environment: 'staging' }] }],
]);
