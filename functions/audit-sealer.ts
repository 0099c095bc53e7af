import type { Context } from 'aws-lambda';
import { sealPorts } from '#operate/aws/audit-ports.ts';
import { sealDays } from '#operate/flow/audit/seal-days.ts';
import type { SealPorts } from '#operate/ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';

export interface SealAnswer {
  /** Days that this run sealed. */
  readonly sealed: readonly string[];
}

export type AuditSealerHandler = (event: unknown, context: Context) => Promise<SealAnswer>;

/** The Lambda handler that seals the days of the audit trail, for a schedule. */
export function auditSealer(
  integrations: readonly { readonly id: string }[],
  ports: SealPorts = sealPorts(process.env),
): AuditSealerHandler {
  return guardHandler(ports.log, async () => {
    const sealed = await sealDays({ ports, integrations: integrations.map(({ id }) => id) });
    return { sealed: sealed.map(({ day }) => day) };
  });
}
