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
  // Of files that know the same name the first counts; an explicit file stands alone.
  ['kubectl --context shop-prod delete deployment api', 'production', { env: { KUBECONFIG: `${staging}:${home}/.kube/config` } }, /shop-prod/],
  [`kubectl --kubeconfig ${staging} --context kind-shop delete deployment api`, 'unknown'],
  [`kubectl --kubeconfig ${staging} delete deployment api`, 'staging', { env: { KUBECONFIG: `${home}/.kube/config` } }],
  ['kubectl --context eight --cluster shop-staging delete deployment api', 'staging'],
  ['kubectl --context eight --cluster kind-shop delete deployment api', 'local'],
  ['kubectl --context shop-prod --server https://10.0.0.9:6443 delete deployment api', 'unknown'],
  ['kubectl --context kind-shop -n production delete deployment api', 'local'],
  ['kubectl --context shop-staging -n production delete deployment api', 'production'],
  ['kubectl --context eight -n staging delete deployment api', 'staging'],
  ['kubectl --context eight delete namespace live', 'production'],
  ['kubectl --context eight delete namespace delivery', 'unknown'],
  ['kubectl --context kind-elsewhere delete deployment api', 'unknown'],
  ['oc --context eight delete project shop-staging', 'staging'],
  ['kubectl delete deployment api', 'staging', { resources: [{ match: '111122223333', environment: 'staging' }] }, /“111122223333”/],
  ['kubectl --context eight delete deployment api', 'staging', { resources: [{ match: '203.0.113.20', environment: 'staging' }] }],
  ['kubectl --context seven delete deployment api', 'development', { resources: [{ match: 'seven', environment: 'development' }] }],
  ['kubectl delete deployment api', 'staging', { env: { KUBECONFIG: 'k/staging.yaml' }, folder: '..' }],
]);

targets('the cluster of helm and its kin', 'kubernetes', [
  ['helm uninstall web', 'production'],
  ['helm uninstall web --kube-context shop-staging', 'staging', {}, /from --kube-context/],
  ['HELM_KUBECONTEXT=shop-staging helm uninstall web', 'staging', {}, /from HELM_KUBECONTEXT/],
  ['HELM_KUBECONTEXT=shop-staging helm uninstall web --kube-context kind-shop', 'local'],
  ['HELM_KUBECONTEXT=eight HELM_NAMESPACE=production helm uninstall web', 'production'],
  ['HELM_KUBECONTEXT=eight HELM_NAMESPACE=production helm uninstall web -n staging', 'staging'],
  [`helm uninstall web --kubeconfig ${staging}`, 'staging'],
  ['helm uninstall web --kube-apiserver https://127.0.0.1:6443', 'local'],
  ['helmfile destroy --kube-context eight -e production', 'production'],
  ['helmfile destroy --kube-context shop-staging', 'staging'],
  ['flux delete kustomization web --context shop-staging -s', 'staging'],
  ['flux delete kustomization web -s', 'production'],
  ['argocd app delete web --core', 'production'],
]);

targets('what runs in a pod', 'kubernetes', [
  ['kubectl exec deploy/db -- psql -c "DROP TABLE orders"', 'production'],
  ['kubectl --context shop-staging exec deploy/db -- rm -rf /data', 'staging'],
  ['kubectl --context eight -n production exec deploy/db -- rm -rf /data', 'production'],
  [`kubectl --kubeconfig ${staging} exec deploy/db -- rm -rf /data`, 'staging'],
  ['kubectl --context kind-shop exec deploy/db -- psql -c "DROP TABLE orders"', 'local'],
  ['kubectl --context kind-shop exec deploy/db -- psql -h db.prod.shop.example -c "DROP TABLE orders"', 'production'],
  ['kubectl --context shop-staging exec deploy/db -- psql --context kind-shop -c "DROP TABLE orders"', 'staging'],
]);
