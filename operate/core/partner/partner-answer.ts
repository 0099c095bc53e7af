import * as z from 'zod';

const fault = z.object({ code: z.string(), detail: z.string(), remedy: z.string() });

/** What the page shows of an acknowledgement. A field that is not named here stays inside. */
export const partnerAnswer = z.object({
  correlationId: z.string(),
  fault: fault.nullable(),
  remedy: z.string().nullable(),
  corrects: z.object({ file: z.string() }).nullable(),
  ignoredColumns: z.array(z.string()),
  rejectedRows: z
    .object({
      key: z.string(),
      rows: z.int(),
      first: z.array(fault.extend({ line: z.int(), column: z.string().nullish() })),
    })
    .nullable(),
});

export type PartnerAnswer = z.infer<typeof partnerAnswer>;
