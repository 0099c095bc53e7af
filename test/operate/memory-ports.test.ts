import { MemoryDeadLetters } from '#operate/memory/memory-dead-letters.ts';
import { MemoryIssues } from '#operate/memory/memory-issues.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { MemoryPlans } from '#operate/memory/memory-plans.ts';
import { moverSuite, plansSuite } from './plans.suite.ts';
import { deadLettersSuite, issuesSuite, objectsSuite } from './ports.suite.ts';

describe('objects in memory', () =>
  objectsSuite(async () => {
    const objects = new MemoryObjects();
    return { objects, put: async (store, key, content) => objects.put(store, key, content) };
  }));

describe('dead letters in memory', () =>
  deadLettersSuite(async () => {
    const deadLetters = new MemoryDeadLetters();
    return {
      deadLetters,
      async send(integration, ...bodies) {
        const sentAt = Date.parse('2026-11-20T08:00:00Z');
        const letters = bodies.map((body, n) => ({ messageId: String(n), body, sentAt, receives: 11 }));
        deadLetters.put(integration, ...letters);
      },
    };
  }));

describe('issues in memory', () => {
  const issues = new MemoryIssues();
  issuesSuite(() => issues);
});

describe('plans in memory', () => plansSuite(async () => new MemoryPlans()));

describe('dead letters that move in memory', () =>
  moverSuite(async () => {
    const letters = new MemoryDeadLetters();
    return {
      letters,
      send: async (integration, given) => {
        const sentAt = Date.parse('2026-11-20T08:00:00Z');
        letters.put(
          integration,
          ...given.map((letter, n) => ({ ...letter, messageId: String(n), sentAt, receives: 11 })),
        );
      },
      redriven: async () => letters.redriven,
    };
  }));
