import { limits } from '#shared/contract/limits.ts';
import { requireThat } from '#shared/contract/require-that.ts';

/** @throws ContractError */
export function checkTolerance(where: string, toleranceSeconds: number): void {
  const max = limits.webhookToleranceSecondsMax;
  requireThat(
    where,
    Number.isInteger(toleranceSeconds) && toleranceSeconds >= 1 && toleranceSeconds <= max,
    `toleranceSeconds must be a whole number from 1 to ${max}`,
  );
}
