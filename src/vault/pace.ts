import { setImmediate as nextTurn } from 'node:timers/promises';

/** Small files handled in one go. Calls that wait for the disk at once are several times faster than those that call back, as long as others get their turn. */
const TURN = 32;

/** Gives way to others after every few calls. */
export class Pace {
  private calls = 0;

  async step(): Promise<void> {
    this.calls += 1;
    if (this.calls % TURN === 0) await nextTurn();
  }
}
