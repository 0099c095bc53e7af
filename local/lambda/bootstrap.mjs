// Runs one bundle in a worker thread, as Lambda's runtime would: one invocation at a time.
// Plain JavaScript, because a worker does not inherit the loader that reads TypeScript.
import { parentPort, workerData } from 'node:worker_threads';

const { modulePath, exportName, context } = workerData;

function contextOf(invocation) {
  return {
    ...context,
    invokedFunctionArn: invocation.alias
      ? `${context.invokedFunctionArn}:${invocation.alias}`
      : context.invokedFunctionArn,
    callbackWaitsForEmptyEventLoop: true,
    awsRequestId: invocation.requestId,
    logStreamName: context.logStreamName,
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
    done() {},
    fail() {},
    succeed() {},
  };
}

/** Hosts that are simulated are reached on this machine. All others are the real ones. */
function reachOutside({ origin, hosts }) {
  const realFetch = globalThis.fetch;
  globalThis.fetch = (resource, options) => {
    const { protocol, host, pathname, search } = new URL(resource);
    if (protocol !== 'https:' || !hosts.includes(host)) return realFetch(resource, options);
    const headers = { ...options?.headers, 'x-outside-host': host };
    return realFetch(origin + pathname + search, { ...options, headers });
  };
}

if (process.env.LOCAL_OUTSIDE) reachOutside(JSON.parse(process.env.LOCAL_OUTSIDE));

const describe = problem => ({
  errorType: problem?.name ?? typeof problem,
  errorMessage: problem?.message ?? String(problem),
  stack: String(problem?.stack ?? ''),
});

async function invoke(handler, invocation) {
  process.env._X_AMZN_TRACE_ID = invocation.traceId;
  try {
    const result = await handler(JSON.parse(invocation.payload), contextOf(invocation));
    parentPort.postMessage({ kind: 'result', payload: JSON.stringify(result ?? null) });
  } catch (problem) {
    parentPort.postMessage({ kind: 'error', ...describe(problem) });
  }
}

try {
  const bundle = await import(modulePath);
  const handler = bundle[exportName] ?? bundle.default?.[exportName];
  if (typeof handler !== 'function') throw new Error(`${modulePath} exports no function ${exportName}`);
  parentPort.on('message', invocation => invoke(handler, invocation));
  parentPort.postMessage({ kind: 'ready' });
} catch (problem) {
  parentPort.postMessage({ kind: 'broken', ...describe(problem) });
}
