declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** Milliseconds that tables stay in CREATING, and so on. */
  export default function dynalite(options?: {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}
