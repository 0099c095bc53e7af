import type { IncomingMessage } from 'node:http';
import { Chaos, type ChaosFault, type ChaosOptions } from '#local/chaos/chaos.ts';

const call = (accessKey: string, action: string): IncomingMessage =>
  ({
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/20261102/eu-central-1/dynamodb/aws4_request, SignedHeaders=host`,
      'x-amz-target': `DynamoDB_20120810.${action}`,
    },
  }) as unknown as IncomingMessage;

const ofRole = call('role.lane', 'PutItem');

/** All that a local cloud asks, many times over. */
function play(chaos: Chaos): readonly unknown[] {
  return Array.from({ length: 400 }, () => [
    chaos.fateOf('dynamodb', ofRole),
    chaos.denies('lane', 's3:GetObject'),
    [...chaos.refusedEntries(ofRole, 10)],
    chaos.redeliveryOf('queue'),
    chaos.isBroughtTwice('stream'),
    chaos.deathOf('function'),
  ]);
}

const begun = (seed: string, options?: ChaosOptions): Chaos => {
  const chaos = new Chaos(seed, options);
  chaos.begin();
  return chaos;
};

it('does the same to the same calls with the same seed, and something else with another', () => {
  const now = () => 0;
  expect(play(begun('7', { now }))).toEqual(play(begun('7', { now })));
  expect(play(begun('8', { now }))).not.toEqual(play(begun('7', { now })));
});

it('does everything there is, and says how often', () => {
  const chaos = begun('7');
  play(chaos);
  chaos.noteKill('function');
  expect(new Set(chaos.done.map(({ fault }) => fault))).toEqual(
    new Set<ChaosFault>([
      ...(['throttled', 'failed before its effect', 'done, but not answered', 'answered late'] as const),
      ...(['denied for a while', 'took a part of the entries', 'received twice'] as const),
      ...(['visible again while in work', 'came again after it was deleted'] as const),
      ...(['brought twice', 'killed'] as const),
    ]),
  );
  expect(chaos.done.every(({ times }) => times > 0 && times < 100)).toBe(true);
});

it('does the kinds alone that are wanted', () => {
  const chaos = begun('7', { kinds: ['throttled'] });
  play(chaos);
  expect(chaos.done).toMatchObject([{ where: 'dynamodb', fault: 'throttled' }]);
});

it('denies an action to a role for some seconds', () => {
  let now = 0;
  const chaos = begun('7', { now: () => now });
  while (!chaos.denies('lane', 's3:GetObject'));
  now = 2_000;
  expect(chaos.denies('lane', 's3:GetObject')).toBe(true);
  expect(chaos.denies('lane', 's3:PutObject')).toBe(false);
  now = 20_000;
  expect(chaos.denies('lane', 's3:GetObject')).toBe(false);
});

it('disturbs functions alone, and nobody before it begins or after its end', () => {
  const calm = Array(400).fill('done');
  const chaos = begun('7');
  expect(calm.map(() => chaos.fateOf('dynamodb', call('local', 'PutItem')))).toEqual(calm);
  expect(calm.some(() => chaos.denies('user.operator', 'execute-api:Invoke'))).toBe(false);
  chaos.end();
  expect(calm.map(() => chaos.fateOf('dynamodb', ofRole))).toEqual(calm);
  const early = new Chaos('7');
  expect(calm.map(() => early.fateOf('dynamodb', ofRole))).toEqual(calm);
  expect([...chaos.done, ...early.done]).toEqual([]);
});
