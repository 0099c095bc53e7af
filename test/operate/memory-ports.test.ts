import { MemoryDeadLetters } from '#operate/memory/memory-dead-letters.ts';
import { MemoryIssues } from '#operate/memory/memory-issues.ts';
import { MemoryObjects } from '#operate/memory/memory-objects.ts';
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
