import { EventType } from '@perdure/api/enums';
import { toDuration } from '../../../kernel/time.ts';
import { type Given, given, type Observe } from '../given.fixture.ts';
import { chooser } from './choose.fixture.ts';
import { chooseMove } from './requests.fixture.ts';

/**
 * Runs to which anything happens in any order. A walk is a seed and a list of moves, each a seed of its own that chooses
 * among what can happen to the run as it then is; so a walk from which moves are taken out is a walk as well, and one
 * that goes wrong can be made short.
 */
interface Walk {
  readonly seed: number;
  readonly moves: readonly number[];
}

export interface Walking {
  /** How many. */
  readonly walks: number;
  /** At most, in one of them. */
  readonly moves: number;
  /** Of this walk's transitions; made anew for every walk. */
  readonly observing?: () => Observe;
  /** Called with every run that a walk goes through, when it leaves it. */
  readonly after?: (run: Given) => void;
}

const limits = {
  maxBufferedEvents: 4,
  workflowTaskHeartbeatTimeout: 15_000,
  discardSpeculativeMaxEvents: 2,
  blobSizeError: 5_000,
  maxSignals: 12,
  maxInFlightUpdates: 2,
  maxUpdates: 5,
  maxPendingActivities: 2,
  maxPendingChildren: 2,
  taskProblemsToReport: 2,
};

const STARTS = [
  {},
  { completionCallbacks: [{ nexus: { url: 'https://a' } }], retryPolicy: { initialInterval: toDuration(1_000) } },
  { cronSchedule: '@every 60s' },
  { firstWorkflowTaskBackoff: toDuration(3_000) },
  {
    workflowRunTimeout: toDuration(20_000),
    retryPolicy: { initialInterval: toDuration(1_000), backoffCoefficient: 2 },
  },
  {
    parentWorkflowExecution: { workflowId: 'parent', runId: 'parent-run' },
    parentWorkflowNamespaceId: 'namespace-id',
    parentInitiatedEventId: 5,
  },
];

/**
 * Goes many walks. The environment says how many instead (`WALKS`), and from which seed on (`WALK_SEED`). Throws for the first that goes wrong,
 * with what is left of it when everything that does not matter is taken out.
 */
export function goWalks(walking: Walking): void {
  const walks = Number(process.env['WALKS'] ?? walking.walks);
  const first = Number(process.env['WALK_SEED'] ?? 1);
  for (let seed = first; seed < first + walks; seed++) {
    const moves = Array.from({ length: 1 + (seed % walking.moves) }, (_, n) => seed * 1_000 + n);
    const walk = { seed, moves };
    const gone = go(walk, walking);
    if (gone.error !== null) throw wentWrong({ seed, moves: walk.moves.slice(0, gone.names.length) }, walking);
  }
}

function wentWrong(walk: Walk, walking: Walking): Error {
  const { names, error } = go(shrunk(walk, walking), walking);
  const what = names.map((name) => `  ${name}`).join('\n');
  return new Error(`walk ${walk.seed} (WALK_SEED=${walk.seed} WALKS=1) goes wrong by\n${what}`, { cause: error });
}

/** Takes out moves, many at once and then fewer, for as long as it goes wrong without them. */
function shrunk(walk: Walk, walking: Walking): Walk {
  let { moves } = walk;
  for (let size = Math.ceil(moves.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < moves.length; ) {
      const fewer = [...moves.slice(0, at), ...moves.slice(at + size)];
      if (go({ ...walk, moves: fewer }, walking).error === null) at += size;
      else moves = fewer;
    }
  }
  return { ...walk, moves };
}

interface Gone {
  /** What happened, up to what went wrong. */
  readonly names: readonly string[];
  readonly error: unknown;
}

function go({ seed, moves }: Walk, { observing, after }: Walking): Gone {
  const names: string[] = [];
  const choose = chooser(seed);
  const started = choose(STARTS);
  const observe = observing?.();
  try {
    const creation = { awaitsParent: 'parentInitiatedEventId' in started };
    let run = given({ limits, started, creation, ...(observe && { observe }) });
    for (const move of moves) {
      const { name, step } = chooseMove(run, chooser(move));
      names.push(name);
      if (typeof step === 'number') run.later(step);
      else run.when(step);
      // Now and then what happens next happens to the run that is over.
      const [successor] = run.successors;
      if (!successor || (move % 3 === 0 && !name.startsWith('reset'))) continue;
      after?.(run);
      run = successor;
    }
    after?.(run);
    return { names, error: null };
  } catch (error) {
    return { names, error };
  }
}

/** Names of the event types in a history. */
export const kindsOf = ({ history }: Given): string[] => history.map(({ eventType }) => nameOf.get(eventType) ?? '');

const nameOf = new Map<EventType, string>(Object.entries(EventType).map(([name, type]) => [type, name]));
