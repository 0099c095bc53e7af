import type { FilterOf } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';
import type { AnyPage, PlanKind, Selection } from './plan-kind.ts';
import { resubmitFiles } from './resubmit-files.ts';
import { resubmitObjects } from './resubmit-objects.ts';

/** What is quarantined, processed again by the contract as it is now: rows of files, requests and changes. */
export const resubmit: PlanKind<FilterOf<'resubmit'>> = {
  isInOrder: false,
  select: (ports, selection) => select(ports, selection),
};

const select = (ports: JobPorts, selection: Selection<FilterOf<'resubmit'>>): AsyncGenerator<AnyPage> =>
  selection.known.kind === 'file-lane' ? resubmitFiles(ports, selection) : resubmitObjects(ports, selection);
