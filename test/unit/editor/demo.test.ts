import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { decide } from '../../../src/core/decide.ts';
import { demoQuestion, maskDemo } from '../../../src/editor/demo.ts';
import { questionText, typedText } from '../../../src/editor/question-text.ts';

const asked = demoQuestion(0, decide);
const { message, detail } = questionText(asked, { now: 0, mask: maskDemo, tag: 'staging', home: '/home/you' });

suite('the founding incident, as a person meets it', () => {
  test('is held until a name is typed', () => {
    assert.equal(asked.verdict.decision, 'ask');
    assert.equal(asked.verdict.confirmation?.by, 'type');
  });

  test('leads with what the folder’s tag does not cover, then with what would be lost', () => {
    assert.match(message, /^This targets something that is not known to be staging\. Deletes .*volume/);
    assert.match(message, /The target's environment is unknown, so it is treated as production\.$/);
  });

  test('says where the credential came from and never what it is', () => {
    assert.match(detail, /Credential: .*RAILWAY_TOKEN.*custom-domain\.md/);
    const token = /Bearer ([\w-]+)/.exec(asked.action.tool === 'shell' ? asked.action.command : '')?.[1] ?? '';
    assert.ok(token.length > 30);
    const confirmation = asked.verdict.confirmation;
    const typed = confirmation?.by === 'type' ? Object.values(typedText(asked, confirmation.text, maskDemo)) : [];
    for (const text of [message, detail, ...typed]) assert.ok(!text.includes(token));
  });

  test('says that there is no copy, and which rule decided', () => {
    assert.match(detail, /\nCopy: none can be made\.\n/);
    assert.match(detail, /\nRule: railway\//);
  });
});
