import * as z from 'zod';
import { defineEvent } from '#shared/contract/define-event.ts';
import { ContractError } from '#shared/contract/options.ts';
import { pii } from '#shared/contract/pii.ts';
import { event, eventSpec } from '#test/file-lane/contract/lanes.ts';

const spoiled = (change: object) => () => defineEvent({ ...eventSpec, ...change } as never);

describe('defineEvent', () => {
  it('derives the type and the personal paths', () => {
    expect(event.type).toBe('orders.order.created.v1');
    expect(event.pii).toEqual(['email']);
  });

  it('freezes what it makes, all the way down', () => {
    expect(Object.isFrozen(event)).toBe(true);
    expect(Object.isFrozen(event.sla)).toBe(true);
    expect(Object.isFrozen(event.example)).toBe(true);
    expect(() => ((event as { owner: string }).owner = 'someone')).toThrow(TypeError);
  });

  it('finds personal data behind nullable, in objects and in arrays', () => {
    const schema = z.strictObject({
      id: z.string(),
      phone: pii('phone', z.string()).nullable(),
      people: z.array(z.strictObject({ name: pii('name', z.string()) })),
    });
    const found = defineEvent({
      ...eventSpec,
      schema,
      aggregateId: ['id'],
      example: { id: '1', phone: null, people: [] },
    });
    expect(found.pii).toEqual(['phone', 'people[].name']);
  });

  it.each(Object.keys(eventSpec))('says that %s is missing', part => {
    const without = Object.fromEntries(Object.entries(eventSpec).filter(([name]) => name !== part));
    expect(() => defineEvent(without as never)).toThrow(ContractError);
    expect(() => defineEvent(without as never)).toThrow(`: ${part} is missing; it must be`);
  });

  it('never throws a TypeError', () => {
    for (const spec of [
      undefined,
      null,
      [],
      'event',
      { ...eventSpec, schema: 'x' },
      { ...eventSpec, sla: 60 },
    ])
      expect(() => defineEvent(spec as never)).toThrow(ContractError);
  });

  it.each([
    ['an unknown option', { ownr: 'x' }, 'unknown option "ownr"; did you mean "owner"?'],
    ['a domain in capitals', { domain: 'Orders' }, '"Orders" must be lower-case words joined by hyphens'],
    ['an aggregate of two words', { aggregate: 'order line' }, '"order line" must be lower-case words'],
    ['a verb of another category', { name: 'approved' }, '"approved" is a process verb'],
    ['a verb that is none', { name: 'changed' }, 'the fact verbs are created, updated'],
    ['a version that is no whole number', { version: 1.5 }, 'version must be a whole number from 1'],
    ['version zero', { version: 0 }, 'version must be a whole number from 1'],
    ['no aggregate id', { aggregateId: [] }, 'aggregateId must name at least one property'],
    ['a personal aggregate id', { aggregateId: ['email'] }, 'aggregateId "email" is personal data'],
    [
      'an example outside the schema',
      { example: { orderId: 'A-1', count: 1.5, email: 'x' } },
      'the example does not fit the schema',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(spoiled(change)).toThrow(ContractError);
    expect(spoiled(change)).toThrow(message);
  });
});
