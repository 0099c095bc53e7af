import * as z from 'zod';
import type { Emission } from '#shared/contract/emission.ts';
import { type Fault, fault } from '#shared/contract/fault.ts';
import { Refusal } from '#shared/contract/field.ts';
import { describeIssues, jsonPointer } from '#shared/core/event/describe-issues.ts';
import { emissionsIn } from '#shared/core/event/emissions-in.ts';
import type { AnyAcceptance, DeliveryContext } from '../../contract/webhook-delivery.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { isNumberText } from '../json/exact-number.ts';
import { askedHeaders } from './conditions.ts';
import { type Decision, faulty } from './decision.ts';
import type { Delivery } from './delivery.ts';
import { readPointer } from './pointer.ts';

/** What a rule is applied to. */
export interface MappedDelivery {
  readonly delivery: Delivery;
  readonly tenant: string;
  readonly payload: unknown;
}

/** The delivery's emissions. Without any: how it ends. A mapping that throws is a fault of the delivery, never of the fence. */
export function emissionsOf(
  fence: WebhookFence,
  rule: AnyAcceptance,
  { delivery, tenant, payload }: MappedDelivery,
): Emission[] | Decision {
  try {
    const checked = compiled(rule.schema).safeParse(payload);
    if (!checked.success) return faulty(misfit(payload, checked.error));
    const mapped = rule.map(checked.data as never, contextOf(fence, delivery, tenant));
    if (mapped instanceof Refusal) return faulty(refused(mapped));
    const emissions = emissionsIn(mapped);
    if (typeof emissions === 'string') return faulty(fault('MAPPING_FAILED', {}, emissions));
    return emissions.length > 0
      ? [...emissions]
      : { kind: 'skipped', reason: 'the mapping made no event of it' };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'a value';
    return faulty(fault('MAPPING_FAILED', {}, `the mapping of ${fence.id} threw ${name}`));
  }
}

const known = new WeakMap<z.ZodType, z.ZodType>();

/** Compiled when first needed, then cached: a contract has few rules. */
function compiled(schema: z.ZodType): z.ZodType {
  const remembered = known.get(schema);
  if (remembered) return remembered;
  const made = z.compile(schema);
  known.set(schema, made);
  return made;
}

function misfit(payload: unknown, error: z.ZodError): Fault {
  const long = error.issues.find(
    ({ code, path }) => code === 'invalid_type' && isNumberText(readPath(payload, path)),
  );
  const detail = `the payload does not fit at ${describeIssues(error)}`;
  return long
    ? fault('INVALID_PAYLOAD', placeOf({ issues: [long] }), `${detail}; ${longNumber}`, readAsText)
    : fault('INVALID_PAYLOAD', placeOf(error), detail);
}

const longNumber = 'the number has more digits than a JavaScript number holds';
const readAsText =
  'Read the field as text in the contract (`idText()` for an id), or send a number with fewer digits.';

const readPath = (value: unknown, path: readonly PropertyKey[]): unknown =>
  readPointer(value, jsonPointer(path));

const placeOf = ({ issues }: { issues: readonly { path: readonly PropertyKey[] }[] }) => ({
  column: jsonPointer(issues[0]?.path ?? []) || '/',
});

const refused = ({ code, detail, column }: Refusal): Fault =>
  fault(code, column === undefined ? {} : { column }, detail);

/** Only the headers that the contract uses: others may change from one retry to the next. */
function contextOf(
  fence: WebhookFence,
  { deliveryId, receivedAt, sentAt, headers }: Delivery,
  tenant: string,
): DeliveryContext {
  return {
    tenant,
    deliveryId,
    receivedAt,
    sentAt,
    headers: Object.fromEntries(askedHeaders(fence, headers)),
  };
}
