/** What the driver tells the rig, through a JSON file named by an environment variable. */

/** The environment variable that names the result file; the driver runs nothing without it. */
export const RESULT_FILE_VARIABLE = 'INTERLOCK_TEST_RESULT';

/** One finished test. */
export interface TestResult {
  readonly title: string;
  readonly passed: boolean;
  readonly durationMs: number;
  readonly error?: string;
}

/** The run so far; `finished` when mocha came to its end, `crash` when the suite could not even be loaded. */
export interface SuiteResult {
  readonly finished: boolean;
  readonly crash?: string;
  readonly tests: readonly TestResult[];
}
