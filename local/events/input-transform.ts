import type { BusEvent } from './event.ts';

/** How a target wants its event; at most one of them is declared. */
export interface TargetInput {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

/** The JSON that a target receives. */
export function targetPayload(event: BusEvent, target: TargetInput): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(select(event, target.InputPath) ?? null);
  return target.InputTransformer ? transform(event, target.InputTransformer) : JSON.stringify(event);
}

/** `$.detail.items[0].id`. */
function select(event: unknown, path: string): unknown {
  let value = event;
  for (const [, name, quoted, index] of path.matchAll(/\.([^.[\]]+)|\['([^']+)'\]|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name ?? quoted ?? index ?? ''];
  }
  return value;
}

/** Placeholders inside quotes give their text; elsewhere their JSON, as EventBridge does. */
function transform(event: BusEvent, transformer: NonNullable<TargetInput['InputTransformer']>): string {
  const { InputPathsMap = {}, InputTemplate } = transformer;
  let quoted = false;
  return InputTemplate.replace(/\\.|"|<([\w.-]+)>/g, (part, name?: string) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined) return part;
    const value = placeholder(event, name, InputPathsMap);
    if (!quoted) return JSON.stringify(value ?? '');
    const words = typeof value === 'string' ? value : JSON.stringify(value ?? '');
    return JSON.stringify(words).slice(1, -1);
  });
}

function placeholder(event: BusEvent, name: string, paths: Readonly<Record<string, string>>): unknown {
  const path = paths[name];
  if (path !== undefined) return select(event, path);
  if (name === 'aws.events.event.json' || name === 'aws.events.event') return event;
  if (name === 'aws.events.event.ingestion-time') return event.time;
  return '';
}
