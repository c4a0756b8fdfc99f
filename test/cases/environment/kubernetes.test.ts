import { home, targets } from './target-cases.ts';

const staging = `${home}/k/staging.yaml`;
const blank = `${home}/k/nothing-current.yaml`;

targets('the cluster of kubectl', 'kubernetes', [
  ['kubectl delete namespace checkout', 'production', {}, /shop-prod/],
  ['kubectl --context shop-staging delete namespace checkout', 'staging'],
  ['kubectl --context kind-shop delete namespace checkout', 'local'],
  ['kubectl --context seven delete deployment api', 'production', {}, /checkout-production/],
  ['kubectl --context eight delete deployment api', 'unknown'],
  ['kubectl delete deployment api', 'staging', { env: { KUBECONFIG: staging } }],
  ['kubectl delete deployment api', 'production', { env: { KUBECONFIG: `${blank}:${home}/.kube/config` } }],
  [`KUBECONFIG=${staging} kubectl delete deployment api`, 'staging'],
  [`export KUBECONFIG=${staging}; kubectl delete deployment api`, 'staging'],
  [`kubectl --kubeconfig ${staging} delete deployment api`, 'staging'],
  ['kubectl --server https://127.0.0.1:6443 delete deployment api', 'local'],
]);
