import { type Fault, type FaultCode, fault } from '#shared/contract/fault.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';

/**
 * Carries a file's fault through streams, where a value cannot go. Whoever drives the stream catches it and goes on with
 * `fault`; every other error that a stream throws is I/O or a bug.
 */
export class FileFault extends EdgeError {
  override readonly name = 'FileFault';
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(`${fault.code}: ${fault.detail}`, options);
    this.fault = fault;
  }
}

export const fileFault = (
  code: FaultCode,
  detail: string,
  { remedy, cause }: { readonly remedy?: string; readonly cause?: unknown } = {},
): FileFault => new FileFault(fault(code, {}, detail, remedy), cause === undefined ? undefined : { cause });
