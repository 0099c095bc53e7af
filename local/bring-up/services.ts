import type { Blueprint } from '../assembly/blueprint.ts';
import type { Chaos } from '../chaos/chaos.ts';
import { codedeployApi } from '../codedeploy/codedeploy-api.ts';
import type { Tables } from '../dynamodb/tables.ts';
import type { EventRouter } from '../events/event-router.ts';
import { eventsApi } from '../events/events-api.ts';
import type { Serve, ServeExchange } from '../front.ts';
import { guarded, guardedServe } from '../iam/guarded.ts';
import { guards } from '../iam/guards.ts';
import { guardedLambda } from '../iam/lambda-guard.ts';
import type { Permissions } from '../iam/permissions.ts';
import { s3Guard } from '../iam/s3-guard.ts';
import type { DataStreams } from '../kinesis/data-streams.ts';
import { kinesisApi } from '../kinesis/kinesis-api.ts';
import type { Keys } from '../kms/keys.ts';
import { kmsApi } from '../kms/kms-api.ts';
import type { Functions } from '../lambda/functions.ts';
import { invokeApi } from '../lambda/invoke-api.ts';
import { mappingIn, mappingsApi } from '../lambda/mappings-api.ts';
import { versionsApi, versionsIn } from '../lambda/versions-api.ts';
import type { EventSourceMapping } from '../mappings/event-source-mapping.ts';
import { S3Api } from '../s3/s3-api.ts';
import type { Store } from '../s3/store.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { secretsApi } from '../secrets/secrets-api.ts';
import type { Queues } from '../sqs/queues.ts';
import { parametersIn } from '../ssm/parameters.ts';
import { ssmApi } from '../ssm/ssm-api.ts';
import type { Mappings } from './mappings.ts';

export interface Backends {
  readonly store: Store;
  readonly queues: Queues;
  readonly tables: Tables;
  readonly router: EventRouter;
  readonly secrets: Secrets;
  readonly keys: Keys;
  readonly streams: DataStreams;
  readonly functions: Functions;
  readonly chaos?: Chaos | undefined;
  /** Those that are begun; filled while the cloud is brought up. */
  readonly begun: readonly EventSourceMapping[];
}

export interface Services {
  /** Over HTTP/1.1 alone. */
  readonly http1: Readonly<Record<string, Serve>>;
  /** Over HTTP/1.1 or HTTP/2. */
  readonly either: Readonly<Record<string, ServeExchange>>;
}

/** Every service by the name that requests are signed for, each behind what the signer may do. */
export function guardedServices(
  {
    blueprint,
    region,
    mappings,
  }: { readonly blueprint: Blueprint; readonly region: string; readonly mappings: Mappings },
  permissions: Permissions,
  { store, queues, tables, router, secrets, keys, streams, functions, chaos, begun }: Backends,
): Services {
  const s3 = new S3Api(store, region, s3Guard(permissions));
  const parameters = parametersIn(blueprint);
  const guard = guards(blueprint, region, { secrets, keys });
  const guardedBy = (service: Exclude<keyof typeof guard, 'kinesis'>, serve: Serve): Serve =>
    guardedServe(permissions, guard[service], serve);
  return {
    http1: {
      s3: (request, response) => s3.serve(request, response),
      sqs: guardedBy('sqs', (request, response) => queues.serve(request, response)),
      dynamodb: guardedBy('dynamodb', (request, response) => tables.serve(request, response)),
      events: guardedBy('events', (request, response) => eventsApi({ router, chaos }, request, response)),
      secretsmanager: guardedBy('secretsmanager', (request, response) =>
        secretsApi(secrets, request, response),
      ),
      kms: guardedBy('kms', (request, response) => kmsApi(keys, request, response)),
      codedeploy: guardedBy('codedeploy', codedeployApi),
      ssm: guardedBy('ssm', (request, response) => ssmApi(parameters, request, response)),
      lambda: guardedLambda(
        permissions,
        { region, mappings: [...mappings.queues, ...mappings.streams] },
        (request, response) =>
          mappingIn(request) !== undefined
            ? mappingsApi(begun, request, response)
            : versionsIn(request)
              ? versionsApi(functions, request, response)
              : invokeApi(functions, request, response),
      ),
    },
    either: { kinesis: guarded(permissions, guard.kinesis, kinesisApi(streams)) },
  };
}
