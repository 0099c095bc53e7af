/** With its zone, so that the span is the same for everyone. @throws Error that names the option. */
export function instant(option: string, text: string): string {
  const isComplete = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  if (!isComplete || Number.isNaN(Date.parse(text)))
    throw new Error(`${option} must be a time with its zone, such as 2026-11-20T08:00Z`);
  return new Date(text).toISOString();
}
