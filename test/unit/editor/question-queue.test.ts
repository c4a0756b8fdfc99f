import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { QuestionQueue, readingTime, type Shown } from '../../../src/editor/question-queue.ts';
import type { Question } from '../../../src/gate/ports.ts';
import { finding, question, shell } from './asked.ts';

interface Dialog {
  readonly question: Question;
  readonly signal: AbortSignal;
  readonly choose: (choice: Shown) => void;
  readonly fail: () => void;
}

/** A queue whose dialogs a test answers, and whose clock it moves. */
function desk(): { queue: QuestionQueue; dialogs: Dialog[]; late: string[]; failed: string[]; clock: { now: number }; ask: (command: string, more?: Partial<Question> & { session?: string }, signal?: AbortSignal) => Promise<unknown> } {
  const dialogs: Dialog[] = [];
  const late: string[] = [];
  const failed: string[] = [];
  const clock = { now: 0 };
  const queue = new QuestionQueue(
    (asked, signal) => new Promise((choose, reject) => dialogs.push({ question: asked, signal, choose, fail: () => reject(new Error('no window')) })),
    { changed: () => {}, late: ({ id }, chosen) => late.push(`${id} ${chosen}`), failed: ({ id }) => failed.push(id) },
    () => clock.now,
  );
  const ask = (command: string, { session = 's1', ...more }: Partial<Question> & { session?: string } = {}, signal = new AbortController().signal): Promise<unknown> =>
    queue.ask(question(shell(command, { session }), [finding], { id: command, deadline: 1_000_000, ...more }), signal);
  return { queue, dialogs, late, failed, clock, ask };
}

