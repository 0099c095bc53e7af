import * as z from 'zod';

/** A time in UTC, e.g. `2026-11-02T08:15:00Z`. */
export const instant = () => z.iso.datetime();
