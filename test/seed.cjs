// Properties try the same values in every run, so that a change is judged by what it changed. FUZZ_SEED=random tries new ones.
const { configureGlobal } = require('fast-check');

const seed = process.env.FUZZ_SEED ?? '20261122';
if (seed !== 'random') configureGlobal({ seed: Number(seed) });
