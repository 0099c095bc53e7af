import * as z from 'zod';
import type { Blueprint } from '../assembly/blueprint.ts';

const brought = z.object({
  buses: z.array(z.string()),
  buckets: z.array(z.object({ name: z.string(), eventBridge: z.boolean() })),
});

export type StandIns = z.infer<typeof brought>;

/** What a stage brings from its account, and no template makes: empty stand-ins here. */
export function standInsOf({ stacks }: Blueprint): StandIns {
  const found = stacks.flatMap(({ template }) => {
    const metadata = template.Metadata?.['edge:brought'];
    return metadata === undefined ? [] : [brought.parse(metadata)];
  });
  return { buses: found.flatMap(({ buses }) => buses), buckets: found.flatMap(({ buckets }) => buckets) };
}
