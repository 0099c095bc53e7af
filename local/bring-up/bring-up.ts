import { join } from 'node:path';
import { killSometime } from '../chaos/kill-sometime.ts';
import { consoleApi } from '../console/console-api.ts';
import { EventLog } from '../console/event-log.ts';
import { eventsOf } from '../console/events-of.ts';
import { keepExpiring } from '../dynamodb/keep-expiring.ts';
import type { TableStream } from '../dynamodb/table-stream.ts';
import { Tables } from '../dynamodb/tables.ts';
import { EventRouter } from '../events/event-router.ts';
import { DeliveryStreams } from '../firehose/delivery-streams.ts';
import { keptState, restoreParts, type StatefulParts } from '../keep/keep.ts';
import { Functions } from '../lambda/functions.ts';
import { beginMappings, calledBy, type EventSourceMapping } from '../mappings/event-source-mapping.ts';
import { type QueueMapping, QueuePoller } from '../mappings/queue-mapping.ts';
import { sendUndelivered } from '../mappings/send-undelivered.ts';
import type { Positions } from '../mappings/stream-poller.ts';
import { objectCreatedEvent } from '../s3/object-created-event.ts';
import { Store } from '../s3/store.ts';
import { Scheduler } from '../scheduler/scheduler.ts';
import { Queues } from '../sqs/queues.ts';
import { bringUpBuckets } from './buckets.ts';
import { deliverScheduled, deliverTo, type Reach } from './deliver.ts';
import { bringUpDeliveryStreams } from './delivery-streams.ts';
import { readFunctions, roomFor } from './functions.ts';
import { serveHttpApis } from './http-apis.ts';
import { bringUpKeys } from './keys.ts';
import { bringUpLogSubscriptions } from './log-subscriptions.ts';
import { readMappings } from './mappings.ts';
import { bringUpPermissions } from './permissions.ts';
import { bringUpQueues } from './queues.ts';
import { bringUpRules } from './rules.ts';
import { readSchedules } from './schedules.ts';
import { bringUpSecrets } from './secrets.ts';
import { guardedServices } from './services.ts';
import type { Site } from './site.ts';
import { bringUpStreams, startStreamPollers } from './streams.ts';
import { bringUpTables, tableNamesIn } from './tables.ts';

export interface RunningParts {
  readonly router: EventRouter;
  readonly scheduler: Scheduler;
  readonly functions: Functions;
}

