import type { Command } from './command.ts';
import { issueText } from './issue.ts';

const marking = (
  operation: 'acknowledgeIssue' | 'resolveIssue',
  { name, summary }: { readonly name: string; readonly summary: string },
): Command => ({
  summary,
  takes: ['integration', 'code'],
  options: {},
  identity: 'operator',
  examples: [`npm run edge -- ${name} stripe-payments SIGNATURE_MISMATCH`],
  async run(api, { given: [integration = '', code = ''] }) {
    const marked = await api.ask(operation, { integration, code });
    return { json: marked, text: issueText(marked) };
  },
});

export const acknowledge = marking('acknowledgeIssue', {
  name: 'acknowledge',
  summary: 'Say that you work on an issue: it needs nobody else',
});

export const resolve = marking('resolveIssue', {
  name: 'resolve',
  summary: 'Say that the cause of an issue is gone. The next fault opens it',
});
