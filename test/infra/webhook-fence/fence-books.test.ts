import { fenceAlarmsOf } from '#adapters/webhook-fence/derive/alarms-fence.ts';
import { fenceContracts, full } from '../fixtures/fences.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

const [, fence] = templatesOf(fixtureApp({}, fenceContracts));
const [stage] = Object.values(fence!.findResources('AWS::ApiGatewayV2::Stage'));
const format: string = stage!.Properties.AccessLogSettings.Format;
const spec = fenceAlarmsOf(full).find(({ id }) => id === 'unbalanced-books')!;

interface Request {
  /** What Lambda answered to the invocation; none where API Gateway did not get that far. */
  readonly lambda?: number;
  /** What the function answered. */
  readonly answered?: number;
  readonly routeKey?: string;
}

/** The request’s line, with the variables that API Gateway documents. */
function accessLine({ lambda, answered, routeKey = 'POST /hooks/initech' }: Request): Record<string, string> {
  const values: Record<string, unknown> = {
    '$context.routeKey': routeKey,
    '$context.integration.integrationStatus': lambda,
    '$context.integration.status': answered,
    '$context.status': answered ?? 503,
  };
  return JSON.parse(format.replaceAll(/\$context[\w.]+/g, name => String(values[name] ?? '-')));
}

/** Of CloudWatch’s filter patterns what this one uses: terms that must all hold. */
function isCounted(pattern: string, line: Record<string, string>): boolean {
  const terms = [...pattern.matchAll(/\(\$\.(\w+) (!?=) "([^"]*)"\)/g)];
  expect(terms).toHaveLength(pattern.split('&&').length);
  return terms.every(([, name, operator, wanted]) => {
    const found = line[name!]!;
    const isSame = wanted!.endsWith('*') ? found.startsWith(wanted!.slice(0, -1)) : found === wanted;
    return isSame === (operator === '=');
  });
}

/** What the alarm sees: how many requests reached the function and have no outcome, beyond those that fall into two periods. */
function missing(requests: readonly Request[], ended: number): number {
  if (spec.metric.kind !== 'missing') throw new Error('the books are another kind of metric');
  const { pattern } = spec.metric.whole;
  const whole = requests.filter(request => isCounted(pattern, accessLine(request))).length;
  const lost = whole - ended;
  return lost > (whole * spec.metric.borderSeconds) / spec.periodSeconds ? lost : 0;
}

const times = (count: number, request: Request): Request[] => Array(count).fill(request);

describe('the books of a fence', () => {
  const mixed = [
    ...times(70, { lambda: 200, answered: 202 }),
    ...times(20, { lambda: 200, answered: 401 }),
    ...times(10, { lambda: 200, answered: 503 }),
  ];

  it('balance when every request has its outcome, whatever it was answered', () => {
    expect(missing(mixed, 100)).toBe(0);
  });

  it('ring when one of a hundred has none, refused requests beside it or not', () => {
    expect(missing(mixed, 99)).toBeGreaterThanOrEqual(spec.threshold);
  });

  it.each([1, 9])('ring when %i of a thousand have none: each counts, not their share', lost => {
    const thousand = times(1_000, { lambda: 200, answered: 202 });
    expect(missing(thousand, 1_000 - lost)).toBe(lost);
    expect(lost).toBeGreaterThanOrEqual(spec.threshold);
  });

  it('do not ring for what falls into two hours under load: two seconds of it', () => {
    const load = times(36_000, { lambda: 200, answered: 202 });
    expect(missing(load, 36_000 - 20)).toBe(0);
    expect(missing(load, 36_000 - 21)).toBe(21);
  });

  it('count a request during which the function died: Lambda answers 200 for it', () => {
    expect(missing([...mixed, { lambda: 200, answered: 500 }], 100)).toBeGreaterThan(0);
  });

  it('leave out what never reached the function, and questions after a delivery', () => {
    const others = [
      ...times(5, { lambda: 429 }),
      ...times(5, {}),
      ...times(5, {
        lambda: 200,
        answered: 200,
        routeKey: 'GET /hooks/initech/status/{correlationId}',
      }),
    ];
    expect(missing([...mixed, ...others], 100)).toBe(0);
  });
});
