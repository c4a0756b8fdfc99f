import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'rabbitmqctl',
  title: 'RabbitMQ',
  programs: ['rabbitmqctl', 'rabbitmqadmin'],
  docs: 'https://www.rabbitmq.com/docs/man/rabbitmqctl.8',
  valueOptions: ['-n', '--node', '-p', '--vhost', '-t', '--timeout', '-H', '--host', '-u', '--username', '-V'],
  safeOptions: ['-h'],
  target: { system: 'rabbitmq', option: ['-n', '--node', '-H', '--host'] },
  operations: [
    { id: 'reset', words: ['reset|force_reset'], verb: 'delete', kind: 'broker', reversibility: 'irreversible', name: [], why: 'Deletes every queue, user and setting of the node.', saferWay: 'Export them first: rabbitmqctl export_definitions.' },
    { id: 'delete', words: ['delete_queue|delete_user|delete_vhost|purge_queue|clear_permissions|clear_policy|clear_parameter|clear_password|forget_cluster_node|delete_shovel|close_all_connections|clear_topic_permissions'], verb: 'delete', kind: 'queue or account', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes, empties or cuts off {name}.', saferWay: 'Look first: rabbitmqctl list_queues.' },
    { id: 'admin-delete', words: ['delete|purge|close'], verb: 'delete', kind: 'queue or exchange', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes, empties or cuts off {name}.', saferWay: 'Look first: rabbitmqadmin list queues.' },
    { id: 'stop', words: ['stop|stop_app|shutdown'], verb: 'stop', kind: 'broker', reversibility: 'reversible', name: [], why: 'Stops the broker; what uses it stops working.', saferWay: 'Let a person stop it.' },
  ],
  cases: {
    caught: [
      { command: 'rabbitmqctl reset', by: 'reset' },
      { command: 'rabbitmqctl -n rabbit@web force_reset', by: 'reset' },
      { command: 'rabbitmqctl delete_vhost shop', by: 'delete' },
      { command: 'rabbitmqctl purge_queue orders', by: 'delete' },
      { command: 'rabbitmqctl delete_user alice', by: 'delete' },
      { command: 'rabbitmqadmin delete queue name=orders', by: 'admin-delete' },
      { command: 'rabbitmqadmin purge queue name=orders', by: 'admin-delete' },
      { command: 'rabbitmqctl stop_app', by: 'stop' },
    ],
    passes: ['rabbitmqctl status', 'rabbitmqctl list_queues', 'rabbitmqctl export_definitions x.json', 'rabbitmqadmin list queues', 'rabbitmqctl cluster_status', 'rabbitmqctl add_user bob'],
  },
};
