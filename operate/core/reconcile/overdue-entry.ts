import { fileOverdue } from '#events/edge/file-overdue.v1.ts';
import type { Schedule } from '#shared/contract/schedule.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { operationalEvent } from '#shared/core/operational/operational-event.ts';
import { deadlineOf } from '#shared/core/schedule/watch-schedule.ts';
import type { ReconciledLane } from './known-lane.ts';

/** Announces each overdue file once: the id is made of the time that it was due. `due`: epoch milliseconds. */
export function overdueEntry(lane: ReconciledLane, schedule: Schedule, due: number): BusEntry {
  const at = (epochMilliseconds: number) => new Date(epochMilliseconds).toISOString();
  const correlationId = `${lane.id}.${at(due)}`;
  const { cron, zone } = schedule;
  const deadline = at(deadlineOf(schedule, due));
  return operationalEvent(
    fileOverdue,
    { integration: lane.id, due: at(due), deadline, cron, zone, name: lane.delivery.name },
    {
      contract: lane,
      about: at(due),
      trace: {
        correlationId,
        causationId: correlationId,
        traceparent: traceparentOf(correlationId),
        processKey: correlationId,
        ingestedAt: deadline,
      },
      externalRef: '',
      rawRef: '',
      rawHash: '',
      time: deadline,
    },
  );
}
