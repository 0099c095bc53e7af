import { readFileSync } from 'node:fs';

const guide = readFileSync('docs/guides/connect-a-database.md', 'utf8');

test('the consumer that the guide shows is the one that runs end to end', () => {
  expect(guide).toContain(`\`\`\`ts\n${readFileSync('test/guides/customer-mirror.ts', 'utf8')}\`\`\`\n`);
});

test('the JSON that the guide shows is JSON', () => {
  const blocks = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text!);
  expect(blocks).toHaveLength(3);
  for (const block of blocks) expect(() => JSON.parse(block)).not.toThrow();
});
