/** What caused an event, and what belongs together. All rows of one file share it. */
export interface TraceContext {
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceparent: string;
  /** The business process the input belongs to, e.g. `acme-orders/orders_20261101.csv`. */
  readonly processKey: string;
  /** ISO 8601 UTC: when the input arrived at the edge. */
  readonly ingestedAt: string;
}

/** A trace context, or a part of it, as attributes of an event: their names are in lower case. */
export function traceAttributes(context: Partial<TraceContext>): string {
  let members = '';
  for (const [name, value] of Object.entries(context))
    members += `"${name.toLowerCase()}":${JSON.stringify(value)},`;
  return members;
}
