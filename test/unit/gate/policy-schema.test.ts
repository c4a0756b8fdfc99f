import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { policySchemas } from '../../docs/policy-schemas.ts';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

describe('the schemas that the editor completes policy files by', () => {
  for (const [path, text] of policySchemas()) {
    test(`${path} is what files are read by`, () => assert.equal(readFileSync(path, 'utf8'), text, 'npm run docs'));
    test(`${path} explains every field and every value`, () => assert.deepEqual(unexplained(JSON.parse(text) as Schema, path), []));
  }
});

/** Places of fields without a description, and of values without a meaning. */
function unexplained(schema: Schema, place: string): readonly string[] {
  const values = schema.enum !== undefined && schema.enum.length !== schema.enumDescriptions?.length ? [`values of ${place}`] : [];
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [...(field.description ? [] : [`${place}.${name}`]), ...unexplained(field, `${place}.${name}`)]);
  return [...values, ...fields, ...(schema.items ? unexplained(schema.items, `${place}[]`) : []), ...(schema.anyOf ?? []).flatMap((one, at) => unexplained(one, `${place}|${at}`))];
}
