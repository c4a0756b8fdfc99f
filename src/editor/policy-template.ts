/** What a policy file holds when the editor creates it: nothing that counts, and an example of each thing it can say. */

export const userTemplate = `{
  // Your policy, on top of the built-in one. Only you can change it: agents are refused.
  // Completion (Ctrl+Space) shows what can stand where. docs/policy.md has worked examples.
  "version": 1,

  // What becomes of some effects. The first row that fits counts.
  "table": [
    // { "verbs": ["delete", "drop"], "tools": ["terraform"], "environments": ["production"], "decision": "deny", "because": "production is taken down by hand" }
  ],

  // Where named resources belong: exact names, ids or hosts, or globs.
  "resources": [
    // { "match": "db.staging.example.com", "environment": "staging" }
  ],

  // What runs without asking, with somebody who answers for it. Never in production.
  "allow": [
    // { "rule": "docker/volume-rm", "resource": "scratch-*", "owner": "me", "reason": "made and thrown away by tests", "expires": "2027-12-31" }
  ],

  // Files no agent may see, and files that are fine to see although they sound secret, as in .gitignore.
  "hiddenFiles": [],
  "clearFiles": [],

  // Read-only commands that count rows before you are asked about losing them. The question shows the number.
  "counts": [
    // { "environment": "staging", "kind": "table", "command": ["psql", "-XAt", "-h", "db.staging.example.com", "-c", "select count(*) from {name}"] }
  ],

  // What is backed up before a database or volume is lost: the action runs only once your command has ended with 0.
  "backups": [
    // { "environment": "production", "kind": "database", "command": ["/home/you/bin/backup-database", "{name}"], "newest": ["/home/you/bin/newest-backup", "{name}"] }
  ]
}
`;

export const workspaceTemplate = `{
  // This team's policy. It can only make Interlock stricter than each person's own.
  "version": 1,

  // What becomes of some effects. Globs are looked for below this folder.
  "table": [
    // { "verbs": ["delete", "overwrite"], "paths": ["db/migrations"], "decision": "ask", "because": "migrations that ran somewhere are never changed" }
  ],

  // Resources that are production, whatever their names suggest.
  "resources": [
    // { "match": "db.internal.example.com", "environment": "production" }
  ],

  // What the folders here are for.
  "tags": [
    // { "folder": ".", "environment": "staging" }
  ],

  // Files no agent may see, as in .gitignore.
  "hiddenFiles": []
}
`;
