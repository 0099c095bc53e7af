import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { DataName } from '../core/file/name.ts';

/** A data file that can be worked on, with what announced it. */
export interface Arrival {
  readonly object: ObjectRef;
  readonly name: DataName;
  /** The sidecar or manifest, where that is what begins the work. */
  readonly announcement?: { readonly kind: 'sidecar' | 'manifest'; readonly object: ObjectRef };
  /** The detached signature, where the lane demands one. */
  readonly signature?: ObjectRef;
}
