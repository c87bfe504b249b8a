import type { coresdk } from '@perdure/proto';
import { temporal } from '@perdure/proto';
import { type Event, EventType } from '../history.ts';
import type { Run, TimerMachine } from '../state.ts';
import { unexpected } from './unexpected.ts';

const { CommandType } = temporal.api.enums.v1;

/*
 * A timer, from its command to its firing.
 *
 *   Created ──TIMER_STARTED──▶ Recorded ──TIMER_FIRED──▶ Fired
 *      │ cancel                   │ cancel
 *      ▼ (withdrawn)              ▼
 *   Canceled ◀─TIMER_CANCELED─ CancelSent ◀─sent─ CancelCreated
 *
 * Code is not told of a cancellation: it cancelled the timer itself.
 */

export function startTimer(run: Run, command: coresdk.workflow_commands.IStartTimer): TimerMachine {
  const machine: TimerMachine = { kind: 'timer', seq: command.seq ?? 0, state: 'Created', isWithdrawn: false };
  run.byId.set(`timer ${machine.seq}`, machine);
  return machine;
}

export function cancelTimer(run: Run, machine: TimerMachine): void {
  if (machine.state === 'Created') {
    machine.isWithdrawn = true;
    machine.state = 'Canceled';
  } else if (machine.state === 'Recorded') {
    machine.state = 'CancelCreated';
    run.fresh.push({
      machine,
      command: {
        commandType: CommandType.COMMAND_TYPE_CANCEL_TIMER,
        cancelTimerCommandAttributes: { timerId: String(machine.seq) },
      },
    });
  }
}

export function timerMeets(run: Run, machine: TimerMachine, event: Event): void {
  if (event.type === EventType.EVENT_TYPE_TIMER_STARTED && machine.state === 'Created') {
    machine.state = 'Recorded';
  } else if (event.type === EventType.EVENT_TYPE_TIMER_FIRED && machine.state === 'Recorded') {
    machine.state = 'Fired';
    run.jobs.push({ fireTimer: { seq: machine.seq } });
  } else if (event.type === EventType.EVENT_TYPE_TIMER_CANCELED && machine.state === 'CancelSent') {
    machine.state = 'Canceled';
  } else {
    throw unexpected(machine, event);
  }
}