/** Everything that the templates declare, running. */
export async function bringUp(site: Site): Promise<RunningParts> {
  const { blueprint, place, directories, stops } = site;
  const queues = new Queues(place.origin, place.region);
  const streams = bringUpStreams(site, place.region);
  const mappings = readMappings(blueprint, place.region, streams.sources);
  const specs = roomFor(
    [...mappings.queues, ...mappings.streams],
    readFunctions(blueprint, { ...place, outside: site.outside }),
  );
  const users = site.description.operator?.identities ?? [];
  const { chaos } = site;
  const permissions = bringUpPermissions(blueprint, specs, {
    ...{ mappings, users },
    isDenied: chaos && ((principal, action) => chaos.denies(principal, action)),
  });
  const functions = new Functions(specs, directories.logs);
  if (chaos) functions.onInvoke(name => killSometime(chaos, functions, name));
  stops.add(() => functions.stop());
  const stopped = new AbortController();
  bringUpLogSubscriptions(site, specs, { functions, stopped: stopped.signal });
  const deliveryStreams = new DeliveryStreams();
  const router = routerFor(site, { queues, functions, deliveryStreams, stopped: stopped.signal });
  const since = Date.now();
  const scheduler = new Scheduler(readSchedules(blueprint, permissions, since), {
    since,
    deliver: (arn, payload) => deliverScheduled({ queues, functions, stopped: stopped.signal }, arn, payload),
    report: site.report,
  });
  const store = new Store(directories.state, created => router.put('default', objectCreatedEvent(created)));
  bringUpBuckets(blueprint, store);
  bringUpDeliveryStreams(deliveryStreams, { blueprint, permissions, store, report: site.report });
  stops.add(() => deliveryStreams.flush());
  bringUpRules(blueprint, { router, permissions });
  await queues.start();
  stops.add(() => queues.stop());
  await bringUpQueues(blueprint, queues);
  const tables = await startTables(site, streams.ofTables);
  const events = logEvents(site, router);
  const secrets = bringUpSecrets(blueprint, site.description.fences);
  const keys = bringUpKeys(blueprint);
  const parts: Omit<StatefulParts, 'mappings'> = {
    ...{ store, queues, tables, secrets, keys, tableNames: tableNamesIn(blueprint) },
    ...{ dataStreams: streams.ofData, tableStreams: streams.ofTables, fences: site.description.fences },
  };
  if (site.kept) await restoreParts(parts, site.kept);
  let positions = (): Positions => ({});
  // Functions have ended and queues are stopped by then.
  const begun: EventSourceMapping[] = [];
  stops.add(async () => site.keep?.(await keptState({ ...parts, mappings: begun }, positions(), site.kept)));
  const services = guardedServices({ blueprint, region: place.region, mappings }, permissions, {
    ...{ store, queues, tables, router, secrets, functions, keys, chaos, begun },
    streams: streams.ofData,
  });
  site.front.serve(
    services.http1,
    consoleApi({ description: site.description, events, tables, functions, scheduler }),
    services.either,
  );
  serveHttpApis(site, functions, permissions);
  begun.push(...startPollers(site, mappings.queues, { queues, functions }));
  const ofStreams = startStreamPollers(site, mappings.streams, {
    functions,
    sendUndelivered: given => sendUndelivered(given, store, queues),
  });
  begun.push(...ofStreams.begun);
  positions = ofStreams.positions;
  stops.add(() => stopped.abort());
  if (site.schedules === 'timed') scheduler.start();
  stops.add(() => scheduler.stop());
  return { router, scheduler, functions };
}

function routerFor({ place, report }: Site, reach: Omit<Reach, 'router'>): EventRouter {
  const router: EventRouter = new EventRouter(
    place.region,
    (arn, payload, event) => deliverTo({ ...reach, router }, { arn, payload, event }),
    (rule, target, problem) => {
      if (!reach.stopped.aborted) report(`rule ${rule.name} could not reach ${target.Arn}: ${problem}`);
    },
  );
  return router;
}

async function startTables({ blueprint, stops }: Site, streams: readonly TableStream[]): Promise<Tables> {
  const tables = new Tables(streams);
  await tables.start();
  stops.add(() => tables.stop());
  stops.add(keepExpiring(tables, await bringUpTables(blueprint, tables)));
  return tables;
}

function logEvents({ description, directories, stops }: Site, router: EventRouter): EventLog {
  const events = new EventLog(join(directories.state, 'events.jsonl'));
  stops.add(() => events.stop());
  router.listen((bus, event) => {
    if (bus === description.bus) for (const one of eventsOf(event)) events.append(one);
  });
  return events;
}

/** Pollers take nothing more, then the queues end their long polls and functions what they run, then pollers are done. */
function startPollers(
  { stops, report, kept, chaos }: Site,
  mappings: readonly QueueMapping[],
  { queues, functions }: Pick<Reach, 'queues' | 'functions'>,
): readonly EventSourceMapping[] {
  const pollers = mappings.map(mapping => {
    const invoke = (payload: string) => functions.invoke(calledBy(mapping), payload);
    return new QueuePoller(mapping, { queues, invoke, report, chaos });
  });
  stops.add(async () => {
    const stopping = pollers.map(poller => poller.stop());
    await queues.stop();
    await functions.stop();
    await Promise.all(stopping);
  });
  return beginMappings(mappings, pollers, kept);
}
