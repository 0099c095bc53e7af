import { Cloud, readCloud } from './demo/cloud.ts';
import { invokeFunction } from './release/invoke-function.ts';
import { type ReleaseCommand, readOrder } from './release/read-order.ts';
import { type Invoke, releaseAll } from './release/release-all.ts';
import { endsTable, releasedTable } from './release/release-table.ts';

/**
 * `npm run release -- <fence> --from … --to … --operator … --reason … [--stale] [--go] [--function …]`: shows which rejected requests of a
 * fence the current keys verify, and with `--go` releases them. Uses the local cloud, or with `--function` a deployed fence.
 */
try {
  const command = readOrder(process.argv.slice(2));
  await release(
    command,
    command.functionName === undefined ? local(command.fence) : invokeFunction(command.functionName),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function local(fence: string): Invoke {
  const cloud = new Cloud(readCloud());
  const { region, credentials, endpoints } = cloud.description;
  return invokeFunction(cloud.fence(fence).releaseFunctionName, {
    region,
    credentials,
    endpoint: endpoints.lambda,
  });
}

async function release({ fence, order }: ReleaseCommand, invoke: Invoke): Promise<void> {
  const done = await releaseAll(invoke, order);
  console.log(`${done.seen} rejects of ${fence} from ${order.from} to ${order.to}`);
  if (done.seen > 0) console.log(endsTable(done));
  if (done.released.length > 0) console.log(releasedTable(done));
  for (const audit of done.audits) console.log(`recorded in ${audit}`);
  if (order.dryRun && (done.ends.verified || done.ends.stale))
    console.log('Nothing was changed. Release them with --go.');
}