/** Lets everything that waits for a promise go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

suite('one question at a time', () => {
  for (const answer of ['allow', 'deny'] as const) {
    test(`${answer} is the person's answer`, async () => {
      const { dialogs, ask } = desk();
      const asked = ask('a');
      dialogs[0]?.choose(answer);
      assert.deepEqual(await asked, { answer });
    });
  }

  test('the next is shown when the first is answered, in the order they came', async () => {
    const { queue, dialogs, ask } = desk();
    const answers = [ask('a'), ask('b'), ask('c')];
    assert.deepEqual([dialogs.length, queue.waiting().map(({ id }) => id)], [1, ['a', 'b', 'c']]);
    for (const choice of ['deny', 'allow', 'deny'] as const) {
      dialogs.at(-1)?.choose(choice);
      await settle();
    }
    assert.deepEqual(await Promise.all(answers), [{ answer: 'deny' }, { answer: 'allow' }, { answer: 'deny' }]);
    assert.deepEqual(dialogs.map((dialog) => dialog.question.id), ['a', 'b', 'c']);
    assert.deepEqual(queue.waiting(), []);
  });

  test('identical requests are one question with one answer', async () => {
    const { queue, dialogs, ask } = desk();
    const answers = [ask('a'), ask('b'), ask('a'), ask('b')];
    assert.equal(queue.waiting().length, 2);
    dialogs[0]?.choose('deny');
    await settle();
    dialogs[1]?.choose('allow');
    assert.deepEqual(await Promise.all(answers), [{ answer: 'deny' }, { answer: 'allow' }, { answer: 'deny' }, { answer: 'allow' }]);
    assert.equal(dialogs.length, 2);
  });

  const different: readonly (readonly [what: string, more: Parameters<ReturnType<typeof desk>['ask']>[1]])[] = [
    ['another session', { session: 's2' }],
    ['another environment', { action: shell('a', { env: { KUBECONFIG: '/other' } }) }],
    ['another folder', { action: shell('a', { cwd: '/other' }) }],
    ['another judgement', { verdict: { decision: 'ask', confirmation: { by: 'click' }, findings: [{ ...finding, environment: 'production' }] } }],
    ['another name to type', { verdict: { decision: 'ask', confirmation: { by: 'type', text: 'x' }, findings: [finding] } }],
  ];
  for (const [what, more] of different) {
    test(`the same text with ${what} is a question of its own`, () => {
      const { queue, ask } = desk();
      void ask('a');
      void ask('a', more);
      assert.equal(queue.waiting().length, 2);
      queue.close('done');
    });
  }

  test('an answer to one is no answer to the same request later', async () => {
    const { dialogs, ask } = desk();
    const first = ask('a');
    dialogs[0]?.choose('allow');
    await first;
    await settle();
    const second = ask('a');
    assert.equal(dialogs.length, 2);
    dialogs[1]?.choose('deny');
    assert.deepEqual(await second, { answer: 'deny' });
  });
});

suite('no answer is never a yes', () => {
  test('a deadline that has passed before it is asked', async () => {
    const { dialogs, ask } = desk();
    assert.deepEqual(await ask('a', { deadline: 0 }), { answer: 'unanswered', why: 'nobody answered in time' });
    assert.equal(dialogs.length, 0);
  });

  test('the deadline answers at once while the dialog stays, and a click after it counts for nothing and is told', async () => {
    const { queue, dialogs, late, ask } = desk();
    assert.deepEqual(await ask('a', { deadline: 1 }), { answer: 'unanswered', why: 'nobody answered in time' });
    assert.deepEqual([queue.waiting(), dialogs[0]?.signal.aborted], [[], true]);
    dialogs[0]?.choose('allow');
    await settle();
    assert.deepEqual(late, ['a allow']);
  });

  test('a click that comes before a timer that is too late counts for nothing', async () => {
    const { dialogs, clock, late, ask } = desk();
    const asked = ask('a', { deadline: 500_000 });
    clock.now = 600_000;
    dialogs[0]?.choose('allow');
    assert.deepEqual(await asked, { answer: 'unanswered', why: 'nobody answered in time' });
    await settle();
    assert.deepEqual(late, ['a allow']);
  });

  test('an agent that goes away', async () => {
    const { dialogs, late, ask } = desk();
    const gone = new AbortController();
    const asked = ask('a', {}, gone.signal);
    gone.abort();
    assert.deepEqual(await asked, { answer: 'unanswered', why: 'the agent stopped waiting' });
    dialogs[0]?.choose('gone');
    await settle();
    assert.deepEqual(late, []);
  });

  test('an agent that was gone before', async () => {
    const { dialogs, ask } = desk();
    assert.deepEqual(await ask('a', {}, AbortSignal.abort()), { answer: 'unanswered', why: 'the agent stopped waiting' });
    assert.equal(dialogs.length, 0);
  });

  test('of two that wait for one answer, one that goes away leaves the other its answer', async () => {
    const { dialogs, ask } = desk();
    const gone = new AbortController();
    const [first, second] = [ask('a', {}, gone.signal), ask('a')];
    gone.abort();
    dialogs[0]?.choose('allow');
    assert.deepEqual([await first, await second], [{ answer: 'unanswered', why: 'the agent stopped waiting' }, { answer: 'allow' }]);
  });

  test('a request that comes while an outdated dialog is open gets a dialog of its own', async () => {
    const { dialogs, ask } = desk();
    const gone = new AbortController();
    const first = ask('a', {}, gone.signal);
    gone.abort();
    await first;
    const second = ask('a');
    dialogs[0]?.choose('allow');
    await settle();
    assert.equal(dialogs.length, 2);
    dialogs[1]?.choose('deny');
    assert.deepEqual(await second, { answer: 'deny' });
  });

  test('a question whose time ran out in the queue is never shown', async () => {
    const { dialogs, ask } = desk();
    const first = ask('a');
    const second = ask('b', { deadline: 1 });
    assert.deepEqual(await second, { answer: 'unanswered', why: 'nobody answered in time' });
    dialogs[0]?.choose('deny');
    await first;
    await settle();
    assert.equal(dialogs.length, 1);
  });

  test('a dialog that cannot be shown, and the next still is', async () => {
    const { dialogs, failed, ask } = desk();
    const [first, second] = [ask('a'), ask('b')];
    dialogs[0]?.fail();
    assert.deepEqual(await first, { answer: 'unanswered', why: 'the dialog could not be shown' });
    await settle();
    dialogs[1]?.choose('allow');
    assert.deepEqual(await second, { answer: 'allow' });
    assert.deepEqual(failed, ['a']);
  });

  test('an editor that closes', async () => {
    const { queue, ask } = desk();
    const answers = [ask('a'), ask('b')];
    queue.close('the editor was closed');
    assert.deepEqual(await Promise.all(answers), Array.from({ length: 2 }, () => ({ answer: 'unanswered', why: 'the editor was closed' })));
  });
});

suite('a person who wants to know more has not answered', () => {
  test('the question waits, is asked again, and the next answer counts', async () => {
    const { queue, dialogs, late, ask } = desk();
    const asked = ask('a');
    dialogs[0]?.choose('again');
    await settle();
    assert.deepEqual([queue.waiting().map(({ id }) => id), dialogs.map((dialog) => dialog.question.id), late], [['a'], ['a', 'a'], []]);
    dialogs[1]?.choose('allow');
    assert.deepEqual(await asked, { answer: 'allow' });
  });

  test('as often as they like, and what came later waits its turn', async () => {
    const { dialogs, ask } = desk();
    const answers = [ask('a'), ask('b')];
    for (const choice of ['again', 'again', 'deny', 'deny'] as const) {
      dialogs.at(-1)?.choose(choice);
      await settle();
    }
    assert.deepEqual(await Promise.all(answers), [{ answer: 'deny' }, { answer: 'deny' }]);
    assert.deepEqual(dialogs.map((dialog) => dialog.question.id), ['a', 'a', 'a', 'b']);
  });

  test('the deadline stays where it was', async () => {
    const { queue, dialogs, late, ask } = desk();
    const asked = ask('a', { deadline: 20 });
    assert.equal(dialogs.length, 1);
    assert.deepEqual(await asked, { answer: 'unanswered', why: 'nobody answered in time' });
    dialogs[0]?.choose('again');
    await settle();
    assert.deepEqual([queue.waiting(), dialogs.length, late], [[], 1, []]);
  });

  test('a machine that slept while they read', async () => {
    const { dialogs, clock, ask } = desk();
    const asked = ask('a', { deadline: 500_000 });
    clock.now = 600_000;
    dialogs[0]?.choose('again');
    assert.deepEqual(await asked, { answer: 'unanswered', why: 'nobody answered in time' });
    await settle();
    assert.equal(dialogs.length, 1);
  });

  test('an agent that goes away while they read is asked about no more', async () => {
    const { dialogs, ask } = desk();
    const gone = new AbortController();
    const asked = ask('a', {}, gone.signal);
    gone.abort();
    dialogs[0]?.choose('again');
    await settle();
    assert.deepEqual([await asked, dialogs.length], [{ answer: 'unanswered', why: 'the agent stopped waiting' }, 1]);
  });

  for (const [left, time] of [[240_000, 30_000], [40_000, 20_000], [9, 4], [0, 0], [-5, 0]] as const) {
    test(`with ${left} ms left the page may be read for ${time} ms`, () => assert.equal(readingTime(left), time));
  }
});

suite('answers from elsewhere than the dialog', () => {
  test('a question that waits is denied at once, with those identical to it', async () => {
    const { queue, dialogs, ask } = desk();
    const [first, ...second] = [ask('a'), ask('b'), ask('b')];
    queue.deny('b');
    assert.deepEqual(await Promise.all(second), [{ answer: 'deny' }, { answer: 'deny' }]);
    assert.deepEqual(queue.waiting().map(({ id }) => id), ['a']);
    dialogs[0]?.choose('deny');
    await first;
  });

  test('the one on the screen too: its dialog is told, and a late click counts for nothing', async () => {
    const { queue, dialogs, late, ask } = desk();
    const asked = ask('a');
    queue.deny('a');
    assert.deepEqual([await asked, dialogs[0]?.signal.aborted], [{ answer: 'deny' }, true]);
    dialogs[0]?.choose('allow');
    await settle();
    assert.deepEqual(late, ['a allow']);
  });

  test('one that is raised comes next, and the one being read about after it', async () => {
    const { queue, dialogs, ask } = desk();
    const answers = [ask('a'), ask('b'), ask('c')];
    assert.equal(queue.raise('c'), true);
    dialogs[0]?.choose('again');
    for (const choice of ['allow', 'deny', 'deny'] as const) {
      await settle();
      dialogs.at(-1)?.choose(choice);
    }
    assert.deepEqual(await Promise.all(answers), [{ answer: 'deny' }, { answer: 'deny' }, { answer: 'allow' }]);
    assert.deepEqual(dialogs.map((dialog) => dialog.question.id), ['a', 'c', 'a', 'b']);
  });

  test('what does not wait can be neither denied nor raised', async () => {
    const { queue, dialogs, ask } = desk();
    const asked = ask('a');
    queue.deny('x');
    assert.equal(queue.raise('x'), false);
    dialogs[0]?.choose('session');
    assert.deepEqual(await asked, { answer: 'allow', for: 'session' });
  });

  test('a changed policy is told as such', async () => {
    const { dialogs, ask } = desk();
    const asked = ask('a');
    dialogs[0]?.choose('reconsider');
    assert.deepEqual(await asked, { answer: 'reconsider' });
  });
});
