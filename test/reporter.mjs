// Says what failed, in full, and how many tests there were; thousands of passing ones are not worth a line each.
import { relative } from 'node:path';
import { inspect } from 'node:util';

/** Where a test stands, as far as the runner knows. */
const place = ({ file, line }) => (file ? ` (${relative(process.cwd(), file)}:${line})` : '');

export default async function* reporter(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:stderr') yield data.message;
    if (data.details?.type === 'suite' || (type !== 'test:pass' && type !== 'test:fail')) continue;
    if (type === 'test:pass') passed++;
    else {
      failed++;
      yield `FAILED  ${data.name}${place(data)}\n${inspect(data.details.error?.cause ?? data.details.error, { depth: 6 })}\n\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}
