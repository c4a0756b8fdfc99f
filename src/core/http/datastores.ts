/**
 * Databases that are changed over HTTP and listen on these ports when nobody says otherwise. A DELETE sent to one
 * loses data even when it runs on this machine.
 */
export const datastorePorts: ReadonlyMap<number, string> = new Map([
  // https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/networking-settings
  [9200, 'elasticsearch'],
  // https://docs.couchdb.org/en/stable/config/http.html
  [5984, 'couchdb'],
  // https://docs.influxdata.com/influxdb/v2/reference/config-options/
  [8086, 'influxdb'],
  // https://qdrant.tech/documentation/guides/configuration/
  [6333, 'qdrant'],
  // https://www.meilisearch.com/docs/learn/self_hosted/configure_meilisearch_at_launch
  [7700, 'meilisearch'],
  // https://clickhouse.com/docs/en/interfaces/http
  [8123, 'clickhouse'],
]);
