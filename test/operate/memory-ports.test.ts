import { MemoryAuditHeads } from '#operate/memory/memory-audit-heads.ts';
import { MemoryDeadLetters } from '#operate/memory/memory-dead-letters.ts';
import { MemoryIssues } from '#operate/memory/memory-issues.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
import { MemoryPlans } from '#operate/memory/memory-plans.ts';
import { MemoryTrail } from '#operate/memory/memory-trail.ts';
import { moverSuite, plansSuite } from './plans.suite.ts';
import { deadLettersSuite, issuesSuite, objectsSuite } from './ports.suite.ts';
import { headsSuite, trailSuite } from './trail.suite.ts';

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

describe('a trail in memory', () =>
  trailSuite(async () => {
    const trail = new MemoryTrail();
    return { trail, put: async (key, text) => trail.put(key, text) };
  }));

describe('heads of chains in memory', () => headsSuite(async () => new MemoryAuditHeads()));
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
