import type { InputSwitch } from '../ports.ts';

export class MemoryInput implements InputSwitch {
  disabled = false;

  async isDisabled(): Promise<boolean> {
    return this.disabled;
  }
}
