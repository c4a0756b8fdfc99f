// Answers agents' hooks while no editor runs. A hook that found neither starts it for those that follow.
import { loadEngine } from './gate/engine-loader.ts';
import { standBy } from './gate/standby.ts';
import { locateState } from './gate/state.ts';

standBy({ state: locateState(), loadEngine }).then(() => process.exit(0), () => process.exit(1));
